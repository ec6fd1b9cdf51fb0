// Writes server/docs/dkron.schema.json from the keys of dkron.yml. It must not know what a schema says: jsonSchema.ts does.
import { writeFile } from "node:fs/promises";
import { build } from "esbuild";
import { yamlForEsbuild } from "./yaml-modules.mjs";

const { outputFiles } = await build({
  entryPoints: ["server/src/catalog/config/jsonSchema.ts"],
  bundle: true,
  write: false,
  platform: "node",
  format: "esm",
  mainFields: ["module", "main"],
  plugins: [yamlForEsbuild],
});
const { dkronJsonSchema } = await import(
  `data:text/javascript;base64,${Buffer.from(outputFiles[0]?.contents ?? []).toString("base64")}`
);

await writeFile("server/docs/dkron.schema.json", `${JSON.stringify(dkronJsonSchema(), undefined, 2)}\n`);
