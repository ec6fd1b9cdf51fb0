// Names that a file uses and another place may define: metrics and jobs in expressions, alerts in tests of rules.
// Judges nothing and knows no other file.
import { keptOn } from "../kept.ts";
import type { Expr } from "../promql/syntax/tree.ts";
import { newestVersion } from "../promql/syntax/versions.ts";
import { walk } from "../promql/syntax/walk.ts";
import type { Range } from "../ranges.ts";
import { type Pair, rangeOf, type Scalar, valueAt, valuesOf, type YamlNode } from "../yaml/tree.ts";
import type { Document } from "./document.ts";
import { parsed, placeOf } from "./expression.ts";
import { metricUses } from "./metricUses.ts";
import type { Rule } from "./ruleFile.ts";
import { type TestSeries, testSeries } from "./testSeries.ts";
import type { Use } from "./workspace.ts";

/** A use in offsets of the expression. */
type Piece = { readonly name: string; readonly of: Use["of"]; readonly range: Range };

/** What an expression uses; of one that does not parse nothing is known. */
type Used = { readonly pieces: readonly Piece[]; readonly parses: boolean };

const kept = keptOn<Scalar, Used>("scalar");

/** Metrics and jobs of the rule's expression. Runs over whole files, after edits again, so pieces are found once. */
export function usesInRule({ expr }: Rule): Use[] {
  return expr ? usesIn(expr) : [];
}

/**
 * The metrics that a rule's expressions use. `undefined` where that cannot be told: of an expression that does not parse,
 * and of queries in templates, which are put together when the alert fires.
 */
export function metricsOf(rule: Rule): readonly string[] | undefined {
  const known = keptMetrics.get(rule);
  if (known) return known.metrics;
  const metrics = findMetrics(rule);
  keptMetrics.set(rule, { metrics });
  return metrics;
}

const keptMetrics = keptOn<Rule, { readonly metrics: readonly string[] | undefined }>("rule");

function findMetrics({ expr, labels, annotations }: Rule): readonly string[] | undefined {
  if (labels.some(hasQuery) || annotations.some(hasQuery)) return undefined;
  if (!expr) return [];
  const { pieces, parses } = used(expr);
  if (!parses) return undefined;
  return [...new Set(pieces.flatMap(({ of, name }) => (of === "metric" ? [name, ...histogramOf(name)] : [])))];
}

/** The metrics that rules use in their expressions; `undefined` where that cannot be told of all. */
export function metricsIn(rules: readonly Rule[]): ReadonlySet<string> | undefined {
  const found = new Set<string>();
  for (const rule of rules) {
    const metrics = metricsOf(rule);
    if (!metrics) return undefined;
    for (const metric of metrics) found.add(metric);
  }
  return found;
}

/** Buckets are known by the name of their histogram. */
const histogramOf = (name: string): string[] => (name.endsWith("_bucket") ? [name.slice(0, -"_bucket".length)] : []);

const hasQuery = ({ value }: Pair): boolean => value.kind === "scalar" && value.value.includes("query");

function usesIn(expr: Scalar): Use[] {
  return used(expr).pieces.map(({ name, of, range }) => ({ name, of, range: placeOf(expr, range) }));
}

function used(scalar: Scalar): Used {
  let known = kept.get(scalar);
  if (!known) {
    const { expr } = parsed(scalar, newestVersion);
    known = { pieces: expr ? piecesOf(scalar, expr) : [], parses: expr !== undefined };
    kept.set(scalar, known);
  }
  return known;
}

function piecesOf(scalar: Scalar, expr: Expr): readonly Piece[] {
  const pieces: Piece[] = metricUses(expr).map(({ name, range }) => {
    const quoted = /["'`]/.test(scalar.value.charAt(range.start));
    return { name, of: "metric", range: quoted ? inside(range) : range };
  });
  walk(expr, (node) => {
    if (node.kind !== "VectorSelector") return;
    for (const { label, op, value, valueStart, end } of node.matchers)
      if (label === "job" && op === "=" && valueStart >= 0 && value !== "")
        pieces.push({ name: value, of: "job", range: inside({ start: valueStart, end }) });
  });
  return pieces;
}

const inside = ({ start, end }: Range): Range => ({ start: start + 1, end: end - 1 });

/** The alerts that a file of rule tests names, what its expressions use, and the metrics of its series. */
export function usesInTest(document: Document): Use[] {
  return [...usesInCases(document), ...[...testSeries(document.yaml)].flatMap(seriesUse)];
}

function seriesUse({ notation: { metric, labels }, place }: TestSeries): Use[] {
  const jobs = labels
    .filter(({ name, value }) => name === "job" && value !== "")
    .map(({ value, valueRange }): Use => ({ name: value, of: "job", range: place(valueRange) }));
  if (!metric) return jobs;
  const { name, range } = metric;
  const isQuoted = range.end - range.start > name.length;
  return [{ name, of: "metric", range: place(isQuoted ? inside(range) : range) }, ...jobs];
}

function usesInCases(document: Document): Use[] {
  return valuesOf(valueAt(document.yaml.documents[0]?.root, "tests")).flatMap((group) => [
    ...valuesOf(valueAt(group, "alert_rule_test")).flatMap((one) => namedAlert(valueAt(one, "alertname"))),
    ...valuesOf(valueAt(group, "promql_expr_test")).flatMap((one) => {
      const expr = valueAt(one, "expr");
      return expr?.kind === "scalar" ? usesIn(expr) : [];
    }),
  ]);
}

function namedAlert(node: YamlNode | undefined): Use[] {
  return node?.kind === "scalar" ? [{ name: node.value, of: "alert", range: rangeOf(node) }] : [];
}
