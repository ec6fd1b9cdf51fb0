// Adds StatsD samples up and puts one column into the store at each flush. The signed-gauge rule is the caller's choice; sockets and
// clocks are not known here.
import { identify } from "../../catalog/identify.ts";
import type { Sink } from "../../catalog/types.ts";
import { textOf } from "../exposition/bytesText.ts";
import type { SeriesRole, SeriesType } from "../frames.ts";
import type { Intake } from "../store/intake.ts";
import { KeyTable } from "./keyTable.ts";
import { addTiming, clearInterval, makeTimings, quantile, type Timings } from "./metric.ts";
import type { StatsdSample, StatsdType } from "./packet.ts";

export type AggregatorOptions = {
  readonly sink: Extract<Sink, "statsd" | "dogstatsd">;
  /** `delta`: `+5|g` and `-5|g` change the gauge (Etsy, collectd). `value`: they are its value (DogStatsD, and what Dkron means). */
  readonly signedGauges: "delta" | "value";
  readonly intake: Intake;
  /** Metrics that are held at most; lines of more are left out and counted. */
  readonly maxMetrics: number;
};

type Part = { readonly suffix: string; readonly role: SeriesRole; readonly quantile?: string; handle: number };

type Metric = {
  readonly name: string;
  readonly type: StatsdType;
  readonly tags: readonly string[];
  readonly parts: Part[];
  /** Counter's total or gauge's value. */
  value: number;
  timings: Timings | undefined;
  members: Set<string> | undefined;
  /** Time of the flush after its last sample, ms. */
  updated: number;
  touched: boolean;
};

/** Like an agent's Prometheus sink: what is not updated for so long is no longer shown; its total is kept. */
const forgetAfter = 60_000;
const quantiles = ["0.5", "0.9", "0.99"] as const;

export class Aggregator {
  readonly #options: AggregatorOptions;
  readonly #keys = new KeyTable();
  #metrics: Metric[] = [];
  #generation = 0;
  /** Of metrics beyond the limit. */
  leftOutSamples = 0;

  constructor(options: AggregatorOptions) {
    this.#options = options;
    this.#generation = options.intake.generation;
  }

  get size(): number {
    return this.#metrics.length;
  }

  add(sample: StatsdSample): void {
    let number = this.#keys.find(sample);
    if (number < 0) {
      if (this.#metrics.length >= this.#options.maxMetrics) {
        this.leftOutSamples++;
        return;
      }
      number = this.#keys.add(sample);
      this.#metrics.push(makeMetric(sample));
    }
    const metric = this.#metrics[number] as Metric;
    metric.touched = true;
    switch (sample.type) {
      case "c":
        metric.value += sample.value / sample.rate;
        break;
      case "g":
        if (sample.signed && this.#options.signedGauges === "delta") metric.value += sample.value;
        else metric.value = sample.value;
        break;
      case "s":
        metric.members?.add(sample.bytes.toString("latin1", sample.valueFrom, sample.valueTo));
        break;
      default:
        if (metric.timings) addTiming(metric.timings, sample.value, sample.rate);
    }
  }

  /** Ends the interval at `at` (ms). `heard`: packets came lately, so that what did not change is still so. */
  flush(at: number, heard: boolean): void {
    const { intake } = this.#options;
    if (intake.generation !== this.#generation) {
      this.#generation = intake.generation;
      for (const metric of this.#metrics) for (const part of metric.parts) part.handle = -2;
    }
    intake.open(at);
    for (const metric of this.#metrics) {
      if (metric.touched) metric.updated = at;
      if (heard && at - metric.updated < forgetAfter) this.#put(metric);
      metric.touched = false;
      if (metric.timings && metric.timings.seen > 0) clearInterval(metric.timings);
      metric.members?.clear();
    }
    intake.close(heard ? "complete" : "gap");
    if (this.#metrics.length >= this.#options.maxMetrics) this.#forget(at);
  }

  #put(metric: Metric): void {
    const { timings } = metric;
    const sorted = timings && timings.values.length > 0 ? timings.values.sort((one, other) => one - other) : [];
    for (const part of metric.parts) {
      if (part.handle === -2) part.handle = this.#handle(metric, part);
      if (part.handle < 0) continue;
      this.#options.intake.put(
        part.handle,
        timings ? timingPart(timings, sorted, part) : (metric.members?.size ?? metric.value),
      );
    }
  }

  #handle(metric: Metric, part: Part): number {
    const { intake, sink } = this.#options;
    const labels = labelsOf(metric.tags);
    if (part.quantile !== undefined) labels.push(["quantile", part.quantile]);
    labels.sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
    return intake.handle({ name: metric.name + part.suffix, labels }, () => {
      const found = identify(metric.name, sink, {
        ...(metric.type === "c" || metric.type === "g" || metric.type === "ms" ? { type: metric.type } : {}),
        ...(sink === "dogstatsd" ? { tags: metric.tags } : {}),
      });
      const unit = part.role === "count" || part.role === "total" ? undefined : found?.row.unit;
      return {
        type: seriesType(metric.type),
        role: part.role,
        cumulative:
          part.role === "total" ||
          part.role === "sum" ||
          part.role === "count" ||
          (metric.type === "g" && found?.row.cumulative === true),
        family: metric.name,
        ...(unit === undefined ? {} : { unit }),
        ...(found === undefined ? {} : { row: found.row.id }),
        ...(found?.host === undefined ? {} : { host: found.host }),
        ...(found === undefined || Object.keys(found.labels).length === 0 ? {} : { named: found.labels }),
        expires: false,
      };
    });
  }

