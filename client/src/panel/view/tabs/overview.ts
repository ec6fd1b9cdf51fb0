// The four dashboards that Dkron's metrics page recommends: success rate, mean duration, resources, cluster health; and what the
// user pinned beside them.
import type { SeriesInfo } from "../../messages.ts";
import { Chart } from "../charts/chart.ts";
import { newest } from "../derive.ts";
import { button, element, setText } from "../dom.ts";
import { format } from "../format.ts";
import { drawnUnit, familyData } from "../seriesChart.ts";
import { seriesName } from "../seriesText.ts";
import { countStates, mostUrgent } from "./alertTexts.ts";
import {
  clusterData,
  goroutinesData,
  heapData,
  overviewSeries,
  pausesData,
  successData,
  successOrigin,
} from "./overviewData.ts";
import type { Span, Tab, TabParts } from "./tab.ts";

const successAbout = {
  metrics:
    "Of the executions that ended in the last 30 s, each counted once for all servers. Between them the last share stands.",
  "api, no metrics":
    "From the counts of the HTTP API, over a minute: this agent's version exports no job counters (4.1.0 and later do).",
  "api, no metrics yet": "From the counts of the HTTP API, over a minute: no job counter has been scraped yet.",
};

const makeCharts = () => ({
  success: new Chart({
    id: "chart-success-rate",
    title: "Job success rate",
    about: successAbout.metrics,
    unit: "ratio",
    range: [0, 1.04],
    empty: "No execution has finished since the panel is connected.",
  }),
  duration: new Chart({
    id: "chart-duration",
    title: "Mean execution duration by job",
    about: "Of the executions that finished within a minute, from the HTTP API: no metric of an agent has it.",
    unit: "seconds",
    empty: "The HTTP API lists no execution that finished in this time.",
  }),
  cluster: new Chart({
    id: "chart-cluster",
    title: "Cluster health",
    about: "Members as the agent's HTTP API lists them; leader is 1 while one leads.",
    unit: "count",
    empty: "The HTTP API has not answered yet.",
  }),
  goroutines: new Chart({
    id: "chart-goroutines",
    title: "Goroutines",
    about: "By server. A line that climbs and never falls is a leak.",
    unit: "count",
    empty: "The agent has sent no go_goroutines yet.",
  }),
  heap: new Chart({
    id: "chart-heap",
    title: "Heap",
    about: "In use: held in spans with objects; allocated: the objects themselves.",
    unit: "bytes",
    empty: "The agent has sent no go_memstats_heap_… yet.",
  }),
  gc: new Chart({
    id: "chart-gc",
    title: "Garbage collection",
    about: "Time for which the program stands still, in each second.",
    unit: "time share",
    empty: "No two scrapes with go_gc_duration_seconds yet.",
  }),
});

type Figure = { readonly value: HTMLElement; readonly label: HTMLElement };

export class Overview implements Tab {
  readonly name = "overview";
  readonly title = "Overview";
  readonly element: HTMLElement;
  readonly #parts: TabParts;
  readonly #charts = makeCharts();
  readonly #pinned = new Map<string, Chart>();
  readonly #grid: HTMLElement;
  readonly #figures = new Map<string, Figure>();
  readonly #figureRow = element("dl", { class: "figures" });

