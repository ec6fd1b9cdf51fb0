// Gives the server's rooms of js-yaml what they import and no more. When the library is loaded whole, its writer puts patterns
// of many kilobytes together, which takes longer than all else that a start does.
import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { build as bundle } from "esbuild";

const library = /[\\/]node_modules[\\/]js-yaml[\\/].*\.mjs$/;

/** What a file of ours imports, by where it stands; what is not told here gets the library whole. */
const parts = [
  { importer: /[\\/]server[\\/]src[\\/]yaml[\\/]/, names: "YAMLException,getScalarValue,parseEvents" },
  { importer: /[\\/]server[\\/]src[\\/]dashboards[\\/]/, names: "dump" },
];

/** At the top of the library: a pattern or a piece of one, each on one line; and what is made by a call. */
const pattern = /^var (\w+) = ((?:new RegExp\(|String\.raw`|`).*);$/gm;
const call = /^var (\w+) = (?=(?:new )?\w+(?:\.\w+)?\()/gm;

/**
 * Says of all these that nobody sees them being made, so that those that nobody uses can go.
 * @type {import("esbuild").Plugin}
 */
const quietTop = {
  name: "quiet-top",
  setup({ onLoad }) {
    onLoad({ filter: library }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const contents = text
        .replace(pattern, "var $1 = /* @__PURE__ */ (() => $2)();")
        .replace(call, "var $1 = /* @__PURE__ */ ");
      return { contents, loader: "js" };
    });
  },
};

/**
 * esbuild plugin. Each part is bundled by itself first: of a module that is loaded late esbuild drops nothing.
 * @type {import("esbuild").Plugin}
 */
export const jsYamlParts = {
  name: "js-yaml-parts",
  setup({ onResolve, onLoad, resolve }) {
    onResolve({ filter: /^js-yaml$/ }, async ({ path, importer, resolveDir, kind, pluginData }) => {
      const part = parts.find((one) => one.importer.test(importer));
      if (!part || pluginData === "js-yaml") return undefined;
      const found = await resolve(path, { importer, resolveDir, kind, pluginData: "js-yaml" });
      return { ...found, suffix: `?${part.names}` };
    });
    onLoad({ filter: library }, async ({ path, suffix }) => {
      if (suffix === "") return undefined;
      const contents = `export { ${suffix.slice(1)} } from ${JSON.stringify(path)};`;
      const { outputFiles } = await bundle({
        stdin: { contents, resolveDir: dirname(path) },
        bundle: true,
        format: "esm",
        write: false,
        plugins: [quietTop],
      });
      return { contents: outputFiles[0]?.text ?? "", loader: "js" };
    });
  },
};
