// Gives the server's rooms of two large libraries what they import and no more, and that when it is first used: most files
// are read without either. When js-yaml is loaded whole, its writer puts patterns of many kilobytes together, which takes
// longer than all else that a start does.
import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { build as bundle } from "esbuild";

/** Whose files get parts; files of other places, and those that import a library in another way, get it whole and at once. */
const rooms = /[\\/]server[\\/]src[\\/]/;

/**
 * What a file imports of a library, but for types.
 * @param {string} file
 * @param {string} library
 */
async function importedBy(file, library) {
  const line = new RegExp(`^import \\{([^}]*)\\} from "${library}";$`, "m");
  const [, list = ""] = line.exec(await readFile(file, "utf8")) ?? [];
  const names = list.split(",").map((name) => name.trim());
  return names.filter((name) => name !== "" && !name.startsWith("type ")).map((name) => name.replace(/ as .*/, ""));
}

/**
 * What the files of a folder import of a library: they share a part.
 * @param {string} folder
 * @param {string} library
 */
async function importedIn(folder, library) {
  const files = (await readdir(folder)).filter((name) => name.endsWith(".ts"));
  const names = await Promise.all(files.map((name) => importedBy(join(folder, name), library)));
  return [...new Set(names.flat())].sort().join(",");
}

/** At the top of js-yaml: a pattern or a piece of one, each on one line; and what is made by a call. */
const pattern = /^var (\w+) = ((?:new RegExp\(|String\.raw`|`).*);$/gm;
const call = /^var (\w+) = (?=(?:new )?\w+(?:\.\w+)?\()/gm;

/**
 * Says of all these that nobody sees them being made, so that those that nobody uses can go.
 * @type {import("esbuild").Plugin}
 */
const quietTop = {
  name: "quiet-top",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]node_modules[\\/]js-yaml[\\/].*\.mjs$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const contents = text
        .replace(pattern, "var $1 = /* @__PURE__ */ (() => $2)();")
        .replace(call, "var $1 = /* @__PURE__ */ ");
      return { contents, loader: "js" };
    });
  },
};

/**
 * The names of a part, each fetched from it when it is asked for.
 * @param {string} path
 * @param {string} names
 */
function asked(path, names) {
  const getters = names
    .split(",")
    .map((name) => `get ${name}() { return require(${JSON.stringify(`part:${path}?${names}`)}).${name}; }`);
  return `module.exports = { ${getters.join(", ")} };`;
}

/**
 * A part bundled by itself: of a module that is loaded late esbuild drops nothing.
 * @param {string} path
 * @param {string} names
 */
async function bundled(path, names) {
  const { outputFiles } = await bundle({
    stdin: { contents: `export { ${names} } from ${JSON.stringify(path)};`, resolveDir: dirname(path) },
    bundle: true,
    format: "esm",
    write: false,
    plugins: [quietTop],
  });
  return outputFiles[0]?.text ?? "";
}

/**
 * esbuild plugin.
 * @type {import("esbuild").Plugin}
 */
export const lateLibraries = {
  name: "late-libraries",
  setup({ onResolve, onLoad, resolve }) {
    onResolve({ filter: /^(?:js-yaml|re2js)$/ }, async ({ path, importer, resolveDir, kind, pluginData }) => {
      if (!rooms.test(importer) || pluginData === "late-libraries") return undefined;
      if ((await importedBy(importer, path)).length === 0) return undefined;
      const names = await importedIn(dirname(importer), path);
      const found = await resolve(path, { importer, resolveDir, kind, pluginData: "late-libraries" });
      // Without the file's ending, by which esbuild would take it for another kind of module.
      return { path: `${path}:${names}`, namespace: "late-library", pluginData: found.path };
    });
    onResolve({ filter: /^part:/ }, ({ path }) => {
      const at = path.lastIndexOf("?");
      return { path: path.slice("part:".length, at), suffix: path.slice(at) };
    });
    onLoad({ filter: /.*/, namespace: "late-library" }, ({ path, pluginData }) => ({
      contents: asked(pluginData, path.slice(path.indexOf(":") + 1)),
      loader: "js",
    }));
    onLoad({ filter: /[\\/]node_modules[\\/](?:js-yaml|re2js)[\\/]/ }, async ({ path, suffix }) =>
      suffix === "" ? undefined : { contents: await bundled(path, suffix.slice(1)), loader: "js" },
    );
  },
};
