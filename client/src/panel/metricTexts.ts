// What the catalogue says of the rows and families that a view shows.
import { availability } from "../../../server/src/catalog/availability.ts";
import { allFamilies, rowOf } from "../../../server/src/catalog/metrics.ts";
import type { MetricFamily } from "../../../server/src/catalog/types.ts";
import type { FamilyText, MetricText } from "./messages.ts";

/** Texts of the rows that exist, in the order asked for. */
export function metricTexts(rows: readonly string[]): MetricText[] {
  return rows.flatMap((id) => {
    const row = rowOf(id);
    return row ? [{ row: id, title: row.key, meaning: row.meaning, unit: row.unit }] : [];
  });
}

/** For each family what an agent of this version exports of it. */
export function familyTexts(version: string): FamilyText[] {
  return allFamilies().map((family) => {
    const states = family.rows.map((row) => availability(row, version));
    const exported = states.filter(({ state }) => state === "exported").length;
    return {
      family: family.family,
      title: family.title,
      exported,
      rows: states.length,
      sentence: sentence(family, version, exported, states[0]?.reason ?? ""),
    };
  });
}

function sentence({ title, rows }: MetricFamily, version: string, exported: number, reason: string): string {
  if (exported === 0) return `Dkron ${version} exports none of the ${rows.length} ${title} metrics: ${reason}.`;
  const share = exported === rows.length ? `all ${exported}` : `${exported} of the ${rows.length}`;
  return `Dkron ${version} exports ${share} ${title} metrics; each is there once its event has happened.`;
}
