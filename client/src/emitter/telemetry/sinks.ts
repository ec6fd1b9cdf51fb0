// go-metrics' sinks: how one reported value becomes a Prometheus series, a StatsD line or a DogStatsD line. They must
// not know what is reported when.
import {
  dogstatsdName,
  type Origin,
  prometheusName,
  prometheusType,
  statsdName,
  statsdType,
} from "../../../../server/src/catalog/names.ts";
import type { MetricRow } from "../../../../server/src/catalog/types.ts";
import { hash } from "../random.ts";
import type { Exposition, FamilyFacts, FamilyKind, Labels } from "./exposition.ts";
import { plainFloat, sixDecimals } from "./goNumber.ts";

export type ReportKind = "counter" | "gauge" | "sample" | "key-value";

/** One call into go-metrics: the metric, who calls, the labels' values, and the value as a float32. */
export type Report = {
  readonly row: MetricRow;
  readonly origin: Origin;
  readonly labels: Labels;
  readonly value: number;
};

export type Sink = { take(report: Report): void };

/** What go-metrics makes of a call, whatever the unit. */
export function reportKind({ instrument }: MetricRow): ReportKind {
  return instrument === "timer" || instrument === "summary" ? "sample" : instrument;
}

/** Series that nothing touched for a minute are dropped (go-metrics, prometheus/prometheus.go, DefaultPrometheusOpts). */
const expiry = 60_000;

/** Remembers what a report's row and labels make, which is asked for many times a second. */
function remembered<T>(make: (report: Report) => T): (report: Report) => T {
  const known = new Map<string, T>();
  return (report) => {
    const key = `${report.row.id}\u0000${Object.values(report.origin.labels ?? {}).join("\u0000")}`;
    let value = known.get(key);
    if (value === undefined) {
      value = make(report);
      known.set(key, value);
    }
    return value;
  };
}

/** Series of the endpoint; HELP is the name, as go-metrics leaves it. */
export function prometheusSink(exposition: Exposition): Sink {
  const factsOf = remembered(({ row, origin }): FamilyFacts => {
    const name = prometheusName(row, origin);
    return { name, help: name, kind: prometheusType(row) as FamilyKind, expiry };
  });
  return {
    take(report) {
      if (reportKind(report.row) !== "key-value") exposition.record(factsOf(report), report.labels, report.value);
    },
  };
}

/** Where packets go; a failure to send is the network's business, as it is the agent's. */
export type SendPacket = (payload: string) => void;

/** A sink with a buffer: `flush` is called each 100 ms. */
export type BufferedSink = Sink & { flush(): void };

const statsdPacket = 1400;

/** Lines `key:%f|type`, the label values as last segments of the key; packets of up to 1400 bytes. */
export function statsdSink(send: SendPacket): BufferedSink {
  const nameOf = remembered(({ row, origin }) => statsdName(row, origin));
  let buffer = "";
  let bytes = 0;
  const flush = (): void => {
    if (buffer !== "") send(buffer);
    buffer = "";
    bytes = 0;
  };
  return {
    take(report) {
      const line = `${nameOf(report)}:${sixDecimals(report.value)}|${statsdType(report.row)}\n`;
      const size = Buffer.byteLength(line);
      if (bytes + size > statsdPacket) flush();
      buffer += line;
      bytes += size;
    },
    flush,
  };
}

/** The two generations of datadog-go that Dkron was built with: see server/catalog/emitter/wire.yml. */
export type DatadogFacts = {
  /** Buffers that a metric is put into by its name's hash. */
  readonly shards: number;
  /** Whether each line ends with a newline, or newlines only stand between lines. */
  readonly trailingNewline: boolean;
  /** What the client says of itself each ten seconds. */
  readonly names: readonly string[];
  /** The tags of it. */
  readonly tags: readonly string[];
};

const dogstatsdPacket = 1432;

/**
 * Labels become tags behind the global ones; counters are whole numbers, gauges the shortest float, the rest `%f`
 * (go-metrics, datadog/dogstatsd.go). A metric waits in the buffer that its name's FNV-1a hash points at, so that one
 * flush sends several packets (datadog-go v4, statsd/statsd.go).
 */
export class DogstatsdSink implements BufferedSink {
  readonly #facts: DatadogFacts;
  readonly #send: SendPacket;
  readonly #nameOf = remembered(({ row, origin }) => dogstatsdName(row, origin));
  readonly #shards: { text: string; bytes: number }[];
  #counts = { metrics: 0, packets: 0, bytes: 0 };

  constructor(facts: DatadogFacts, send: SendPacket) {
    this.#facts = facts;
    this.#send = send;
    this.#shards = Array.from({ length: facts.shards }, () => ({ text: "", bytes: 0 }));
  }

  take(report: Report): void {
    const { row, value } = report;
    const kind = reportKind(row);
    if (kind === "key-value") return;
    const { name, tags } = this.#nameOf(report);
    const number =
      kind === "counter" ? String(Math.trunc(value)) : kind === "gauge" ? plainFloat(value) : sixDecimals(value);
    this.#counts.metrics++;
    this.#write(name, `${number}|${statsdType(row)}`, tags);
  }

  flush(): void {
    for (const shard of this.#shards) this.#flushShard(shard);
  }

  /** The client's own counts since the last time; they wait for the next flush like all else. */
  telemetry(): void {
    const { tags, names } = this.#facts;
    const counts: Record<string, number> = {
      metrics: this.#counts.metrics,
      packets_sent: this.#counts.packets,
      bytes_sent: this.#counts.bytes,
    };
    this.#counts = { metrics: 0, packets: 0, bytes: 0 };
    for (const name of names) this.#write(name, `${counts[name.split(".").at(-1) ?? ""] ?? 0}|c`, tags);
  }

  #write(name: string, value: string, tags: readonly string[]): void {
    const { shards, trailingNewline } = this.#facts;
    const shard = this.#shards[hash(name) % shards];
    if (shard === undefined) return;
    const line = `${name}:${value}${tags.length > 0 ? `|#${tags.join(",")}` : ""}`;
    const size = Buffer.byteLength(line) + 1;
    if (shard.bytes + size > dogstatsdPacket) this.#flushShard(shard);
    const between = !trailingNewline && shard.text !== "" ? "\n" : "";
    shard.text += `${between}${line}${trailingNewline ? "\n" : ""}`;
    shard.bytes += size;
  }

  #flushShard(shard: { text: string; bytes: number }): void {
    if (shard.text === "") return;
    this.#counts.packets++;
    this.#counts.bytes += Buffer.byteLength(shard.text);
    this.#send(shard.text);
    shard.text = "";
    shard.bytes = 0;
  }
}
