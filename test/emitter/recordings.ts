// The recordings of real agents beside the repository, and the same sessions lived by the stand-in. Not a test itself.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Agent, AgentProfile } from "../../client/src/emitter/life/agent.ts";
import type { JobProfile } from "../../client/src/emitter/life/jobs.ts";
import { createLife, type Life, type LifeOptions } from "../../client/src/emitter/life/life.ts";
import {
  packetFileName,
  parseAnswers,
  parseMoments,
  parsePackets,
  type RecordedAnswer,
  type RecordedPacket,
} from "../../server/src/catalog/recordingFormat.ts";

export const recordings = resolve(import.meta.dirname, "../../../shared/recordings");

/** Versions that were recorded; says so in a line where there is none. */
export function recordedVersions(): string[] {
  if (!existsSync(recordings)) {
    console.log("../shared/recordings is not here: the stand-in is not compared with real agents.");
    return [];
  }
  return readdirSync(recordings).filter((name) => existsSync(join(recordings, name, "solo/moments.json")));
}

export type RecordedMoment = { file: string; server: string; at_s: number; content_type: string; text: string };

export function moments(version: string, scenario: "solo" | "cluster"): RecordedMoment[] {
  const folder = join(recordings, version, scenario);
  const { moments: list } = parseMoments(readFileSync(join(folder, "moments.json"), "utf8"));
  return list.map((moment) => ({ ...moment, text: readFileSync(join(folder, moment.file), "utf8") }));
}

export function answers(version: string, scenario: "solo" | "cluster"): RecordedAnswer[] {
  return parseAnswers(readFileSync(join(recordings, version, scenario, "api.jsonl"), "utf8"));
}

/** Packets of one sink of one host; `host` absent: the session of a single agent. */
export function packets(version: string, sink: "statsd" | "dogstatsd", host?: string): readonly RecordedPacket[] {
  const file = packetFileName(sink, host);
  const folder = join(recordings, version, host === undefined ? "solo" : "cluster");
  return parsePackets(readFileSync(join(folder, file), "utf8"), file);
}

const job = (name: string, schedule: string, more: Partial<JobProfile> = {}): JobProfile => ({
  name,
  schedule,
  ...more,
});

const commonJobs: readonly JobProfile[] = [
  job("backup-db", "@every 5s", { output: "saved 42 rows\n" }),
  job("report", "@every 7s", { fails: 1 }),
  job("sync-files", "@every 15s", { takes: [6000, 6100], output: "done\n" }),
  job("flaky-import", "@every 20s", { retries: 2, fails: 0.5 }),
  job("cleanup", "@every 10s", { disabled: true }),
  job("notify", "@every 1h", { parent: "backup-db" }),
  job("nightly", "0 0 3 * * *", { timezone: "Europe/Madrid", concurrency: "forbid", metadata: { team: "core" } }),
];

export const start = Date.UTC(2026, 10, 22, 15, 28, 45, 60);

/** The session `solo`, lived: the requests that wrote are played when they were made, and so is the restart. */
export function liveSolo(
  version: string,
  options: Partial<LifeOptions> = {},
): { life: Life; agent: Agent; until(second: number): void } {
  const profile: AgentProfile = {
    host: "Web-01.prod",
    nodeName: "Web-01.prod",
    address: "127.0.0.1",
    server: true,
    tags: {},
  };
  const life = createLife({ version, start, agents: [profile], jobs: [], ...options });
  const agent = life.cluster.members[0]?.agent as Agent;
  life.cluster.start();
  const at = (second: number, action: () => void): void => void life.agenda.at(start + second * 1000, action);
  for (const { request, at_s, status } of answers(version, "solo")) {
    const [, name, action] = /^POST \/v1\/jobs(?:\/([^/]+)(?:\/(\w+))?)?$/.exec(request) ?? [];
    if (request === "GET /v1/busy") at(at_s, () => agent.happen("activeExecutionsAsked"));
    if (status >= 300 || !request.startsWith("POST")) continue;
    if (name !== undefined && action === "toggle")
      at(at_s, () => life.runs.setDisabled(name, !(life.store.get(name)?.disabled ?? false)));
    else if (name !== undefined) at(at_s, () => life.runs.runNow(name));
  }
  const created = answers(version, "solo").find(({ name }) => name === "create/backup-db")?.at_s ?? 0;
  at(created, () => {
    for (const each of commonJobs) life.runs.save(each);
  });
  const restarted = moments(version, "solo").find(({ file }) => file.startsWith("09"))?.at_s ?? 0;
  at(restarted - 1, () => life.cluster.leave(agent));
  at(restarted - 0.11, () => life.cluster.revive(agent));
  return { life, agent, until: (second) => life.advanceTo(start + second * 1000) };
}

/** The session `cluster`, lived: three servers and a worker; the leader is killed and comes back, the worker goes. */
export function liveCluster(
  version: string,
  options: Partial<LifeOptions> = {},
): { life: Life; until(second: number): void } {
  const node = (host: string, address: string, zone: string, nodeName = host): AgentProfile => ({
    host,
    nodeName,
    address,
    server: host.startsWith("cron"),
    tags: { zone, app: "batch" },
  });
  const agents = [
    node("cron-1", "127.0.0.1", "a"),
    node("cron-2", "127.0.0.2", "b"),
    node("cron-3", "127.0.0.3", "a", "third"),
    node("worker-1", "127.0.0.4", "b"),
  ];
  const jobs = [
    ...commonJobs,
    job("everywhere", "@every 6s", { tags: { app: "batch" } }),
    job("one-of-b", "@every 8s", { tags: { zone: "b:1" } }),
  ];
  const recorded = moments(version, "cluster");
  const winners = ["01", "02"].map((stage) => leaderAt(recorded, stage));
  const life = createLife({ version, start, agents, jobs, winners, ...options });
  life.cluster.start();
  const first = winners[0] ?? "";
  const leader = life.cluster.servers.find(({ profile }) => profile.host === first) as Agent;
  const stageAt = (stage: string): number => recorded.find(({ file }) => file.startsWith(stage))?.at_s ?? 0;
  const at = (second: number, action: () => void): void => void life.agenda.at(start + second * 1000, action);
  const asked = answers(version, "cluster");
  const killedAt = (asked.find(({ name }) => name.startsWith("leader-lost-1s"))?.at_s ?? 0) - 1;
  for (const { request, at_s } of asked)
    if (request === "GET /v1/busy")
      at(at_s, () => life.cluster.servers.forEach((server) => void server.happen("activeExecutionsAsked")));
  at(killedAt, () => life.cluster.kill(leader));
  at(stageAt("03") - 12, () => life.cluster.revive(leader));
  at(stageAt("04") - 5, () => life.cluster.leave(life.cluster.find("worker-1") as Agent));
  return { life, until: (second) => life.advanceTo(start + second * 1000) };
}

/** Host of the server whose body has what only leaders report. */
function leaderAt(recorded: readonly RecordedMoment[], stage: string): string {
  const body = recorded.find(({ file, text }) => file.startsWith(stage) && text.includes("dkron_dkron_leader_barrier"));
  return body?.server ?? "";
}

/** A body without its values: comments whole, series with their labels. */
export function form(body: string): string[] {
  return body
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => (line.startsWith("#") ? line : line.slice(0, line.lastIndexOf(" "))));
}
