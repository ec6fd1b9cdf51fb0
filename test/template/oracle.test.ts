// Templates against what Prometheus 3.14 makes of them at load and when an alert fires (../shared/conformance/template-oracle).
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { checkTemplate } from "../../server/src/template/check.ts";
import { expandTemplate } from "../../server/src/template/expand.ts";
import type { World } from "../../server/src/template/functions/context.ts";
import { parseTemplate } from "../../server/src/template/parser.ts";

type Row = {
  template: string;
  alert?: string;
  data: {
    labels: Record<string, string>;
    externalLabels: Record<string, string>;
    externalURL: string;
    value: number | string;
    queries: Record<string, { labels: Record<string, string>; value: number | string }[]>;
  };
  parse: { error?: string };
  expand: { text?: string; error?: string };
};

const file = resolve(import.meta.dirname, "../../../shared/conformance/template-oracle/cases.jsonl");
const present = existsSync(file);
if (!present) console.log(`${file} is absent: the templates of Prometheus are not compared`);
const rows: Row[] = present
  ? readFileSync(file, "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Row)
  : [];

function numberOf(value: number | string): number {
  return value === "+Inf" ? Infinity : value === "-Inf" ? -Infinity : Number(value);
}

/** Answers the queries of the row; one that PromQL refuses, with the recorded words, for PromQL is not what is tested here. */
function worldOf({ data, expand }: Row): World {
  const refusal = /error calling query: (.*)$/s.exec(expand.error ?? "")?.[1];
  return {
    now: 1_700_000_000.123,
    query: (expr) => {
      const known = data.queries[expr];
      if (known === undefined && refusal !== undefined) return { error: refusal };
      return (known ?? []).map(({ labels, value }) => ({ labels, value: numberOf(value) }));
    },
  };
}

function expansion(row: Row): { text?: string; error?: string } {
  const { labels, externalLabels, externalURL, value } = row.data;
  const alert = row.alert ?? "TestAlert";
  return expandTemplate(
    row.template,
    { alert, labels, externalLabels, externalURL, value: numberOf(value) },
    worldOf(row),
  );
}

describe.skipIf(!present)("templates of Prometheus", () => {
  test("load: every verdict and every message, those that a % in the alert's name garbles too", () => {
    const wrong: unknown[] = [];
    for (const row of rows) {
      const verdict = checkTemplate(parseTemplate(row.template), row.alert ?? "TestAlert");
      if (verdict?.goMessage !== row.parse.error)
        wrong.push({ template: row.template, want: row.parse.error, got: verdict?.goMessage });
    }
    expect(rows.length).toBeGreaterThan(1000);
    expect(wrong).toEqual([]);
  });

  test("expansion: every text and every error", () => {
    const wrong: unknown[] = [];
    for (const row of rows) {
      const got = expansion(row);
      const want = row.expand.text ?? row.expand.error;
      if ((got.text ?? got.error) !== want) wrong.push({ template: row.template, want, got: got.text ?? got.error });
    }
    expect(wrong).toEqual([]);
  });

  test("a load error is placed in the text, and what Prometheus takes has no finding of the parser", () => {
    for (const row of rows) {
      const { errors } = parseTemplate(row.template);
      for (const { start, end } of errors) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeGreaterThanOrEqual(start);
        expect(end).toBeLessThanOrEqual(row.template.length);
      }
    }
  });
});
