// The four dashboards that Dkron's metrics page recommends: success rate, mean duration, resources, cluster health.
import type { SeriesInfo } from "../../messages.ts";
import { Chart } from "../charts/chart.ts";
import type { ChartData, Line } from "../charts/chartData.ts";
import { type Column, greatest, rate, ratio, sum } from "../derive.ts";
import { element } from "../dom.ts";
import type { Durations } from "../durations.ts";
import type { Model } from "../model.ts";

/** Which series a chart is made of, by what they are and not by how an agent spells them. */
type Pick = (info: SeriesInfo) => boolean;

const row =
  (...ids: string[]): Pick =>
  (info) =>
    info.row !== undefined && ids.includes(info.row);

const succeeded = row("dkron_job_executions_succeeded_total");
const failed = row("dkron_job_executions_failed_total");
const goroutines: Pick = (info) => info.name === "go_goroutines";
const heap: Pick = (info) =>
  info.name === "go_memstats_heap_inuse_bytes" || info.name === "go_memstats_heap_alloc_bytes";
const gc: Pick = (info) => info.name === "go_gc_duration_seconds_sum" || info.name === "go_gc_duration_seconds_count";

const picks: readonly Pick[] = [succeeded, failed, goroutines, heap, gc];

export class Overview {
  readonly element: HTMLElement;
  readonly #model: Model;
  readonly #durations: Durations;
  readonly #charts = {
    success: new Chart({
      id: "chart-success-rate",
      title: "Job success rate",
      about:
        "Share of finished executions that succeeded, over the last 30 seconds; each execution counted once for all servers.",
      unit: "ratio",
      range: [0, 1.02],
      empty: "No execution has finished yet, or this agent's version exports no job counters (4.1.0 and later do).",
    }),
    duration: new Chart({
      id: "chart-duration",
      title: "Mean execution duration by job",
      about: "From the executions that the HTTP API lists: no Dkron metric has it.",
      unit: "seconds",
      empty: "No finished execution is known yet.",
    }),
    goroutines: new Chart({
      id: "chart-goroutines",
      title: "Goroutines",
      about: "Per server. A line that only climbs is a leak.",
      unit: "count",
      empty: "The agent has sent no go_goroutines yet.",
    }),
    heap: new Chart({
      id: "chart-heap",
      title: "Heap",
      about: "Bytes of heap memory, per server.",
      unit: "bytes",
      empty: "The agent has sent no go_memstats_heap_… yet.",
    }),
    gc: new Chart({
      id: "chart-gc",
      title: "Garbage collection",
      about: "Time that the program stands still for it, in seconds per second.",
      unit: "ratio",
      empty: "No collection in this time.",
    }),
    cluster: new Chart({
      id: "chart-cluster",
      title: "Cluster",
      about: "Members as the agent's HTTP API lists them.",
      unit: "count",
      empty: "The HTTP API has not answered yet.",
    }),
  };

  constructor(model: Model, durations: Durations) {
    this.#model = model;
    this.#durations = durations;
    const charts = Object.values(this.#charts).map((chart) => chart.element);
    this.element = element("div", { class: "grid" }, ...charts);
  }

  /** Series that this tab draws. */
  watched(): number[] {
    return [...this.#model.series.values()].filter((info) => picks.some((pick) => pick(info))).map(({ id }) => id);
  }

  draw(from: number, to: number): void {
    this.#charts.success.draw(this.#success(), from, to);
    this.#charts.duration.draw(this.#durations.data(), from, to);
    this.#charts.goroutines.draw(this.#perServer(goroutines), from, to);
    this.#charts.heap.draw(this.#perServer(heap), from, to);
    this.#charts.gc.draw(this.#pauses(), from, to);
    this.#charts.cluster.draw(this.#durations.members(), from, to);
  }

  restyle(): void {
    for (const chart of Object.values(this.#charts)) chart.restyle();
  }

  #picked(pick: Pick): SeriesInfo[] {
    return [...this.#model.series.values()].filter(pick);
  }

  /** One source's clock serves as the axis: servers of one agent's cluster are scraped together. */
  #axis(): readonly number[] {
    const sources = [...this.#model.sources.values()].filter(({ kind }) => kind === "scrape");
    return sources.map(({ id }) => this.#model.times(id)).sort((a, b) => b.length - a.length)[0] ?? [];
  }

  #column(info: SeriesInfo, axis: readonly number[]): Column {
    const times = this.#model.times(info.source);
    const column = this.#model.column(info);
    return times === axis ? column : aligned(axis, times, column);
  }

  /** Growth per second by job, each execution once: every server counts all of them, so the greatest of them counts. */
  #growth(pick: Pick, axis: readonly number[]): Map<string, Column> {
    const byJob = new Map<string, SeriesInfo[]>();
    for (const info of this.#picked(pick)) {
      const job = info.labels.job_name ?? "";
      byJob.set(job, [...(byJob.get(job) ?? []), info]);
    }
    return new Map(
      [...byJob].map(([job, infos]) => [
        job,
        greatest(
          infos.map((info) => rate(axis, this.#column(info, axis))),
          axis.length,
        ),
      ]),
    );
  }

  #success(): ChartData {
    const axis = this.#axis();
    const [good, bad] = [this.#growth(succeeded, axis), this.#growth(failed, axis)];
    const line = (label: string, ok: Column[], wrong: Column[], colour?: Line["colour"]): Line => ({
      label,
      values: ratio(sum(ok, axis.length), sum([...ok, ...wrong], axis.length)),
      ...(colour && { colour }),
    });
    const jobs = [...new Set([...good.keys(), ...bad.keys()])].sort();
    const of = (map: Map<string, Column>, job: string): Column[] =>
      [map.get(job)].filter((column) => column !== undefined);
    const all = line("all jobs", [...good.values()], [...bad.values()], "good");
    return { times: axis, lines: [all, ...jobs.slice(0, 12).map((job) => line(job, of(good, job), of(bad, job)))] };
  }

  #perServer(pick: Pick): ChartData {
    const axis = this.#axis();
    const lines = this.#picked(pick).map((info) => ({ label: this.#server(info), values: this.#column(info, axis) }));
    return { times: axis, lines };
  }

  #pauses(): ChartData {
    const axis = this.#axis();
    const sums = this.#picked(gc).filter(({ role }) => role === "sum");
    return {
      times: axis,
      lines: sums.map((info) => ({ label: this.#server(info), values: rate(axis, this.#column(info, axis)) })),
    };
  }

  #server(info: SeriesInfo): string {
    const source = this.#model.sources.get(info.source);
    const place =
      info.labels.instance ?? source?.address.replace(/^https?:\/\//, "").replace(/\/metrics$/, "") ?? info.source;
    return info.name.includes("heap") ? `${info.name.includes("inuse") ? "in use" : "allocated"}, ${place}` : place;
  }
}

/** A column on another source's clock: the last sample not older than five seconds. */
function aligned(axis: readonly number[], times: readonly number[], column: Column): Column {
  let at = -1;
  return axis.map((time) => {
    while (at + 1 < times.length && (times[at + 1] ?? 0) <= time + 0.5) at++;
    return at >= 0 && time - (times[at] ?? 0) <= 5 ? (column[at] ?? null) : null;
  });
}
