// prom-client's Summary with the window of Go's client: quantiles of the last ten seconds by the agent's own clock, NaN
// when nothing was seen. It must not know which metric it holds.
import { type MetricValueWithName, Summary } from "prom-client";

export type WindowOptions = {
  name: string;
  help: string;
  labelNames?: string[];
  quantiles: number[];
  /** Milliseconds that a value counts for; Infinity: for ever (the last 256, as the Go runtime keeps its pauses). */
  window: number;
  now: () => number;
};

type Labels = Partial<Record<string, string | number>>;

type Answer = Awaited<ReturnType<Summary<string>["get"]>>;

type Series = {
  born: number;
  sum: number;
  count: number;
  times: number[];
  values: number[];
  /** One entry a printed line, made once, so that a writer can keep what it printed before the value. */
  lines: MetricValueWithName<string>[];
};

const ageBuckets = 5;
const keptForEver = 256;
/** So many values are kept before old ones are looked for, when nobody asks. */
const keptUnasked = 2048;

/**
 * `get()` answers a line a quantile, then sum and count, `quantile` last among the labels.
 * Go's client keeps five streams, each begun a fifth of the window after the other, and asks the oldest: the quantiles
 * are of the last eight to ten seconds (client_golang, prometheus/summary.go; beorn7/perks, quantile/stream.go).
 */
export class WindowSummary extends Summary<string> {
  readonly #options: WindowOptions;
  readonly #series = new Map<string, Series>();

  constructor(options: WindowOptions) {
    super({
      name: options.name,
      help: options.help,
      labelNames: options.labelNames ?? [],
      percentiles: options.quantiles,
      registers: [],
    });
    this.#options = options;
  }

  override observe(value: number): void;
  override observe(labels: Labels, value: number): void;
  override observe(first: Labels | number, second?: number): void {
    const value = typeof first === "number" ? first : (second ?? Number.NaN);
    const series = this.#seriesOf(typeof first === "number" ? {} : first);
    series.sum += value;
    series.count++;
    series.times.push(this.#options.now());
    series.values.push(value);
    this.#limit(series);
  }

  override remove(...values: string[]): void;
  override remove(labels: Labels): void;
  override remove(first?: Labels | string, ...rest: string[]): void {
    const names = this.#options.labelNames ?? [];
    const values = typeof first === "string" ? [first, ...rest] : [];
    const named = Object.fromEntries(names.map((name, index) => [name, values[index] ?? ""]));
    this.#series.delete(keyOf(typeof first === "object" ? first : named));
  }

  override async get(): Promise<Answer> {
    const values: MetricValueWithName<string>[] = [];
    for (const series of this.#series.values()) {
      this.#refresh(series);
      values.push(...series.lines);
    }
    const { name, help } = this.#options;
    return {
      name,
      help,
      type: "summary" as unknown as Answer["type"],
      values,
      aggregator: "sum",
      collect: () => undefined,
    };
  }

  #seriesOf(labels: Labels): Series {
    const key = keyOf(labels);
    const known = this.#series.get(key);
    if (known !== undefined) return known;
    const { name, quantiles } = this.#options;
    const lines: Series["lines"] = quantiles.map((quantile) => ({
      metricName: name,
      labels: { ...labels, quantile },
      value: Number.NaN,
    }));
    lines.push({ metricName: `${name}_sum`, labels: { ...labels }, value: 0 });
    lines.push({ metricName: `${name}_count`, labels: { ...labels }, value: 0 });
    const series: Series = { born: this.#options.now(), sum: 0, count: 0, times: [], values: [], lines };
    this.#series.set(key, series);
    return series;
  }

  #limit(series: Series): void {
    const { window, now } = this.#options;
    const forEver = window === Number.POSITIVE_INFINITY;
    if (series.values.length <= (forEver ? keptForEver : keptUnasked)) return;
    if (!forEver) forget(series, windowStart(series.born, now(), window));
    else {
      series.times.shift();
      series.values.shift();
    }
  }

  #refresh(series: Series): void {
    const { quantiles, window, now } = this.#options;
    if (Number.isFinite(window)) forget(series, windowStart(series.born, now(), window));
    const sorted = series.values.length > 0 ? Float64Array.from(series.values).sort() : undefined;
    quantiles.forEach((quantile, index) => {
      const line = series.lines[index];
      if (line !== undefined) line.value = sorted === undefined ? Number.NaN : ranked(sorted, quantile);
    });
    const [sum, count] = series.lines.slice(-2);
    if (sum !== undefined) sum.value = series.sum;
    if (count !== undefined) count.value = series.count;
  }
}

/** The value whose rank is the quantile's, rounded up: what the stream answers while it holds all it saw. */
function ranked(sorted: Float64Array, quantile: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * quantile) - 1)] ?? Number.NaN;
}

function windowStart(born: number, now: number, window: number): number {
  const step = window / ageBuckets;
  return born + (Math.floor((now - born) / step) - (ageBuckets - 1)) * step;
}

function forget(series: Series, before: number): void {
  let first = 0;
  while (first < series.times.length && (series.times[first] ?? 0) < before) first++;
  if (first === 0) return;
  series.times.splice(0, first);
  series.values.splice(0, first);
}

function keyOf(labels: Labels): string {
  return JSON.stringify(labels);
}
