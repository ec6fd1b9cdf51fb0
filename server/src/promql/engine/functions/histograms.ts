// Classic histograms: quantiles and fractions from cumulative buckets `le`. Knows no native histograms.
import { plainNumber } from "../../format/numberText.ts";
import { quoteString } from "../../syntax/quoting.ts";
import type { Expr } from "../../syntax/tree.ts";
import { filtered, keyOf, type Labels, labelValue } from "../labels.ts";
import { annotate, type Run, type Vector } from "../run.ts";

export type Bucket = { readonly bound: number; count: number };
export type Histogram = { readonly labels: Labels; readonly dropName: boolean; readonly buckets: Bucket[] };

const goFloat = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** A bound as Go reads it; undefined: it is none. */
function boundOf(text: string): number | undefined {
  if (/^\+?inf(?:inity)?$/i.test(text)) return Number.POSITIVE_INFINITY;
  if (/^-inf(?:inity)?$/i.test(text)) return Number.NEGATIVE_INFINITY;
  if (/^nan$/i.test(text)) return Number.NaN;
  return goFloat.test(text) ? Number(text) : undefined;
}

/** Names the metric in a remark; without delayed names none is left by then. */
export function ofMetric(run: Run, labels: Labels): string {
  const name = run.delayedNames ? labelValue(labels, "__name__") : "";
  return name === "" ? "" : ` for metric name ${quoteString(name)}`;
}

/** The buckets of a vector by the labels besides `le`, lowest bound first. Source: promql/functions.go, `resetHistograms`. */
export function histogramsOf(run: Run, vector: Vector, place: Expr): readonly Histogram[] {
  const found = new Map<string, Histogram>();
  for (const { labels, value, dropName } of vector) {
    const bound = boundOf(labelValue(labels, "le"));
    if (bound === undefined) {
      const of = ofMetric(run, labels);
      const written = quoteString(labelValue(labels, "le"));
      annotate(run, "warning", `bucket label "le" is missing or has a malformed value of ${written}${of}`, place);
      continue;
    }
    const rest = filtered(labels, (name) => name !== "le");
    const key = keyOf(rest);
    const histogram = found.get(key) ?? { labels: rest, dropName, buckets: [] };
    histogram.buckets.push({ bound, count: value });
    found.set(key, histogram);
  }
  for (const { buckets } of found.values())
    buckets.sort((a, b) => (a.bound < b.bound ? -1 : a.bound > b.bound ? 1 : 0));
  return [...found.values()];
}

/** Buckets with one bound counted as one. */
function merged(buckets: readonly Bucket[]): Bucket[] {
  const out: Bucket[] = [];
  for (const { bound, count } of buckets) {
    const last = out.at(-1);
    if (last && last.bound === bound) last.count += count;
    else out.push({ bound, count });
  }
  return out;
}

const tolerance = 1e-12;
const smallest = 2.2250738585072014e-308;

/** Source: util/almost, `Equal`. */
function isAlmost(a: number, b: number): boolean {
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return true;
  const size = Math.abs(a) + Math.abs(b);
  const difference = Math.abs(a - b);
  if (a === 0 || b === 0 || size < smallest) return difference < tolerance * smallest;
  return difference / Math.min(size, Number.MAX_VALUE) < tolerance;
}

/** Makes counts never fall; true if more than rounding had to be mended. */
function mend(buckets: readonly Bucket[]): boolean {
  let wasForced = false;
  let before = buckets[0]?.count ?? 0;
  for (const bucket of buckets) {
    if (bucket.count === before) continue;
    if (isAlmost(before, bucket.count)) bucket.count = before;
    else if (bucket.count < before) {
      bucket.count = before;
      wasForced = true;
    } else before = bucket.count;
  }
  return wasForced;
}

/** `wasForced`: counts fell from one bucket to the next. Source: promql/quantile.go, `BucketQuantile`. */
export function bucketQuantile(q: number, given: readonly Bucket[]): { value: number; wasForced: boolean } {
  const plain = (value: number): { value: number; wasForced: boolean } => ({ value, wasForced: false });
  if (Number.isNaN(q)) return plain(Number.NaN);
  if (q < 0) return plain(Number.NEGATIVE_INFINITY);
  if (q > 1) return plain(Number.POSITIVE_INFINITY);
  if (given.at(-1)?.bound !== Number.POSITIVE_INFINITY) return plain(Number.NaN);
  const buckets = merged(given);
  const wasForced = mend(buckets);
  const last = buckets.length - 1;
  const observations = buckets[last]?.count ?? 0;
  if (buckets.length < 2 || observations === 0) return plain(Number.NaN);
  let rank = q * observations;
  const index = firstReaching(buckets, last, rank);
  if (index === last) return { value: (buckets[last - 1] as Bucket).bound, wasForced };
  const { bound, count: upTo } = buckets[index] as Bucket;
  if (index === 0 && bound <= 0) return { value: bound, wasForced };
  const below = buckets[index - 1] ?? { bound: 0, count: 0 };
  rank -= below.count;
  return { value: below.bound + (bound - below.bound) * (rank / (upTo - below.count)), wasForced };
}

/** Halving, as Go does: with NaN among the counts another bucket is found than by looking at one after the other. */
function firstReaching(buckets: readonly Bucket[], last: number, rank: number): number {
  let low = 0;
  let high = last;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((buckets[middle] as Bucket).count >= rank) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The share of observations between two values. Source: promql/quantile.go, `BucketFraction`. */
export function bucketFraction(lower: number, upper: number, given: readonly Bucket[]): number {
  if (given.at(-1)?.bound !== Number.POSITIVE_INFINITY) return Number.NaN;
  const buckets = merged(given);
  const count = buckets.at(-1)?.count ?? 0;
  if (count === 0 || Number.isNaN(lower) || Number.isNaN(upper)) return Number.NaN;
  if (lower >= upper) return 0;
  return (Math.min(count, rankAt(upper, buckets)) - Math.min(count, rankAt(lower, buckets))) / count;
}

/** How many observations lie below a value, spread evenly within each bucket; the first begins at 0 unless it ends below. */
function rankAt(value: number, buckets: readonly Bucket[]): number {
  let rank = 0;
  let begin = (buckets[0]?.bound ?? 0) > 0 ? 0 : Number.NEGATIVE_INFINITY;
  for (const { bound, count } of buckets) {
    if (begin >= value) return rank;
    if (bound > value) {
      if (begin === Number.NEGATIVE_INFINITY) return count;
      return rank + ((count - rank) * (value - begin)) / (bound - begin);
    }
    rank = count;
    begin = bound;
  }
  return rank;
}

export function warnOfQuantile(run: Run, q: number, place: Expr): void {
  if (!(q >= 0 && q <= 1))
    annotate(run, "warning", `quantile value should be between 0 and 1, got ${plainNumber(q)}`, place);
}
