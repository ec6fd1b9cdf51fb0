// Sums that lose nothing to rounding, means that do not overflow, quantiles: arithmetic on numbers alone.

/** A sum and what rounding took from it (Kahan and Neumaier). */
export type Sum = { sum: number; lost: number };

/** Source: util/kahansum, `Inc`. */
export function add(total: Sum, value: number): void {
  const next = total.sum + value;
  if (next === Number.POSITIVE_INFINITY || next === Number.NEGATIVE_INFINITY) total.lost = 0;
  else if (Math.abs(total.sum) >= Math.abs(value)) total.lost += total.sum - next + value;
  else total.lost += value - next + total.sum;
  total.sum = next;
}

export const newSum = (value = 0): Sum => ({ sum: value, lost: 0 });

export function resultOf({ sum, lost }: Sum): number {
  return Number.isFinite(sum) ? sum + lost : sum;
}

/** A mean in progress: sums first, weighted means from where the sum would overflow. */
export type Mean = { count: number; isIncremental: boolean; readonly total: Sum };

export const newMean = (first: number): Mean => ({ count: 1, isIncremental: false, total: newSum(first) });

/** Source: promql/functions.go, `funcAvgOverTime`. */
export function addToMean(mean: Mean, value: number): void {
  mean.count++;
  const { count, total } = mean;
  if (!mean.isIncremental) {
    const { sum, lost } = total;
    add(total, value);
    if (total.sum !== Number.POSITIVE_INFINITY && total.sum !== Number.NEGATIVE_INFINITY) return;
    mean.isIncremental = true;
    total.sum = sum / (count - 1);
    total.lost = lost / (count - 1);
  }
  const share = (count - 1) / count;
  total.sum *= share;
  total.lost *= share;
  add(total, value / count);
}

export function meanOf({ count, isIncremental, total }: Mean): number {
  if (isIncremental) return total.sum + total.lost;
  return total.sum / count + total.lost / count;
}

/** NaN is below all numbers. */
export function byValue(left: number, right: number): number {
  if (Number.isNaN(left)) return Number.isNaN(right) ? 0 : -1;
  if (Number.isNaN(right)) return 1;
  return left - right || 0;
}

/** The `q`-quantile between the two nearest of the numbers; sorts them. Source: promql/quantile.go, `quantile`. */
export function quantile(q: number, values: number[]): number {
  if (values.length === 0 || Number.isNaN(q)) return Number.NaN;
  if (q < 0) return Number.NEGATIVE_INFINITY;
  if (q > 1) return Number.POSITIVE_INFINITY;
  values.sort(byValue);
  const rank = q * (values.length - 1);
  const lower = Math.max(0, Math.floor(rank));
  const upper = Math.min(values.length - 1, lower + 1);
  const weight = rank - Math.floor(rank);
  return (values[lower] as number) * (1 - weight) + (values[upper] as number) * weight;
}

export const isQuantile = (q: number): boolean => q >= 0 && q <= 1;
