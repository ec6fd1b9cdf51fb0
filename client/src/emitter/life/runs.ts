// The leader's scheduler: starts jobs when they are due, on the nodes that they are for, and follows each run to its end,
// its retries and its children. It must not know the HTTP API, nor how scenarios are written.
import type { Agenda, Cancel } from "../agenda.ts";
import type { Random } from "../random.ts";
import type { VersionFacts } from "../versionFacts.ts";
import type { Agent } from "./agent.ts";
import type { Cluster } from "./cluster.ts";
import { nanoseconds } from "./goTime.ts";
import type { Execution, Job, JobProfile, JobStore } from "./jobs.ts";
import { commit } from "./raft.ts";

/** What a scenario does to a job for a while; of several the last one decides. */
export type JobCondition = {
  readonly job: string;
  /** Share of attempts that fail, instead of the job's own. */
  readonly fails?: number;
  /** Factor on the durations. */
  readonly slower?: number;
  /** Due times pass without a run. */
  readonly skipped?: boolean;
};

/** `leader`: who started it and waits for its end. */
type Run = { readonly execution: Execution; readonly agent: Agent; readonly leader: Agent; readonly ended: Cancel };

type Trigger = { readonly job: Job; readonly agent: Agent; readonly group: bigint; readonly attempt: number };

const defaultTakes: readonly [number, number] = [5, 40];
/** A server keeps its log until a snapshot: this many entries (raft's SnapshotThreshold). */
const snapshotThreshold = 8192;
const entriesAnExecution = 2;

export class Runs {
  /** Those that hold now, oldest first. */
  readonly conditions = new Set<JobCondition>();
  readonly #cluster: Cluster;
  readonly #store: JobStore;
  readonly #agenda: Agenda;
  readonly #random: Random;
  readonly #profiles: readonly JobProfile[];
  readonly #facts: VersionFacts;
  readonly #running = new Set<Run>();
  readonly #timers = new Map<string, Cancel>();
  /** Ends that no leader could be told of. */
  #untold: (() => void)[] = [];
  /** Executions since the last snapshot: what a restarted server counts again. */
  #log: { job: string; success: boolean }[] = [];
  #snapshots = 0;

  constructor(
    cluster: Cluster,
    store: JobStore,
    profiles: readonly JobProfile[],
    world: { agenda: Agenda; random: Random; facts: VersionFacts },
  ) {
    this.#cluster = cluster;
    this.#store = store;
    this.#profiles = profiles;
    this.#agenda = world.agenda;
    this.#random = world.random.fork("runs");
    this.#facts = world.facts;
    cluster.listener = {
      established: (leader) => this.#established(leader),
      lost: () => this.#stopTimers(),
      stopped: (agent, led) => this.#broken(agent, led),
      replays: (agent) => this.#replay(agent),
    };
  }

  get jobNames(): string[] {
    return this.#profiles.map(({ name }) => name);
  }

