// Asks a Prometheus server for some expressions and its alerts at an interval. It must not know views or editors.
import type { Notice, SourceCounters, SourceSettings } from "../frames.ts";
import { Asker } from "./asker.ts";
import type { Failure } from "./faults.ts";
import { Poller } from "./poller.ts";
import { alerts, buildInfo, type Labels, type PromResult, query } from "./prometheusApi.ts";
import type { Source, SourceWorld } from "./source.ts";

type PrometheusSettings = Extract<SourceSettings, { kind: "prometheus" }>;

export class PrometheusSource implements Source {
  readonly id: string;
  readonly kind = "prometheus";
  readonly title: string;
  readonly address: string;
  readonly interval: number;
  counters: SourceCounters = { received: 0, failed: 0, bytes: 0, samples: 0, series: 0 };
  notices: readonly Notice[] = [];
  version: string | undefined;
  /** For questions of others: rules, ranges, label values. */
  readonly asker: Asker;
  readonly #settings: PrometheusSettings;
  readonly #world: SourceWorld;
  readonly #poller: Poller;

  constructor(settings: PrometheusSettings, world: SourceWorld) {
    this.#settings = settings;
    this.#world = world;
    this.asker = new Asker({ ...settings, kind: "prometheus", credentials: world.credentials });
    this.id = settings.id;
    this.title = this.asker.base.host;
    this.address = this.asker.base.href.replace(/\/$/, "");
    this.interval = settings.interval;
    const { clock, on } = world;
    this.#poller = new Poller({
      clock,
      interval: settings.interval,
      run: () => this.#run(),
      changed: () => on.changed(),
    });
  }

  get state() {
    return this.#poller.state;
  }

  retry(): void {
    this.#poller.retry();
  }

  async close(): Promise<void> {
    this.asker.close();
    await this.#poller.close();
    this.#world.intake.dispose();
  }

  /** An expression that the server refuses is a notice; only if nothing can be asked has the source failed. */
  async #run(): Promise<Failure | undefined> {
    const started = performance.now();
    const at = this.#world.clock.now();
    const held = await alerts(this.asker);
    if ("failure" in held) return this.#fail(held.failure, at);
    this.#world.on.alerts(held.data);
    if (this.version === undefined) {
      const build = await buildInfo(this.asker);
      if (!("failure" in build)) this.version = build.data;
    }
    const notices: Notice[] = [];
    const results: { readonly expression: string; readonly result: PromResult }[] = [];
    for (const [index, expression] of this.#settings.queries.entries()) {
      const said = await query(this.asker, expression, at);
      if ("failure" in said)
        notices.push({
          id: `query${index}`,
          severity: "error",
          message: `${said.failure.reason} — asked for \`${expression}\`.`,
        });
      else {
        results.push({ expression, result: said.data });
        for (const warning of said.warnings)
          notices.push({ id: `warning${index}`, severity: "warning", message: warning });
      }
    }
    const samples = this.#store(results, at);
    this.notices = notices;
    this.counters = {
      ...this.counters,
      received: this.counters.received + 1,
      lastDuration: performance.now() - started,
      samples,
      series: samples,
    };
    return undefined;
  }

  #fail(failure: Failure, at: number): Failure {
    this.counters = { ...this.counters, failed: this.counters.failed + 1 };
    this.#world.intake.open(at);
    this.#world.intake.close("gap");
    return failure;
  }

  #store(results: readonly { readonly expression: string; readonly result: PromResult }[], at: number): number {
    const { intake } = this.#world;
    let samples = 0;
    intake.open(at);
    for (const { expression, result } of results)
      for (const { labels, value } of flatten(result)) {
        const handle = this.#handle(expression, labels);
        if (handle >= 0 && intake.put(handle, value)) samples++;
      }
    intake.close("complete");
    return samples;
  }

  /** A result without a name is called by its expression. */
  #handle(expression: string, { __name__: name = expression, ...labels }: Labels): number {
    const sorted = Object.entries(labels).sort(([one], [other]) => (one < other ? -1 : 1));
    return this.#world.intake.handle({ name, labels: sorted }, () => ({
      type: "unknown",
      role: "value",
      cumulative: false,
      family: name,
      expires: false,
    }));
  }
}

/** The newest value of each series of a result; a text has none. */
function flatten(result: PromResult): readonly { readonly labels: Labels; readonly value: number }[] {
  if (result.type === "scalar") return [{ labels: {}, value: result.sample.value }];
  if (result.type === "vector") return result.series.map(({ labels, sample }) => ({ labels, value: sample.value }));
  if (result.type === "matrix")
    return result.series.flatMap(({ labels, samples }) => {
      const last = samples.at(-1);
      return last ? [{ labels, value: last.value }] : [];
    });
  return [];
}
