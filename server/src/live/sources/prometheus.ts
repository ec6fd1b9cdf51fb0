// Asks a Prometheus server for some expressions and its alerts at an interval. It must not know views or editors.
import type { Notice, SourceSettings } from "../frames.ts";
import { Asker } from "./asker.ts";
import type { Failure } from "./faults.ts";
import { PolledSource } from "./polledSource.ts";
import { alerts, buildInfo, type Labels, type PromResult, query } from "./prometheusApi.ts";
import type { SourceWorld } from "./source.ts";

type PrometheusSettings = Extract<SourceSettings, { kind: "prometheus" }>;

export class PrometheusSource extends PolledSource {
  readonly kind = "prometheus";
  /** For questions of others: rules, ranges, label values. */
  readonly asker: Asker;
  readonly #settings: PrometheusSettings;

  constructor(settings: PrometheusSettings, world: SourceWorld) {
    const asker = new Asker({ ...settings, kind: "prometheus", credentials: world.credentials });
    super(settings, { title: asker.base.host, address: asker.base.href.replace(/\/$/, "") }, world);
    this.asker = asker;
    this.#settings = settings;
  }

  protected hangUp(): void {
    this.asker.close();
  }

  /** An expression that the server refuses is a notice; only if nothing can be asked has the source failed. */
  protected async run(): Promise<Failure | undefined> {
    const started = performance.now();
    const at = this.world.clock.now();
    const held = await alerts(this.asker);
    if ("failure" in held) return this.#fail(held.failure, at);
    this.world.on.alerts(held.data);
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
    this.countFailure();
    this.world.intake.open(at);
    this.world.intake.close("gap");
    return failure;
  }

  #store(results: readonly { readonly expression: string; readonly result: PromResult }[], at: number): number {
    const { intake } = this.world;
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
    return this.world.intake.handle({ name, labels: sorted }, () => ({
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
