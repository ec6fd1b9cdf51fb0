// How series are drawn by what they are: counters as rates, gauges as they are, a summary's quantiles as a band. Knows no DOM.
import type { LiveEvent, SeriesInfo } from "../messages.ts";
import type { ChartData, Line, Mark } from "./charts/chartData.ts";
import { aligned, type Column, rate } from "./derive.ts";
import { type Unit, unitNamed, unitOfRate } from "./format.ts";
import type { Model } from "./model.ts";
import { seriesLabel } from "./seriesText.ts";

/** More lines than this cannot be told from each other. */
export const mostLines = 16;

/** The values of a series as they are drawn, beside its source's times. */
export function drawnColumn(model: Model, info: SeriesInfo): Column {
  const values = model.column(info);
  return info.cumulative ? rate(model.times(info.source), values) : values;
}

/** The unit of what is drawn. */
export function drawnUnit(info: SeriesInfo): Unit {
  const counts = info.role === "count" || info.role === "bucket";
  const unit = unitNamed(
    counts ? undefined : (info.unit ?? /_(bytes|seconds|ratio)(_total|_sum)?$/.exec(info.name)?.[1]),
  );
  return info.cumulative ? unitOfRate(unit) : unit;
}

/** Series of one family on one axis, that of the first one's source. Of a summary only its quantiles, if it has any. */
export function familyData(model: Model, series: readonly SeriesInfo[]): ChartData {
  const quantiles = series.filter(({ role }) => role === "quantile");
  const shown = (quantiles.length > 0 ? quantiles : series).slice(0, mostLines);
  const times = model.times(shown[0]?.source ?? "");
  const several = new Set(shown.map(({ labels }) => labels.instance)).size > 1;
  const lines = shown.map((info): Line => {
    const column = drawnColumn(model, info);
    const own = model.times(info.source);
    return { label: seriesLabel(info, several), values: own === times ? column : aligned(times, own, column) };
  });
  const oneSummary = quantiles.length > 1 && new Set(quantiles.map(({ labels }) => labels.instance)).size === 1;
  return { times, lines, marks: marksOf(model.events, shown), band: oneSummary };
}

const marked: Partial<Record<LiveEvent["kind"], string>> = {
  restart: "process restarted",
  reset: "counter began anew",
  expired: "expired after 60 s without an event",
};

/** Restarts of the sources, and what befell these series; what happens to many within a second is one mark. */
export function marksOf(events: readonly LiveEvent[], series: readonly SeriesInfo[]): Mark[] {
  const ids = new Set(series.map(({ id }) => id));
  const sources = new Set(series.map(({ source }) => source));
  const marks: Mark[] = [];
  for (const { kind, at, source, series: id } of events) {
    const label = marked[kind];
    const concerns = id === undefined ? sources.has(source) : ids.has(id);
    if (label === undefined || !concerns) continue;
    const before = marks.at(-1);
    if (before && Math.abs(before.at - at / 1000) < 1.5) continue;
    marks.push({ at: at / 1000, label });
  }
  return marks;
}
