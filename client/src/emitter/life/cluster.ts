// The cluster: which agents there are, how they see each other, and who leads. It must not know jobs, nor what a metric is.
import type { Agenda, Cancel } from "../agenda.ts";
import type { Random } from "../random.ts";
import type { VersionFacts } from "../versionFacts.ts";
import type { Agent } from "./agent.ts";
import { joinThrough, keepGossiping } from "./gossip.ts";
import type { Member, MemberStatus, Peers } from "./peers.ts";
import { keepLeading } from "./raft.ts";

export type ClusterWorld = {
  readonly agenda: Agenda;
  readonly random: Random;
  readonly facts: VersionFacts;
  /** Hosts of those who win the first elections, in turn; by chance after them. */
  readonly winners: readonly string[];
};

/** Hooks of the part that runs the jobs. */
export type ClusterListener = {
  established(leader: Agent): void;
  lost(): void;
  /** A process has ended; `led`: it was the leader's. */
  stopped(agent: Agent, led: boolean): void;
  /** A server's new process has to count again what its log says. */
  replays(agent: Agent): void;
};

const bootstrapDelay = { alone: 1150, together: 2300 };
/** Until the others take a server that went silent for dead: probe, suspicion, time-out. */
const suspectedAfter = 1500;
const failedAfter = 6200;
const replayedAfter = 600;
/** Until a process that came back has missed an answer to its first probes. */
const degradedAfter = 2500;

/** Times in milliseconds. The servers are those of the start for ever: nobody is added to Raft later. */
export class Cluster implements Peers {
  readonly members: readonly Member[];
  readonly #world: ClusterWorld;
  #leader: Agent | undefined;
  #named: Agent | undefined;
  #leading: Cancel[] = [];
  #election: Cancel | undefined;
  #established = false;
  #joins = 0;
  #elections = 0;
  listener: ClusterListener | undefined;

  constructor(agents: readonly Agent[], world: ClusterWorld) {
    this.members = agents.map((agent) => ({ agent, status: "alive" }));
    this.#world = world;
  }

  get servers(): Agent[] {
    return this.members.map(({ agent }) => agent).filter(({ profile }) => profile.server);
  }

  /** Agents whose process runs. */
  get running(): Agent[] {
    return this.members.map(({ agent }) => agent).filter(({ up }) => up);
  }

  /** The server that leads and schedules. */
  get leader(): Agent | undefined {
    return this.#established ? this.#leader : undefined;
  }

  /** The server that Raft names as the leader: also one that is dead, until another is elected. */
  get namedLeader(): Agent | undefined {
    return this.#named;
  }