  constructor(parts: TabParts) {
    this.#parts = parts;
    this.#grid = element("div", { class: "grid" }, ...Object.values(this.#charts).map((chart) => chart.element));
    this.element = element("div", {}, this.#figureRow, this.#grid);
  }

  watched(): readonly number[] {
    return [...overviewSeries(this.#parts.model), ...this.#pinnedSeries().values()].map(({ id }) => id);
  }

  draw({ from, to }: Span): void {
    const { model, executions } = this.#parts;
    const { success, duration, goroutines, heap, gc, cluster } = this.#charts;
    const shares = successData(model);
    success.draw(shares, from, to, successAbout[successOrigin(model)]);
    duration.draw(executions.durations(from, to), from, to);
    cluster.draw(clusterData(model), from, to);
    goroutines.draw(goroutinesData(model), from, to);
    heap.draw(heapData(model), from, to);
    gc.draw(pausesData(model), from, to);
    this.#drawFigures(newest(shares.lines[0]?.values ?? []));
    this.#drawPinned(from, to);
  }

  restyle(): void {
    for (const chart of [...Object.values(this.#charts), ...this.#pinned.values()]) chart.restyle();
  }

  /** What one wants to know at a glance. */
  #drawFigures(share: number | null): void {
    const { clusters, ruleAlerts, alerts } = this.#parts.model;
    const [cluster] = clusters.values();
    const failing = cluster?.jobs.filter(({ status }) => status === "failed" || status === "partially_failed").length;
    const overdue = cluster?.jobs.filter(({ overdueBy }) => overdueBy !== null).length;
    const alive = cluster?.members.filter(({ status }) => status === "alive").length;
    const states = countStates([...ruleAlerts, ...[...alerts.values()].flat()]);
    this.#figure("Success rate", format(share, "ratio"), share !== null && share < 0.95 && "bad");
    this.#figure("Alerts", mostUrgent(states), states.firing > 0 ? "bad" : states.pending > 0 && "warning", "");
    this.#figure("Last run failed", cluster ? String(failing) : "–", (failing ?? 0) > 0 && "bad");
    this.#figure("Overdue", cluster ? String(overdue) : "–", (overdue ?? 0) > 0 && "bad");
    this.#figure("Jobs", cluster ? String(cluster.jobs.length) : "–");
    this.#figure("Running now", cluster ? String(cluster.busy.length) : "–");
    this.#figure(
      "Members alive",
      cluster ? `${alive} of ${cluster.members.length}` : "–",
      cluster !== undefined && alive !== cluster.members.length && "bad",
    );
    const leaderless = cluster?.leader === null && (cluster.leaderNote === null ? "bad" : "warning");
    const noLeader = cluster?.leaderNote === null ? "none" : "unclear";
    this.#figure("Leader", cluster ? (cluster.leader ?? noLeader) : "–", leaderless);
  }

  /** A figure with a tone has a mark too, unless its words say enough. */
  #figure(name: string, text: string, tone: "bad" | "warning" | false = false, mark = " ⚠"): void {
    let figure = this.#figures.get(name);
    if (!figure) {
      figure = { label: element("dt", {}, name), value: element("dd", {}) };
      this.#figures.set(name, figure);
      this.#figureRow.append(element("div", {}, figure.label, figure.value));
    }
    setText(figure.value, tone ? text + mark : text);
    figure.value.title = text;
    figure.value.dataset.tone = tone || "plain";
  }

  #pinnedSeries(): Map<string, SeriesInfo> {
    const { model, pins } = this.#parts;
    const wanted = new Set(pins.names);
    const found = new Map<string, SeriesInfo>();
    if (wanted.size > 0)
      for (const info of model.series.values()) {
        const name = seriesName(info);
        if (wanted.has(name)) found.set(name, info);
      }
    return found;
  }

  #drawPinned(from: number, to: number): void {
    const { model, pins } = this.#parts;
    const series = this.#pinnedSeries();
    for (const [name, chart] of this.#pinned)
      if (!series.has(name)) {
        chart.dispose();
        this.#pinned.delete(name);
      }
    for (const [name, info] of series) {
      let chart = this.#pinned.get(name);
      if (!chart) {
        const unpin = button("Unpin", () => pins.toggle(info), { class: "quiet", "aria-label": `Unpin ${name}` });
        chart = new Chart(
          {
            id: `chart-pinned-${info.id}`,
            title: name,
            about: info.cumulative ? "Growth per second." : "As it is.",
            unit: drawnUnit(info),
            empty: "No sample in this time.",
          },
          unpin,
        );
        this.#pinned.set(name, chart);
        this.#grid.append(chart.element);
      }
      chart.draw(familyData(model, [info]), from, to);
    }
  }
}
