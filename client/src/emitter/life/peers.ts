// What gossip and Raft see of the cluster: the agents, and who runs. It holds no logic.
import type { Agent } from "./agent.ts";

export type MemberStatus = "alive" | "leaving" | "left" | "failed";

export type Member = { readonly agent: Agent; status: MemberStatus };

export type Peers = {
  readonly members: readonly Member[];
  readonly servers: readonly Agent[];
  /** Agents whose process runs. */
  readonly running: readonly Agent[];
  count(status: MemberStatus): number;
};
