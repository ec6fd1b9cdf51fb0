// What the catalogue says of the rows that a view shows.
import { rowOf } from "../../../server/src/catalog/metrics.ts";
import type { MetricText } from "./messages.ts";

/** Texts of the rows that exist, in the order asked for. */
export function metricTexts(rows: readonly string[]): MetricText[] {
  return rows.flatMap((id) => {
    const row = rowOf(id);
    return row ? [{ row: id, title: row.key, meaning: row.meaning, unit: row.unit }] : [];
  });
}
