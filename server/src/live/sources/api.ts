// Reads a server's HTTP API at an interval: agent, members, leader, jobs, running executions, statistics. It must not know views or
// editors, and calls nothing that changes anything.
import type { ClusterFrame, ExecutionFrame, Notice, SourceSettings } from "../frames.ts";
import { storeCluster, storeSilence } from "./apiSeries.ts";
import { type Answered, Asker, type AskerOptions } from "./asker.ts";
import {
  readAgent,
  readBusy,
  readDays,
  readExecutions,
  readHealth,
  readJobs,
  readLeader,
  readMembers,
} from "./clusterAnswers.ts";
import type { EndpointRequest } from "./endpoints.ts";
import type { Failure } from "./faults.ts";
import { PolledSource } from "./polledSource.ts";
import type { SourceWorld } from "./source.ts";

type ApiSettings = Extract<SourceSettings, { kind: "api" }>;

/** `/v1/busy` asks every server: after one died it does not answer for seconds. */
const busyTimeout = 2_000;
const statsDays = "30";

export class ApiSource extends PolledSource {
  readonly kind = "api";
  readonly #asker: Asker;
  readonly #options: AskerOptions;
  #frame: ClusterFrame | undefined;
  #leaderAsker: Asker | undefined;

  constructor(settings: ApiSettings, world: SourceWorld) {
    const options: AskerOptions = {
      ...settings,
      kind: "agent",
      credentials: world.credentials,
      heard: world.heard,
      now: world.clock.now,
    };
    const asker = new Asker(options);
    super(settings, { title: asker.base.host, address: asker.base.origin }, world);
    this.#options = options;
    this.#asker = asker;
  }

  protected hangUp(): void {
    this.#asker.close();
    this.#leaderAsker?.close();
  }

  /** The executions of a job that the agent keeps (100 at most), newest first, without their output. */
  async executions(job: string): Promise<readonly ExecutionFrame[] | Failure> {
    const query = [["output_size_limit", "1"]] as const;
    const answer = await this.#asker.ask({ endpoint: "executions", segment: job, query });
    return "failure" in answer ? answer.failure : readExecutions(answer.data, this.#asker.peerClock.ahead);
  }

  protected async run(): Promise<Failure | undefined> {
    const started = performance.now();
    const first = await this.#asker.ask({ endpoint: "agent" });
    if ("failure" in first) {
      this.countFailure();
      storeSilence(this.world.intake, this.world.clock.now());
      return first.failure;
    }
    const { agent, serf } = readAgent(first.data);
    if (agent === null)
      return {
        reason: `${this.#asker.base.host} answers, but not as a Dkron agent.`,
        advice: "Check the port: Dkron's HTTP API is on 8080 by default.",
      };
    this.version = agent.version;
    const { ahead } = this.#asker.peerClock;
    this.notices = ahead === 0 ? [] : [clockNotice(this.#asker.base.host, ahead)];
    const missing: string[] = [];
    const before = this.#frame;
    const read = async <Part>(request: EndpointRequest, take: (data: unknown) => Part, old: Part): Promise<Part> => {
      const answer = await this.#asker.ask(request, request.endpoint === "busy" ? { timeout: busyTimeout } : {});
      if (!("failure" in answer)) return take(answer.data);
      missing.push(answer.failure.reason);
      return old;
    };
    const health = await this.#health(missing);
    const leader = await this.#leader(agent.name, missing);
    const members = await read(
      { endpoint: "members" },
      (data) => readMembers(data, leader.name),
      before?.members ?? [],
    );
    const busy = await read({ endpoint: "busy" }, (data) => readBusy(data, ahead), before?.busy ?? []);
    const now = this.world.clock.now();
    const jobs = await read({ endpoint: "jobs" }, (data) => readJobs(data, busy, now, ahead), before?.jobs ?? []);
    const days = await this.#days(missing);
    this.#frame = {
      source: this.id,
      at: now,
      agent,
      health,
      members,
      leader: leader.name,
      leaderNote: leader.note,
      jobs,
      busy,
      days,
      serf,
      missing,
    };
    this.counters = {
      ...this.counters,
      received: this.counters.received + 1,
      lastDuration: performance.now() - started,
    };
    storeCluster(this.world.intake, this.#frame);
    this.world.on.cluster(this.#frame);
    return undefined;
  }

  /** 503 is an answer here: a plugin's process has died (from 4.1.0). */
  async #health(missing: string[]): Promise<ClusterFrame["health"]> {
    const answer = await this.#asker.ask({ endpoint: "health" }, { anyStatus: true });
    if (!("failure" in answer)) return readHealth(answer.data);
    missing.push(answer.failure.reason);
    return this.#frame?.health ?? null;
  }

  /** From 4.1.0; 404 before that. */
  async #days(missing: string[]): Promise<ClusterFrame["days"]> {
    const answer = await this.#asker.ask({ endpoint: "stats", query: [["days", statsDays]] });
    if (!("failure" in answer)) return readDays(answer.data);
    if (answer.status === 404) return null;
    missing.push(answer.failure.reason);
    return this.#frame?.days ?? null;
  }

  /**
   * `/v1/leader` can name a server that is still starting or has just died, and answers 500 with `null` if there is none: it is believed
   * only if that server itself says that it leads.
   */
  async #leader(self: string, missing: string[]): Promise<{ name: string | null; note: string | null }> {
    const named = await this.#asker.ask({ endpoint: "leader" }, { anyStatus: true });
    if ("failure" in named) {
      missing.push(named.failure.reason);
      return { name: null, note: "Nobody could say who leads." };
    }
    const leader = readLeader(named.data);
    if (!leader) return { name: null, note: "The cluster has no leader: no job is started until one is elected." };
    const own = await this.#isLeader(leader.name === self ? this.#asker : this.#askerOf(leader.address));
    if ("failure" in own)
      return { name: null, note: `${leader.name} is named as leader, but does not answer: ${own.failure.reason}` };
    if (own.status === 200) return { name: leader.name, note: null };
    return { name: null, note: `${leader.name} is named as leader, but says that it does not lead.` };
  }

  /** 404 with JSON means "follower". */
  #isLeader(asker: Asker): Promise<Answered> {
    return asker.ask(
      { endpoint: "isLeader" },
      { anyStatus: true, timeout: Math.min(busyTimeout, this.#options.timeout) },
    );
  }

  /** Another server's HTTP is taken to be on the same port. */
  #askerOf(address: string): Asker {
    const url = new URL(this.#asker.base);
    url.hostname = address.includes(":") ? `[${address}]` : address;
    if (this.#leaderAsker?.base.href !== url.href) {
      this.#leaderAsker?.close();
      this.#leaderAsker = new Asker({ ...this.#options, url: url.href });
    }
    return this.#leaderAsker as Asker;
  }
}

function clockNotice(host: string, ahead: number): Notice {
  return {
    id: "clock",
    severity: "warning",
    message: `The clock of ${host} is ${roughly(Math.abs(ahead) / 1000)} ${ahead > 0 ? "ahead of" : "behind"} this machine's: times of jobs and executions are shown by this machine's.`,
  };
}

/** A clock that is set wrong is off by seconds or hours, that of a replay by days. */
function roughly(seconds: number): string {
  if (seconds < 180) return `${Math.round(seconds)} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3_600)} h` : `${Math.round(seconds / 86_400)} days`;
}
