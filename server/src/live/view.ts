// What one view has not been told yet, gathered into frames. It must not know where things come from, nor what the view draws.
import {
  type ClusterFrame,
  type Frame,
  type GroupAlertsFrame,
  groupKey,
  type LiveEvent,
  type SampleColumn,
  type SeriesInfo,
  type ServerAlertFrame,
  type SourceFrame,
  type StoreFrame,
} from "./frames.ts";

/** What a subscriber holds. */
export type Subscription = {
  /** Series whose samples the frames hold from now on; replaces the choice before. */
  watch(ids: readonly number[]): void;
  /** A hidden view gets no frames; shown again, its next one is full. */
  setVisible(visible: boolean): void;
  dispose(): void;
};

/** Where a frame's parts come from at the time it is made. */
export type FrameParts = {
  readonly at: number;
  full(sequence: number): Frame;
  source(id: string): SourceFrame | undefined;
  store(): StoreFrame;
};

/** A view that takes no frames in time is not told everything: it begins anew. */
const mostColumns = 600;
const mostEvents = 500;
/** Series in one frame: more would keep a keystroke waiting while they are written. The rest follows in the next ones. */
const mostAdded = 1000;

export class LinkView implements Subscription {
  readonly #listener: (frame: Frame) => void;
  readonly #host: { close(): void; changed(): void };
  watched: ReadonlySet<number> = new Set();
  #visible = true;
  #full = true;
  #sequence = 0;
  /** By id, in the order in which they came. */
  readonly #added = new Map<number, SeriesInfo>();
  #removed: number[] = [];
  #columns: SampleColumn[] = [];
  #events: LiveEvent[] = [];
  readonly #sources = new Set<string>();
  readonly #removedSources = new Set<string>();
  readonly #clusters = new Map<string, ClusterFrame>();
  readonly #alerts = new Map<string, readonly ServerAlertFrame[]>();
  readonly #ruleAlerts = new Map<string, GroupAlertsFrame>();

  constructor(listener: (frame: Frame) => void, host: { close(): void; changed(): void }) {
    this.#listener = listener;
    this.#host = host;
  }

  watch(ids: readonly number[]): void {
    this.watched = new Set(ids);
  }

  setVisible(visible: boolean): void {
    if (visible === this.#visible) return;
    this.#visible = visible;
    this.#startAnew();
    this.#host.changed();
  }

  dispose(): void {
    this.#visible = false;
    this.#startAnew();
    this.#host.close();
  }

  add(series: SeriesInfo): void {
    if (this.#isTold) this.#added.set(series.id, series);
  }

  remove(id: number): void {
    if (this.#isTold && !this.#added.delete(id)) this.#removed.push(id);
  }

  take(column: SampleColumn): void {
    if (!this.#isTold || column.ids.length === 0) return;
    this.#columns.push(column);
    if (this.#columns.length > mostColumns) this.#startAnew();
  }

  tell(event: LiveEvent): void {
    if (!this.#isTold) return;
    this.#events.push(event);
    if (this.#events.length > mostEvents) this.#events.splice(0, this.#events.length - mostEvents);
  }

  source(id: string): void {
    if (!this.#isTold) return;
    this.#removedSources.delete(id);
    this.#sources.add(id);
  }

  removeSource(id: string): void {
    if (!this.#isTold) return;
    this.#sources.delete(id);
    this.#removedSources.add(id);
  }

  cluster(frame: ClusterFrame): void {
    if (this.#isTold) this.#clusters.set(frame.source, frame);
  }

  alerts(source: string, alerts: readonly ServerAlertFrame[]): void {
    if (this.#isTold) this.#alerts.set(source, alerts);
  }

  ruleAlerts(groups: readonly GroupAlertsFrame[]): void {
    if (this.#isTold) for (const told of groups) this.#ruleAlerts.set(groupKey(told.file, told.group), told);
  }

  /** Sends what has gathered, if anything has and the view can see it. */
  flush(parts: FrameParts): void {
    if (!this.#visible) return;
    if (this.#full) {
      this.#full = false;
      const frame = parts.full(this.#sequence++);
      for (const series of frame.added ?? []) this.#added.set(series.id, series);
      this.#listener({ ...frame, added: this.#takeAdded() });
    } else {
      const frame = this.#gather(parts);
      this.#clear();
      if (frame) this.#listener(frame);
    }
    if (this.#added.size > 0) this.#host.changed();
  }

  /** As many as fit into a frame. */
  #takeAdded(): SeriesInfo[] {
    const taken: SeriesInfo[] = [];
    for (const [id, series] of this.#added) {
      if (taken.length === mostAdded) break;
      taken.push(series);
      this.#added.delete(id);
    }
    return taken;
  }

  /** Before its full frame a view need not be told anything. */
  get #isTold(): boolean {
    return this.#visible && !this.#full;
  }

  #gather(parts: FrameParts): Frame | undefined {
    const added = this.#takeAdded();
    const sources = [...this.#sources].flatMap((id) => parts.source(id) ?? []);
    const frame = {
      ...(sources.length > 0 ? { sources } : {}),
      ...(this.#removedSources.size > 0 ? { removedSources: [...this.#removedSources] } : {}),
      ...(added.length > 0 ? { added } : {}),
      ...(this.#removed.length > 0 ? { removed: this.#removed } : {}),
      ...(this.#clusters.size > 0 ? { clusters: [...this.#clusters.values()] } : {}),
      ...(this.#alerts.size > 0 ? { alerts: [...this.#alerts].map(([source, alerts]) => ({ source, alerts })) } : {}),
      ...(this.#ruleAlerts.size > 0 ? { ruleAlerts: [...this.#ruleAlerts.values()] } : {}),
    };
    if (Object.keys(frame).length === 0 && this.#columns.length === 0 && this.#events.length === 0) return undefined;
    const [columns, events] = [this.#columns, this.#events];
    return { sequence: this.#sequence++, at: parts.at, full: false, ...frame, columns, events, store: parts.store() };
  }

  #startAnew(): void {
    this.#full = true;
    this.#added.clear();
    this.#clear();
  }

  #clear(): void {
    this.#removed = [];
    this.#columns = [];
    this.#events = [];
    this.#sources.clear();
    this.#removedSources.clear();
    this.#clusters.clear();
    this.#alerts.clear();
    this.#ruleAlerts.clear();
  }
}
