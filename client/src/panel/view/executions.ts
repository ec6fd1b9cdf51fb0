// The executions that the HTTP API lists, by job, and what follows from them: mean durations over time. No metric of an agent has
// a job's duration. Knows no DOM and no message but the one that asks.
import type { ClusterFrame, ExecutionFrame } from "../messages.ts";
import type { Line } from "./charts/chartData.ts";

/** Seconds over which a mean is taken, and between two points of it. */
const meanWindow = 60;
const step = 5;
const keptMillis = 3_700_000;
/** Jobs that are asked about at each answer of the API: the others wait their turn. */
const jobsATurn = 8;
/** More lines than this cannot be told from each other. */
export const mostJobLines = 12;

/** Asks for the executions of a job; the answer comes back through `add`. */
export type Ask = (source: string, job: string) => void;

export class Executions {
  readonly #ask: Ask;
  readonly #byJob = new Map<string, Map<string, ExecutionFrame>>();
  readonly #sorted = new Map<string, readonly ExecutionFrame[]>();
  #turn = 0;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** Asks for those of the next few jobs, and forgets the jobs that are gone. */
  follow({ source, jobs }: ClusterFrame): void {
    const names = new Set(jobs.map(({ name }) => name));
    for (const name of this.#byJob.keys())
      if (!names.has(name)) {
        this.#byJob.delete(name);
        this.#sorted.delete(name);
      }
    for (let i = 0; i < Math.min(jobsATurn, jobs.length); i++) {
      const job = jobs[this.#turn++ % jobs.length];
      if (job) this.#ask(source, job.name);
    }
  }

  /** Of another agent, perhaps: nothing that was is known of it. */
  forget(): void {
    this.#byJob.clear();
    this.#sorted.clear();
  }

  /** What the agent keeps, 100 a job at most, with what it kept before: the view remembers for an hour. */
  add(job: string, executions: readonly ExecutionFrame[], now = Date.now()): void {
    const known = this.#byJob.get(job) ?? new Map<string, ExecutionFrame>();
    this.#byJob.set(job, known);
    this.#sorted.delete(job);
    const listed = new Set(executions.map(({ id }) => id));
    for (const execution of executions) known.set(execution.id, execution);
    // One that ran when it was last listed and is listed no more has ended; when, nobody knows.
    for (const [id, { finishedAt }] of known)
      if (!listed.has(id) && (finishedAt === null || finishedAt < now - keptMillis)) known.delete(id);
  }

  /** Newest first. */
  of(job: string): readonly ExecutionFrame[] {
    const kept = this.#sorted.get(job);
    if (kept) return kept;
    const sorted = [...(this.#byJob.get(job)?.values() ?? [])].sort((a, b) => b.startedAt - a.startedAt);
    this.#sorted.set(job, sorted);
    return sorted;
  }

  /** Milliseconds, of the newest `count` that finished; undefined where none has. */
  meanDuration(job: string, count = 20): number | undefined {
    const finished = this.of(job)
      .filter(({ finishedAt }) => finishedAt !== null)
      .slice(0, count);
    if (finished.length === 0) return undefined;
    return (
      finished.reduce((sum, { startedAt, finishedAt }) => sum + (finishedAt ?? 0) - startedAt, 0) / finished.length
    );
  }

  /** Mean duration in seconds by job: at each time of those that finished within the minute before; the busiest jobs. */
  durations(from: number, to: number): { readonly times: readonly number[]; readonly lines: readonly Line[] } {
    const first = Math.floor(from / step) * step;
    const times = Array.from({ length: Math.ceil((to - first) / step) + 1 }, (_, i) => first + i * step);
    const busiest = [...this.#byJob].sort(([, a], [, b]) => b.size - a.size).slice(0, mostJobLines);
    const lines = busiest
      .map(([label, executions]) => ({ label, values: means([...executions.values()], times) }))
      .sort((a, b) => (a.label < b.label ? -1 : 1));
    return { times, lines };
  }
}

/** A mean stands until a minute after the last execution that it is made of. Times that are yet to come have none. */
function means(executions: readonly ExecutionFrame[], times: readonly number[]): (number | null)[] {
  const finished = executions
    .flatMap(({ startedAt, finishedAt }) =>
      finishedAt === null ? [] : [{ at: finishedAt / 1000, seconds: Math.max(0, finishedAt - startedAt) / 1000 }],
    )
    .sort((a, b) => a.at - b.at);
  let [low, high, total] = [0, 0, 0];
  return times.map((time) => {
    for (; high < finished.length && (finished[high]?.at ?? 0) <= time; high++) total += finished[high]?.seconds ?? 0;
    for (; low < high && (finished[low]?.at ?? 0) <= time - meanWindow; low++) total -= finished[low]?.seconds ?? 0;
    return high === low ? null : Math.max(0, total) / (high - low);
  });
}