  /** Serf's Lamport time of membership. */
  get memberTime(): number {
    return Math.max(1, this.#joins);
  }

  find(name: string): Agent | undefined {
    return this.members.find(({ agent }) => agent.profile.nodeName === name)?.agent;
  }

  count(status: MemberStatus): number {
    return this.members.filter((member) => member.status === status).length;
  }

  start(): void {
    for (const { agent } of this.members) this.#startProcess(agent);
    for (const server of this.servers) server.happen("bootstrapped");
    if (this.members.length > 1) for (const { agent } of this.members) agent.happen("memberJoined");
    keepGossiping(this, this.#world);
    this.#electAfter(this.servers.length === 1 ? bootstrapDelay.alone : bootstrapDelay.together);
  }

  /** The process dies at once; the others find out by and by. */
  kill(agent: Agent): void {
    if (!agent.up) return;
    this.#stopProcess(agent, "killed");
    const { agenda } = this.#world;
    agenda.after(suspectedAfter, () => {
      if (!agent.up) this.#tellOthers(agent, "memberSuspected");
    });
    agenda.after(failedAfter, () => {
      if (agent.up) return;
      this.#setStatus(agent, "failed");
      this.#tellOthers(agent, "memberFailed");
      this.#tellOthers(agent, "memberCleared");
    });
  }

  /** The agent is told to stop (SIGTERM): it says good-bye and goes. Some versions die without a word then. */
  leave(agent: Agent): void {
    if (!this.#world.facts.saysGoodbye) this.kill(agent);
    if (!agent.up) return;
    this.#stopProcess(agent, "left");
    this.#setStatus(agent, "left");
    this.#tellOthers(agent, "memberLeft");
    this.#spread();
  }

  /** A new process of the same agent on the same data: it joins, and replays its log. */
  revive(agent: Agent): void {
    if (agent.up) return;
    const flapped = this.members.some((member) => member.agent === agent && member.status === "failed");
    this.#startProcess(agent);
    this.#setStatus(agent, "alive");
    this.#tellOthers(agent, "memberRejoined");
    if (flapped) this.#tellOthers(agent, "memberFlapped");
    if (this.running.length > 1) agent.happen("memberJoined");
    this.#world.agenda.after(degradedAfter, () => {
      if (this.running.length > 1) agent.happen("probesFailed");
    });
    this.#spread();
    if (agent.profile.server) this.#world.agenda.after(replayedAfter, () => agent.up && this.listener?.replays(agent));
    if (this.#leader === undefined) this.#electAfter(this.servers.length === 1 ? bootstrapDelay.alone : 1500);
  }

  /** The leader steps down without dying: its lease ran out. */
  loseLeader(): void {
    const old = this.#leader;
    if (old === undefined) return;
    this.#lost();
    old.happen("leadershipRevoked");
    this.#electAfter(this.#world.random.between(1200, 2500), old);
  }

  /** Whether enough servers run for Raft to decide anything. */
  get quorum(): boolean {
    return this.servers.filter(({ up }) => up).length > this.servers.length / 2;
  }

  #startProcess(agent: Agent): void {
    this.#joins++;
    joinThrough(agent, this, this.#world.random);
    agent.start();
  }

  #stopProcess(agent: Agent, how: "killed" | "left"): void {
    const led = agent === this.#leader;
    agent.stop(how);
    this.listener?.stopped(agent, led);
    if (led) {
      this.#lost();
      this.#electAfter(this.#world.random.between(1000, 2000), agent);
    } else if (this.#leader !== undefined && !this.quorum) {
      const old = this.#leader;
      this.#lost();
      old.happen("leadershipRevoked");
    }
  }

  #lost(): void {
    for (const cancel of this.#leading) cancel();
    this.#leading = [];
    this.#leader = undefined;
    this.#established = false;
    this.listener?.lost();
  }

  #setStatus(agent: Agent, status: MemberStatus): void {
    for (const member of this.members) if (member.agent === agent) member.status = status;
  }

  #tellOthers(agent: Agent, happening: string): void {
    for (const other of this.running) if (other !== agent) other.happen(happening);
  }

  #spread(): void {
    if (this.running.length > 1) for (const agent of this.running) agent.happen("intentSpread");
  }

  #electAfter(delay: number, notThis?: Agent): void {
    this.#election?.();
    this.#election = this.#world.agenda.after(delay, () => this.#elect(notThis));
  }

  #elect(notThis: Agent | undefined): void {
    const candidates = this.servers.filter(({ up }) => up);
    if (!this.quorum || this.#leader !== undefined) {
      this.#named = this.#leader;
      return;
    }
    const willing = candidates.filter((server) => server !== notThis);
    const host = this.#world.winners[this.#elections++];
    const meant = willing.find(({ profile }) => profile.host === host);
    const winner = meant ?? willing[this.#world.random.whole(0, willing.length - 1)] ?? candidates[0];
    if (winner === undefined) return;
    this.#vote(winner, candidates);
    this.#leader = winner;
    this.#named = winner;
    winner.happen("wonElection", { servers: this.servers.length });
    this.#leading = keepLeading(this, winner, this.#world);
    const lost = this.servers.some(({ up }) => !up);
    const took = lost ? this.#world.facts.election.waitsForLostServers + 2 : this.#world.random.between(0.05, 1.5);
    this.#leading.push(this.#world.agenda.after(took, () => this.#establish(winner, took)));
  }

  #vote(winner: Agent, candidates: readonly Agent[]): void {
    const { preVote } = this.#world.facts.election;
    for (const server of candidates) {
      if (candidates.length > 1 || server === winner) server.happen("heartbeatTimeout");
      for (const other of candidates) {
        if (other === server) continue;
        if (preVote) {
          server.happen("preVoteAsked");
          other.happen("rpcReceived", { rpcType: "RequestPreVote" });
          other.happen("voteGiven");
        }
        if (preVote && server !== winner) continue;
        server.happen("voteAsked");
        other.happen("rpcReceived", { rpcType: "RequestVote" });
        other.happen("voteGiven");
      }
      if (server !== winner) server.happen("lostElection");
    }
  }

  #establish(leader: Agent, took: number): void {
    this.#established = true;
    if (this.#world.facts.election.asksForRunning)
      for (const server of this.servers) server.happen("activeExecutionsAsked");
    leader.happen("leadershipEstablished", { took });
    this.listener?.established(leader);
  }
}
