// All series of a link with their samples, within limits on series and bytes; what the limits left out is said. It must not know
// where samples come from, nor who looks at them.
import type {
  History,
  HistoryBlock,
  HistoryRequest,
  LastValues,
  LiveEvent,
  SampleValue,
  SeriesInfo,
  StoreFrame,
} from "../frames.ts";
import type { Intake } from "./intake.ts";
import { toSampleValue } from "./sampleValue.ts";
import { type SeriesFilter, SourceBlock } from "./sourceBlock.ts";

export type StoreLimits = {
  /** Span of time kept, ms. */
  readonly history: number;
  readonly maxSeries: number;
  readonly maxBytes: number;
};

/** What happens in the store, told as it happens. */
export type StoreListener = {
  added(series: SeriesInfo): void;
  removed(id: number): void;
  /** A column was closed. */
  column(block: SourceBlock): void;
  event(event: LiveEvent): void;
};

const eventsKept = 1000;

/** Series that were left out are told apart up to so many: those that come and go at the limit would be ever more. */
const mostRefused = 50_000;

export class Store {
  readonly limits: StoreLimits;
  readonly #listener: StoreListener;
  readonly #blocks = new Map<string, SourceBlock>();
  readonly #homes = new Map<number, SourceBlock>();
  readonly #events: LiveEvent[] = [];
  readonly #refused = new Set<string>();
  #nextId = 1;

  constructor(limits: StoreLimits, listener: StoreListener) {
    this.limits = limits;
    this.#listener = listener;
  }

  /** A door for a source that ticks about every `interval` ms. */
  intake(source: string, interval: number): Intake {
    const columns = Math.max(2, Math.ceil(this.limits.history / interval) + 1);
    const block: SourceBlock = new SourceBlock(source, columns, {
      nextId: () => this.#nextId++,
      admits: (rows) => this.#admits(block, rows),
      added: (info, key) => {
        this.#refused.delete(`${source} ${key}`);
        this.#homes.set(info.id, block);
        this.#listener.added(info);
      },
      removed: (id) => {
        this.#homes.delete(id);
        this.#listener.removed(id);
      },
      refused: (key) => this.#refuse(`${source} ${key}`),
      closed: () => this.#listener.column(block),
      event: (event) => this.keep(event),
      disposed: () => this.#blocks.delete(source),
    });
    this.#blocks.set(source, block);
    return block;
  }

  get seriesCount(): number {
    return this.#homes.size;
  }

  get bytes(): number {
    let bytes = 0;
    for (const block of this.#blocks.values()) bytes += block.bytes;
    return bytes;
  }

  /** All series, by source in the order they were first seen. */
  *series(): Generator<SeriesInfo> {
    for (const block of this.#blocks.values()) yield* block.series();
  }

  info(id: number): SeriesInfo | undefined {
    return this.#homes.get(id)?.info(id);
  }

  /** The newest samples, of all series if no ids are given; a series without a sample in its source's last column has null. */
  last(ids?: readonly number[]): LastValues {
    const wanted = ids ?? [...this.#homes.keys()];
    const values: SampleValue[] = [];
    const at: number[] = [];
    for (const id of wanted) {
      const block = this.#homes.get(id);
      values.push(block ? toSampleValue(block.newest(id)) : null);
      at.push(block?.time ?? 0);
    }
    return { ids: [...wanted], values, at };
  }

  history({ ids, from, to, points }: HistoryRequest): History {
    const byBlock = new Map<SourceBlock, number[]>();
    for (const id of ids) {
      const block = this.#homes.get(id);
      if (!block) continue;
      const same = byBlock.get(block);
      if (same) same.push(id);
      else byBlock.set(block, [id]);
    }
    const blocks: HistoryBlock[] = [];
    for (const [block, members] of byBlock) blocks.push(block.history(members, from, to, points));
    const events = this.#events.filter((event) => event.at >= from && event.at <= to && concerns(event, ids));
    return { blocks, events };
  }

  /** Samples of the series that are wanted, oldest first, for evaluation. Times in ms; moments without a sample are left out. */
  select(filter: SeriesFilter, from: number, to: number): SelectedSeries[] {
    const selected: SelectedSeries[] = [];
    for (const block of this.#blocks.values())
      for (const { info, times, values, gaps } of block.select(filter, from, to))
        selected.push({ series: info, times, values, gaps });
    return selected;
  }

  /** From when on there are samples, ms; undefined: there are none. What is asked for from before cannot be known. */
  oldest(): number | undefined {
    const times = [...this.#blocks.values()].flatMap((block) => block.oldest ?? []);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** The last thousand events, oldest first. */
  events(): readonly LiveEvent[] {
    return [...this.#events];
  }

  /** Keeps an event, of the store or of a source, and passes it on. */
  keep(event: LiveEvent): void {
    this.#events.push(event);
    if (this.#events.length > eventsKept) this.#events.splice(0, this.#events.length - eventsKept);
    this.#listener.event(event);
  }

  frame(): StoreFrame {
    const { maxSeries, maxBytes } = this.limits;
    const samples = [...this.#blocks.values()].reduce((sum, block) => sum + block.sampleCount, 0);
    const leftOut = this.#leftOut();
    return {
      series: this.seriesCount,
      samples,
      bytes: this.bytes,
      maxSeries,
      maxBytes,
      refusedSeries: this.#refused.size,
      ...(leftOut === "" ? {} : { leftOut }),
    };
  }

  /** Whether a block may grow to so many rows: keeps fewer moments rather than fewer series, down to `fewestColumns`. */
  #admits(block: SourceBlock, rows: number): boolean {
    if (this.seriesCount >= this.limits.maxSeries) return false;
    while (this.bytes - block.bytes + block.bytesWith(rows) > this.limits.maxBytes) if (!block.shrink()) return false;
    return true;
  }

  #refuse(key: string): void {
    if (this.#refused.size < mostRefused) this.#refused.add(key);
  }

  #leftOut(): string {
    const parts: string[] = [];
    if (this.#refused.size > 0)
      parts.push(
        `${this.#refused.size}${this.#refused.size < mostRefused ? "" : " or more"} series are not kept: the limit is ${this.limits.maxSeries} series in ${mebibytes(this.limits.maxBytes)}.`,
      );
    for (const block of this.#blocks.values())
      if (block.isShrunk)
        parts.push(
          `${block.source} keeps its last ${block.columns} moments only, so that it fits into ${mebibytes(this.limits.maxBytes)}.`,
        );
    return parts.join(" ");
  }
}

export type SelectedSeries = {
  readonly series: SeriesInfo;
  readonly times: Float64Array;
  readonly values: Float64Array;
  /** Times at which the series had no sample though its source ticked: where Prometheus has a staleness marker. */
  readonly gaps: Float64Array;
};

const mebibytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MiB`;

function concerns(event: LiveEvent, ids: readonly number[]): boolean {
  return event.series === undefined || ids.includes(event.series);
}
