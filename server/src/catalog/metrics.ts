// Reads the metric families into rows, filling in each family's defaults. Knows neither names per sink nor versions' effects.
import { keptOnce } from "../kept.ts";
import { familyData } from "./data.ts";
import type { MetricFamily, MetricRow } from "./types.ts";

/** A family as its file says it; the schema in `test/catalog` guarantees the shape. */
type FamilyFile = Omit<MetricFamily, "rows"> & {
  caller: MetricRow["caller"];
  naming?: MetricRow["naming"];
  sinks?: MetricRow["sinks"];
  endpoint?: string;
  defaults?: Partial<MetricRow>;
  rows: Partial<MetricRow>[];
};

const everySink: MetricRow["sinks"] = ["prometheus", "statsd", "dogstatsd"];

function familyOf(file: FamilyFile): MetricFamily {
  const { family, title, about } = file;
  const common = {
    family,
    naming: file.naming ?? "go-metrics",
    caller: file.caller,
    sinks: file.sinks ?? everySink,
    range: [null, null] as const,
    labels: [],
    instead: [],
    traps: [],
    gaps: [],
    ...(file.endpoint === undefined ? {} : { endpoint: file.endpoint }),
    ...file.defaults,
  };
  // What is put together of objects in many shapes is slow when it is spread.
  const rows = file.rows.map((row) => Object.assign({}, common, { id: row.key }, row) as MetricRow);
  return { family, title, about, rows };
}

/** All families in the order in which they are shown. */
export const allFamilies = keptOnce((): readonly MetricFamily[] => (familyData as readonly FamilyFile[]).map(familyOf));

/** All rows, family by family; those of other programs (`foreign`) too. */
export const allRows = keptOnce((): readonly MetricRow[] => allFamilies().flatMap((family) => family.rows));

const byId = keptOnce(() => new Map(allRows().map((row) => [row.id, row])));

/** The row with this id: its key, e.g. `runtime.alloc_bytes`; a native metric's name. */
export function rowOf(id: string): MetricRow | undefined {
  return byId().get(id);
}
