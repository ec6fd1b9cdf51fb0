// The scenarios that come with the product, played on a cluster: what each is for is to be seen in metrics and members.
import { describe, expect, test } from "vitest";
import type { Agent } from "../../client/src/emitter/life/agent.ts";
import { createLife, type Life } from "../../client/src/emitter/life/life.ts";
import { findScenario, scenarios } from "../../client/src/emitter/scenario/library.ts";
import { type Playing, playScenario } from "../../client/src/emitter/scenario/play.ts";
import { aimed, type Scenario } from "../../server/src/catalog/scenario/scenario.ts";

const start = Date.UTC(2026, 10, 22, 12, 0, 0, 350);

type Stage = {
  life: Life;
  playing: Playing;
  ended: () => boolean;
  until(second: number): void;
};

/** A cluster of three servers and a worker, a minute old when the scenario begins. */
function stage(scenario: string | Scenario): Stage {
  const life = createLife({ start, servers: 3, workers: 1, version: "4.1.2" });
  life.cluster.start();
  life.advanceTo(start + 60_000);
  let over = false;
  const playing = playScenario(typeof scenario === "string" ? findScenario(scenario) : scenario, life, () => {
    over = true;
  });
  return { life, playing, ended: () => over, until: (second) => life.advanceTo(start + (60 + second) * 1000) };
}

