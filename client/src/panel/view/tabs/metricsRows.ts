// The rows of the metrics tab: each family with the series below it, those that the search leaves. Pure.
import type { SeriesInfo } from "../../messages.ts";
import { seriesName } from "../seriesText.ts";

export type MetricRow =
  | { readonly kind: "family"; readonly family: string; readonly series: readonly SeriesInfo[] }
  | {
      readonly kind: "series";
      readonly family: string;
      readonly info: SeriesInfo;
      /** The only one of its family: it has no row of the family above it. */
      readonly alone: boolean;
    };

/** Every word of the search must be in the name with its labels, whatever the case. Families by name, series as they came. */
export function metricRows(series: Iterable<SeriesInfo>, search: string): MetricRow[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const families = new Map<string, SeriesInfo[]>();
  for (const info of series) {
    if (words.length > 0) {
      const text = seriesName(info).toLowerCase();
      if (!words.every((word) => text.includes(word))) continue;
    }
    const members = families.get(info.family);
    if (members) members.push(info);
    else families.set(info.family, [info]);
  }
  return [...families]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([family, members]): MetricRow[] => {
      const alone = members.length === 1;
      const rows = members.map((info): MetricRow => ({ kind: "series", family, info, alone }));
      return alone ? rows : [{ kind: "family", family, series: members }, ...rows];
    });
}

/** What a row is found again by when the rows have changed. */
export function rowKey(row: MetricRow): string {
  return row.kind === "family" ? row.family : `${row.info.source} ${seriesName(row.info)}`;
}
