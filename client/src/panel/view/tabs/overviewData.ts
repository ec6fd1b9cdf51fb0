// What the overview's charts are made of: which series, and how they become lines. Knows no DOM.
import type { SeriesInfo } from "../../messages.ts";
import type { ChartData, Line, Threshold } from "../charts/chartData.ts";
import { aligned, type Column, greatest, rate, rateFromZero, standingRatio, sum } from "../derive.ts";
import { mostJobLines } from "../executions.ts";
import type { Model } from "../model.ts";
import { marksOf } from "../seriesChart.ts";

type Pick = (info: SeriesInfo) => boolean;

const row =
  (...ids: string[]): Pick =>
  ({ row }) =>
    row !== undefined && ids.includes(row);
const named =
  (...names: string[]): Pick =>
  ({ name }) =>
    names.includes(name);

/** By what they are and not by how an agent spells them. StatsD has the runtime's own gauges in place of go_*. */
const picks = {
  succeeded: row("dkron_job_executions_succeeded_total"),
  failed: row("dkron_job_executions_failed_total"),
  apiSucceeded: named("api_job_success_count"),
  apiFailed: named("api_job_error_count"),
  goroutines: named("go_goroutines"),
  runtimeGoroutines: row("runtime.num_goroutines"),
  heapInUse: named("go_memstats_heap_inuse_bytes"),
  heapAllocated: named("go_memstats_heap_alloc_bytes"),
  runtimeAllocated: row("runtime.alloc_bytes"),
  pauses: named("go_gc_duration_seconds_sum"),
  runtimePauses: row("runtime.total_gc_pause_ns"),
  up: named("up"),
  members: named("api_members"),
  serversAlive: named("api_servers_alive"),
  servers: named("api_servers"),
  leader: named("api_has_leader"),
} satisfies Record<string, Pick>;

type Picked = keyof typeof picks;

/** Below this share of successes something is wrong that a person should look at. */
const success: Threshold = { value: 0.95, label: "95 %", tone: "warning" };
/** The program stands still for a twentieth of the time. */
const pausing: Threshold = { value: 0.05, label: "5 % of the time", tone: "warning" };
/** Seconds over which the HTTP API's counters are looked at: they are asked for more rarely. */
const apiWindow = 60;

const of = (model: Model, name: Picked): readonly SeriesInfo[] => model.select(name, picks[name]);

/** Every series that a chart of the overview is made of. */
export function overviewSeries(model: Model): readonly SeriesInfo[] {
  return (Object.keys(picks) as Picked[]).flatMap((name) => of(model, name));
}

/** Whether the success rate comes from the agent's metrics; if not, from its HTTP API: its version has none, or none came yet. */
export function successOrigin(model: Model): "metrics" | "api, no metrics" | "api, no metrics yet" {
  if (of(model, "succeeded").length + of(model, "failed").length > 0) return "metrics";
  return model.families.get("job")?.exported === 0 ? "api, no metrics" : "api, no metrics yet";
}

/** Shares of finished executions that succeeded: of all, and by job. */
export function successData(model: Model): ChartData {
  const native = successOrigin(model) === "metrics";
  const [goodOnes, badOnes] = native
    ? [of(model, "succeeded"), of(model, "failed")]
    : [of(model, "apiSucceeded"), of(model, "apiFailed")];
  const sources = [...goodOnes, ...badOnes].map(({ source }) => model.times(source));
  const times = longest(sources);
  const answered = native ? answeredColumn(model, times) : [];
  const growth = (series: readonly SeriesInfo[]): Map<string, Column> =>
    byJob(series, (info) => grown(model, info, times, answered, native));
  const [good, bad] = [growth(goodOnes), growth(badOnes)];
  const line = (label: string, succeeded: readonly Column[], failed: readonly Column[]): Line => ({
    label,
    values: standingRatio(sum(succeeded, times.length), sum([...succeeded, ...failed], times.length)),
  });
  const jobs = [...new Set([...good.keys(), ...bad.keys()])].sort();
  const all: Line = { ...line("all jobs", [...good.values()], [...bad.values()]), colour: "good", strong: true };
  const each = jobs.slice(0, mostJobLines).map((job) => line(job, present(good.get(job)), present(bad.get(job))));
  return {
    times,
    lines: [all, ...each],
    marks: marksOf(model.events, [...goodOnes, ...badOnes]),
    thresholds: [success],
  };
}

/** Growth of a job's counter. It is not there before the job's first event: till then it stands at zero if the agent answered. */
function grown(model: Model, info: SeriesInfo, times: readonly number[], answered: Column, native: boolean): Column {
  const column = onAxis(model, info, times);
  return native ? rateFromZero(times, column, answered) : rate(times, column, apiWindow);
}

