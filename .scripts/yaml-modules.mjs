// Makes a `*.yml` file importable: `import { data } from "./x.yml"`. Serves esbuild (bundles) and vite (tests)
// from one place, so that a catalogue row means the same in both. It must not know what the data says.
import { readFile } from "node:fs/promises";
import { load } from "js-yaml";

/**
 * The JavaScript module for one YAML text: a JSON string is the form that node parses fastest. Importers choose between
 * `data`, read at the start, and `read`; bundles hold the one that they use.
 * @param {string} text
 * @param {string} file
 */
function moduleOf(text, file) {
  const data = load(text, { filename: file });
  const parsed = `JSON.parse(${JSON.stringify(JSON.stringify(data))})`;
  return `export const data = /* @__PURE__ */ ${parsed};\nexport const read = () => ${parsed};\n`;
}

/**
 * esbuild plugin. A YAML error stops the build with the file's name.
 * @type {import("esbuild").Plugin}
 */
export const yamlForEsbuild = {
  name: "yaml-modules",
  setup(build) {
    build.onLoad({ filter: /\.yml$/ }, async ({ path }) => ({
      contents: moduleOf(await readFile(path, "utf8"), path),
      loader: "js",
    }));
  },
};

/** vite plugin, for vitest. */
export const yamlForVite = {
  name: "yaml-modules",
  enforce: /** @type {const} */ ("pre"),
  /** @param {string} text @param {string} id */
  transform(text, id) {
    if (!id.endsWith(".yml")) return undefined;
    return { code: moduleOf(text, id), map: null };
  },
};
