// Writes server/docs/prometheus.schema.json from the tables of prometheus.yml. It must not know what a schema says: jsonSchema.ts does.
import { writeFile } from "node:fs/promises";
import { build } from "esbuild";
import { yamlForEsbuild } from "./yaml-modules.mjs";

const { outputFiles } = await build({
  entryPoints: ["server/src/catalog/prometheus/jsonSchema.ts"],
  bundle: true,
  write: false,
  platform: "node",
  format: "esm",
  mainFields: ["module", "main"],
  plugins: [yamlForEsbuild],
});
const { prometheusJsonSchema } = await import(
  `data:text/javascript;base64,${Buffer.from(outputFiles[0]?.contents ?? []).toString("base64")}`
);

await writeFile("server/docs/prometheus.schema.json", `${JSON.stringify(prometheusJsonSchema(), undefined, 2)}\n`);
