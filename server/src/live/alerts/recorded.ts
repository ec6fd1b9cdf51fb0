// What recording rules gave, kept as series so that other rules can look at it. Knows no rules.
import { keyOf, type Labels } from "../../promql/engine/labels.ts";
import { matchesAll, type SeriesSource } from "../../promql/engine/source.ts";

type Recording = {
  readonly labels: Labels;
  readonly times: number[];
  readonly values: number[];
  readonly stale: number[];
};

export class Recorded implements SeriesSource {
  readonly #series = new Map<string, Recording>();
  readonly #history: number;

  /** `history`: how long samples are kept, ms. */
  constructor(history: number) {
    this.#history = history;
  }

  /** Takes what a rule gave at `at`; a series that it no longer gives (`before`: the keys of last time) goes stale. Gives the keys. */
  take(
    samples: readonly { readonly labels: Labels; readonly value: number }[],
    at: number,
    before: ReadonlySet<string>,
  ): ReadonlySet<string> {
    const keys = new Set<string>();
    for (const { labels, value } of samples) {
      const key = keyOf(labels);
      keys.add(key);
      const series = this.#series.get(key) ?? { labels, times: [], values: [], stale: [] };
      if ((series.times.at(-1) ?? Number.NEGATIVE_INFINITY) >= at) continue;
      series.times.push(at);
      series.values.push(value);
      this.#series.set(key, series);
    }
    for (const key of before) if (!keys.has(key)) this.#series.get(key)?.stale.push(at);
    this.#forget(at - this.#history);
    return keys;
  }

  select: SeriesSource["select"] = (matchers) => {
    const found = [...this.#series.values()].filter(({ labels }) => matchesAll(matchers, labels));
    return found.map(({ labels, times, values, stale }) => ({
      labels,
      times: Float64Array.from(times),
      values: Float64Array.from(values),
      stale: Float64Array.from(stale),
    }));
  };

  #forget(before: number): void {
    for (const [key, { times, values, stale }] of this.#series) {
      let old = 0;
      while (old < times.length && (times[old] as number) < before) old++;
      if (old === times.length) this.#series.delete(key);
      else if (old > 0) {
        times.splice(0, old);
        values.splice(0, old);
      }
      while (stale.length > 0 && (stale[0] as number) < before) stale.shift();
    }
  }
}
