// Reads the metric families into rows, filling in each family's defaults. Knows neither names per sink nor versions' effects.
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
  const rows = file.rows.map((row) => ({ ...common, id: row.key, ...row }) as MetricRow);
  return { family, title, about, rows };
}

let families: readonly MetricFamily[] | undefined;
let rows: readonly MetricRow[] | undefined;
let byId: ReadonlyMap<string, MetricRow> | undefined;

/** All families in the order in which they are shown. */
export function allFamilies(): readonly MetricFamily[] {
  families ??= (familyData as readonly FamilyFile[]).map(familyOf);
  return families;
}

/** All rows, family by family; those of other programs (`foreign`) too. */
export function allRows(): readonly MetricRow[] {
  rows ??= allFamilies().flatMap((family) => family.rows);
  return rows;
}

/** The row with this id: its key, e.g. `runtime.alloc_bytes`; a native metric's name. */
export function rowOf(id: string): MetricRow | undefined {
  byId ??= new Map(allRows().map((row) => [row.id, row]));
  return byId.get(id);
}
