// Bundles every entry with esbuild into dist/. `--watch` keeps going, `--production` minifies for the package.
import { existsSync } from "node:fs";
import { chmod } from "node:fs/promises";
import { build, context } from "esbuild";
import { yamlForEsbuild } from "./yaml-modules.mjs";

const production = process.argv.includes("--production");
const watch = process.argv.includes("--watch");

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
  plugins: [yamlForEsbuild],
};

const browser = { ...common, platform: "browser", target: "es2022", mainFields: ["browser", "module", "main"] };
const bin = { banner: { js: "#!/usr/bin/env node" } };

/** One row a bundle: what the extension host, the shell or a page loads. */
const bundles = [
  { ...common, entryPoints: ["client/src/extension.ts"], outfile: "dist/extension.js", external: ["vscode"] },
  { ...common, entryPoints: ["server/src/main.ts"], outfile: "dist/server.js", ...bin },
  { ...common, entryPoints: ["server/src/cli.ts"], outfile: "dist/cli.js", ...bin },
  { ...common, entryPoints: ["client/src/emitter/bin.ts"], outfile: "dist/emitter.js", ...bin },
  { ...browser, entryPoints: ["client/src/web.ts"], outfile: "dist/web/extension.js", external: ["vscode"] },
  { ...browser, entryPoints: ["server/src/browser.ts"], outfile: "dist/web/server.js", format: "iife" },
  { ...browser, entryPoints: ["client/src/panel/view/main.ts"], outfile: "dist/view/main.js", format: "iife" },
].filter((bundle) => existsSync(bundle.entryPoints[0]));

if (watch) {
  for (const bundle of bundles) await (await context(bundle)).watch();
  console.log("watching");
} else {
  await Promise.all(bundles.map((bundle) => build(bundle)));
  for (const file of ["dist/server.js", "dist/cli.js", "dist/emitter.js"])
    if (existsSync(file)) await chmod(file, 0o755);
}
