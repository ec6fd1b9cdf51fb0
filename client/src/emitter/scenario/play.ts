// Plays a scenario on a cluster: each step at its time, undone at its end. It must not know how a scenario is written down.

import type { ActionName, Scenario, Step } from "../../../../server/src/catalog/scenario/scenario.ts";
import { EmitterError } from "../addresses.ts";
import type { Cancel } from "../agenda.ts";
import type { Agent } from "../life/agent.ts";
import type { Life } from "../life/life.ts";
import type { JobCondition } from "../life/runs.ts";

export type Playing = { readonly scenario: Scenario; stop(): void };

/** Does something, and answers how it is undone. */
type Effect = (step: Step, life: Life) => Undo;

type Undo = () => void;

const nothing: Undo = () => undefined;

/**
 * Begins now. `ended` is called when the last step with an end has ended; a scenario with an open step or `repeat` goes
 * on until it is stopped. Stopping undoes what still holds. Throws EmitterError for a job that the cluster does not have.
 */
export function playScenario(scenario: Scenario, life: Life, ended: () => void): Playing {
  requireJobs(scenario, life);
  const cancels: Cancel[] = [];
  const undos = new Set<Undo>();
  const begin = (step: Step): void => {
    const undo = effects[step.do](step, life);
    undos.add(undo);
    if (step.for === undefined) return;
    cancels.push(
      life.agenda.after(step.for, () => {
        undos.delete(undo);
        undo();
      }),
    );
  };
  const round = (): void => {
    cancels.length = 0;
    for (const step of scenario.steps) cancels.push(life.agenda.after(step.at, () => begin(step)));
    const length = Math.max(0, ...scenario.steps.map((step) => step.at + (step.for ?? defaultLength(step))));
    if (scenario.repeat === true && length > 0) cancels.push(life.agenda.after(length, round));
    else if (Number.isFinite(length) && scenario.steps.length > 0) cancels.push(life.agenda.after(length + 1, ended));
  };
  round();
  return {
    scenario,
    stop: () => {
      for (const cancel of cancels) cancel();
      for (const undo of undos) undo();
    },
  };
}

function requireJobs(scenario: Scenario, life: Life): void {
  const jobs = life.runs.jobNames;
  for (const [index, { job }] of scenario.steps.entries())
    if (job !== undefined && !jobs.includes(job))
      throw new EmitterError(
        "bad-scenario",
        `steps[${index}].job: there is no job "${job}": the cluster has ${jobs.join(", ")}.`,
      );
}

/** A step without `for` that does its work at once takes no time; one that holds has no end. */
function defaultLength({ do: action }: Step): number {
  const atOnce: readonly ActionName[] = ["run", "revive", "restart", "lose-leader"];
  return atOnce.includes(action) ? 0 : Number.POSITIVE_INFINITY;
}

const restartTime = 5000;
const flapTime = 20_000;

const effects: Readonly<Record<ActionName, Effect>> = {
  fail: (step, life) => {
    const undo = condition(step, life, { fails: step.rate ?? 1 });
    const stop = repeat(step, life, () => life.runs.runNow(step.job ?? ""));
    return () => {
      stop();
      undo();
    };
  },
  slow: (step, life) => condition(step, life, { slower: step.factor ?? 10 }),
  skip: (step, life) => condition(step, life, { skipped: true }),
  run: (step, life) => {
    life.runs.runNow(step.job ?? "");
    return repeat(step, life, () => life.runs.runNow(step.job ?? ""));
  },
  kill: (step, life) => {
    const agent = pick(step.node ?? "leader", life);
    if (agent === undefined) return nothing;
    life.cluster.kill(agent);
    return () => life.cluster.revive(agent);
  },
  revive: (step, life) => {
    for (const { agent } of life.cluster.members)
      if (!agent.up && (agent.profile.nodeName === step.node || agent.profile.server !== (step.node === "worker")))
        life.cluster.revive(agent);
    return nothing;
  },
  restart: (step, life) => {
    const agent = pick(step.node ?? "leader", life);
    if (agent === undefined) return nothing;
    life.cluster.leave(agent);
    if (step.for !== undefined) return () => life.cluster.revive(agent);
    life.agenda.after(restartTime, () => life.cluster.revive(agent));
    return nothing;
  },
  leave: (step, life) => {
    const agent = pick(step.node ?? "worker", life);
    if (agent === undefined) return nothing;
    life.cluster.leave(agent);
    return () => life.cluster.revive(agent);
  },
  "lose-leader": (_step, life) => {
    life.cluster.loseLeader();
    return nothing;
  },
  flap: (step, life) => {
    const agent = pick(step.node ?? "follower", life);
    if (agent === undefined) return nothing;
    const every = step.every ?? flapTime;
    const die = (): void => {
      life.cluster.kill(agent);
      life.agenda.after(every / 2, () => life.cluster.revive(agent));
    };
    die();
    return repeat({ ...step, every }, life, die);
  },
  "gc-pressure": (step, life) => {
    const agent = pick(step.node ?? "leader", life);
    const pressure = agent?.process?.pressure;
    if (pressure === undefined) return nothing;
    Object.assign(pressure, { allocation: step.factor ?? 200, pause: 20 });
    return () => Object.assign(pressure, { allocation: 1, pause: 1 });
  },
  leak: (step, life) => {
    const agent = pick(step.node ?? "leader", life);
    const pressure = agent?.process?.pressure;
    if (pressure === undefined) return nothing;
    Object.assign(pressure, { leakedBytes: step.bytes ?? 2e6, leakedGoroutines: step.goroutines ?? 3 });
    return () => Object.assign(pressure, { leakedBytes: 0, leakedGoroutines: 0 });
  },
  gone: (step, life) => hold(pick(step.node ?? "server", life), "unreachable"),
  "scrape-gap": (step, life) => hold(pick(step.node ?? "server", life), "silent"),
};

function hold(agent: Agent | undefined, state: "unreachable" | "silent"): Undo {
  if (agent === undefined) return nothing;
  agent[state] = true;
  return () => {
    agent[state] = false;
  };
}

function condition({ job = "" }: Step, { runs }: Life, change: Omit<JobCondition, "job">): Undo {
  const added = { job, ...change };
  runs.conditions.add(added);
  return () => runs.conditions.delete(added);
}

function repeat({ every }: Step, life: Life, action: () => void): Undo {
  return every === undefined ? nothing : life.agenda.every(every, action);
}

/** By name, or any one that runs of a kind: the first worker, server, the leader, a server that does not lead. */
function pick(node: string, { cluster }: Life): Agent | undefined {
  const running = cluster.running;
  const named = cluster.find(node);
  if (named !== undefined) return named;
  const leader = cluster.leader ?? cluster.namedLeader;
  if (node === "leader") return leader ?? running[0];
  if (node === "worker") return running.find(({ profile }) => !profile.server);
  const servers = running.filter(({ profile }) => profile.server);
  return node === "follower" ? (servers.find((server) => server !== leader) ?? servers[0]) : servers[0];
}
