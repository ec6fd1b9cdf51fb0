// The jobs of the cluster: how each went last, how often it succeeds, how long it takes, what runs now and what is overdue.
import type { JobFrame } from "../../messages.ts";
import { element, setText } from "../dom.ts";
import { ago, format, span } from "../format.ts";
import { RowTable, type TableColumn } from "../rowTable.ts";
import type { Badge, Span, Tab, TabParts } from "./tab.ts";
import { drawTimeline } from "./timeline.ts";

/** More rows than this are not looked at but searched. */
const mostRows = 300;

const statuses: Record<string, readonly [text: string, tone: string]> = {
  success: ["✓ succeeded", "good"],
  failed: ["✗ failed", "bad"],
  partially_failed: ["◐ partly failed", "warning"],
  "": ["never ran", "muted"],
};

export class Jobs implements Tab {
  readonly name = "jobs";
  readonly title = "Jobs";
  readonly element: HTMLElement;
  readonly #parts: TabParts;
  readonly #filter = element("input", {
    type: "search",
    placeholder: "Search jobs",
    "aria-label": "Search jobs",
    spellcheck: "false",
  });
  readonly #lead = element("p", { class: "lead", "data-testid": "jobs-lead" });
  readonly #count = element("span", { class: "muted", role: "status" });
  readonly #empty = element("p", { class: "note" });
  readonly #table: RowTable<JobFrame>;
  #span: Span = { from: 0, to: 0 };

  constructor(parts: TabParts) {
    this.#parts = parts;
    this.#table = new RowTable(
      "Jobs of the cluster, from the HTTP API",
      this.#columns(),
      ({ name }) => name,
      parts.redraw,
    );
    this.#table.element.dataset.testid = "jobs-table";
    this.#filter.addEventListener("input", () => parts.redraw());
    this.element = element(
      "div",
      {},
      this.#lead,
      element("div", { class: "search" }, this.#filter, this.#count),
      this.#empty,
      element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Jobs" }, this.#table.element),
    );
  }

  watched(): readonly number[] {
    return [];
  }

  badge(): Badge | undefined {
    const jobs = this.#parts.model.clusters.values().next().value?.jobs ?? [];
    const { failed, overdue } = troubles(jobs);
    if (failed + overdue === 0) return undefined;
    return { text: String(failed + overdue), tone: overdue > 0 ? "bad" : "warning", said: troubleText(jobs) };
  }

  draw(shown: Span): void {
    this.#span = shown;
    const clusters = [...this.#parts.model.clusters.values()];
    const jobs = [...(clusters[0]?.jobs ?? [])].sort((a, b) => trouble(b) - trouble(a));
    const word = this.#filter.value.toLowerCase();
    const found = jobs.filter(({ name, displayName }) => `${name} ${displayName}`.toLowerCase().includes(word));
    const left = found.length > mostRows ? `: the first ${mostRows} are shown, search for the others` : "";
    setText(this.#lead, leadText(jobs, clusters[0]?.busy.length ?? 0));
    this.#lead.hidden = jobs.length === 0;
    setText(this.#count, `${found.length} of ${jobs.length} jobs${left}`);
    setText(this.#empty, emptyText(clusters.length === 0, jobs.length));
    this.#empty.hidden = found.length > 0;
    this.#table.element.hidden = found.length === 0;
    this.#table.update(found.slice(0, mostRows));
  }

  restyle(): void {
    // The table takes its colours from the style sheet.
  }

  #columns(): readonly TableColumn<JobFrame>[] {
    const { executions } = this.#parts;
    const last = (job: JobFrame): number => Math.max(job.lastSuccess ?? 0, job.lastError ?? 0);
    const lastRun = (job: JobFrame): string => (last(job) === 0 ? "–" : ago(last(job), Date.now()));
    const newest = (job: JobFrame): number | undefined => {
      const run = executions.of(job.name).find(({ finishedAt }) => finishedAt !== null);
      return run?.finishedAt ? run.finishedAt - run.startedAt : undefined;
    };
    return [
      { title: "Job", cell: ({ displayName, name }) => displayName || name, order: ({ name }) => name },
      {
        title: "Last status",
        cell: (job) => statusOf(job)[0],
        tone: (job) => statusOf(job)[1],
        order: ({ status }) => status,
      },
      { title: "Last run", wide: true, cell: lastRun, order: last },
      {
        title: "Success",
        numeric: true,
        cell: ({ successRate }) => format(successRate, "ratio"),
        order: ({ successRate }) => successRate ?? -1,
        tone: ({ successRate }) => (successRate !== null && successRate < 0.95 ? "bad" : undefined),
      },
      {
        title: "Attempts",
        wide: true,
        cell: ({ successRate, successes, errors }) => (successRate === null ? "–" : `${successes} ✓ ${errors} ✗`),
        order: ({ successes, errors }) => successes + errors,
      },
      {
        title: "Executions",
        cell:
          ({ name }) =>
          (cell) =>
            drawTimeline(cell, executions.of(name), this.#span),
      },
      {
        title: "Last took",
        numeric: true,
        wide: true,
        cell: (job) => format(newest(job), "ms"),
        order: (job) => newest(job) ?? -1,
      },
      {
        title: "Mean",
        numeric: true,
        wide: true,
        cell: ({ name }) => format(executions.meanDuration(name), "ms"),
        order: ({ name }) => executions.meanDuration(name) ?? -1,
      },
      {
        title: "Running",
        numeric: true,
        wide: true,
        cell: ({ running }) => (running === 0 ? "–" : `▶ ${running}`),
        order: ({ running }) => running,
      },
      {
        title: "Next run",
        cell: nextText,
        tone: ({ overdueBy }) => (overdueBy === null ? undefined : "bad"),
        order: ({ overdueBy }) => overdueBy ?? -1,
      },
    ];
  }
}

/** What is to be looked at comes first; the others stay as the agent lists them. */
function trouble({ overdueBy, status }: JobFrame): number {
  if (overdueBy !== null) return 3;
  return status === "failed" ? 2 : status === "partially_failed" ? 1 : 0;
}

function troubles(jobs: readonly JobFrame[]): { readonly failed: number; readonly overdue: number } {
  const failed = jobs.filter(({ status }) => status === "failed" || status === "partially_failed").length;
  return { failed, overdue: jobs.filter(({ overdueBy }) => overdueBy !== null).length };
}

/** `1 job failed at its last run, 2 are overdue`. */
function troubleText(jobs: readonly JobFrame[]): string {
  const { failed, overdue } = troubles(jobs);
  const texts = [
    failed > 0 && `${failed} ${failed === 1 ? "job" : "jobs"} failed at ${failed === 1 ? "its" : "their"} last run`,
    overdue > 0 && `${overdue} ${overdue === 1 ? "is" : "are"} overdue`,
  ];
  return texts.filter(Boolean).join(", ");
}

function leadText(jobs: readonly JobFrame[], busy: number): string {
  const said = troubleText(jobs);
  const runs = busy === 0 ? "Nothing runs now." : `${busy} ${busy === 1 ? "execution runs" : "executions run"} now.`;
  return `${said === "" ? "No job failed at its last run, none is overdue" : said}. ${runs}`;
}

const statusOf = ({ status }: JobFrame): readonly [string, string] => statuses[status] ?? [status, "muted"];

function nextText({ disabled, overdueBy, next, parent, schedule }: JobFrame): string {
  if (disabled) return "disabled";
  if (overdueBy !== null) return `overdue by ${span(overdueBy)}`;
  if (parent !== null) return `after ${parent}`;
  return next === null ? schedule || "–" : `in ${span(Math.max(0, next - Date.now()))}`;
}

function emptyText(silent: boolean, jobs: number): string {
  if (silent)
    return "The HTTP API has not answered yet: the Connection tab says why. Only servers answer it, not workers.";
  return jobs === 0
    ? "The cluster has no jobs. Create one with POST /v1/jobs, or start the emitter to see some live."
    : "No job has this in its name.";
}
