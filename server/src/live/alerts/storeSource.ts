// The samples of a link as evaluation wants them. Knows the shape of the link's answers, not where they come from.
import { keyOf, type Labels, labelsFrom } from "../../promql/engine/labels.ts";
import { matchesAll, type Series, type SeriesSource } from "../../promql/engine/source.ts";
import type { SeriesInfo } from "../frames.ts";
import type { SeriesFilter } from "../store/sourceBlock.ts";
import type { SelectedSeries } from "../store/store.ts";

/** What a link and a store have in common. */
export type Samples = {
  select(filter: SeriesFilter, from: number, to: number): readonly SelectedSeries[];
  oldest(): number | undefined;
};

const known = new WeakMap<SeriesInfo, Labels>();

function labelsOf(series: SeriesInfo): Labels {
  const before = known.get(series);
  if (before) return before;
  const labels = labelsFrom({ __name__: series.name, ...series.labels });
  known.set(series, labels);
  return labels;
}

/** Where two sources have the same series, the first one counts. */
export function sourceOfSamples(samples: Samples): SeriesSource {
  return {
    select: (matchers, from, to) => {
      const name = matchers.find(({ label, equals }) => label === "__name__" && equals !== undefined)?.equals;
      const found = samples.select({ name, matches: (series) => matchesAll(matchers, labelsOf(series)) }, from, to);
      return withoutDoubles(found).map(({ series, times, values, gaps }) => ({
        labels: labelsOf(series),
        times,
        values,
        stale: gaps,
      }));
    },
  };
}

function withoutDoubles(found: readonly SelectedSeries[]): readonly SelectedSeries[] {
  const first = found[0]?.series.source;
  if (found.every(({ series }) => series.source === first)) return found;
  const keys = new Set<string>();
  return found.filter(({ series }) => {
    const key = keyOf(labelsOf(series));
    if (keys.has(key)) return false;
    keys.add(key);
    return true;
  });
}

/** Several sources as one. */
export function joined(...sources: readonly SeriesSource[]): SeriesSource {
  return {
    select: (matchers, from, to) => {
      const parts = sources.map((source) => source.select(matchers, from, to)).filter(({ length }) => length > 0);
      const [first = [], second] = parts;
      if (!second) return first;
      const series = new Map<string, Series>();
      for (const one of parts.flat()) if (!series.has(keyOf(one.labels))) series.set(keyOf(one.labels), one);
      return [...series.values()];
    },
  };
}
