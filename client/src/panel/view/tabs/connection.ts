// Where everything comes from: each source's state, what it has done, what it could not read, and the limits of what is kept.
import type { SourceFrame, StoreFrame } from "../../messages.ts";
import { button, element, setProse, setText } from "../dom.ts";
import { ago, clock, format } from "../format.ts";
import { send } from "../host.ts";
import type { Badge, Tab, TabParts } from "./tab.ts";

const kinds: Record<SourceFrame["kind"], string> = {
  scrape: "Scrape of /metrics",
  api: "HTTP API",
  statsd: "StatsD listener",
  dogstatsd: "DogStatsD listener",
  prometheus: "Prometheus API",
};
const tones: Record<SourceFrame["state"]["phase"], string> = {
  live: "good",
  connecting: "waiting",
  stale: "bad",
  failing: "bad",
  stopped: "bad",
};

type Fact = readonly [name: string, value: string];

export class Connection implements Tab {
  readonly name = "connection";
  readonly title = "Connection";
  readonly element: HTMLElement;
  readonly #parts: TabParts;
  readonly #grid = element("div", { class: "grid" });
  readonly #empty = element(
    "p",
    { class: "note" },
    "Nothing is connected. The settings “Agent: Url” and “Live: …” say to what.",
  );
  readonly #cards = new Map<string, SourceCard>();
  readonly #store = new FactList();
  readonly #left = element("p", { class: "warning-text" });

  constructor(parts: TabParts) {
    this.#parts = parts;
    const store = element(
      "section",
      { class: "card", "aria-label": "What is kept" },
      element("h2", {}, "What is kept"),
      this.#store.element,
      this.#left,
    );
    const retry = button("Try all now", () => send({ type: "retry" }));
    const settings = button("Settings", () => send({ type: "command", command: "openSettings" }));
    const credentials = button("Set credentials", () => send({ type: "command", command: "setCredentials" }));
    const log = button("Show log", () => send({ type: "command", command: "showOutput" }));
    this.element = element(
      "div",
      {},
      element("p", { class: "buttons" }, retry, settings, credentials, log),
      this.#empty,
      this.#grid,
      store,
    );
  }

  watched(): readonly number[] {
    return [];
  }

  badge(): Badge | undefined {
    const { sources, offline, trusted } = this.#parts.model;
    if (offline !== undefined || !trusted) return { text: "!", tone: "bad", said: "not connected" };
    const failing = [...sources.values()].filter(({ state }) => tones[state.phase] === "bad").length;
    return failing === 0 ? undefined : { text: "!", tone: "bad", said: `${failing} of ${sources.size} in trouble` };
  }

  draw(): void {
    const { sources, store } = this.#parts.model;
    for (const [id, card] of this.#cards)
      if (!sources.has(id)) {
        card.element.remove();
        this.#cards.delete(id);
      }
    for (const [id, source] of sources) {
      const card = this.#cards.get(id) ?? new SourceCard(kinds[source.kind], id);
      if (!this.#cards.has(id)) this.#grid.append(card.element);
      this.#cards.set(id, card);
      card.draw(source);
    }
    this.#empty.hidden = sources.size > 0;
    this.#store.draw(store ? storeFacts(store) : []);
    setText(this.#left, store?.leftOut ?? "");
    this.#left.hidden = store?.leftOut === undefined;
  }

  restyle(): void {
    // The cards take their colours from the style sheet.
  }
}

class SourceCard {
  readonly element: HTMLElement;
  readonly #dot = element("span", { class: "dot", "aria-hidden": "true" });
  readonly #state = element("strong", {});
  readonly #address = element("p", { class: "muted" });
  readonly #reason = element("p", {});
  readonly #facts = new FactList();
  readonly #notices = element("ul", { class: "sentences" });

  constructor(kind: string, id: string) {
    const head = element("header", {}, element("h2", {}, kind), element("span", {}, this.#dot, this.#state));
    this.element = element(
      "section",
      { class: "card", "aria-label": `${kind}, ${id}` },
      head,
      this.#address,
      this.#reason,
      this.#facts.element,
      this.#notices,
    );
  }

  draw(source: SourceFrame): void {
    const { state, address, version, notices } = source;
    this.#dot.dataset.tone = tones[state.phase];
    setText(this.#state, state.phase);
    setText(
      this.#address,
      [address, version && `version ${version}`, source.foundBy && `found by ${source.foundBy}`]
        .filter(Boolean)
        .join(" · "),
    );
    setProse(this.#reason, reasonOf(source));
    this.#reason.hidden = reasonOf(source) === "";
    this.#facts.draw(sourceFacts(source));
    const texts = notices.map(
      ({ severity, message, line }) => `${severity}: ${line === undefined ? "" : `line ${line}: `}${message}`,
    );
    if (this.#notices.childElementCount !== texts.length)
      this.#notices.replaceChildren(...texts.map(() => element("li", {})));
    for (const [index, text] of texts.entries()) setProse(this.#notices.children[index] as HTMLElement, text);
  }
}

/** Names with values, changed in place. */
class FactList {
  readonly element = element("dl", { class: "facts" });
  #names = "";

  draw(facts: readonly Fact[]): void {
    const names = facts.map(([name]) => name).join("\n");
    if (names !== this.#names) {
      this.#names = names;
      this.element.replaceChildren(...facts.flatMap(([name]) => [element("dt", {}, name), element("dd", {})]));
    }
    for (const [index, value] of [...this.element.querySelectorAll("dd")].entries())
      setText(value, facts[index]?.[1] ?? "");
  }
}

function reasonOf({ state }: SourceFrame): string {
  if (state.phase === "live") return "";
  if (state.phase === "connecting") return state.note ?? "";
  const next = "nextTry" in state && state.nextTry !== null ? ` Next try at ${clock(state.nextTry)}.` : "";
  return `${state.reason} ${state.advice}${next}`;
}

function sourceFacts({ kind, interval, state, counters }: SourceFrame): Fact[] {
  const listens = kind === "statsd" || kind === "dogstatsd";
  const facts: (Fact | undefined)[] = [
    ["every", format(interval, "ms")],
    [listens ? "packets" : "answers", format(counters.received, "count")],
    ["failed", format(counters.failed, "count")],
    fact("packets now", counters.packetsPerSecond, (value) => format(value, "per second")),
    fact("lines now", counters.linesPerSecond, (value) => format(value, "per second")),
    fact("unreadable lines", counters.badLines, (value) => format(value, "count")),
    "kernelDrops" in counters
      ? [
          "dropped by the kernel",
          counters.kernelDrops === null ? "this system does not tell" : format(counters.kernelDrops, "count"),
        ]
      : undefined,
    fact(
      "receive buffer",
      counters.receiveBuffer,
      ({ asked, effective }) => `${format(effective, "bytes")} of ${format(asked, "bytes")} asked for`,
    ),
    kind === "api" ? undefined : ["series", format(counters.series, "count")],
    fact("last answer took", counters.lastDuration, (value) => format(value, "ms")),
    fact("last answer's size", counters.lastBytes, (value) => format(value, "bytes")),
    counters.bytes === 0 ? undefined : ["read so far", format(counters.bytes, "bytes")],
    "last" in state ? ["last answer", `${clock(state.last)}, ${ago(state.last, Date.now())}`] : undefined,
  ];
  return facts.filter((entry) => entry !== undefined);
}

const fact = <Value>(name: string, value: Value | undefined, text: (value: Value) => string): Fact | undefined =>
  value === undefined ? undefined : [name, text(value)];

const storeFacts = ({ series, maxSeries, samples, bytes, maxBytes, refusedSeries }: StoreFrame): Fact[] => [
  ["series", `${format(series, "count")} of ${format(maxSeries, "count")} at most`],
  ["samples", format(samples, "count")],
  ["memory", `${format(bytes, "bytes")} of ${format(maxBytes, "bytes")} at most`],
  ["series left out", format(refusedSeries, "count")],
];
