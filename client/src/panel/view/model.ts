// What the view knows: a mirror of the frames it was sent, with a short history of the series it watches. Knows no DOM.
import type {
  ClusterFrame,
  EmitterState,
  Frame,
  History,
  LiveEvent,
  SampleValue,
  SeriesInfo,
  SourceFrame,
} from "../messages.ts";
import type { Column } from "./derive.ts";

/** Samples of one source's watched series on one time axis, in seconds. */
class Track {
  readonly times: number[] = [];
  readonly columns = new Map<number, (number | null)[]>();

  add(at: number, ids: readonly number[], values: readonly SampleValue[]): void {
    const last = this.times.length - 1;
    if (last >= 0 && at <= (this.times[last] ?? 0)) return;
    this.times.push(at);
    const given = new Map(ids.map((id, index) => [id, values[index] ?? null]));
    for (const [id, column] of this.columns) column.push(number(given.get(id) ?? null));
    for (const [id, value] of given) {
      if (this.columns.has(id)) continue;
      const column: (number | null)[] = new Array(this.times.length - 1).fill(null);
      column.push(number(value));
      this.columns.set(id, column);
    }
  }

  /** Forgets what is older than `oldest`, in one stroke now and then. */
  trim(oldest: number): void {
    const count = this.times.findIndex((time) => time >= oldest);
    if (count < 120) return;
    this.times.splice(0, count);
    for (const column of this.columns.values()) column.splice(0, count);
  }
}

/** What cannot be drawn is a gap. */
const number = (value: SampleValue): number | null => (typeof value === "number" ? value : null);

/** Seconds of history that a view keeps. */
const keptSeconds = 3_700;

export class Model {
  readonly series = new Map<number, SeriesInfo>();
  readonly sources = new Map<string, SourceFrame>();
  readonly clusters = new Map<string, ClusterFrame>();
  readonly events: LiveEvent[] = [];
  emitter: EmitterState = { running: false, address: undefined, scenario: undefined, scenarios: [] };
  agentUrl = "";
  trusted = true;
  offline: string | undefined;
  /** Grows whenever a series comes or goes: what is derived from the set of series may be kept until then. */
  seriesVersion = 0;
  readonly #tracks = new Map<string, Track>();

  apply(frame: Frame): void {
    this.offline = undefined;
    if (frame.full) this.#forget();
    for (const source of frame.sources ?? []) this.sources.set(source.id, source);
    for (const id of frame.removedSources ?? []) this.sources.delete(id);
    for (const info of frame.added ?? []) this.series.set(info.id, info);
    for (const id of frame.removed ?? []) this.series.delete(id);
    if (frame.added?.length || frame.removed?.length || frame.full) this.seriesVersion++;
    for (const cluster of frame.clusters ?? []) this.clusters.set(cluster.source, cluster);
    for (const column of frame.columns) this.#track(column.source).add(column.at / 1000, column.ids, column.values);
    this.events.push(...frame.events);
    this.events.splice(0, this.events.length - 500);
    for (const track of this.#tracks.values()) track.trim(frame.at / 1000 - keptSeconds);
  }

  /** Puts what the server remembers in front of what arrived since. */
  addHistory({ blocks }: History): void {
    for (const { source, times, ids, values } of blocks) {
      const track = new Track();
      for (const [row, time] of times.entries())
        track.add(
          time / 1000,
          ids,
          ids.map((_, column) => values[column]?.[row] ?? null),
        );
      const after = this.#tracks.get(source);
      const present = [...(after?.columns.keys() ?? [])];
      for (const [row, time] of (after?.times ?? []).entries())
        track.add(
          time,
          present,
          present.map((id) => after?.columns.get(id)?.[row] ?? null),
        );
      this.#tracks.set(source, track);
    }
  }

  /** Time axis of a source, in seconds. */
  times(source: string): readonly number[] {
    return this.#tracks.get(source)?.times ?? [];
  }

  /** Samples of a series beside its source's time axis. */
  column(info: SeriesInfo): Column {
    return this.#tracks.get(info.source)?.columns.get(info.id) ?? [];
  }

  #track(source: string): Track {
    let track = this.#tracks.get(source);
    if (!track) {
      track = new Track();
      this.#tracks.set(source, track);
    }
    return track;
  }

  #forget(): void {
    this.series.clear();
    this.sources.clear();
    this.clusters.clear();
    this.events.length = 0;
    this.#tracks.clear();
  }
}
