// What the view knows: a mirror of the frames it was sent, with a short history of the series it watches. Knows no DOM.
import {
  type AlertStateFrame,
  type ClusterFrame,
  type EmitterState,
  type FamilyText,
  type Frame,
  groupKey,
  type History,
  type LiveEvent,
  type MetricText,
  type SeriesInfo,
  type ServerAlertFrame,
  type SourceFrame,
  type StoreFrame,
} from "../messages.ts";
import { AlertHistory, type AlertState } from "./alertHistory.ts";
import type { Column } from "./derive.ts";
import { numbered } from "./tabs/alertTexts.ts";
import { Track } from "./track.ts";

/** Seconds of history that a view keeps: the longest time range and a rate's window before it. */
const keptSeconds = 3_700;
const mostEvents = 500;

export class Model {
  readonly series = new Map<number, SeriesInfo>();
  readonly sources = new Map<string, SourceFrame>();
  readonly clusters = new Map<string, ClusterFrame>();
  readonly alerts = new Map<string, readonly ServerAlertFrame[]>();
  readonly texts = new Map<string, MetricText>();
  readonly families = new Map<string, FamilyText>();
  /** Of the open rule files. */
  ruleAlerts: readonly AlertStateFrame[] = [];
  readonly alertHistory = new AlertHistory();
  events: readonly LiveEvent[] = [];
  store: StoreFrame | undefined;
  emitter: EmitterState = { running: false, address: undefined, scenario: undefined, scenarios: [] };
  agentUrl = "";
  trusted = true;
  offline: string | undefined;
  /** Grows whenever a series comes or goes: what is derived from the set of series may be kept until then. */
  seriesVersion = 0;
  /** By file and group. */
  readonly #groups = new Map<string, readonly AlertStateFrame[]>();
  #states: ReadonlyMap<string, AlertState> = new Map();
  readonly #tracks = new Map<string, Track>();
  readonly #selections = new Map<string, { readonly version: number; readonly found: readonly SeriesInfo[] }>();

  apply(frame: Frame): void {
    this.offline = undefined;
    if (frame.full) this.#forget();
    for (const source of frame.sources ?? []) this.sources.set(source.id, source);
    for (const id of frame.removedSources ?? []) this.sources.delete(id);
    for (const info of frame.added ?? []) this.series.set(info.id, info);
    for (const id of frame.removed ?? []) this.series.delete(id);
    if (frame.added?.length || frame.removed?.length || frame.full) this.seriesVersion++;
    for (const cluster of frame.clusters ?? []) this.clusters.set(cluster.source, cluster);
    for (const { source, alerts } of frame.alerts ?? []) this.alerts.set(source, alerts);
    if (frame.ruleAlerts) this.#takeAlerts(frame.ruleAlerts);
    // Also where no alert changed: that it did not is known up to now.
    this.alertHistory.add(frame.at / 1000, this.#states);
    this.alertHistory.trim(frame.at / 1000 - keptSeconds);
    if (frame.store) this.store = frame.store;
    for (const { source, at, ids, values } of frame.columns) this.#track(source).add(at / 1000, ids, values);
    if (frame.events.length > 0) this.events = [...this.events, ...frame.events].slice(-mostEvents);
    for (const track of this.#tracks.values()) track.trim(frame.at / 1000 - keptSeconds);
  }

  #takeAlerts(groups: NonNullable<Frame["ruleAlerts"]>): void {
    for (const { file, group, alerts } of groups) {
      if (alerts.length > 0) this.#groups.set(groupKey(file, group), alerts);
      else this.#groups.delete(groupKey(file, group));
    }
    this.ruleAlerts = [...this.#groups.values()].flat();
    this.#states = new Map(numbered(this.ruleAlerts).map(({ key, state }) => [key, state]));
  }

  addHistory({ blocks }: History): void {
    for (const { source, times, ids, values } of blocks)
      this.#track(source).merge(
        times.map((time) => time / 1000),
        ids,
        values,
      );
  }

  /** Forgets the samples of all other series: 10,000 that scroll by must not stay. */
  retain(ids: ReadonlySet<number>): void {
    for (const track of this.#tracks.values()) track.retain(ids);
  }

  /** The series that are picked; `name` stands for the picking, which is done again only when the set of series changed. */
  select(name: string, pick: (info: SeriesInfo) => boolean): readonly SeriesInfo[] {
    const kept = this.#selections.get(name);
    if (kept?.version === this.seriesVersion) return kept.found;
    const found = [...this.series.values()].filter(pick);
    this.#selections.set(name, { version: this.seriesVersion, found });
    return found;
  }

  /** Time axis of a source, in seconds. */
  times(source: string): readonly number[] {
    return this.#tracks.get(source)?.times ?? [];
  }

  /** Samples of a series beside its source's time axis; empty where it is not watched yet. */
  column(info: SeriesInfo): Column {
    return this.#tracks.get(info.source)?.columns.get(info.id) ?? [];
  }

  /** The time of the oldest sample there is, in seconds. */
  oldest(): number | undefined {
    const firsts = [...this.#tracks.values()].flatMap(({ times }) => times[0] ?? []);
    return firsts.length === 0 ? undefined : Math.min(...firsts);
  }

  /** The agent's version, as the first source that knows it says. */
  version(): string | undefined {
    return [...this.sources.values()].find(({ kind, version }) => kind !== "prometheus" && version)?.version;
  }

  kindOf({ source }: SeriesInfo): SourceFrame["kind"] | undefined {
    return this.sources.get(source)?.kind;
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
    const { series, sources, clusters, alerts } = this;
    for (const map of [series, sources, clusters, alerts, this.#groups, this.#tracks, this.#selections]) map.clear();
    this.alertHistory.clear();
    this.events = [];
    this.ruleAlerts = [];
    this.#states = new Map();
  }
}
