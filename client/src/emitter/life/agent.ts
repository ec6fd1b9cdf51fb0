// One agent of the cluster: its process, its instruments, and what it reports through go-metrics to its sinks. It must not
// know the other agents, nor why something happens to it.

import { prometheusType } from "../../../../server/src/catalog/names.ts";
import type { Sink as SinkName } from "../../../../server/src/catalog/types.ts";
import type { Agenda, Cancel } from "../agenda.ts";
import type { Random } from "../random.ts";
import type { Behaviour, Fields, Observation } from "../telemetry/behaviour.ts";
import { Exposition, type FamilyKind } from "../telemetry/exposition.ts";
import {
  type BufferedSink,
  DogstatsdSink,
  prometheusSink,
  reportKind,
  type SendPacket,
  type Sink,
  statsdSink,
} from "../telemetry/sinks.ts";
import type { VersionFacts } from "../versionFacts.ts";
import { ProcessModel } from "./processModel.ts";

/** Who an agent is, as its dkron.yml and its host say. */
export type AgentProfile = {
  /** The operating system's host name: a part of the gauges' names. */
  readonly host: string;
  readonly nodeName: string;
  /** Address that members answer, without port. */
  readonly address: string;
  readonly server: boolean;
  /** `tags` of dkron.yml. */
  readonly tags: Readonly<Record<string, string>>;
};

/** Where an agent's packets go; absent: the sink is not configured. */
export type PacketTargets = { readonly statsd?: SendPacket; readonly dogstatsd?: SendPacket };

export type AgentWorld = {
  readonly agenda: Agenda;
  readonly random: Random;
  readonly behaviour: Behaviour;
  readonly facts: VersionFacts;
  readonly targets: PacketTargets;
  /** `dog-statsd-tags`. */
  readonly globalTags: readonly string[];
};

const flushEvery = 100;
const telemetryEvery = 10_000;
const startingCollections = 3;

/** An agent that can be started, killed and started again; each start is a new process with new instruments. */
export class Agent {
  readonly profile: AgentProfile;
  readonly #world: AgentWorld;
  readonly #random: Random;
  #process: ProcessModel | undefined;
  #exposition: Exposition;
  #sinks = new Map<SinkName, Sink>();
  #buffered: BufferedSink[] = [];
  #timers: Cancel[] = [];
  #unseenPauses: number[] = [];
  #scrapes = 0;
  /** The process runs, but nobody reaches it. */
  unreachable = false;
  /** Requests for `/metrics` hang. */
  silent = false;

  constructor(profile: AgentProfile, world: AgentWorld) {
    this.profile = profile;
    this.#world = world;
    this.#random = world.random.fork(profile.nodeName);
    this.#exposition = new Exposition(() => world.agenda.now);
  }

  get up(): boolean {
    return this.#process !== undefined;
  }

  /** The process, while the agent is up. */
  get process(): ProcessModel | undefined {
    return this.#process;
  }

  get random(): Random {
    return this.#random;
  }

  start(): void {
    const { agenda } = this.#world;
    this.#process = new ProcessModel(this.#random, agenda.now, this.profile.server ? 65 : 54);
    this.#exposition = new Exposition(() => agenda.now);
    this.#scrapes = 0;
    this.#unseenPauses = [];
    this.#openSinks();
    for (let turn = 0; turn < startingCollections; turn++) this.#collected(this.#process.collect());
    this.happen("started");
    if (this.profile.server) this.happen("serverStarted");
    this.#keepTime();
  }

  /** The process ends; what its clients had not sent is lost when it was killed. */
  stop(how: "killed" | "left"): void {
    for (const cancel of this.#timers) cancel();
    this.#timers = [];
    if (how === "left") this.#flush();
    this.#process = undefined;
    this.#sinks.clear();
    this.#buffered = [];
  }

  /** Reports what the version's agent reports when this happens; nothing while the process is down. */
  happen(happening: string, fields: Fields = {}): void {
    if (!this.up || !this.#world.behaviour.has(happening)) return;
    for (const observation of this.#world.behaviour.observe(happening, fields, this.#random)) this.#report(observation);
  }

  /** The body of `/metrics` now. */
  async scrape(): Promise<string> {
    const process = this.#process;
    if (process === undefined) return "";
    process.traffic(400, 16_000);
    process.allocate(this.#random.between(40_000, 70_000));
    const fields = { ...process.figures(), scrapesAnswered: this.#scrapes++ };
    for (const { row, labels, value } of this.#world.behaviour.observe("scraped", fields, this.#random))
      this.#exposition.set(this.#nativeFacts(row.key, prometheusType(row) as FamilyKind), labels, value);
    return this.#exposition.render();
  }

  /** Families that are there now, without scraping. */
  get families(): string[] {
    return this.#exposition.names;
  }

  /** What the process does by itself, at the intervals of serf, memberlist, raft and the clients. */
  #keepTime(): void {
    const { agenda } = this.#world;
    const saturation = (): number => this.#random.between(1000, 1100);
    this.#timers = [
      agenda.after(1000 + this.#random.between(0, 90), () => this.happen("settled")),
      agenda.every(1000, () => this.#second()),
      agenda.every(200, () => this.happen("gossip")),
      agenda.every(30_000, () => this.happen("queueCheck")),
      agenda.every(flushEvery, () => this.#flush()),
    ];
    if (this.profile.server) this.#timers.push(agenda.every(saturation, () => this.happen("saturation")));
    const dogstatsd = this.#sinks.get("dogstatsd");
    if (dogstatsd instanceof DogstatsdSink)
      this.#timers.push(agenda.every(telemetryEvery, () => dogstatsd.telemetry()));
  }

  #openSinks(): void {
    const { targets, facts } = this.#world;
    this.#sinks.set("prometheus", prometheusSink(this.#exposition));
    if (targets.statsd !== undefined) this.#sinks.set("statsd", this.#keep(statsdSink(targets.statsd)));
    if (targets.dogstatsd !== undefined)
      this.#sinks.set("dogstatsd", this.#keep(new DogstatsdSink(facts.datadog, targets.dogstatsd)));
  }

  #keep<T extends BufferedSink>(sink: T): T {
    this.#buffered.push(sink);
    return sink;
  }

  #flush(): void {
    for (const sink of this.#buffered) sink.flush();
  }

  #second(): void {
    const process = this.#process;
    if (process === undefined) return;
    const collection = process.advance(this.#world.agenda.now);
    if (collection !== undefined) this.#collected(collection);
    this.happen("second", process.figures());
    for (const pause of this.#unseenPauses.splice(0)) this.happen("gcSeen", { pause });
  }

  #collected(collection: { pause: number; pauseSeconds: number }): void {
    this.#unseenPauses.push(collection.pause);
    this.happen("gc", collection);
  }

  /** A native metric lives in the process's registry alone; go-metrics rounds to float32 and asks every sink. */
  #report({ row, labels, holes, value }: Observation): void {
    if (row.naming === "native") {
      this.#exposition.record(this.#nativeFacts(row.key, prometheusType(row) as FamilyKind), labels, value);
      return;
    }
    const { host, nodeName } = this.profile;
    const origin = { host, nodeName, globalTags: this.#world.globalTags, labels: { ...labels, ...holes } };
    const report = {
      row,
      labels,
      origin,
      value: Math.fround(reportKind(row) === "counter" ? Math.round(value) : value),
    };
    for (const name of row.sinks) this.#sinks.get(name)?.take(report);
  }

  #nativeFacts(name: string, kind: FamilyKind) {
    const window = Number.POSITIVE_INFINITY;
    return { name, kind, window, ...this.#world.facts.native(name) };
  }
}
