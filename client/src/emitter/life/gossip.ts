// What serf and memberlist do all day: probes and push/pull between the agents that run. It must not know Raft or jobs.
import type { Agenda } from "../agenda.ts";
import type { Random } from "../random.ts";
import type { Agent } from "./agent.ts";
import type { Peers } from "./peers.ts";

/** Intervals of memberlist's profile `lan`, in milliseconds (memberlist/config.go, DefaultLANConfig). */
const probeEvery = 1000;
const pushPullEvery = 30_000;

export function keepGossiping(cluster: Peers, world: { agenda: Agenda; random: Random }): void {
  const { agenda, random } = world;
  agenda.every(probeEvery, () => {
    const { running } = cluster;
    if (running.length < 2) return;
    for (const agent of running) {
      agent.happen("probe");
      agent.process?.traffic(460, 460);
    }
  });
  for (const { agent } of cluster.members)
    agenda.after(random.between(0, pushPullEvery), () => {
      pushPull(agent, cluster, random);
      agenda.every(pushPullEvery, () => pushPull(agent, cluster, random));
    });
}

/** A process joins through one that runs; its own side of it is over before it can report anything. */
export function joinThrough(agent: Agent, cluster: Peers, random: Random): void {
  const others = cluster.running.filter((other) => other !== agent);
  others[random.whole(0, others.length - 1)]?.happen("pushPullAnswered", statesOf(cluster));
}

function pushPull(agent: Agent, cluster: Peers, random: Random): void {
  const others = cluster.running.filter((other) => other !== agent);
  const other = others[random.whole(0, others.length - 1)];
  if (!agent.up || other === undefined) return;
  agent.happen("pushPull", statesOf(cluster));
  other.happen("pushPullAnswered", statesOf(cluster));
}

function statesOf(cluster: Peers): Record<string, number> {
  return {
    alive: cluster.count("alive"),
    dead: cluster.count("failed"),
    left: cluster.count("left"),
    suspect: cluster.count("leaving"),
  };
}
