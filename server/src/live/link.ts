// The link to agents: sources, store and the views that look at them, for as long as somebody does. Views get what changed at each tick;
// it must not know sockets, editors or how anything is drawn.
import {
  type ClusterFrame,
  type ExecutionFrame,
  type Frame,
  type GroupAlertsFrame,
  groupKey,
  type History,
  type HistoryRequest,
  type LastValues,
  type LinkSettings,
  type SampleColumn,
  type SampleValue,
  type ServerAlertFrame,
  type SourceFrame,
  type SourceSettings,
  type StoreFrame,
} from "./frames.ts";
import { type Recorded, type Recorder, startRecording } from "./record/recorder.ts";
import { ApiSource } from "./sources/api.ts";
import type { Failure } from "./sources/faults.ts";
import { makeSource } from "./sources/makeSource.ts";
import { PrometheusSource } from "./sources/prometheus.ts";
import { realClock } from "./sources/realClock.ts";
import type { Clock, Credentials, Source, SourceWorld } from "./sources/source.ts";
import { toSampleValue } from "./store/sampleValue.ts";
import type { SeriesFilter, SourceBlock } from "./store/sourceBlock.ts";
import { type SelectedSeries, Store } from "./store/store.ts";
import { LinkView, type Subscription } from "./view.ts";

export type LinkOptions = {
  readonly settings: LinkSettings;
  /** False: the workspace is not trusted, and nothing is sent anywhere. */
  readonly trusted: boolean;
  /** Asked before each request that may need them; what it gives is used and forgotten. */
  readonly credentials: (origin: string) => Promise<Credentials | undefined>;
  readonly clock?: Clock;
};

/** Changes within so many ms go into one frame. */
const gather = 50;

type Running = { readonly source: Source; readonly settings: SourceSettings; readonly foundBy: string | undefined };