async function readValue(agent: Agent, series: string): Promise<number | undefined> {
  const line = (await agent.scrape()).split("\n").find((each) => each.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
}

const failed = 'dkron_job_executions_failed_total{job_name="report"}';
const server = (life: Life, index = 0): Agent => life.cluster.servers[index] as Agent;
const leaderOf = (life: Life): Agent => life.cluster.leader as Agent;

test.each(scenarios().map((scenario) => [scenario.name, scenario] as const))(
  "%s plays to its end",
  (_name, scenario) => {
    const { ended, until } = stage(scenario);
    until(420);
    expect(ended()).toBe(scenario.steps.length > 0 && scenario.repeat !== true);
  },
);

describe("what is to be seen of", () => {
  test("a failure burst: every server counts many failures within a minute", async () => {
    const { life, until } = stage("failure burst");
    const before = await Promise.all(life.cluster.servers.map((each) => readValue(each, failed)));
    until(60);
    const after = await Promise.all(life.cluster.servers.map((each) => readValue(each, failed)));
    for (const [index, value] of after.entries()) expect((value ?? 0) - (before[index] ?? 0)).toBeGreaterThan(30);
    expect(new Set(after).size).toBe(1);
    expect(life.store.get("report")?.status).toBe("failed");
  });

  test("a failure burst of another job", () => {
    const { life, until } = stage(aimed(findScenario("failure burst"), { job: "rotate-logs" }));
    until(60);
    expect(life.store.get("rotate-logs")?.errorCount).toBeGreaterThan(30);
  });

  test("slow jobs: runs take many times longer", () => {
    const { life, until } = stage("slow jobs");
    const mean = (): number => {
      const all = life.store.get("backup-db")?.executions ?? [];
      const ended = all.filter(({ finished }) => finished !== undefined).slice(-8);
      return (
        ended.reduce((sum, { started, finished = 0n }) => sum + Number(finished - started) / 1e6, 0) / ended.length
      );
    };
    const before = mean();
    until(150);
    expect(mean()).toBeGreaterThan(5 * before);
  });

  test("a missed schedule: next stays in the past, nothing runs, and both end", () => {
    const { life, until } = stage("missed schedule");
    until(90);
    const job = life.store.get("backup-db");
    const runs = (job?.successCount ?? 0) + (job?.errorCount ?? 0);
    expect(job?.next).toBeLessThan(life.agenda.now - 60_000);
    until(100);
    expect((job?.successCount ?? 0) + (job?.errorCount ?? 0)).toBe(runs);
    until(150);
    expect(job?.next).toBeGreaterThan(life.agenda.now);
  });

  test("a lost leader: another is elected after seconds, the old one comes back as a follower", () => {
    const { life, until } = stage("lost leader");
    const old = leaderOf(life);
    until(6);
    expect([old.up, life.cluster.leader, life.cluster.namedLeader]).toEqual([false, undefined, old]);
    until(30);
    expect(life.cluster.leader).not.toBe(old);
    expect(life.cluster.leader?.up).toBe(true);
    expect(life.cluster.count("failed")).toBe(1);
    until(60);
    expect([old.up, life.cluster.count("failed")]).toEqual([true, 0]);
  });

  test("a flapping node: others see it fail and come back", async () => {
    const { life, until } = stage("node flapping");
    let failures = 0;
    for (let second = 1; second < 120; second++) {
      until(second);
      if (life.cluster.count("failed") > 0) failures++;
    }
    expect(failures).toBeGreaterThan(8);
    expect(await readValue(leaderOf(life), "dkron_agent_event_received_member_failed")).toBeGreaterThan(1);
  });

  test("GC pressure: collections by the hundred, and long ones", async () => {
    const { life, until } = stage("GC pressure");
    const leader = leaderOf(life);
    const before = (await readValue(leader, "go_gc_duration_seconds_count")) ?? 0;
    until(120);
    expect((await readValue(leader, "go_gc_duration_seconds_count")) ?? 0).toBeGreaterThan(before + 30);
    expect(await readValue(leader, 'go_gc_duration_seconds{quantile="0.5"}')).toBeGreaterThan(0.001);
  });

  test("a memory leak: heap and goroutines grow until the restart", async () => {
    const { life, until } = stage("memory leak");
    const leader = leaderOf(life);
    const before = (await readValue(leader, "go_goroutines")) ?? 0;
    until(240);
    expect(await readValue(leader, "go_memstats_heap_alloc_bytes")).toBeGreaterThan(5e8);
    expect((await readValue(leader, "go_goroutines")) ?? 0).toBeGreaterThan(before + 1000);
    until(330);
    expect(await readValue(leader, "go_memstats_heap_alloc_bytes")).toBeLessThan(5e7);
  });

  test("a restart: counters are absent at first, and back at the replayed value", async () => {
    const scenario: Scenario = { name: "r", about: "", steps: [{ at: 0, do: "restart", node: "follower", for: 5000 }] };
    const { life, until } = stage(scenario);
    const series = 'dkron_job_executions_succeeded_total{job_name="backup-db"}';
    const follower = life.cluster.servers.find((each) => each !== leaderOf(life)) as Agent;
    const before = (await readValue(follower, series)) ?? 0;
    until(1);
    expect(follower.up).toBe(false);
    until(5.2);
    expect(await readValue(follower, series)).toBeUndefined();
    until(6);
    expect(await readValue(follower, series)).toBeGreaterThanOrEqual(before);
  });

  test("an agent gone, and gaps between scrapes", () => {
    const gone = stage("agent gone");
    gone.until(30);
    expect([server(gone.life).up, server(gone.life).unreachable]).toEqual([true, true]);
    gone.until(70);
    expect(server(gone.life).unreachable).toBe(false);
    const gaps = stage("scrape gaps");
    const silent = [10, 25, 35, 55, 65].map((second) => {
      gaps.until(second);
      return server(gaps.life).silent;
    });
    expect(silent).toEqual([false, true, false, true, false]);
  });

  test("two conditions of one job: the one that lasts longer holds on when the other ends", () => {
    const steps: Scenario["steps"] = [
      { at: 0, do: "slow", job: "report", factor: 2, for: 20_000 },
      { at: 10_000, do: "slow", job: "report", factor: 5, for: 30_000 },
    ];
    const { life, until } = stage({ name: "two", about: "", steps });
    const factors = [5, 15, 30, 50].map((second) => {
      until(second);
      return [...life.runs.conditions].at(-1)?.slower;
    });
    expect(factors).toEqual([2, 5, 5, undefined]);
  });

  test("a stop in the middle: what a step holds is undone", () => {
    const { life, playing, until } = stage("slow jobs");
    until(60);
    expect(life.runs.conditions.size).toBe(2);
    playing.stop();
    expect(life.runs.conditions.size).toBe(0);
  });
});

describe("refusals", () => {
  test("an unknown scenario, with the names there are", () => {
    expect(() => findScenario("nope")).toThrow(/no scenario "nope".*failure burst/);
    expect(findScenario("Failure_Burst").name).toBe("failure burst");
  });

  test("a job that the cluster does not have", () => {
    const scenario: Scenario = { name: "x", about: "", steps: [{ at: 0, do: "fail", job: "nope" }] };
    expect(() => stage(scenario)).toThrow(/steps\[0\]\.job: there is no job "nope".*backup-db/);
  });
});
