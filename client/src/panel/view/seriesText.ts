// How a series is written: as a name with labels for people, as a selector for a rule. Pure.
import type { SeriesInfo } from "../messages.ts";

/** Labels that the scrape adds: a rule is for every instance. */
const targetLabels = new Set(["instance", "job"]);

/** `name{a="b"}` with every label; what a pin is kept by. */
export function seriesName({ name, labels }: SeriesInfo): string {
  const inside = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return inside.length === 0 ? name : `${name}{${inside.join(", ")}}`;
}

/** What tells it from the others of its family: labels but the target's, with the server where there are several. */
export function seriesLabel({ name, labels, family, role }: SeriesInfo, severalServers: boolean): string {
  const own = Object.entries(labels).filter(([label]) => !targetLabels.has(label));
  const part = name === family || role === "quantile" ? "" : name.replace(`${family}_`, "");
  const words = [
    part,
    ...own.map(([label, value]) => (label === "quantile" ? `q ${value}` : value)),
    severalServers ? labels.instance : "",
  ];
  return words.filter((word) => word !== undefined && word !== "").join(" · ") || labels.instance || name;
}

/** The only one of its family: its name, with what its labels say but the target's. */
export function loneLabel({ name, labels }: SeriesInfo): string {
  const own = Object.entries(labels).filter(([label]) => !targetLabels.has(label));
  return [name, ...own.map(([, value]) => value)].join(" · ");
}

/** What it is, in which unit, and from whom. `whole`: of all its family; a part of a summary that counts has no unit. */
export function seriesFacts(
  { type, role, unit, host, source }: SeriesInfo,
  catalogueUnit: string | undefined,
  whole: boolean,
): string {
  const counts = !whole && (role === "count" || role === "bucket");
  const measured = counts ? undefined : (catalogueUnit ?? unit);
  return [type, measured, host && `host ${host} in its name`, `from ${source}`].filter(Boolean).join(" · ");
}

/** PromQL for all instances of a scraped series: a counter as its rate. */
export function ruleExpression({ name, labels, cumulative }: SeriesInfo): string {
  const own = Object.entries(labels).filter(([label]) => !targetLabels.has(label));
  const matchers = own.map(
    ([label, value]) => `${/^[a-zA-Z_]\w*$/.test(label) ? label : JSON.stringify(label)}=${JSON.stringify(value)}`,
  );
  const plain = /^[a-zA-Z_:][\w:]*$/.test(name);
  const selector = plain
    ? `${name}${matchers.length > 0 ? `{${matchers.join(", ")}}` : ""}`
    : `{${[JSON.stringify(name), ...matchers].join(", ")}}`;
  return cumulative ? `rate(${selector}[5m])` : selector;
}
