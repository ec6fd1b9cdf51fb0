// Our parser beside Prometheus' answers, with a table of how many agree. `npm run conformance` runs this alone.
import { load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { prettify } from "../../server/src/promql/format/format.ts";
import { print } from "../../server/src/promql/format/print.ts";
import { parse } from "../../server/src/promql/syntax/parse.ts";
import type { ParseOptions } from "../../server/src/promql/syntax/parser.ts";
import type { Expr } from "../../server/src/promql/syntax/tree.ts";
import { children } from "../../server/src/promql/syntax/walk.ts";
import { check } from "../../server/src/promql/types/check.ts";
import { inferType } from "../../server/src/promql/types/inferType.ts";
import * as material from "./material.ts";

const allFlags: ParseOptions = { experimentalFunctions: true, extendedRangeSelectors: true, fillModifiers: true };

/** Offsets of bytes in UTF-8, as Prometheus counts. */
function byteOffset(text: string, offset: number): number {
  return Buffer.byteLength(text.slice(0, offset));
}

/** Our tree in the oracle's form: an aggregation lists its expression before its parameter. */
function asOracleTree(text: string, expr: Expr): material.OracleTree {
  const parts =
    expr.kind === "AggregateExpr" ? [expr.expr, expr.param].filter((part) => part !== undefined) : children(expr);
  return [
    expr.kind,
    byteOffset(text, expr.start),
    byteOffset(text, expr.end),
    parts.map((part) => asOracleTree(text, part)),
  ];
}

type Tally = Map<string, { right: number; of: number; wrong: string[] }>;

function count(tally: Tally, what: string, expr: string, ours: unknown, wanted: unknown): void {
  const row = tally.get(what) ?? { right: 0, of: 0, wrong: [] };
  tally.set(what, row);
  row.of++;
  if (JSON.stringify(ours) === JSON.stringify(wanted)) row.right++;
  else row.wrong.push(`${JSON.stringify(expr)}: ${JSON.stringify(ours)} instead of ${JSON.stringify(wanted)}`);
}

function show(title: string, tally: Tally): void {
  const lines = [...tally].map(([what, { right, of, wrong }]) => {
    const percent = ((100 * right) / of).toFixed(2).padStart(6);
    return `  ${what.padEnd(24)} ${String(right).padStart(5)} of ${String(of).padStart(5)}  ${percent} %${wrong
      .slice(0, 3)
      .map((one) => `\n    ${one}`)
      .join("")}`;
  });
  console.log(`${title}\n${lines.join("\n")}`);
}

function share(tally: Tally, what: string): number {
  const row = tally.get(what);
  return row ? row.right / row.of : 0;
}

function compareOracle(cases: readonly material.OracleCase[], options: ParseOptions): Tally {
  const tally: Tally = new Map();
  for (const row of cases) {
    const parsed = parse(row.expr, options);
    const errors = check(parsed, options).map(({ message, start, end }) => ({ message, start, end }));
    const wanted = row.errors.map(({ message, start, end, start16, end16 }) => ({
      message,
      start: start16 ?? start,
      end: end16 ?? end,
    }));
    count(tally, "verdict", row.expr, errors.length === 0, row.ok);
    if (row.ok && parsed.expr) {
      count(tally, "type", row.expr, inferType(parsed.expr), row.type);
      count(tally, "canonical form", row.expr, print(parsed.expr), row.string);
      count(tally, "pretty form", row.expr, prettify(parsed.expr), row.pretty ?? row.string);
      count(tally, "tree, kinds and ranges", row.expr, asOracleTree(row.expr, parsed.expr), row.tree);
      continue;
    }
    count(tally, "first message", row.expr, errors[0]?.message, wanted[0]?.message);
    count(tally, "first range", row.expr, [errors[0]?.start, errors[0]?.end], [wanted[0]?.start, wanted[0]?.end]);
    count(tally, "all errors", row.expr, errors, wanted);
  }
  return tally;
}

function expectBars(tally: Tally): void {
  for (const what of ["verdict", "type", "canonical form", "tree, kinds and ranges"])
    expect(share(tally, what), what).toBe(1);
  expect(share(tally, "first message")).toBeGreaterThanOrEqual(0.99);
  expect(share(tally, "first range")).toBeGreaterThanOrEqual(0.97);
  expect(share(tally, "all errors")).toBeGreaterThanOrEqual(0.95);
  expect(share(tally, "pretty form")).toBeGreaterThanOrEqual(0.99);
}

/** The text of a case that is given as bytes: as Go reads it, broken runes become U+FFFD. */
function decoded({ input, utf8 }: material.ParserCase): string {
  return utf8 ? input : Buffer.from(input, "latin1").toString("utf8");
}

describe.skipIf(!material.hasMaterial)("as Prometheus says", () => {
  test("expressions with default options", () => {
    const tally = compareOracle(material.oracle("default"), {});
    show("promql-oracle, default options", tally);
    expectBars(tally);
  });

  test("expressions with all feature flags", () => {
    const tally = compareOracle(material.oracle("experimental"), allFlags);
    show("promql-oracle, all feature flags", tally);
    expectBars(tally);
  });

  // The parser of that test is newer than 3.14: it refuses modifiers before a range that 3.14 still took.
  test("cases of Prometheus' own parser test", () => {
    const options = { ...allFlags, fillModifiers: false, prometheusVersion: "3.15" };
    const tally: Tally = new Map();
    for (const row of material.parserCases()) {
      const text = decoded(row);
      const errors = check(parse(text, options), options);
      const place = (offset: number): number => (row.utf8 ? byteOffset(text, offset) : offset);
      const ours = errors.map(({ message, start, end }) => ({ message, start: place(start), end: place(end) }));
      const wanted = row.errors
        .filter(({ msg }) => msg !== undefined)
        .map(({ msg, start, end }) => ({ message: msg, start, end }));
      count(tally, "verdict", row.input, ours.length > 0, row.fail);
      if (!row.fail || wanted.length === 0) continue;
      count(tally, "first message", row.input, ours[0]?.message, wanted[0]?.message);
      if (!row.utf8) continue;
      count(tally, "first range", row.input, [ours[0]?.start, ours[0]?.end], [wanted[0]?.start, wanted[0]?.end]);
      // That test names the first errors of a case, not always all of them.
      count(tally, "errors that it names", row.input, ours.slice(0, wanted.length), wanted);
    }
    show("parser cases of Prometheus", tally);
    expect(share(tally, "verdict")).toBe(1);
    expect(share(tally, "first message")).toBeGreaterThanOrEqual(0.99);
    expect(share(tally, "first range")).toBeGreaterThanOrEqual(0.97);
    expect(share(tally, "errors that it names")).toBeGreaterThanOrEqual(0.95);
  });

  test("expressions of the evaluation scripts are taken", () => {
    const tally: Tally = new Map();
    for (const { expr } of material.scriptExpressions()) {
      count(tally, "taken", expr, check(parse(expr, allFlags), allFlags), []);
    }
    show("expressions of promqltest", tally);
    expect(tally.get("taken")?.of).toBeGreaterThan(500);
    expect(share(tally, "taken")).toBe(1);
  });

  test("expressions of real alert rules are taken", () => {
    type Rules = { groups?: { rules?: { expr?: unknown }[] }[] };
    const tally: Tally = new Map();
    for (const { text } of material.corpusFiles()) {
      const groups = (load(text) as Rules).groups ?? [];
      for (const rule of groups.flatMap(({ rules }) => rules ?? [])) {
        count(tally, "taken", String(rule.expr), check(parse(String(rule.expr))), []);
      }
    }
    show("expressions of the alert-rule corpus", tally);
    expect(tally.get("taken")?.of).toBeGreaterThan(400);
    expect(share(tally, "taken")).toBe(1);
  });
});