  /** Makes a job known, or known anew, as a write to the API would. */
  save(profile: JobProfile): void {
    const job = this.#store.add(profile);
    const leader = this.#cluster.leader;
    if (leader === undefined) return;
    commit(this.#cluster, leader, { applies: true });
    leader.happen("jobSaved");
    this.#schedule(job, leader);
  }

  /** Runs a job now, whatever its schedule says. */
  runNow(name: string): void {
    const job = this.#store.get(name);
    if (job !== undefined) this.#trigger(job);
  }

  setDisabled(name: string, disabled: boolean): void {
    const job = this.#store.get(name);
    const leader = this.#cluster.leader;
    if (job === undefined || leader === undefined) return;
    job.disabled = disabled;
    commit(this.#cluster, leader, { applies: true });
    leader.happen("jobSaved");
    if (disabled && this.#timers.has(name)) leader.happen("jobUnscheduled", { job: name });
    this.#timers.get(name)?.();
    this.#timers.delete(name);
    this.#schedule(job, leader);
  }

  /** The executions that run now, oldest first. */
  get active(): Execution[] {
    return [...this.#running].map(({ execution }) => execution).sort((a, b) => (a.started < b.started ? -1 : 1));
  }

  /** The process has ended, and its runs with it. The leader sees their streams break; when it was the leader, nobody does. */
  #broken(agent: Agent, led: boolean): void {
    for (const run of this.#running) {
      if (run.agent !== agent) continue;
      run.ended();
      this.#running.delete(run);
      if (!led) this.#tell(run, false, "rpc error: code = Unavailable desc = error reading from server: EOF\n");
    }
  }

  #established(leader: Agent): void {
    const known = this.#store.all().length > 0;
    if (known) for (const job of this.#store.all()) this.#schedule(job, leader);
    else for (const profile of this.#profiles) this.save(profile);
    for (const tell of this.#untold.splice(0)) tell();
  }

  #stopTimers(): void {
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
  }

  /** A child has no schedule of its own; `next` of what is not scheduled stays what it was when the job was saved. */
  #schedule(job: Job, leader: Agent): void {
    job.next ??= job.schedule(this.#agenda.now);
    if (job.disabled || job.profile.parent !== undefined) return;
    leader.happen("jobScheduled", { job: job.profile.name });
    this.#plan(job);
  }

  #condition(job: string): Partial<JobCondition> {
    return Object.assign({}, ...[...this.conditions].filter((condition) => condition.job === job));
  }

  #plan(job: Job): void {
    job.next = job.schedule(this.#agenda.now);
    if (job.next === undefined) return;
    const due = (): void => {
      if (this.#condition(job.profile.name).skipped) {
        this.#timers.set(job.profile.name, this.#agenda.after(1000, due));
        return;
      }
      this.#plan(job);
      this.#trigger(job);
    };
    this.#timers.set(job.profile.name, this.#agenda.at(job.next, due));
  }

  #trigger(job: Job): void {
    const busy = this.active.some((execution) => execution.job === job.profile.name);
    if (this.#cluster.leader === undefined || (job.profile.concurrency === "forbid" && busy)) return;
    const group = nanoseconds(this.#agenda.now + this.#random.between(0.4, 2), this.#random.next());
    for (const agent of this.#targets(job)) this.#start({ job, agent, group, attempt: 1 });
  }

  /** All alive agents that have the job's tags; `value:count` asks for so many of them. */
  #targets({ profile }: Job): Agent[] {
    const wanted = Object.entries(profile.tags ?? {}).map(([name, text]) => {
      const [value = "", count] = text.split(":");
      return { name, value, count: count === undefined ? Number.POSITIVE_INFINITY : Number(count) };
    });
    const fitting = this.#cluster.running.filter(({ profile: { tags } }) =>
      wanted.every(({ name, value }) => tags[name] === value),
    );
    const count = Math.min(...wanted.map((tag) => tag.count), fitting.length);
    return fitting.slice(0, count);
  }

  #start({ job, agent, group, attempt }: Trigger): void {
    const leader = this.#cluster.leader;
    if (leader === undefined || !agent.up) return;
    const { name } = job.profile;
    const delay = this.#random.between(2, 6);
    const started = nanoseconds(this.#agenda.now + delay, this.#random.next());
    const { nodeName } = agent.profile;
    const execution: Execution = {
      job: name,
      node: nodeName,
      started,
      finished: undefined,
      success: false,
      output: "",
      group,
      attempt,
    };
    this.#store.remember(execution);
    commit(this.#cluster, leader, { applies: true });
    leader.happen("executionStarted");
    this.#query("runQueried");
    agent.process?.run(1);
    const condition = this.#condition(name);
    const [median, high] = job.profile.takes ?? defaultTakes;
    const duration = this.#random.spread(median, high) * (condition.slower ?? 1) + this.#facts.runOverhead;
    const success = !this.#random.chance(condition.fails ?? job.profile.fails ?? 0);
    const output = success ? (job.profile.output ?? "") : (job.profile.failure ?? "exit status 1\n");
    const run: Run = {
      execution,
      agent,
      leader,
      ended: this.#agenda.after(delay + duration, () => this.#end(run, duration, success, output)),
    };
    this.#running.add(run);
  }

  #end(run: Run, took: number, success: boolean, output: string): void {
    this.#running.delete(run);
    run.agent.process?.run(-1);
    run.agent.happen("runEnded", { took: took + this.#random.between(0.2, 2) });
    this.#tell(run, success, output, took);
  }

  /**
   * The leader that started the run hears of its end. When it leads no more, the agent hands the end to a server, which
   * passes it to the leader, or keeps it until there is one.
   */
  #tell(run: Run, success: boolean, output: string, took = 0): void {
    const finished = nanoseconds(this.#agenda.now + this.#random.between(0.1, 1), this.#random.next());
    const leader = this.#cluster.leader;
    const done = (): void => this.#done(run, finished, success, output);
    if (leader === run.leader) {
      leader.happen("executionDone", { took: took + this.#random.between(3, 12) });
      done();
      return;
    }
    run.agent.happen("executionHandedOver");
    const server = run.agent.profile.server ? run.agent : this.#cluster.servers.find(({ up }) => up);
    server?.happen("executionTakenOver");
    if (leader === undefined) this.#untold.push(done);
    else done();
  }

  #done({ execution, agent }: Run, finished: bigint, success: boolean, output: string): void {
    const leader = this.#cluster.leader;
    const job = this.#store.get(execution.job);
    if (leader === undefined || job === undefined) return;
    this.#store.finish(execution, finished, success, output);
    commit(this.#cluster, leader, { applies: true });
    this.#log.push({ job: execution.job, success });
    if (this.#log.length * entriesAnExecution > snapshotThreshold) this.#snapshot();
    this.#query("endQueried");
    for (const server of this.#cluster.servers) count(server, execution.job, success);
    const { group, attempt } = execution;
    if (!success && attempt <= (job.profile.retries ?? 0)) this.#start({ job, agent, group, attempt: attempt + 1 });
    if (!success) return;
    for (const child of job.children) {
      const dependent = this.#store.get(child);
      if (dependent !== undefined && !dependent.disabled) this.#trigger(dependent);
    }
  }

  #query(happening: string): void {
    if (this.#facts.tellsByQuery) for (const agent of this.#cluster.running) agent.happen(happening);
  }

  /** All servers apply the same logs, so that all reach the threshold at about the same time. */
  #snapshot(): void {
    this.#log = [];
    this.#snapshots++;
    for (const server of this.#cluster.servers) server.happen("snapshotTaken");
  }

  #replay(agent: Agent): void {
    if (this.#snapshots > 0) agent.happen("snapshotRestored");
    for (const _job of this.#store.all()) agent.happen("stateApplied");
    for (const { job, success } of this.#log) {
      for (let entry = 0; entry < entriesAnExecution; entry++) agent.happen("stateApplied");
      count(agent, job, success);
    }
  }
}

function count(server: Agent, job: string, success: boolean): void {
  server.happen(success ? "executionSucceeded" : "executionFailed", { job_name: job });
}
