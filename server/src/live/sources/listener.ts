// Listens for StatsD or DogStatsD packets and flushes what they add up to at an interval. It must not know views or editors.
import { createSocket, type Socket } from "node:dgram";
import { isIPv6 } from "node:net";
import type { Notice, SourceCounters, SourceSettings, SourceState } from "../frames.ts";
import { Aggregator } from "../statsd/aggregator.ts";
import { kernelDrops } from "../statsd/kernelDrops.ts";
import { type BadLine, type PacketSink, readPacket } from "../statsd/packet.ts";
import type { Failure } from "./faults.ts";
import type { Source, SourceWorld } from "./source.ts";

export type ListenerSettings = Extract<SourceSettings, { kind: "statsd" | "dogstatsd" }>;

/** Room for 10,000 packets while the process is busy; the kernel's default holds 256. */
const wishedBuffer = 4 * 2 ** 20;
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
  #socket: Socket | undefined;
  #cancel: (() => void) | undefined;
  #failures = 0;
  #port: number;
  #effectiveBuffer = 0;
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
    const { host } = this.#settings;
    return `udp://${isIPv6(host) ? `[${host}]` : host}:${this.#port}`;
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
      kernelDrops: this.#socket ? kernelDrops(this.#port, this.#family) : null,
      receiveBuffer: { asked: wishedBuffer, effective: this.#effectiveBuffer },
    };
  }

  get notices(): readonly Notice[] {
    const notices: Notice[] = [];
    const socket = this.#settings.kind === "dogstatsd" ? this.#settings.socket : undefined;
    if (socket !== undefined)
      notices.push({ id: "socket", severity: "warning", message: socketMessage(socket, this.#port) });
    if (this.#effectiveBuffer > 0 && this.#effectiveBuffer < wishedBuffer)
      notices.push({
        id: "buffer",
        severity: "warning",
        message: `The kernel gave a receive buffer of ${this.#effectiveBuffer} bytes instead of ${wishedBuffer}: raise \`net.core.rmem_max\` if packets are dropped.`,
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
    if (socket) await new Promise<void>((resolve) => socket.close(resolve));
    this.#world.intake.dispose();
  }

  get #family(): 4 | 6 {
    return isIPv6(this.#settings.host) ? 6 : 4;
  }

  #bind(): void {
    const socket = createSocket({ type: this.#family === 6 ? "udp6" : "udp4" });
    this.#socket = socket;
    const sink = this.#sink();
    socket.on("message", (packet) => {
      this.#world.heard?.({ kind: "packet", sink: this.kind, payload: packet });
      this.#packets++;
      this.#bytes += packet.length;
      this.#intervalPackets++;
      const lines = readPacket(packet, sink);
      this.#lines += lines;
      this.#intervalLines += lines;
    });
    socket.on("error", (error: NodeJS.ErrnoException) => this.#fail(socket, error));
    socket.bind(this.#settings.port, this.#settings.host, () => {
      this.#failures = 0;
      this.#port = socket.address().port;
      widenBuffer(socket);
      this.#effectiveBuffer = socket.getRecvBufferSize();
      const path = this.#settings.kind === "dogstatsd" ? this.#settings.socket : undefined;
      const note =
        path === undefined ? `Listening on ${this.address}; no packet came yet.` : socketMessage(path, this.#port);
      this.state = { phase: "connecting", since: this.#world.clock.now(), note };
      this.#schedule();
      this.#world.on.changed();
    });
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

  #fail(socket: Socket, error: NodeJS.ErrnoException): void {
    if (this.#socket !== socket) return;
    this.#socket = undefined;
    this.#cancel?.();
    socket.close();
    const { clock, on } = this.#world;
    const now = clock.now();
    const wait = Math.min(30_000, 1000 * 2 ** this.#failures++);
    const since = this.state.phase === "failing" ? this.state.since : now;
    this.state = {
      phase: "failing",
      since,
      failures: this.#failures,
      ...bindFailure(error, this.address),
      nextTry: now + wait,
    };
    this.#cancel = clock.after(wait, () => this.#bind());
    on.changed();
  }
}

/** Asks for the wished size; where even asking is refused, what there is must do. */
function widenBuffer(socket: Socket): void {
  try {
    socket.setRecvBufferSize(wishedBuffer);
  } catch {
    // the effective size is read and shown right after
  }
}

function bindFailure(error: NodeJS.ErrnoException, address: string): Failure {
  if (error.code === "EADDRINUSE")
    return {
      reason: `${address} is taken: another StatsD server listens there.`,
      advice: "Stop it, or choose another port here and in the agent's configuration.",
    };
  if (error.code === "EACCES")
    return { reason: `This system does not let ${address} be listened on.`, advice: "Choose a port of 1024 or above." };
  if (error.code === "EADDRNOTAVAIL")
    return {
      reason: `${address} is not an address of this machine.`,
      advice: "Listen on 127.0.0.1, or on 0.0.0.0 for agents elsewhere.",
    };
  return { reason: `${address} cannot be listened on: ${error.message}.`, advice: "Check host and port." };
}

/** Why a unix socket is not listened on itself, and what works instead. */
function socketMessage(path: string, port: number): string {
  return `This process cannot listen on unix datagram sockets (node has none), so that \`unix://${path}\` is not read itself. Run \`socat -u UNIX-RECV:${path} UDP-SENDTO:127.0.0.1:${port}\` beside it: what it passes on is shown here.`;
}