  /** Makes room: metrics that have not been heard of for ten times the time after which they are not shown. */
  #forget(at: number): void {
    const kept = [...this.#metrics.keys()].filter(
      (number) => at - (this.#metrics[number] as Metric).updated < 10 * forgetAfter,
    );
    if (kept.length === this.#metrics.length) return;
    this.#keys.keep(kept);
    this.#metrics = kept.map((number) => this.#metrics[number] as Metric);
  }
}

function makeMetric({ bytes, nameFrom, nameTo, type, tagsFrom, tagsTo }: StatsdSample): Metric {
  const tags = textOf(bytes, tagsFrom, tagsTo);
  return {
    name: textOf(bytes, nameFrom, nameTo),
    type,
    tags: tags === "" ? [] : tags.split(",").filter((tag) => tag !== ""),
    parts: partsOf(type),
    value: 0,
    timings: type === "ms" || type === "h" || type === "d" ? makeTimings() : undefined,
    members: type === "s" ? new Set() : undefined,
    updated: 0,
    touched: false,
  };
}

/** The series that a metric becomes. A handle of −2 is not asked for yet. */
function partsOf(type: StatsdType): Part[] {
  const handle = -2;
  if (type === "c") return [{ suffix: "", role: "total", handle }];
  if (type === "g") return [{ suffix: "", role: "value", handle }];
  if (type === "s") return [{ suffix: "", role: "statistic", handle }];
  return [
    ...quantiles.map((rank): Part => ({ suffix: "", role: "quantile", quantile: rank, handle })),
    { suffix: ".count", role: "count", handle },
    { suffix: ".sum", role: "sum", handle },
    { suffix: ".lower", role: "statistic", handle },
    { suffix: ".upper", role: "statistic", handle },
  ];
}

/** NaN where the interval had no event: as an empty quantile of a summary has it. */
function timingPart(timings: Timings, sorted: readonly number[], { role, suffix, quantile: rank }: Part): number {
  if (role === "count") return timings.count;
  if (role === "sum") return timings.sum;
  if (rank !== undefined) return quantile(sorted, Number(rank));
  if (timings.seen === 0) return Number.NaN;
  return suffix === ".lower" ? timings.least : timings.greatest;
}

function seriesType(type: StatsdType): SeriesType {
  if (type === "c") return "counter";
  return type === "g" || type === "s" ? "gauge" : "summary";
}

/** Tags as labels: `name:value`; a tag without a colon has an empty value, so that its name says all: it gets "true". The last of a name wins. */
function labelsOf(tags: readonly string[]): [string, string][] {
  const labels = new Map<string, string>();
  for (const tag of tags) {
    const colon = tag.indexOf(":");
    if (colon < 0) labels.set(tag, "true");
    else if (colon > 0 && colon < tag.length - 1) labels.set(tag.slice(0, colon), tag.slice(colon + 1));
  }
  return [...labels];
}
