// The JSON Schema of prometheus.yml: current, and held against what Prometheus says, beside the schema that editors have today.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv, type ValidateFunction } from "ajv";
import { CORE_SCHEMA, load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { prometheusJsonSchema } from "../../../server/src/catalog/prometheus/jsonSchema.ts";

const root = join(import.meta.dirname, "../../..");
const shared = join(root, "../shared");
const schema = prometheusJsonSchema();

test("server/docs/prometheus.schema.json is current: npm run schema", () => {
  const written = readFileSync(join(root, "server/docs/prometheus.schema.json"), "utf8");
  expect(JSON.parse(written)).toEqual(schema);
});

type Row = { readonly name: string; readonly text: string; readonly ok: boolean };

type Verdict = { readonly file: string; readonly command: string; readonly exit: number };

function rows(): Row[] {
  const folder = join(shared, "conformance/prometheus-config");
  const verdicts = JSON.parse(readFileSync(join(shared, "conformance/promtool-verdicts.json"), "utf8")) as Verdict[];
  const files = readdirSync(folder).flatMap((name): Row[] => {
    const verdict = verdicts.find(
      ({ file, command }) => file.endsWith(`prometheus-config/${name}`) && command.includes("--syntax-only"),
    );
    return verdict ? [{ name, text: readFileSync(join(folder, name), "utf8"), ok: verdict.exit === 0 }] : [];
  });
  const lines = readFileSync(join(shared, "conformance/prometheus-config-cases/cases.jsonl"), "utf8").split("\n");
  const cases = lines.flatMap((line): Row[] => {
    if (line === "") return [];
    const { id, text, ok, flags, promtoolOnly } = JSON.parse(line);
    return flags || promtoolOnly ? [] : [{ name: id, text, ok }];
  });
  return [...files, ...cases];
}

/** As an editor reads the file; undefined where it is no YAML to it. */
function read(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: load(text, { schema: CORE_SCHEMA }) };
  } catch {
    return undefined;
  }
}

function tally(validate: ValidateFunction, all: readonly Row[]): { flagged: string[]; missed: string[] } {
  const taken = ({ text }: Row): boolean => {
    const found = read(text);
    return found !== undefined && (found.value === undefined || Boolean(validate(found.value)));
  };
  return {
    flagged: all.filter((row) => row.ok && !taken(row)).map(({ name }) => name),
    missed: all.filter((row) => !row.ok && taken(row)).map(({ name }) => name),
  };
}

const stored = join(shared, "tools/lsp-bench/prometheus.json");
const isThere = existsSync(join(shared, "conformance")) && existsSync(stored);
if (!isThere) console.log("skipped: ../shared is not there, so the schema is held against nothing");

describe.skipIf(!isThere)("the schema beside SchemaStore's", () => {
  test("flags fewer good files and misses fewer bad ones", () => {
    const compiled = (of: object): ValidateFunction =>
      new Ajv({ strict: false, validateFormats: false, allowUnionTypes: true }).compile(of);
    const all = rows();
    const ours = tally(compiled(schema), all);
    const theirs = tally(compiled(JSON.parse(readFileSync(stored, "utf8"))), all);
    const good = all.filter(({ ok }) => ok).length;
    const table = [
      `| schema | good flagged | bad missed |`,
      `| ours | ${ours.flagged.length} of ${good} | ${ours.missed.length} of ${all.length - good} |`,
      `| SchemaStore's | ${theirs.flagged.length} of ${good} | ${theirs.missed.length} of ${all.length - good} |`,
    ];
    console.log(table.join("\n"));
    if (process.env.SHOW) console.log(ours);
    expect(ours.flagged.length).toBeLessThan(theirs.flagged.length);
    expect(ours.missed.length).toBeLessThan(theirs.missed.length);
  });
});
