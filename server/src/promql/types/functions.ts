// The functions of PromQL as data: what they take, what they give, since when. Knows no tree.
import { isAtLeast } from "../syntax/versions.ts";

/** `matrix` is a range vector, `vector` an instant vector: Prometheus' own short names. */
export type ValueType = "matrix" | "scalar" | "string" | "vector";

/**
 * Types of the arguments as in promql/parser/functions.go. `variadic`: so many more than all but the last may follow,
 * -1 any number; the last type goes on. `since`, `until`: first version with it, first one without, `major.minor`;
 * no `since` means older than 2.42. `now`: what it is called since `until`. `experimental`: needs the feature flag, up to `stableSince` where that is given.
 */
export type PromqlFunction = {
  readonly args: readonly ValueType[];
  readonly returns: "scalar" | "vector";
  readonly variadic?: number;
  readonly experimental?: true;
  readonly stableSince?: string;
  readonly since?: string;
  readonly until?: string;
  readonly now?: string;
};

const table = {
  abs: { args: ["vector"], returns: "vector", since: "0.7" },
  absent: { args: ["vector"], returns: "vector", since: "0.9" },
  absent_over_time: { args: ["matrix"], returns: "vector", since: "2.16" },
  acos: { args: ["vector"], returns: "vector", since: "2.31" },
  acosh: { args: ["vector"], returns: "vector", since: "2.31" },
  asin: { args: ["vector"], returns: "vector", since: "2.31" },
  asinh: { args: ["vector"], returns: "vector", since: "2.31" },
  atan: { args: ["vector"], returns: "vector", since: "2.31" },
  atanh: { args: ["vector"], returns: "vector", since: "2.31" },
  avg_over_time: { args: ["matrix"], returns: "vector" },
  ceil: { args: ["vector"], returns: "vector", since: "0.11" },
  changes: { args: ["matrix"], returns: "vector", since: "0.14" },
  clamp: { args: ["vector", "scalar", "scalar"], returns: "vector", since: "2.26" },
  clamp_max: { args: ["vector", "scalar"], returns: "vector", since: "0.16" },
  clamp_min: { args: ["vector", "scalar"], returns: "vector", since: "0.16" },
  cos: { args: ["vector"], returns: "vector", since: "2.31" },
  cosh: { args: ["vector"], returns: "vector", since: "2.31" },
  count_over_time: { args: ["matrix"], returns: "vector" },
  day_of_month: { args: ["vector"], returns: "vector", variadic: 1, since: "1.1" },
  day_of_week: { args: ["vector"], returns: "vector", variadic: 1, since: "1.1" },
  day_of_year: { args: ["vector"], returns: "vector", variadic: 1 },
  days_in_month: { args: ["vector"], returns: "vector", variadic: 1, since: "1.1" },
  deg: { args: ["vector"], returns: "vector", since: "2.31" },
  delta: { args: ["matrix"], returns: "vector" },
  deriv: { args: ["matrix"], returns: "vector", since: "0.9" },
  double_exponential_smoothing: {
    args: ["matrix", "scalar", "scalar"],
    returns: "vector",
    experimental: true,
    since: "3.0",
  },
  end: { args: [], returns: "scalar", experimental: true, since: "3.12" },
  exp: { args: ["vector"], returns: "vector", since: "0.13" },
  first_over_time: { args: ["matrix"], returns: "vector", experimental: true, stableSince: "3.14", since: "3.7" },
  floor: { args: ["vector"], returns: "vector", since: "0.11" },
  histogram_avg: { args: ["vector"], returns: "vector", since: "2.51" },
  histogram_count: { args: ["vector"], returns: "vector", since: "2.40" },
  histogram_fraction: { args: ["scalar", "scalar", "vector"], returns: "vector", since: "2.40" },
  histogram_quantile: { args: ["scalar", "vector"], returns: "vector" },
  histogram_quantiles: {
    args: ["vector", "string", "scalar", "scalar"],
    returns: "vector",
    variadic: 9,
    experimental: true,
    since: "3.11",
  },
  histogram_stddev: { args: ["vector"], returns: "vector", since: "2.47" },
  histogram_stdvar: { args: ["vector"], returns: "vector", since: "2.47" },
  histogram_sum: { args: ["vector"], returns: "vector", since: "2.40" },
  hour: { args: ["vector"], returns: "vector", variadic: 1, since: "1.1" },
  idelta: { args: ["matrix"], returns: "vector", since: "1.1" },
  increase: { args: ["matrix"], returns: "vector", since: "0.14" },
  info: { args: ["vector", "vector"], returns: "vector", variadic: 1, experimental: true, since: "2.55" },
  irate: { args: ["matrix"], returns: "vector", since: "0.16" },
  label_join: { args: ["vector", "string", "string", "string"], returns: "vector", variadic: -1 },
  label_replace: { args: ["vector", "string", "string", "string", "string"], returns: "vector", since: "0.16" },
  last_over_time: { args: ["matrix"], returns: "vector", since: "2.26" },
  ln: { args: ["vector"], returns: "vector", since: "0.13" },
  log10: { args: ["vector"], returns: "vector", since: "0.13" },
  log2: { args: ["vector"], returns: "vector", since: "0.13" },
  mad_over_time: { args: ["matrix"], returns: "vector", experimental: true, since: "2.49" },
  max_of: { args: ["scalar", "scalar"], returns: "scalar", experimental: true, since: "3.13" },
  max_over_time: { args: ["matrix"], returns: "vector" },
  min_of: { args: ["scalar", "scalar"], returns: "scalar", experimental: true, since: "3.13" },
  min_over_time: { args: ["matrix"], returns: "vector" },
  minute: { args: ["vector"], returns: "vector", variadic: 1, since: "1.2" },
  month: { args: ["vector"], returns: "vector", variadic: 1, since: "1.1" },
  pi: { args: [], returns: "scalar", since: "2.31" },
  predict_linear: { args: ["matrix", "scalar"], returns: "vector", since: "0.16" },
  present_over_time: { args: ["matrix"], returns: "vector", since: "2.29" },
  quantile_over_time: { args: ["scalar", "matrix"], returns: "vector", since: "1.1" },
  rad: { args: ["vector"], returns: "vector", since: "2.31" },
  range: { args: [], returns: "scalar", experimental: true, since: "3.12" },
  rate: { args: ["matrix"], returns: "vector" },
  resets: { args: ["matrix"], returns: "vector", since: "0.14" },
  round: { args: ["vector", "scalar"], returns: "vector", variadic: 1, since: "0.11" },
  scalar: { args: ["vector"], returns: "scalar" },
  sgn: { args: ["vector"], returns: "vector", since: "2.26" },
  sin: { args: ["vector"], returns: "vector", since: "2.31" },
  sinh: { args: ["vector"], returns: "vector", since: "2.31" },
  sort: { args: ["vector"], returns: "vector" },
  sort_by_label: { args: ["vector", "string"], returns: "vector", variadic: -1, experimental: true, since: "2.49" },
  sort_by_label_desc: {
    args: ["vector", "string"],
    returns: "vector",
    variadic: -1,
    experimental: true,
    since: "2.49",
  },
  sort_desc: { args: ["vector"], returns: "vector" },
  sqrt: { args: ["vector"], returns: "vector", since: "0.13" },
  start: { args: [], returns: "scalar", experimental: true, since: "3.12" },
  start_timestamp: { args: ["vector"], returns: "vector", experimental: true, since: "3.14" },
  stddev_over_time: { args: ["matrix"], returns: "vector", since: "1.1" },
  stdvar_over_time: { args: ["matrix"], returns: "vector", since: "1.1" },
  step: { args: [], returns: "scalar", experimental: true, since: "3.12" },
  sum_over_time: { args: ["matrix"], returns: "vector" },
  tan: { args: ["vector"], returns: "vector", since: "2.31" },
  tanh: { args: ["vector"], returns: "vector", since: "2.31" },
  time: { args: [], returns: "scalar" },
  timestamp: { args: ["vector"], returns: "vector", since: "2.0" },
  ts_of_first_over_time: { args: ["matrix"], returns: "vector", experimental: true, since: "3.7" },
  ts_of_last_over_time: { args: ["matrix"], returns: "vector", experimental: true, since: "3.5" },
  ts_of_max_over_time: { args: ["matrix"], returns: "vector", experimental: true, since: "3.5" },
  ts_of_min_over_time: { args: ["matrix"], returns: "vector", experimental: true, since: "3.5" },
  vector: { args: ["scalar"], returns: "vector", since: "0.16" },
  year: { args: ["vector"], returns: "vector", variadic: 1, since: "1.1" },
  holt_winters: {
    args: ["matrix", "scalar", "scalar"],
    returns: "vector",
    since: "0.18",
    until: "3.0",
    now: "double_exponential_smoothing",
  },
} satisfies Record<string, PromqlFunction>;

/** All functions by name; names are case-sensitive. Some are of other versions: ask `functionStatus`. */
export const functions: ReadonlyMap<string, PromqlFunction> = new Map(Object.entries(table));

export type FunctionStatus =
  | { readonly state: "known"; readonly experimental: boolean }
  | { readonly state: "later"; readonly since: string }
  | { readonly state: "removed"; readonly until: string; readonly now: string | undefined }
  | { readonly state: "unknown" };

/** What `name` is to a Prometheus of `version` (default: the newest). */
export function functionStatus(name: string, version?: string): FunctionStatus {
  const found = functions.get(name);
  if (!found) return { state: "unknown" };
  if (found.until !== undefined && isAtLeast(version, found.until))
    return { state: "removed", until: found.until, now: found.now };
  if (found.since !== undefined && !isAtLeast(version, found.since)) return { state: "later", since: found.since };
  const stable = found.stableSince !== undefined && isAtLeast(version, found.stableSince);
  return { state: "known", experimental: found.experimental === true && !stable };
}
