// Bundles every entry with esbuild into dist/. `--watch` keeps going, `--production` minifies for the package,
// `--tests` adds the suite that runs inside the extension host.
import { createHash } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { chmod, readFile, rm, writeFile } from "node:fs/promises";
import { build, context } from "esbuild";
import { lateBuiltins } from "./late-builtins.mjs";
import { lateLibraries } from "./late-libraries.mjs";
import { copyNative, nativePackages } from "./native.mjs";
import { notices } from "./notices.mjs";
import { yamlForEsbuild } from "./yaml-modules.mjs";

const production = process.argv.includes("--production");
const watch = process.argv.includes("--watch");

/** @typedef {import("esbuild").BuildOptions & { entryPoints: string[] }} Bundle */

/** @type {import("esbuild").BuildOptions} */
const common = {
  bundle: true,
  target: "node20",
  platform: "node",
  format: "cjs",
  minify: production,
  sourcemap: production ? false : "linked",
  legalComments: "none",
  logLevel: "warning",
  mainFields: ["module", "main"],
  plugins: [yamlForEsbuild, lateLibraries, lateBuiltins],
};

/** @type {import("esbuild").BuildOptions} */
const browser = { ...common, platform: "browser", target: "es2022", mainFields: ["browser", "module", "main"] };
const bin = { banner: { js: "#!/usr/bin/env node" } };
/** As the launcher calls it. */
const launchable = {
  banner: { js: "(function (exports, require, module, __filename, __dirname) {" },
  footer: { js: "})" },
};

/**
 * What the extension imports late stays a file of its own, so that its start need not read it.
 * @type {import("esbuild").Plugin}
 */
const partsApart = {
  name: "parts-apart",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/parts\.ts$/ }, () => ({ path: "./parts.js", external: true }));
  },
};

/**
 * One row a bundle: what the extension host, the shell or a page loads.
 * @type {Bundle[]}
 */
const rows = [
  {
    ...common,
    entryPoints: ["client/src/extension.ts"],
    outfile: "dist/extension.js",
    external: ["vscode"],
    // As `require`: the editor's own module `vscode` is known to that.
    supported: { "dynamic-import": false },
    plugins: [yamlForEsbuild, partsApart],
  },
  { ...common, entryPoints: ["client/src/parts.ts"], outfile: "dist/parts.js", external: ["vscode"] },
  { ...common, entryPoints: ["server/src/main.ts"], outfile: "dist/server.main.js", ...launchable },
  { ...common, entryPoints: ["server/src/cli.ts"], outfile: "dist/cli.main.js", ...launchable },
  { ...common, entryPoints: ["client/src/emitter/bin.ts"], outfile: "dist/emitter.js", ...bin },
  { ...browser, entryPoints: ["client/src/web.ts"], outfile: "dist/web/extension.js", external: ["vscode"] },
  {
    ...browser,
    entryPoints: ["server/src/browser.ts"],
    outfile: "dist/web/server.js",
    format: "iife",
    external: ["node:*"],
  },
  {
    ...browser,
    entryPoints: ["client/src/panel/view/main.ts"],
    outfile: "dist/view/main.js",
    format: "iife",
  },
];
const bundles = rows.filter((bundle) => bundle.entryPoints.every((file) => existsSync(file)));

/**
 * The start of a program, which runs the bundle `dist/NAME.main.js`: it knows the bundle by a hash of its text, so that
 * code kept of another build is never taken. While files are watched nothing is kept. One letter that is not
 * ASCII would double the text in memory and the time to read it: esbuild leaves them in regular expressions.
 * @param {string} name
 * @returns {Promise<Bundle>}
 */
async function launcher(name) {
  const bundle = watch ? Buffer.alloc(0) : await readFile(`dist/${name}.main.js`);
  const strange = bundle.findIndex((byte) => byte > 127);
  if (production && strange >= 0)
    throw new Error(`Not ASCII in dist/${name}.main.js: ${bundle.toString("utf8", strange - 60, strange + 60)}`);
  const build = watch ? "" : createHash("sha256").update(bundle).digest("hex").slice(0, 16);
  return {
    ...common,
    ...bin,
    entryPoints: ["server/src/launch/launch.ts"],
    outfile: `dist/${name}.js`,
    define: {
      launchedProgram: JSON.stringify(name),
      launchedBuild: JSON.stringify(build),
      launchedEncoding: JSON.stringify(watch || strange >= 0 ? "utf8" : "latin1"),
      launchedLife: JSON.stringify(launched[name]),
    },
  };
}

/**
 * What is started with kept code, and how long a run of it goes on.
 * @type {Record<string, import("../server/src/launch/v8Flags.ts").Life>}
 */
const launched = { server: "long", cli: "short" };

/** The suite's files stay apart from each other, as mocha loads them; mocha itself comes from node_modules. */
if (process.argv.includes("--tests")) {
  const suite = "test/e2e/suite";
  const entryPoints = readdirSync(suite).map((name) => `${suite}/${name}`);
  await rm("dist/test", { recursive: true, force: true });
  bundles.push({ ...common, entryPoints, outdir: "dist/test/suite", external: ["vscode", "mocha"] });
}

if (watch) {
  for (const name of Object.keys(launched)) bundles.push(await launcher(name));
  for (const bundle of bundles) await (await context(bundle)).watch();
  console.log("watching");
} else {
  // esbuild has said what is wrong by the time that it rejects.
  const built = await Promise.allSettled(bundles.map((bundle) => build({ ...bundle, metafile: true })));
  if (built.some(({ status }) => status === "rejected")) process.exitCode = 1;
  else for (const name of Object.keys(launched)) await build(await launcher(name));
  if (production && process.exitCode === undefined) {
    const metafiles = built.flatMap((result) => (result.status === "fulfilled" ? [result.value.metafile] : []));
    await writeFile("dist/THIRD-PARTY-NOTICES.txt", notices(metafiles, await nativePackages()));
    await copyNative();
  }
  for (const file of ["dist/server.js", "dist/cli.js", "dist/emitter.js"])
    if (existsSync(file)) await chmod(file, 0o755);
}
