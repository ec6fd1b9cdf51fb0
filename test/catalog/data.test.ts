import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { versionsExporting } from "../../server/src/catalog/availability.ts";
import { endpointData, familyData, versionData } from "../../server/src/catalog/data.ts";
import { exampleRule } from "../../server/src/catalog/example.ts";
import { allRows, rowOf } from "../../server/src/catalog/metrics.ts";
import { compareVersions, knownVersions, newestVersion } from "../../server/src/catalog/versions.ts";
import { endpointSchema, familySchema, rowSchema, versionSchema } from "./rowSchema.ts";

const root = resolve(import.meta.dirname, "../..");
const ajv = new Ajv({
  allErrors: true,
  strict: true,
  strictRequired: false,
  strictTypes: false,
  allowUnionTypes: true,
});

function problems(schema: object, data: unknown): string[] {
  const validate = ajv.compile(schema);
  validate(data);
  return (validate.errors ?? []).map(
    (error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`,
  );
}

describe("the data files", () => {
  test("are all in the import list", () => {
    const list = readFileSync(join(root, "server/src/catalog/data.ts"), "utf8");
    const files = ["metrics", "api"].flatMap((folder) =>
      readdirSync(join(root, "server/catalog", folder)).map((file) => `../../catalog/${folder}/${file}`),
    );
    expect(files.filter((file) => !list.includes(`"${file}"`))).toEqual([]);
    expect(familyData.length).toBe(readdirSync(join(root, "server/catalog/metrics")).length);
  });

  test.each(familyData.map((data) => [(data as { family: string }).family, data]))(
    "%s has the right shape",
    (_, data) => {
      expect(problems(familySchema, data)).toEqual([]);
    },
  );

  test("versions and endpoints have the right shape", () => {
    expect(problems(versionSchema, versionData)).toEqual([]);
    expect(problems(endpointSchema, endpointData)).toEqual([]);
  });

  test("the schema refuses a misspelt key, a missing meaning and an unknown unit", () => {
    const row = { key: "a.b", meaning: "A thing.", source: "a.go:1" };
    const family = (extra: object): unknown => ({
      ...{ family: "x", title: "xx", about: "It is.", caller: "serf" },
      rows: [{ ...row, ...extra }],
    });
    expect(problems(familySchema, family({}))).toEqual([]);
    expect(problems(familySchema, family({ meanin: "x" }))).not.toEqual([]);
    expect(problems(familySchema, family({ meaning: "no full stop" }))).not.toEqual([]);
    expect(problems(familySchema, family({ unit: "furlongs" }))).not.toEqual([]);
  });
});

describe("the rows", () => {
  test("say everything once defaults are filled in", () => {
    expect(allRows().flatMap((row) => problems(rowSchema, row).map((problem) => `${row.id}: ${problem}`))).toEqual([]);
  });

  test("have ids of their own", () => {
    const ids = allRows().map((row) => row.id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  test("name substitutes that exist and that some version exports", () => {
    const useful = (key: string): boolean => {
      const row = rowOf(key);
      return row !== undefined && versionsExporting(row).length > 0;
    };
    const named = allRows().flatMap((row) => row.instead.map(({ key }) => ({ row: row.id, key })));
    expect(named.filter(({ row, key }) => row === key || !useful(key))).toEqual([]);
  });

  test("end after they begin, and know why they are never there", () => {
    for (const row of allRows()) {
      if (row.until !== undefined) expect(compareVersions(row.since, row.until), row.id).toBeLessThanOrEqual(0);
      expect(row.emitter === "nobody", row.id).toBe(row.never !== undefined || row.foreign !== undefined);
      expect(row.presence === "never", row.id).toBe(row.emitter === "nobody");
      if (row.presence === "always") expect(row.every, `${row.id} is always there from the second`).toBeDefined();
    }
  });

  test("make range functions over one name only: names that differ would collide", () => {
    for (const row of allRows().filter((candidate) => /<[^<>]+>/.test(candidate.key)))
      expect(exampleRule(row)?.expr ?? "", row.id).not.toMatch(/\[\d+[smhd]\]/);
  });

  test("newest release ends the list", () => {
    expect(knownVersions().at(-1)).toBe(newestVersion());
    expect([...knownVersions()].sort(compareVersions)).toEqual(knownVersions());
  });
});
