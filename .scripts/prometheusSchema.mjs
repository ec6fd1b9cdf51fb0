// Writes the tables of prometheus.yml, server/catalog/prometheus/{types,enums}.yml, from facts that are read beside the
// repository: `node .scripts/prometheusSchema.mjs [FACTS]`. What the keys mean stands in meanings.yml, by hand.
import { readFile, writeFile } from "node:fs/promises";
import { dump } from "js-yaml";

const source = process.argv[2] ?? "../shared/facts/prometheus-config.json";
const facts = JSON.parse(await readFile(source, "utf8"));
const folder = "server/catalog/prometheus";

/** @param {string | null | undefined} version `2.43.0` → `2.43` */
const minor = (version) => version?.replace(/\.0$/, "");

/** @param {Record<string, unknown>} row without what says nothing */
const tight = (row) =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined && value !== null));

/** @type {Record<string, Record<string, unknown>>} Defaults that Go fills in behind the back of the zero values that the facts list, by type and key. */
const filled = {
  QueueConfig: {
    capacity: 10000,
    max_shards: 50,
    min_shards: 1,
    max_samples_per_send: 2000,
    batch_send_deadline: "5s",
    min_backoff: "30ms",
    max_backoff: "5s",
  },
  MetadataConfig: { send: true, send_interval: "1m", max_samples_per_send: 2000 },
};

/** @param {string} name @param {Record<string, any>} field */
function fieldRow(name, field) {
  return tight({
    type: field.enum ? field.type.replace(/\benum\b/, `enum ${field.enum}`) : field.type,
    default: filled[name]?.[field.key] ?? field.default,
    inherits: field.inherits,
    since: minor(field.since),
    required: field.required,
    requiredIf: field.requiredIf,
    hidden: field.hidden,
    note: field.note,
  });
}

const types = Object.entries(/** @type {Record<string, any>} */ (facts.types)).map(([name, type]) => [
  name,
  tight({
    plain: type.unknownFieldType,
    go: type.goType,
    inline: type.inline?.map((/** @type {any} */ part) =>
      tight({ type: part.type, since: minor(part.since), defaults: part.defaults, note: part.note }),
    ),
    keys: Object.fromEntries(type.fields.map((/** @type {any} */ field) => [field.key, fieldRow(name, field)])),
  }),
]);

const enums = Object.entries(/** @type {Record<string, any>} */ (facts.enums)).map(
  ([name, { values, checked, ignoreCase }]) => [
    name,
    tight({
      checked,
      ignoreCase,
      values: values.map((/** @type {any} */ { value, since }) => tight({ value, since: minor(since) })),
    }),
  ],
);

/** @param {string} name @param {string} sentence @param {unknown} data */
async function write(name, sentence, data) {
  const head = `# ${sentence}\n# Written by .scripts/prometheusSchema.mjs from the sources of Prometheus ${facts.version}; not to be edited by hand.\n`;
  await writeFile(`${folder}/${name}.yml`, head + dump(data, { lineWidth: 120, flowLevel: 3 }));
}

await write("types", "Sections of prometheus.yml and their keys.", Object.fromEntries(types));
await write(
  "enums",
  "Values that keys of prometheus.yml choose from; `checked`: others are refused.",
  Object.fromEntries(enums),
);
