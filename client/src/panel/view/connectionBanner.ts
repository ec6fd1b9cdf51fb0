// To what the panel is connected, when it last heard, and if it does not: why, and what to do.
import type { SourceFrame } from "../messages.ts";
import { button, element, setText } from "./dom.ts";
import { ago, clock } from "./format.ts";
import { send } from "./host.ts";
import type { Model } from "./model.ts";

type Standing = {
  readonly tone: "good" | "waiting" | "bad";
  readonly title: string;
  readonly last: string;
  readonly reason: string;
  readonly advice: string;
};

export class ConnectionBanner {
  readonly element: HTMLElement;
  readonly #model: Model;
  readonly #dot = element("span", { class: "dot", "aria-hidden": "true" });
  readonly #title = element("strong", { "data-testid": "connection-state" });
  readonly #last = element("span", { class: "muted", "data-testid": "last-scrape" });
  readonly #reason = element("span", { "data-testid": "failure-reason" });
  readonly #advice = element("span", { class: "muted" });
  readonly #trouble: HTMLElement;
  readonly #start: HTMLButtonElement;

  constructor(model: Model) {
    this.#model = model;
    this.#start = button("Start the emitter", () => send({ type: "command", command: "startEmitter" }));
    const retry = button("Try now", () => send({ type: "retry" }));
    const settings = button("Settings", () => send({ type: "command", command: "openSettings" }));
    const trust = button("Trust", () => send({ type: "command", command: "trust" }), { class: "trust" });
    this.#trouble = element(
      "div",
      { class: "trouble", role: "status", hidden: true },
      element("p", {}, this.#reason, " ", this.#advice),
      element("p", { class: "buttons" }, retry, this.#start, settings, trust),
    );
    this.element = element(
      "div",
      { class: "banner" },
      element("p", {}, this.#dot, this.#title, " ", this.#last),
      this.#trouble,
    );
  }

  draw(): void {
    const standing = this.#standing();
    this.#dot.dataset.tone = standing.tone;
    setText(this.#title, standing.title);
    setText(this.#last, standing.last);
    setText(this.#reason, standing.reason);
    setText(this.#advice, standing.advice);
    this.#trouble.hidden = standing.reason === "";
    this.#start.hidden = this.#model.emitter.running;
    this.#trouble.querySelector<HTMLElement>(".trust")?.toggleAttribute("hidden", this.#model.trusted);
  }

  #standing(): Standing {
    const { trusted, offline, agentUrl, sources } = this.#model;
    if (!trusted)
      return {
        tone: "bad",
        title: "Not connected",
        last: "",
        reason: "This workspace is not trusted, so that nothing is sent to the address in its settings.",
        advice: "Trust it if you know who wrote them.",
      };
    if (offline !== undefined)
      return {
        tone: "bad",
        title: "The language server does not answer",
        last: "",
        reason: offline,
        advice: "Run “Dkron: Restart Language Server”.",
      };
    const scrape = [...sources.values()].find(({ kind }) => kind === "scrape");
    return scrape
      ? ofSource(scrape)
      : { tone: "waiting", title: `Connecting to ${agentUrl}`, last: "", reason: "", advice: "" };
  }
}

function ofSource({ state, address, version }: SourceFrame): Standing {
  const place = `${address}${version ? `, Dkron ${version}` : ""}`;
  const quiet = { last: "", reason: "", advice: "" };
  switch (state.phase) {
    case "live":
      return { ...quiet, tone: "good", title: `Live: ${place}`, last: `last scrape at ${clock(state.last)}` };
    case "connecting":
      return { ...quiet, tone: "waiting", title: `Connecting to ${place}`, last: state.note ?? "" };
    case "stale":
      return {
        tone: "bad",
        title: `Lost: ${place}`,
        last: `last scrape ${ago(state.last, Date.now())}`,
        reason: state.reason,
        advice: state.advice,
      };
    case "failing":
      return {
        tone: "bad",
        title: `Not connected: ${place}`,
        last: "no scrape yet",
        reason: state.reason,
        advice: state.advice,
      };
    case "stopped":
      return { tone: "bad", title: "Not connected", last: "", reason: state.reason, advice: state.advice };
  }
}