export class Link {
  readonly #options: LinkOptions;
  readonly #clock: Clock;
  readonly #store: Store;
  readonly #running = new Map<string, Running>();
  readonly #clusters = new Map<string, ClusterFrame>();
  readonly #alerts = new Map<string, readonly ServerAlertFrame[]>();
  readonly #views = new Set<LinkView>();
  readonly #ruleAlerts = new Map<string, GroupAlertsFrame>();
  #recorder: Recorder | undefined;
  #cancelTick: (() => void) | undefined;
  #closed = false;

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#clock = options.clock ?? realClock;
    const { history, maxSeries, maxBytes } = options.settings;
    const each = (tell: (view: LinkView) => void): void => {
      for (const view of this.#views) tell(view);
      this.#tickSoon();
    };
    this.#store = new Store(
      { history, maxSeries, maxBytes },
      {
        added: (series) => each((view) => view.add(series)),
        removed: (id) => each((view) => view.remove(id)),
        column: (block) => each((view) => view.take(columnOf(block, view.watched))),
        event: (event) => each((view) => view.tell(event)),
      },
    );
    if (options.trusted) for (const source of options.settings.sources) this.#start(source);
  }

  /** Begins a view. Its first frame is full; then it gets what changed, whenever something did. */
  subscribe(listener: (frame: Frame) => void): Subscription {
    const view: LinkView = new LinkView(listener, {
      close: () => this.#views.delete(view),
      changed: () => this.#tickSoon(),
    });
    this.#views.add(view);
    this.#tickSoon();
    return view;
  }

  /** All that a view would know now, but samples. */
  snapshot(): Frame {
    return this.#fullFrame(0);
  }

  history(request: HistoryRequest): History {
    return this.#store.history(request);
  }

  /** The newest sample of the series, of all if no ids are given. */
  last(ids?: readonly number[]): LastValues {
    return this.#store.last(ids);
  }

  /** Samples of the series that are wanted, for evaluation; times in ms. */
  select(filter: SeriesFilter, from: number, to: number): readonly SelectedSeries[] {
    return this.#store.select(filter, from, to);
  }

  /** From when on there are samples at all, ms: what is asked for from before cannot be known. */
  oldest(): number | undefined {
    return this.#store.oldest();
  }

  /** The executions of a job that an API source's agent keeps. */
  async executions(source: string, job: string): Promise<readonly ExecutionFrame[] | Failure> {
    const found = this.#running.get(source)?.source;
    if (found instanceof ApiSource) return found.executions(job);
    return { reason: `${source} is no source of an HTTP API.`, advice: "Add one for a server of the cluster." };
  }

  /** A Prometheus source, for questions of one's own: see sources/prometheusApi.ts. */
  prometheus(source: string): PrometheusSource | undefined {
    const found = this.#running.get(source)?.source;
    return found instanceof PrometheusSource ? found : undefined;
  }

  /** Shows the views what alerts of the open rule files would do: whoever evaluates them tells the groups that changed. */
  showRuleAlerts(groups: readonly GroupAlertsFrame[]): void {
    for (const told of groups) {
      const key = groupKey(told.file, told.group);
      if (told.alerts.length > 0) this.#ruleAlerts.set(key, told);
      else this.#ruleAlerts.delete(key);
    }
    this.#tell((view) => view.ruleAlerts(groups));
  }

  /** Keeps from now on what is heard in a folder, in the form that the emitter replays. Rejects where it can't be made. */
  async record(folder: string): Promise<void> {
    this.#recorder = await startRecording(folder, () => this.#clock.now());
  }

  /** Ends the recording; undefined if there was none. Rejects where something could not be written. */
  async stopRecording(): Promise<Recorded | undefined> {
    const recorder = this.#recorder;
    this.#recorder = undefined;
    const versions = [...this.#running.values()].flatMap(({ source }) => source.version ?? []);
    return recorder?.stop(versions[0] ?? "unknown");
  }

  /** Tries all sources now, whatever their next try. */
  retry(): void {
    for (const { source } of this.#running.values()) source.retry();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.stopRecording();
    this.#cancelTick?.();
    this.#views.clear();
    await Promise.all([...this.#running.values()].map(({ source }) => source.close()));
    this.#running.clear();
  }

  #start(settings: SourceSettings, foundBy?: string): void {
    const { id } = settings;
    const world: SourceWorld = {
      clock: this.#clock,
      intake: this.#store.intake(id, settings.interval),
      credentials: this.#options.credentials,
      heard: (heard) => this.#recorder?.take(heard),
      on: {
        changed: () => this.#changed(id),
        event: (event) => this.#store.keep(event),
        cluster: (frame) => {
          this.#clusters.set(id, frame);
          this.#tell((view) => view.cluster(frame));
        },
        alerts: (alerts) => {
          this.#alerts.set(id, alerts);
          this.#tell((view) => view.alerts(id, alerts));
        },
        servers: (urls) => this.#follow(id, settings, urls),
      },
    };
    this.#running.set(id, { source: makeSource(settings, world), settings, foundBy });
    this.#changed(id);
  }

  /** Scrapes the servers that a source found, and no longer those that are gone. */
  #follow(parent: string, settings: SourceSettings, urls: readonly string[]): void {
    if (settings.kind !== "scrape" || this.#closed) return;
    const wanted = new Map(urls.map((url) => [`${parent}/${new URL(url).host}`, url]));
    for (const [id, { source, foundBy }] of this.#running) {
      if (foundBy !== parent || wanted.has(id)) continue;
      this.#running.delete(id);
      this.#tell((view) => view.removeSource(id));
      void source.close();
    }
    for (const [id, url] of wanted)
      if (!this.#running.has(id)) this.#start({ ...settings, id, url, everyServer: false }, parent);
  }

  #changed(id: string): void {
    this.#tell((view) => view.source(id));
  }

  #tell(tell: (view: LinkView) => void): void {
    for (const view of this.#views) tell(view);
    this.#tickSoon();
  }

  #tickSoon(): void {
    if (this.#cancelTick || this.#closed || this.#views.size === 0) return;
    this.#cancelTick = this.#clock.after(gather, () => {
      this.#cancelTick = undefined;
      this.#tick();
    });
  }

  #tick(): void {
    let store: StoreFrame | undefined;
    for (const view of this.#views)
      view.flush({
        at: this.#clock.now(),
        full: (sequence) => this.#fullFrame(sequence),
        source: (id) => this.#sourceFrame(id),
        store: () => {
          store ??= this.#store.frame();
          return store;
        },
      });
  }

  #fullFrame(sequence: number): Frame {
    const ids = this.#options.trusted ? [...this.#running.keys()] : this.#options.settings.sources.map(({ id }) => id);
    return {
      sequence,
      at: this.#clock.now(),
      full: true,
      sources: ids.flatMap((id) => this.#sourceFrame(id) ?? []),
      added: [...this.#store.series()],
      columns: [],
      events: this.#store.events(),
      clusters: [...this.#clusters.values()],
      alerts: [...this.#alerts].map(([source, alerts]) => ({ source, alerts })),
      ruleAlerts: [...this.#ruleAlerts.values()],
      store: this.#store.frame(),
    };
  }

  #sourceFrame(id: string): SourceFrame | undefined {
    const running = this.#running.get(id);
    if (!running) return this.#options.trusted ? undefined : this.#untrusted(id);
    const { source, foundBy } = running;
    return {
      id,
      kind: source.kind,
      ...(foundBy === undefined ? {} : { foundBy }),
      title: source.title,
      address: source.address,
      interval: source.interval,
      state: source.state,
      ...(source.version === undefined ? {} : { version: source.version }),
      counters: source.counters,
      notices: source.notices,
    };
  }

  #untrusted(id: string): SourceFrame | undefined {
    const settings = this.#options.settings.sources.find((source) => source.id === id);
    if (!settings) return undefined;
    return {
      id,
      kind: settings.kind,
      title: id,
      address: "",
      interval: settings.interval,
      state: {
        phase: "stopped",
        reason: "This workspace is not trusted, so that nothing is sent to the addresses in its settings.",
        advice: "Trust the workspace if you know who wrote them.",
      },
      counters: { received: 0, failed: 0, bytes: 0, samples: 0, series: 0 },
      notices: [],
    };
  }
}

/** The newest column of a source, of the watched series only. */
function columnOf(block: SourceBlock, watched: ReadonlySet<number>): SampleColumn {
  const ids: number[] = [];
  const values: SampleValue[] = [];
  for (const id of watched) {
    if (!block.has(id)) continue;
    ids.push(id);
    values.push(toSampleValue(block.newest(id)));
  }
  return { source: block.source, at: block.time, ids, values };
}
