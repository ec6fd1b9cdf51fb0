// Writes server/docs/metrics.md from the catalogue. It must not know what a reference says: server/src/catalog/reference.ts does.
import { mkdir, writeFile } from "node:fs/promises";
import { build } from "esbuild";
import { yamlForEsbuild } from "./yaml-modules.mjs";

const { outputFiles } = await build({
  entryPoints: ["server/src/catalog/reference.ts"],
  bundle: true,
  write: false,
  platform: "node",
  format: "esm",
  mainFields: ["module", "main"],
  plugins: [yamlForEsbuild],
});
const { metricReference } = await import(
  `data:text/javascript;base64,${Buffer.from(outputFiles[0]?.contents ?? []).toString("base64")}`
);

await mkdir("server/docs", { recursive: true });
await writeFile("server/docs/metrics.md", metricReference());
