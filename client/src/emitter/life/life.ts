// A cluster with a life of its own, put together from its options: agents, membership, jobs, one agenda. It must not know
// how it is served or what is played on it.
import { data as jobsData } from "../../../../server/catalog/emitter/jobs.yml";
import { resolveVersion } from "../../../../server/src/catalog/versions.ts";
import { Agenda } from "../agenda.ts";
import { random } from "../random.ts";
import { behaviourOf } from "../telemetry/behaviour.ts";
import { type VersionFacts, versionFacts } from "../versionFacts.ts";
import { Agent, type AgentProfile, type PacketTargets } from "./agent.ts";
import { Cluster } from "./cluster.ts";
import { type JobProfile, JobStore } from "./jobs.ts";
import { Runs } from "./runs.ts";

export type LifeOptions = {
  /** Dkron's version; the newest known by default. */
  readonly version?: string;
  readonly servers?: number;
  readonly workers?: number;
  /** Instead of `servers` and `workers`: exactly these agents. */
  readonly agents?: readonly AgentProfile[];
  readonly jobs?: readonly JobProfile[];
  readonly seed?: number;
  /** Hosts of those who win the first elections, in turn; by chance after them. */
  readonly winners?: readonly string[];
  /** Milliseconds since 1970 at which the agents start. */
  readonly start: number;
  readonly targets?: PacketTargets;
  /** `dog-statsd-tags`, `name:value`. */
  readonly globalTags?: readonly string[];
};

export type Life = {
  readonly facts: VersionFacts;
  readonly agenda: Agenda;
  readonly cluster: Cluster;
  readonly store: JobStore;
  readonly runs: Runs;
  /** Plays all that happens up to a time, milliseconds since 1970. */
  advanceTo(time: number): void;
};

/** Names and addresses as in a small real cluster: cron-1, cron-2 …, worker-1 …, each with its own loopback address. */
export function agentProfiles(servers: number, workers: number): AgentProfile[] {
  const profile = (name: string, index: number, server: boolean): AgentProfile => ({
    host: name,
    nodeName: name,
    address: `127.0.0.${index + 1}`,
    server,
    tags: {},
  });
  return [
    ...Array.from({ length: servers }, (_, index) => profile(`cron-${index + 1}`, index, true)),
    ...Array.from({ length: workers }, (_, index) => profile(`worker-${index + 1}`, servers + index, false)),
  ];
}

export const defaultJobs = jobsData as readonly JobProfile[];

/** Nothing happens before `cluster.start()`, and then only in `advanceTo`. */
export function createLife(options: LifeOptions): Life {
  const version = resolveVersion(options.version);
  const facts = versionFacts(version);
  const agenda = new Agenda(options.start);
  const chance = random(options.seed ?? 1);
  const profiles = options.agents ?? agentProfiles(options.servers ?? 1, options.workers ?? 0);
  const behaviour = behaviourOf(version);
  const { targets = {}, globalTags = [] } = options;
  const agents = profiles.map(
    (profile) => new Agent(profile, { agenda, random: chance, behaviour, facts, targets, globalTags }),
  );
  const cluster = new Cluster(agents, {
    agenda,
    random: chance.fork("cluster"),
    facts,
    winners: options.winners ?? [],
  });
  const store = new JobStore();
  const runs = new Runs(cluster, store, options.jobs ?? defaultJobs, { agenda, random: chance, facts });
  return { facts, agenda, cluster, store, runs, advanceTo: (time) => agenda.runUntil(time) };
}
