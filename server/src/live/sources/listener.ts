// Listens for StatsD or DogStatsD packets and flushes what they add up to at an interval. It must not know views or editors.
import type { Notice, SourceCounters, SourceSettings, SourceState } from "../frames.ts";
import { Aggregator } from "../statsd/aggregator.ts";
import { type BadLine, type PacketSink, readPacket } from "../statsd/packet.ts";
import { type DatagramEvents, type Datagrams, listenUdp, wishedBuffer } from "./datagrams.ts";
import type { Failure } from "./faults.ts";
import type { Source, SourceWorld } from "./source.ts";
import { listenUnix } from "./unixDatagrams.ts";
import { UnixSocket } from "./unixSocket.ts";

export type ListenerSettings = Extract<SourceSettings, { kind: "statsd" | "dogstatsd" }>;

/** Without a packet for so long (and three intervals) what is shown is stale. */
const quietAfter = 5_000;
const maxMetrics = 20_000;

const badLineText: Readonly<Record<BadLine, string>> = {
  noName: "have no name",
  noValue: "have no value",
  noType: "have no type",
  unknownType: "have a type that StatsD does not know",
  keyValue: "have the type `kv` (go-metrics' EmitKey), which most StatsD servers refuse",
  badNumber: "have a value that is no number",
  badRate: "have a sampling rate that is not above 0 and up to 1",
};