/** Every server counts each execution: the one that saw most is right, and a sum would count them many times. */
function byJob(series: readonly SeriesInfo[], column: (info: SeriesInfo) => Column): Map<string, Column> {
  const jobs = new Map<string, Column[]>();
  for (const info of series) {
    const job = info.labels.job_name ?? info.named?.job_name ?? "";
    jobs.set(job, [...(jobs.get(job) ?? []), column(info)]);
  }
  return new Map(
    [...jobs].map(([job, columns]) => [
      job,
      columns.length === 1 ? (present(columns[0])[0] ?? []) : greatest(columns, columns[0]?.length ?? 0),
    ]),
  );
}

export function goroutinesData(model: Model): ChartData {
  return perServer(model, firstKnown(model, "goroutines", "runtimeGoroutines"), "");
}

/** Of one server what is live too; of several the lines would be too many to tell apart. */
export function heapData(model: Model): ChartData {
  const allocated = firstKnown(model, "heapAllocated", "runtimeAllocated");
  const used = perServer(model, of(model, "heapInUse"), "in use");
  const live = perServer(model, allocated, "allocated", used.times);
  if (used.lines.length === 0) return live;
  return used.lines.length > 1 ? used : { ...used, lines: [...used.lines, ...live.lines] };
}

/** Seconds of standing still per second. */
export function pausesData(model: Model): ChartData {
  const [native, own] = [of(model, "pauses"), of(model, "runtimePauses")];
  const series = native.length > 0 ? native : own;
  const scale = native.length > 0 ? 1 : 1e-9;
  const data = perServer(model, series, "");
  const lines = data.lines.map((line) => ({
    ...line,
    values: rate(data.times, line.values).map((value) => (value === null ? null : value * scale)),
  }));
  return {
    ...data,
    lines,
    ...(lines.some(({ values }) => values.some((value) => (value ?? 0) > 0.02)) ? { thresholds: [pausing] } : {}),
  };
}

/** Members over time, and the quorum below which nothing is scheduled. */
export function clusterData(model: Model): ChartData {
  const times = longest(of(model, "members").map(({ source }) => model.times(source)));
  const column = (name: Picked, status?: string): Column => {
    const info = of(model, name).find(({ labels }) => status === undefined || labels.status === status);
    return info ? onAxis(model, info, times) : [];
  };
  const servers = Math.max(0, ...column("servers").filter((value) => value !== null));
  const quorum = Math.floor(servers / 2) + 1;
  return {
    times,
    lines: [
      { label: "members alive", values: column("members", "alive"), strong: true, colour: "good" },
      { label: "servers alive", values: column("serversAlive") },
      { label: "failed", values: column("members", "failed"), colour: "bad" },
      { label: "leader", values: column("leader") },
    ],
    ...(servers > 1
      ? { thresholds: [{ value: quorum, label: `quorum: ${quorum} of ${servers} servers`, tone: "warning" }] }
      : {}),
  };
}

function firstKnown(model: Model, ...names: readonly Picked[]): readonly SeriesInfo[] {
  return names.map((name) => of(model, name)).find((series) => series.length > 0) ?? [];
}

function perServer(model: Model, series: readonly SeriesInfo[], word: string, axis?: readonly number[]): ChartData {
  const times = axis && axis.length > 0 ? axis : longest(series.map(({ source }) => model.times(source)));
  const lines = series.map((info) => ({
    label: [serverOf(model, info), word].filter(Boolean).join(", "),
    values: onAxis(model, info, times),
  }));
  return { times, lines, marks: marksOf(model.events, series) };
}

function serverOf(model: Model, info: SeriesInfo): string {
  return info.labels.instance ?? info.host ?? model.sources.get(info.source)?.title ?? info.source;
}

/** 1 where a scrape was answered. */
function answeredColumn(model: Model, times: readonly number[]): Column {
  const columns = of(model, "up").map((info) =>
    onAxis(model, info, times).map((value) => (value === 0 ? null : value)),
  );
  return greatest(columns, times.length);
}

function onAxis(model: Model, info: SeriesInfo, axis: readonly number[]): Column {
  const times = model.times(info.source);
  const column = model.column(info);
  return times === axis ? column : aligned(axis, times, column);
}

const longest = (axes: readonly (readonly number[])[]): readonly number[] =>
  axes.reduce((long, axis) => (axis.length > long.length ? axis : long), [] as readonly number[]);

const present = (column: Column | undefined): readonly Column[] => (column === undefined ? [] : [column]);
