// The stand-in cluster as a part that can be started and stopped: the bin and the extension host hold one. It must not know
// vscode, nor what an answer or a packet looks like.

import { type Aim, aimed, type Scenario } from "../../../server/src/catalog/scenario/scenario.ts";
import { resolveVersion } from "../../../server/src/catalog/versions.ts";
import { type Address, EmitterError, requireLoopback, urlOf } from "./addresses.ts";
import { answer } from "./api/answers.ts";
import { type HttpAnswer, type Listener, listen } from "./api/httpServer.ts";
import { bindAll } from "./api/listeners.ts";
import { type Clock, wallClock } from "./clock.ts";
import type { Agent } from "./life/agent.ts";
import { agentProfiles, createLife, type Life, type LifeOptions } from "./life/life.ts";
import { findScenario } from "./scenario/library.ts";
import { type Playing, playScenario } from "./scenario/play.ts";
import { openSender, type PacketSender } from "./udp.ts";

export type EmitterOptions = {
  /** Address of the first server; port 0 takes a free one. Default 127.0.0.1:8080. */
  readonly http?: Address;
  readonly statsd?: Address;
  readonly dogstatsd?: Address;
  /** `dog-statsd-tags`, `name:value`. */
  readonly tags?: readonly string[];
  /** Dkron's version; the newest known by default. */
  readonly version?: string;
  readonly servers?: number;
  readonly workers?: number;
  readonly seed?: number;
  /** How much faster than the wall's time goes; 1 by default. Ignored with a clock. */
  readonly speed?: number;
  readonly clock?: Clock;
  /** Name of a scenario, or one that was read, to begin with. */
  readonly scenario?: string | Scenario;
};

export type ServerState = {
  readonly name: string;
  readonly url: string;
  readonly up: boolean;
  readonly leader: boolean;
};

export type EmitterState = {
  readonly running: boolean;
  readonly version: string;
  /** One a server, the first one first; empty when stopped. */
  readonly servers: readonly ServerState[];
  /** Name of the scenario that plays. */
  readonly scenario: string | undefined;
};

const tick = 50;
const defaultHttp: Address = { host: "127.0.0.1", port: 8080 };
/** A longer silence of the clock is a machine that slept: what would have happened meanwhile is not lived after. */
const longestSilence = 60_000;

type Running = {
  readonly life: Life;
  readonly clock: Clock;
  readonly addresses: readonly Address[];
  readonly listeners: Map<Agent, Listener>;
  readonly senders: readonly PacketSender[];
  readonly timer: NodeJS.Timeout;
  playing: Playing | undefined;
};

/** Start, stop, play, and be told of changes. All errors of `start` and `play` are EmitterErrors with a sentence. */
export class Emitter {
  readonly #options: EmitterOptions;
  readonly #listeners = new Set<(state: EmitterState) => void>();
  #running: Running | undefined;
  #starting: Promise<EmitterState> | undefined;
  #told = "";

  /** Throws EmitterError for an address that is not on the loopback. */
  constructor(options: EmitterOptions = {}) {
    for (const name of ["http", "statsd", "dogstatsd"] as const) {
      const address = options[name];
      if (address !== undefined) requireLoopback(address.host, name);
    }
    this.#options = options;
  }

  get state(): EmitterState {
    const running = this.#running;
    const version = resolveVersion(this.#options.version);
    if (running === undefined) return { running: false, version, servers: [], scenario: undefined };
    const { cluster } = running.life;
    const servers = cluster.servers.map((agent, index) => ({
      name: agent.profile.nodeName,
      url: urlOf(running.addresses[index] ?? defaultHttp),
      up: agent.up,
      leader: cluster.leader === agent,
    }));
    return { running: true, version, servers, scenario: running.playing?.scenario.name };
  }

  /** Calls back after each change of the state, until the returned function is called. */
  on(change: (state: EmitterState) => void): () => void {
    this.#listeners.add(change);
    return () => this.#listeners.delete(change);
  }

  /** Resolves when every server answers. Rejects with EmitterError, code `address-in-use`, when a port is taken. */
  async start(): Promise<EmitterState> {
    if (this.#running !== undefined) return this.state;
    this.#starting ??= this.#start().finally(() => {
      this.#starting = undefined;
    });
    return this.#starting;
  }

  async #start(): Promise<EmitterState> {
    const options = this.#options;
    const count = Math.max(1, options.servers ?? 1);
    const bound = await bindAll(options.http ?? defaultHttp, count, (index, request) => this.#answer(index, request));
    const senders = {
      statsd: options.statsd && openSender(options.statsd),
      dogstatsd: options.dogstatsd && openSender(options.dogstatsd),
    };
    const clock = options.clock ?? wallClock(options.speed ?? 1);
    const life = createLife(lifeOptions(options, bound, senders, clock.now()));
    life.cluster.start();
    const timer = setInterval(() => this.#advance(), tick);
    this.#running = {
      life,
      clock,
      addresses: bound,
      listeners: new Map(life.cluster.servers.map((agent, index) => [agent, bound[index] as Listener])),
      senders: Object.values(senders).filter((sender) => sender !== undefined),
      timer,
      playing: undefined,
    };
    try {
      if (options.scenario !== undefined) this.play(options.scenario);
    } catch (error) {
      await this.stop();
      throw error;
    }
    this.#tell();
    return this.state;
  }

