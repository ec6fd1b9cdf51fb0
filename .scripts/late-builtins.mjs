// Lets the protocol's packages have node's larger modules only when they call them: they ask for these at their start,
// for named pipes and child processes that a server over stdio never has. It must not touch our own imports.

const late = /^(?:node:)?(?:crypto|child_process)$/;
const packages = /[\\/]node_modules[\\/]vscode-(?:jsonrpc|languageserver)[\\/]/;

/**
 * esbuild plugin.
 * @type {import("esbuild").Plugin}
 */
export const lateBuiltins = {
  name: "late-builtins",
  setup(build) {
    build.onResolve({ filter: late }, ({ path, importer, namespace }) =>
      namespace === "file" && packages.test(importer)
        ? { path: `node:${path.replace("node:", "")}`, namespace: "late" }
        : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: "late" }, ({ path }) => ({
      contents: `module.exports = new Proxy({}, { get: (_, name) => require(${JSON.stringify(path)})[name] });`,
      loader: "js",
    }));
  },
};
