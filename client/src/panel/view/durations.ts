// What only the HTTP API knows: how long executions took, and how many members there are, over time. Knows no DOM.
import type { ClusterFrame, ExecutionFrame } from "../messages.ts";
import type { ChartData } from "./charts/chartData.ts";
import { send } from "./host.ts";

/** Seconds over which a mean is taken, and between two points of it. */
const meanWindow = 60;
const step = 5;
const keptSeconds = 3_700;
/** Jobs that are asked about at each answer of the API: the others wait their turn. */
const jobsATurn = 8;

type Finished = { readonly at: number; readonly seconds: number };
type Count = { readonly at: number; readonly alive: number; readonly failed: number; readonly servers: number };

export class Durations {
  readonly #finished = new Map<string, Map<string, Finished>>();
  readonly #members: Count[] = [];
  #turn = 0;

  /** Takes note of the members, and asks for the executions of the next few jobs. */
  take(cluster: ClusterFrame): void {
    const at = cluster.at / 1000;
    const alive = cluster.members.filter(({ status }) => status === "alive");
    const failed = cluster.members.filter(({ status }) => status === "failed").length;
    if (at > (this.#members.at(-1)?.at ?? 0))
      this.#members.push({ at, alive: alive.length, failed, servers: alive.filter(({ server }) => server).length });
    while ((this.#members[0]?.at ?? at) < at - keptSeconds) this.#members.shift();
    const { jobs } = cluster;
    for (let i = 0; i < Math.min(jobsATurn, jobs.length); i++) {
      const job = jobs[this.#turn++ % jobs.length];
      if (job) send({ type: "executions", source: cluster.source, job: job.name });
    }
  }

  add(job: string, executions: readonly ExecutionFrame[]): void {
    const known = this.#finished.get(job) ?? new Map<string, Finished>();
    this.#finished.set(job, known);
    const oldest = Date.now() / 1000 - keptSeconds;
    for (const { id, startedAt, finishedAt } of executions)
      if (finishedAt !== null && finishedAt >= startedAt)
        known.set(id, { at: finishedAt / 1000, seconds: (finishedAt - startedAt) / 1000 });
    for (const [id, { at }] of known) if (at < oldest) known.delete(id);
  }

  /** Mean duration by job: at each point of the executions that finished within the minute before. */
  data(): ChartData {
    const now = Math.floor(Date.now() / 1000 / step) * step;
    const times = Array.from({ length: keptSeconds / step }, (_, i) => now - (keptSeconds / step - 1 - i) * step);
    const lines = [...this.#finished]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([label, executions]) => {
        const ordered = [...executions.values()].sort((a, b) => a.at - b.at);
        return { label, values: times.map((time) => mean(ordered, time)) };
      });
    return { times, lines: lines.filter(({ values }) => values.some((value) => value !== null)).slice(0, 12) };
  }

  members(): ChartData {
    const times = this.#members.map(({ at }) => at);
    return {
      times,
      lines: [
        { label: "alive", values: this.#members.map(({ alive }) => alive), colour: "good" },
        { label: "servers alive", values: this.#members.map(({ servers }) => servers) },
        { label: "failed", values: this.#members.map(({ failed }) => failed), colour: "bad" },
      ],
    };
  }
}

function mean(ordered: readonly Finished[], time: number): number | null {
  let total = 0;
  let count = 0;
  for (let i = ordered.length - 1; i >= 0; i--) {
    const { at, seconds } = ordered[i] as Finished;
    if (at > time) continue;
    if (at <= time - meanWindow) break;
    total += seconds;
    count++;
  }
  return count === 0 ? null : total / count;
}
