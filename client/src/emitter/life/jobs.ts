// The jobs of the cluster and the executions it remembers, as every server's store has them. It must not know who runs
// them, nor the HTTP API's forms.
import { parseSchedule, type Schedule } from "./schedule.ts";

/** A job as server/catalog/emitter/jobs.yml and scenarios describe it; times in milliseconds. */
export type JobProfile = {
  readonly name: string;
  readonly displayname?: string;
  readonly schedule: string;
  readonly timezone?: string;
  readonly command?: string;
  readonly output?: string;
  /** Median and the time that one run in a hundred exceeds. */
  readonly takes?: readonly [number, number];
  /** Share of attempts that fail, 0 to 1. */
  readonly fails?: number;
  readonly failure?: string;
  readonly retries?: number;
  readonly disabled?: boolean;
  readonly parent?: string;
  readonly concurrency?: "allow" | "forbid";
  readonly tags?: Readonly<Record<string, string>>;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly owner?: string;
};

export type Execution = {
  readonly job: string;
  readonly node: string;
  readonly started: bigint;
  /** Undefined while it runs. */
  finished: bigint | undefined;
  success: boolean;
  output: string;
  /** The trigger's time: all nodes and attempts of one run share it. */
  readonly group: bigint;
  readonly attempt: number;
};

export type JobStatus = "" | "success" | "failed" | "partially_failed";

export type Job = {
  readonly profile: JobProfile;
  readonly schedule: Schedule;
  disabled: boolean;
  successCount: number;
  errorCount: number;
  lastSuccess: bigint | undefined;
  lastError: bigint | undefined;
  status: JobStatus;
  /** Milliseconds since 1970; undefined: not planned. */
  next: number | undefined;
  /** Newest last; at most a hundred (dkron/store.go, MaxExecutions). */
  readonly executions: Execution[];
  readonly children: string[];
};

const keptExecutions = 100;

/** Executions of one UTC day. */
export type DayCount = { readonly date: string; success: number; failed: number };

export class JobStore {
  readonly #jobs = new Map<string, Job>();
  readonly #days = new Map<string, DayCount>();

  /** Throws RangeError when the schedule is none. */
  add(profile: JobProfile): Job {
    const job: Job = {
      profile,
      schedule: parseSchedule(profile.schedule, profile.timezone),
      disabled: profile.disabled ?? false,
      successCount: 0,
      errorCount: 0,
      lastSuccess: undefined,
      lastError: undefined,
      status: "",
      next: undefined,
      executions: [],
      children: [],
    };
    this.#jobs.set(profile.name, job);
    if (profile.parent !== undefined) this.#jobs.get(profile.parent)?.children.push(profile.name);
    return job;
  }

  get(name: string): Job | undefined {
    return this.#jobs.get(name);
  }

  /** By name. */
  all(): Job[] {
    return [...this.#jobs.values()].sort((a, b) => (a.profile.name < b.profile.name ? -1 : 1));
  }

  remember(execution: Execution): void {
    const executions = this.#jobs.get(execution.job)?.executions;
    executions?.push(execution);
    if (executions !== undefined && executions.length > keptExecutions) executions.shift();
  }

  /** The execution has ended: counters and the status, which all executions of the trigger decide together. */
  finish(execution: Execution, finished: bigint, success: boolean, output: string): void {
    execution.finished = finished;
    execution.success = success;
    execution.output = output;
    const job = this.#jobs.get(execution.job);
    if (job === undefined) return;
    if (success) {
      job.successCount++;
      job.lastSuccess = finished;
    } else {
      job.errorCount++;
      job.lastError = finished;
    }
    const group = job.executions.filter((other) => other.group === execution.group);
    const succeeded = group.filter((other) => other.success).length;
    job.status = succeeded === group.length ? "success" : succeeded === 0 ? "failed" : "partially_failed";
    this.#countDay(finished, success);
  }

  /** Oldest first, `days` of them up to the day of `now`, days without executions too. */
  days(now: number, days: number): DayCount[] {
    return Array.from({ length: days }, (_, index) => {
      const date = new Date(now - (days - 1 - index) * 86_400_000).toISOString().slice(0, 10);
      return this.#days.get(date) ?? { date, success: 0, failed: 0 };
    });
  }

  #countDay(time: bigint, success: boolean): void {
    const date = new Date(Number(time / 1_000_000n)).toISOString().slice(0, 10);
    const day = this.#days.get(date) ?? { date, success: 0, failed: 0 };
    if (success) day.success++;
    else day.failed++;
    this.#days.set(date, day);
  }
}
