// The size of what a webview loads: a limit that is kept, not a figure that is known.
import { resolve } from "node:path";
import { build } from "esbuild";
import { expect, test } from "vitest";

test("the view's script stays below 100 KB", async () => {
  const { outputFiles } = await build({
    entryPoints: [resolve(import.meta.dirname, "../../client/src/panel/view/main.ts")],
    outdir: "view",
    write: false,
    bundle: true,
    minify: true,
    format: "iife",
    platform: "browser",
    target: "es2022",
  });
  const script = outputFiles.find(({ path }) => path.endsWith(".js"));
  expect(script?.contents.length).toBeLessThan(100_000);
});
