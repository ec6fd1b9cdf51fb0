// Raft's traffic between the leader and its followers, and what a commit does on each. It must not know who is elected why.
import type { Agenda, Cancel } from "../agenda.ts";
import type { Random } from "../random.ts";
import type { Agent } from "./agent.ts";
import type { Peers } from "./peers.ts";

type World = { readonly agenda: Agenda; readonly random: Random };

/** Milliseconds, as counted on real servers with the default multiplier. */
const appendEvery = [45, 80] as const;
const heartbeatEvery = [110, 200] as const;
const leaseEvery = [200, 260] as const;
const oldestLogEvery = 10_000;
const reconcileEvery = 60_000;

/** What a leader does until it is no more: the timers of it. */
export function keepLeading(cluster: Peers, leader: Agent, world: World): Cancel[] {
  const { agenda, random } = world;
  const every = ([low, high]: readonly [number, number], action: () => void): Cancel =>
    agenda.every(() => random.between(low, high), action);
  const followers = (): Agent[] => cluster.servers.filter((server) => server !== leader && server.up);
  commit(cluster, leader, { applies: false });
  agenda.after(2, () => reconcile(cluster, leader));
  return [
    every(appendEvery, () => {
      for (const follower of followers()) append(leader, follower, 0);
    }),
    every(heartbeatEvery, () => {
      for (const follower of followers()) heartbeat(leader, follower);
    }),
    every(leaseEvery, () => {
      if (followers().length > 0) leader.happen("leaseChecked");
    }),
    agenda.every(oldestLogEvery, () => leader.happen("oldestLogAged", { age: 0 })),
    agenda.every(
      () => reconcileEvery + random.between(1, 5),
      () => reconcile(cluster, leader),
    ),
  ];
}

/** The leader writes one command; every running server stores it and, if it is one for the state, applies it. */
export function commit(cluster: Peers, leader: Agent, { applies }: { applies: boolean }): void {
  if (applies) leader.happen("applied");
  leader.happen("dispatched");
  leader.happen("logsStored");
  leader.happen("committed");
  if (applies) leader.happen("stateApplied");
  for (const follower of cluster.servers) {
    if (follower === leader || !follower.up) continue;
    append(leader, follower, 1);
    follower.happen("logsStored");
    follower.happen("logsReceived");
    if (applies) follower.happen("stateApplied");
  }
}

function append(leader: Agent, follower: Agent, logs: number): void {
  const peer = follower.profile.nodeName;
  leader.happen("appendSent", { peer_id: peer, peer, logs });
  follower.happen("rpcReceived", { rpcType: "AppendEntries" });
  follower.happen("appendReceived");
}

function heartbeat(leader: Agent, follower: Agent): void {
  const peer = follower.profile.nodeName;
  leader.happen("heartbeatSent", { peer_id: peer, peer });
  follower.happen("rpcReceived", { rpcType: "Heartbeat" });
  follower.happen("appendReceived");
  follower.happen("heartbeatReceived");
}

function reconcile(cluster: Peers, leader: Agent): void {
  if (!leader.up) return;
  commit(cluster, leader, { applies: false });
  leader.happen("reconciled");
  for (const member of cluster.members) if (member.agent.profile.server) leader.happen("memberReconciled");
}