export class ListenerSource implements Source {
  readonly id: string;
  readonly kind: "statsd" | "dogstatsd";
  readonly title: string;
  readonly interval: number;
  readonly version = undefined;
  state: SourceState;
  readonly #settings: ListenerSettings;
  readonly #world: SourceWorld;
  readonly #aggregator: Aggregator;
  readonly #bad = new Map<BadLine, { count: number; line: string }>();
  /** The path of a unix socket that this platform cannot listen on: what is sent there needs a forwarder. */
  readonly #unheard: string | undefined;
  #socket: Datagrams | undefined;
  #bound = false;
  #cancel: (() => void) | undefined;
  #failures = 0;
  #address: string;
  #port: number;
  #packets = 0;
  #bytes = 0;
  #lines = 0;
  #badLines = 0;
  #intervalPackets = 0;
  #intervalLines = 0;
  #lastPacket: number | undefined;
  #flushed: { readonly packets: number; readonly lines: number; readonly span: number } = {
    packets: 0,
    lines: 0,
    span: 1,
  };
  #flushedAt: number;

  constructor(settings: ListenerSettings, world: SourceWorld) {
    this.#settings = settings;
    this.#world = world;
    this.id = settings.id;
    this.kind = settings.kind;
    this.title = settings.kind === "statsd" ? "StatsD" : "DogStatsD";
    this.interval = settings.interval;
    this.#port = settings.port;
    this.#address = "";
    const path = settings.kind === "dogstatsd" ? settings.socket : undefined;
    this.#unheard = path !== undefined && !UnixSocket.isAvailable() ? path : undefined;
    this.#flushedAt = world.clock.now();
    this.state = { phase: "connecting", since: this.#flushedAt };
    this.#aggregator = new Aggregator({
      sink: settings.kind,
      signedGauges: settings.kind === "statsd" ? settings.signedGauges : "value",
      intake: world.intake,
      maxMetrics,
    });
    this.#bind();
  }

  get address(): string {
    return this.#socket?.address ?? this.#address;
  }

  get counters(): SourceCounters {
    const perSecond = 1000 / this.#flushed.span;
    return {
      received: this.#packets,
      failed: this.#badLines,
      bytes: this.#bytes,
      samples: this.#flushed.lines,
      series: this.#aggregator.size,
      packetsPerSecond: this.#flushed.packets * perSecond,
      linesPerSecond: this.#flushed.lines * perSecond,
      badLines: this.#badLines,
      kernelDrops: this.#bound ? (this.#socket?.drops() ?? null) : null,
      receiveBuffer: { asked: wishedBuffer, effective: this.#buffer },
    };
  }

  get notices(): readonly Notice[] {
    const notices: Notice[] = [];
    if (this.#unheard !== undefined)
      notices.push({ id: "socket", severity: "warning", message: socketMessage(this.#unheard, this.address) });
    if (this.#buffer > 0 && this.#buffer < wishedBuffer)
      notices.push({
        id: "buffer",
        severity: "warning",
        message: `The kernel gave a receive buffer of ${this.#buffer} bytes instead of ${wishedBuffer}: raise \`net.core.rmem_max\` if packets are dropped.`,
      });
    for (const [reason, { count, line }] of this.#bad)
      notices.push({
        id: reason,
        severity: "warning",
        message: `${count} lines ${badLineText[reason]}, such as \`${line}\`.`,
      });
    if (this.#aggregator.leftOutSamples > 0)
      notices.push({
        id: "limit",
        severity: "warning",
        message: `${this.#aggregator.leftOutSamples} samples of metrics beyond the first ${maxMetrics} were left out.`,
      });
    return notices;
  }

  retry(): void {
    if (this.#socket) return;
    this.#cancel?.();
    this.#bind();
  }

  async close(): Promise<void> {
    this.#cancel?.();
    const socket = this.#socket;
    this.#socket = undefined;
    await socket?.close();
    this.#world.intake.dispose();
  }

  get #buffer(): number {
    return this.#bound ? (this.#socket?.buffer ?? 0) : 0;
  }

  #bind(): void {
    const sink = this.#sink();
    // A socket that was given up may still have something to say.
    const current = (): boolean => this.#socket === socket;
    const socket = this.#open({
      packet: (packet) => {
        if (current()) this.#take(packet, sink);
      },
      bound: () => {
        if (current()) this.#listening(socket);
      },
      failed: (failure) => {
        if (current()) this.#fail(socket, failure);
      },
    });
    this.#socket = socket;
  }

  #open(events: DatagramEvents): Datagrams {
    const settings = this.#settings;
    const path = settings.kind === "dogstatsd" ? settings.socket : undefined;
    if (path !== undefined && UnixSocket.isAvailable()) return listenUnix(path, events);
    return listenUdp(settings.host, this.#port, events);
  }

  #listening(socket: Datagrams): void {
    this.#failures = 0;
    this.#bound = true;
    this.#port = Number(/^udp:.*:(\d+)$/.exec(socket.address)?.[1] ?? this.#port);
    const note =
      this.#unheard === undefined
        ? `Listening on ${socket.address}; no packet came yet.`
        : socketMessage(this.#unheard, socket.address);
    this.state = { phase: "connecting", since: this.#world.clock.now(), note };
    this.#schedule();
    this.#world.on.changed();
  }

  #take(packet: Buffer, sink: PacketSink): void {
    this.#world.heard?.({ kind: "packet", sink: this.kind, payload: packet });
    this.#packets++;
    this.#bytes += packet.length;
    this.#intervalPackets++;
    const lines = readPacket(packet, sink);
    this.#lines += lines;
    this.#intervalLines += lines;
  }

  #sink(): PacketSink {
    return {
      sample: (sample) => this.#aggregator.add(sample),
      bad: (reason, line) => {
        this.#badLines++;
        const known = this.#bad.get(reason);
        if (known) known.count++;
        else this.#bad.set(reason, { count: 1, line: line.toString("utf8").slice(0, 120) });
      },
      other: () => {},
    };
  }

  #schedule(): void {
    this.#cancel = this.#world.clock.after(this.interval, () => {
      this.#flush();
      this.#schedule();
    });
  }

  #flush(): void {
    const at = this.#world.clock.now();
    if (this.#intervalPackets > 0) this.#lastPacket = at;
    const quiet = Math.max(quietAfter, 3 * this.interval);
    const heard = this.#lastPacket !== undefined && at - this.#lastPacket < quiet;
    this.#flushed = {
      packets: this.#intervalPackets,
      lines: this.#intervalLines,
      span: Math.max(1, at - this.#flushedAt),
    };
    this.#flushedAt = at;
    this.#intervalPackets = 0;
    this.#intervalLines = 0;
    if (this.#lastPacket !== undefined) this.#aggregator.flush(at, heard);
    this.#enter(at, heard);
    this.#world.on.changed();
  }

  #enter(at: number, heard: boolean): void {
    const last = this.#lastPacket;
    if (last === undefined) return;
    if (heard) this.state = { phase: "live", since: this.state.phase === "live" ? this.state.since : at, last };
    else
      this.state = {
        phase: "stale",
        since: this.state.phase === "stale" ? this.state.since : at,
        last,
        reason: `No packet for ${Math.round((at - last) / 1000)} s.`,
        advice: `An agent sends its runtime metrics each second: see whether it runs, and whether its ${this.kind === "statsd" ? "`statsd-addr`" : "`dog-statsd-addr`"} is this address.`,
        nextTry: null,
      };
  }

  #fail(socket: Datagrams, failure: Failure): void {
    this.#address = socket.address;
    this.#socket = undefined;
    this.#bound = false;
    this.#cancel?.();
    void socket.close();
    const { clock, on } = this.#world;
    const now = clock.now();
    const wait = Math.min(30_000, 1000 * 2 ** this.#failures++);
    const since = this.state.phase === "failing" ? this.state.since : now;
    this.state = {
      phase: "failing",
      since,
      failures: this.#failures,
      ...failure,
      nextTry: now + wait,
    };
    this.#cancel = clock.after(wait, () => this.#bind());
    on.changed();
  }
}

/** Why a unix socket is not listened on itself, and what works instead. */
function socketMessage(path: string, address: string): string {
  const port = /\d+$/.exec(address)?.[0] ?? "8125";
  return `On this platform unix datagram sockets cannot be listened on (node has none), so that \`unix://${path}\` is not read itself. Run \`socat -u UNIX-RECV:${path} UDP-SENDTO:127.0.0.1:${port}\` beside it: what it passes on is shown here.`;
}