  /** Ends the scenario that plays, and what it holds. */
  calm(): void {
    this.#running?.playing?.stop();
    if (this.#running !== undefined) this.#running.playing = undefined;
    this.#tell();
  }

  async stop(): Promise<void> {
    const running = this.#running;
    if (running === undefined) return;
    this.#running = undefined;
    clearInterval(running.timer);
    for (const sender of running.senders) sender.close();
    await Promise.all([...running.listeners.values()].map((listener) => listener.close()));
    this.#tell();
  }

  /**
   * Plays a scenario instead of the one that plays; by name or as read; `aim` puts another job or node into its steps.
   * Throws EmitterError for a scenario, or a job in it, that there is not.
   */
  play(scenario: string | Scenario, aim: Aim = {}): void {
    const running = this.#running;
    if (running === undefined)
      throw new EmitterError("bad-scenario", "The emitter is stopped: start it before a scenario.");
    const found = aimed(typeof scenario === "string" ? findScenario(scenario) : scenario, aim);
    running.playing?.stop();
    running.playing = playScenario(found, running.life, () => {
      if (running.playing?.scenario === found) running.playing = undefined;
    });
    this.#tell();
  }

  /** Lives on to now, closes the ports of those who died, and opens those of who came back. */
  #advance(): void {
    const running = this.#running;
    if (running === undefined) return;
    const { life, clock } = running;
    const silence = clock.now() - life.agenda.now;
    if (silence > longestSilence * Math.max(1, this.#options.speed ?? 1)) life.agenda.skip(silence);
    life.advanceTo(clock.now());
    for (const [index, agent] of life.cluster.servers.entries()) this.#follow(running, agent, index);
    this.#tell();
  }

  #follow(running: Running, agent: Agent, index: number): void {
    const listener = running.listeners.get(agent);
    const reachable = agent.up && !agent.unreachable;
    if (!reachable && listener !== undefined) {
      running.listeners.delete(agent);
      void listener.close();
    }
    if (!reachable || listener !== undefined) return;
    const { host, port } = running.addresses[index] ?? defaultHttp;
    const opening: Listener = { host, port, close: async () => undefined };
    running.listeners.set(agent, opening);
    listen(host, port, (request) => this.#answer(index, request)).then(
      (opened) => {
        if (this.#running === running && running.listeners.get(agent) === opening) running.listeners.set(agent, opened);
        else void opened.close();
      },
      () => running.listeners.delete(agent),
    );
  }

  async #answer(index: number, request: { method: string; url: URL }): Promise<HttpAnswer | undefined> {
    const running = this.#running;
    const agent = running?.life.cluster.servers[index];
    if (running === undefined || agent === undefined) return { status: 503, headers: {}, body: "" };
    this.#advance();
    const { endpoint } = running.life.facts;
    // The agent's own time: whoever reads times out of an answer can tell by it how far they are from theirs.
    const date = new Date(running.clock.now()).toUTCString();
    if (request.url.pathname !== "/metrics" || endpoint === undefined) {
      const said = answer({ agent, life: running.life, ...request });
      return said && { ...said, headers: { ...said.headers, Date: date } };
    }
    if (agent.silent) return undefined;
    const { contentType, gzip } = endpoint;
    return { status: 200, headers: { "Content-Type": contentType, Date: date }, body: await agent.scrape(), gzip };
  }

  #tell(): void {
    const { state } = this;
    const text = JSON.stringify(state);
    if (text === this.#told) return;
    this.#told = text;
    for (const listener of this.#listeners) listener(state);
  }
}

type Senders = { readonly [name in "statsd" | "dogstatsd"]: PacketSender | undefined };

/** The cluster's options: its agents live at the addresses that were bound. */
function lifeOptions(options: EmitterOptions, bound: readonly Address[], senders: Senders, start: number): LifeOptions {
  const { servers = 1, workers = 0, version, seed, tags = [] } = options;
  const agents = agentProfiles(Math.max(1, servers), workers).map((profile, index) => ({
    ...profile,
    address: bound[index]?.host.replace("localhost", "127.0.0.1") ?? profile.address,
  }));
  const { statsd, dogstatsd } = senders;
  return {
    start,
    agents,
    globalTags: tags,
    ...(version === undefined ? {} : { version }),
    ...(seed === undefined ? {} : { seed }),
    targets: {
      ...(statsd === undefined ? {} : { statsd: statsd.send }),
      ...(dogstatsd === undefined ? {} : { dogstatsd: dogstatsd.send }),
    },
  };
}
