// How fast PromQL is read: ours beside lezer's and codemirror's parsers in one run, on real alert expressions.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { parser as lezer } from "@prometheus-io/lezer-promql";
import { format } from "../../server/src/promql/format/format.ts";
import { parse } from "../../server/src/promql/syntax/parse.ts";
import { check } from "../../server/src/promql/types/check.ts";
import { inferLabels } from "../../server/src/promql/types/inferLabels.ts";

const oracle = resolve(import.meta.dirname, "../../../shared/conformance/promql-oracle/cases-default.jsonl");

/** Expressions of real alert rules where the material is there, else a few written here. */
function realExpressions(): string[] {
  if (!existsSync(oracle)) {
    console.log("(../shared is absent: measured on a few expressions of this file)");
    return [
      'sum by (job) (rate(http_requests_total{code=~"5.."}[5m])) / sum by (job) (rate(http_requests_total[5m])) > 0.05',
      "predict_linear(node_filesystem_avail_bytes[1h], 4 * 3600) < 0 and on (instance, device) node_filesystem_readonly == 0",
      'histogram_quantile(0.99, sum by (le) (rate(grpc_server_handling_seconds_bucket{job="api"}[5m]))) > 1',
    ];
  }
  const rows = readFileSync(oracle, "utf8").trim().split("\n");
  const cases = rows.map((row) => JSON.parse(row) as { expr: string; from: string; ok: boolean });
  return cases.filter(({ from, ok }) => from === "rule" && ok).map(({ expr }) => expr);
}

/** Microseconds of CPU a text, best of several rounds. */
function measure(texts: readonly string[], work: (text: string) => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  let kept = 0;
  for (let round = 0; round < 12; round++) {
    const start = process.cpuUsage();
    for (let i = 0; i < 20; i++) for (const text of texts) kept += work(text) === undefined ? 0 : 1;
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, (user + system) / (20 * texts.length));
  }
  if (kept < 0) console.log(kept);
  return best;
}

function lezerNodes(text: string): number {
  let nodes = 0;
  lezer.parse(text).iterate({
    enter: () => {
      nodes++;
    },
  });
  return nodes;
}

/** codemirror-promql's own parse and lint; its CommonJS build, as the other one does not load outside a bundler. */
function codemirrorLint(): ((text: string) => unknown) | undefined {
  const require = createRequire(import.meta.url);
  try {
    const { EditorState } = require("@codemirror/state") as typeof import("@codemirror/state");
    const { PromQLExtension } =
      require("@prometheus-io/codemirror-promql") as typeof import("@prometheus-io/codemirror-promql");
    const { Parser } = require("@prometheus-io/codemirror-promql/dist/cjs/parser/parser.js") as {
      Parser: new (state: unknown) => { analyze(): void; getDiagnostics(): unknown[] };
    };
    const extensions = [new PromQLExtension().asExtension()];
    return (text) => {
      const linter = new Parser(EditorState.create({ doc: text, extensions }));
      linter.analyze();
      return linter.getDiagnostics();
    };
  } catch (error) {
    console.log(`(codemirror-promql could not be loaded: ${error instanceof Error ? error.message : String(error)})`);
    return undefined;
  }
}

function row(name: string, microseconds: number, base: number): void {
  console.log(
    `${name.padEnd(46)} ${microseconds.toFixed(2).padStart(8)} µs   ${(microseconds / base).toFixed(2)} of lezer`,
  );
}

function adversarial(): void {
  console.log("\n100 kB that is made to be slow, and twice as much (linear: about twice the time)");
  const texts: [string, (size: number) => string][] = [
    ["((((…", (size) => "(".repeat(size)],
    ["----…", (size) => "-".repeat(size)],
    ["a+a+…", (size) => "a+".repeat(size / 2)],
    ["one string", (size) => `"${"x".repeat(size - 2)}"`],
    ["one name", (size) => "x".repeat(size)],
    ['{a="b",…', (size) => `{${'a="b",'.repeat(size / 6)}}`],
    ["[5m+5m+…", (size) => `x[${"5m+".repeat(size / 3)}5m]`],
  ];
  for (const [name, make] of texts) {
    const [once, twice] = [100_000, 200_000].map((size) =>
      measure([make(size)], (text) => check(parse(text)).length + 1),
    );
    console.log(
      `${name.padEnd(46)} ${(once ?? 0).toFixed(0).padStart(8)} µs ${(twice ?? 0).toFixed(0).padStart(8)} µs`,
    );
  }
}

/** Prints; judges nothing. */
export async function run(): Promise<void> {
  const texts = realExpressions();
  const mean = texts.reduce((sum, text) => sum + text.length, 0) / texts.length;
  console.log(`${texts.length} real expressions, mean ${mean.toFixed(0)} characters; CPU time, best of 12 rounds`);
  const base = measure(texts, lezerNodes);
  row("lezer-promql: tree, each node visited", base, base);
  row(
    "lezer-promql: tree alone",
    measure(texts, (text) => lezer.parse(text)),
    base,
  );
  const lint = codemirrorLint();
  if (lint) row("codemirror-promql: parse and lint", measure(texts, lint), base);
  row(
    "ours: typed tree with positions",
    measure(texts, (text) => parse(text)),
    base,
  );
  row(
    "ours: parse and all errors",
    measure(texts, (text) => check(parse(text))),
    base,
  );
  row(
    "ours: parse, all errors, labels",
    measure(texts, (text) => {
      const parsed = parse(text);
      check(parsed);
      return parsed.expr && inferLabels(parsed.expr);
    }),
    base,
  );
  row(
    "ours: format",
    measure(texts, (text) => format(text)),
    base,
  );
  adversarial();
}
