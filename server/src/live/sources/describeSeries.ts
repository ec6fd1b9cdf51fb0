// What a scraped series is: its type, its part in its metric, the row of the catalogue behind its name. Knows no store and no scrape.
import { type Identified, identify } from "../../catalog/identify.ts";
import type { PrometheusType } from "../../catalog/types.ts";
import type { LabelPair } from "../exposition/entries.ts";
import type { FamilyFacts } from "../exposition/steadyReader.ts";
import type { SeriesRole, SeriesType } from "../frames.ts";
import type { SeriesTraits } from "../store/intake.ts";

/** Suffixes that belong to a metric of a type, longest first. */
const parts: readonly (readonly [types: readonly SeriesType[], suffix: string, role: SeriesRole])[] = [
  [["histogram", "gaugehistogram"], "_bucket", "bucket"],
  [["summary", "histogram"], "_count", "count"],
  [["summary", "histogram"], "_sum", "sum"],
  [["gaugehistogram"], "_gcount", "count"],
  [["gaugehistogram"], "_gsum", "sum"],
  [["counter"], "_total", "total"],
  [["counter", "summary", "histogram"], "_created", "created"],
];

export type Describer = (
  name: string,
  labels: readonly LabelPair[],
  family: string | undefined,
  facts: ReadonlyMap<string, FamilyFacts>,
) => SeriesTraits;

/** A describer for one agent: the catalogue is searched once for each metric, not for each of its series. */
export function makeDescriber(version: () => string | undefined): Describer {
  const found = new Map<string, Identified | undefined>();
  return (name, labels, family, facts) =>
    describeSeries(name, labels, family, facts, (metric, type) => {
      const key = `${metric} ${type}`;
      if (!found.has(key)) {
        if (found.size >= mostFound) found.clear();
        found.set(key, search(metric, type, version()));
      }
      return found.get(key);
    });
}

const mostFound = 5000;

function search(metric: string, type: SeriesType, version: string | undefined): Identified | undefined {
  return identify(metric, "prometheus", {
    ...(isCatalogueType(type) ? { type } : {}),
    family: metric,
    ...(version === undefined ? {} : { version }),
  });
}

/**
 * `family`: the name of the TYPE that reaches the series; it is taken only where the name fits it. `labels` are the stored ones.
 */
function describeSeries(
  name: string,
  labels: readonly LabelPair[],
  family: string | undefined,
  facts: ReadonlyMap<string, FamilyFacts>,
  identified: (metric: string, type: SeriesType) => Identified | undefined,
): SeriesTraits {
  const type = family === undefined ? undefined : facts.get(family)?.type;
  const part =
    type === undefined ? undefined : parts.find(([types, suffix]) => types.includes(type) && name === family + suffix);
  const own = part !== undefined || name === family ? family : undefined;
  const fits = own ?? name;
  const known = facts.get(fits);
  const seriesType: SeriesType = known?.type ?? "unknown";
  const role = part?.[2] ?? roleOf(seriesType, labels);
  const found = identified(fits, seriesType);
  const row = found?.row;
  return {
    type: seriesType,
    role,
    cumulative: isCumulative(seriesType, role) || row?.cumulative === true,
    family: fits,
    ...(known?.help === undefined ? {} : { help: known.help }),
    ...(known?.unit === undefined ? {} : { unit: known.unit }),
    ...(row === undefined ? {} : { row: row.id, ...(known?.unit === undefined ? { unit: row.unit } : {}) }),
    ...(found?.host === undefined ? {} : { host: found.host }),
    ...(found === undefined || Object.keys(found.labels).length === 0 ? {} : { named: found.labels }),
    expires: row?.naming === "go-metrics",
  };
}

function roleOf(type: SeriesType, labels: readonly LabelPair[]): SeriesRole {
  if (type === "summary" && labels.some(([label]) => label === "quantile")) return "quantile";
  return type === "counter" ? "total" : "value";
}

const isCumulative = (type: SeriesType, role: SeriesRole): boolean =>
  role === "total" || ((role === "bucket" || role === "sum" || role === "count") && type !== "gaugehistogram");

const isCatalogueType = (type: SeriesType): type is PrometheusType & SeriesType =>
  type === "counter" || type === "gauge" || type === "summary";
