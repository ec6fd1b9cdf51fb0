// The instruments of one agent's process and the text of its `/metrics`, written as Go's client writes it. It must not
// know which metrics an agent has, nor why a value changes.
import { Counter, Gauge, Registry } from "prom-client";
import { goFloat } from "./goNumber.ts";
import { WindowSummary } from "./windowSummary.ts";

export type Labels = Readonly<Record<string, string>>;

export type FamilyKind = "counter" | "gauge" | "summary";

/** What a family is, said with each value; only the first time counts. */
export type FamilyFacts = {
  readonly name: string;
  readonly kind: FamilyKind;
  readonly help: string;
  /** go-metrics' sink drops a series that was not touched for this many milliseconds; absent: never. */
  readonly expiry?: number;
  /** Of a summary. */
  readonly quantiles?: readonly number[];
  readonly window?: number;
};

type Family = {
  readonly facts: FamilyFacts;
  readonly head: string;
  readonly instrument: Counter<string> | Gauge<string> | WindowSummary;
  readonly touched: Map<string, { labels: Labels; at: number }>;
  /** Positions of the instrument's values in printed order, and what stands before each; undefined: to be made. */
  lines: { order: number[]; prefixes: string[] } | undefined;
};

/** prometheus.go of go-metrics: a timer's or sample's objectives and the ten seconds they look back. */
const sampleQuantiles = [0.5, 0.9, 0.99];
const sampleWindow = 10_000;

/** `now` in milliseconds: expiry and the summaries' windows follow it, not the wall. */
export class Exposition {
  /** prom-client's own registry of the same instruments, for those who want its text or its JSON. */
  readonly registry = new Registry();
  readonly #now: () => number;
  readonly #families = new Map<string, Family>();
  #sorted: Family[] | undefined;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Adds to a counter, sets a gauge, observes in a summary, as the family's kind says. */
  record(facts: FamilyFacts, labels: Labels, value: number): void {
    const family = this.#family(facts, labels);
    this.#touch(family, labels);
    if (family.instrument instanceof Counter) family.instrument.inc(labels, value);
    else if (family.instrument instanceof Gauge) family.instrument.set(labels, value);
    else family.instrument.observe(labels, value);
  }

  /** Sets a counter that is kept elsewhere: the process's own, read at each scrape. */
  set(facts: FamilyFacts, labels: Labels, value: number): void {
    const family = this.#families.get(facts.name);
    if (family?.instrument instanceof Counter) family.instrument.remove(labels);
    if (family !== undefined && facts.kind === "counter") family.lines = undefined;
    this.record(facts, labels, value);
  }

  /** Names of the families there are now, sorted; nothing is expired by asking. */
  get names(): string[] {
    return this.#inOrder().map((family) => family.facts.name);
  }

  /** The body of one scrape. What is too old goes first, as the sink's Collect does. */
  async render(): Promise<string> {
    this.#expire();
    let text = "";
    for (const family of this.#inOrder()) {
      const { values } = await family.instrument.get();
      family.lines ??= linesOf(family.facts, values);
      const { order, prefixes } = family.lines;
      text += family.head;
      for (let index = 0; index < order.length; index++)
        text += `${prefixes[index]}${goFloat(values[order[index] as number]?.value ?? Number.NaN)}\n`;
    }
    return text;
  }

  #family(facts: FamilyFacts, labels: Labels): Family {
    const known = this.#families.get(facts.name);
    if (known !== undefined) return known;
    const instrument = this.#instrument(facts, Object.keys(labels));
    const head = `# HELP ${facts.name} ${escapeHelp(facts.help)}\n# TYPE ${facts.name} ${facts.kind}\n`;
    const family: Family = { facts, head, instrument, touched: new Map(), lines: undefined };
    this.registry.registerMetric(instrument as Counter<string>);
    this.#families.set(facts.name, family);
    this.#sorted = undefined;
    return family;
  }

  #instrument(facts: FamilyFacts, labelNames: string[]): Family["instrument"] {
    const { name, help } = facts;
    if (facts.kind === "counter") return new Counter({ name, help, labelNames, registers: [] });
    if (facts.kind === "gauge") return new Gauge({ name, help, labelNames, registers: [] });
    const quantiles = [...(facts.quantiles ?? sampleQuantiles)];
    return new WindowSummary({
      name,
      help,
      labelNames,
      quantiles,
      window: facts.window ?? sampleWindow,
      now: this.#now,
    });
  }

  #touch(family: Family, labels: Labels): void {
    const key = Object.values(labels).join("\u0000");
    const known = family.touched.get(key);
    if (known !== undefined) {
      known.at = this.#now();
      return;
    }
    family.touched.set(key, { labels, at: this.#now() });
    family.lines = undefined;
  }

  #expire(): void {
    for (const [name, family] of this.#families) {
      const { expiry } = family.facts;
      if (expiry === undefined) continue;
      for (const [key, { labels, at }] of family.touched) {
        if (at + expiry >= this.#now()) continue;
        family.touched.delete(key);
        remove(family.instrument, labels);
        family.lines = undefined;
      }
      if (family.touched.size > 0) continue;
      this.#families.delete(name);
      this.registry.removeSingleMetric(name);
      this.#sorted = undefined;
    }
  }

  #inOrder(): Family[] {
    this.#sorted ??= [...this.#families.values()].sort((a, b) => compare(a.facts.name, b.facts.name));
    return this.#sorted;
  }
}

/** One call a class: together their overloads do not resolve. */
function remove(instrument: Family["instrument"], labels: Labels): void {
  if (instrument instanceof Counter) instrument.remove(labels);
  else if (instrument instanceof Gauge) instrument.remove(labels);
  else instrument.remove(labels);
}

type Value = { metricName?: string; labels: Readonly<Record<string, string | number | undefined>> };

/** Series sorted by their labels' values; the lines of one summary stay together in the order of the instrument. */
function linesOf(facts: FamilyFacts, values: readonly Value[]): { order: number[]; prefixes: string[] } {
  const pairs = values.map(({ labels }) =>
    Object.entries(labels)
      .filter(([name]) => name !== "quantile")
      .sort(([a], [b]) => compare(a, b)),
  );
  const sortKeys = pairs.map((labels) => labels.map(([, value]) => String(value)).join("\u0000"));
  const order = values.map((_, index) => index).sort((a, b) => compare(sortKeys[a] ?? "", sortKeys[b] ?? "") || a - b);
  const prefixes = order.map((index) => {
    const { metricName, labels } = values[index] as Value;
    const all = [...(pairs[index] ?? [])];
    if (labels.quantile !== undefined) all.push(["quantile", goFloat(Number(labels.quantile))]);
    const text = all.map(([name, value]) => `${name}="${escapeLabel(String(value))}"`).join(",");
    return `${metricName ?? facts.name}${text === "" ? "" : `{${text}}`} `;
  });
  return { order, prefixes };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function escapeHelp(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
}

function escapeLabel(text: string): string {
  return escapeHelp(text).replaceAll('"', '\\"');
}
