// Binary operators between two vectors: which series meet, and under which labels the result goes. Knows no selectors.
import type { BinaryExpr, VectorMatching } from "../../syntax/tree.ts";
import { filtered, formatLabels, keyOf, type Labels, labelValue, withLabel, withoutMetadata } from "../labels.ts";
import { annotate, fail, type Run, type Sample, type Vector } from "../run.ts";
import { calculate, compare, isComparison } from "./arithmetic.ts";
import { matchedLabels, signatureOf } from "./signatures.ts";

type Matched = {
  readonly run: Run;
  readonly expr: BinaryExpr;
  /** The side that may have many series a match; with `group_right` the right one. */
  readonly isSwapped: boolean;
  /** Signatures that had a match, with the results under each. */
  readonly seen: Map<string, Set<string>>;
  readonly out: Sample[];
};

/** Source: promql/engine.go, `VectorBinop`. */
export function matchVectors(run: Run, expr: BinaryExpr, left: Vector, right: Vector): Vector {
  const { fill, matching, group } = expr;
  const isSwapped = group?.side === "right";
  if (!fill && (left.length === 0 || right.length === 0)) return [];
  const [many, one] = isSwapped ? [right, left] : [left, right];
  // Prometheus does not swap these: with `group_right`, `fill_right` fills the left side.
  const fillOne = fill?.right;
  const fillMany = fill?.left;
  const partners = uniqueBySignature(expr, one, isSwapped ? "left" : "right");
  const matched: Matched = { run, expr, isSwapped, seen: new Map(), out: [] };
  for (const sample of many) {
    const signature = signatureOf(sample.labels, matching);
    const partner = partners.get(signature) ?? filled(sample, matching, fillOne);
    if (partner) combine(matched, signature, sample, partner);
  }
  if (fillMany !== undefined)
    for (const [signature, partner] of partners) {
      const sample = matched.seen.has(signature) ? undefined : filled(partner, matching, fillMany);
      if (sample) combine(matched, signature, sample, partner);
    }
  return matched.out;
}

function filled(
  { labels }: Sample,
  matching: VectorMatching | undefined,
  value: number | undefined,
): Sample | undefined {
  return value === undefined ? undefined : { labels: matchedLabels(labels, matching), value, dropName: false };
}

function uniqueBySignature({ matching }: BinaryExpr, side: Vector, hand: "left" | "right"): Map<string, Sample> {
  const found = new Map<string, Sample>();
  for (const sample of side) {
    const signature = signatureOf(sample.labels, matching);
    const before = found.get(signature);
    if (before) {
      const group = formatLabels(matchedLabels(sample.labels, matching));
      const pair = [before, sample].map(({ labels }) => formatLabels(labels)).sort();
      fail(
        `found duplicate series for the match group ${group} on the ${hand} hand-side of the operation: [${pair.join(", ")}];many-to-many matching not allowed: matching labels must be unique on one side`,
      );
    }
    found.set(signature, sample);
  }
  return found;
}

function combine(matched: Matched, signature: string, sample: Sample, partner: Sample): void {
  const { run, expr, isSwapped, out } = matched;
  const [a, b] = isSwapped ? [partner.value, sample.value] : [sample.value, partner.value];
  const { op } = expr;
  if (op === "</" || op === ">/") {
    annotate(run, "info", `incompatible sample types encountered for binary operator "${op}": float ${op} float`, expr);
    return;
  }
  let value = calculate(op, a, b);
  let isKept = true;
  if (isComparison(op)) {
    isKept = compare(op, a, b);
    value = expr.bool ? Number(isKept) : a;
    if (expr.bool) isKept = true;
  }
  const labels = resultLabels(run, expr, sample.labels, partner.labels);
  keepUnique(matched, signature, labels);
  // A name that was to go at the end stays where series are compared: Prometheus forgets that here.
  if (isKept) out.push({ labels, value, dropName: run.delayedNames && expr.bool !== undefined });
}

/** Also what a comparison leaves out must be unique. */
function keepUnique({ expr, seen }: Matched, signature: string, labels: Labels): void {
  const results = seen.get(signature);
  if (!expr.group) {
    if (results) fail("multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)");
    seen.set(signature, new Set());
    return;
  }
  const key = keyOf(labels);
  if (results?.has(key)) fail("multiple matches for labels: grouping labels must ensure unique matches");
  if (results) results.add(key);
  else seen.set(signature, new Set([key]));
}

/** Source: promql/engine.go, `resultMetric`. */
function resultLabels(run: Run, { op, bool, matching, group }: BinaryExpr, many: Labels, one: Labels): Labels {
  let labels = many;
  if (!isComparison(op) || (bool && !run.delayedNames)) labels = withoutMetadata(labels);
  if (!group && matching) {
    const names = matching.labels.map(({ name }) => name);
    labels = filtered(labels, (name) => names.includes(name) === matching.on);
  }
  for (const { name } of group?.include ?? []) labels = withLabel(labels, name, labelValue(one, name));
  return labels;
}

/** One side is a number. Source: promql/engine.go, `VectorscalarBinop`. */
export function matchScalar(run: Run, expr: BinaryExpr, vector: Vector, scalar: number, isScalarLeft: boolean): Vector {
  const { op } = expr;
  const out: Sample[] = [];
  if (op === "</" || op === ">/") {
    if (vector.length > 0)
      annotate(
        run,
        "info",
        `incompatible sample types encountered for binary operator "${op}": float ${op} float`,
        expr,
      );
    return out;
  }
  const drops = !isComparison(op) || expr.bool !== undefined;
  for (const sample of vector) {
    const [a, b] = isScalarLeft ? [scalar, sample.value] : [sample.value, scalar];
    let value = sample.value;
    if (isComparison(op)) {
      const holds = compare(op, a, b);
      if (expr.bool) value = Number(holds);
      else if (!holds) continue;
    } else value = calculate(op, a, b);
    if (!drops) out.push(sample);
    else if (run.delayedNames) out.push({ labels: sample.labels, value, dropName: true });
    else out.push({ labels: withoutMetadata(sample.labels), value, dropName: false });
  }
  return out;
}
