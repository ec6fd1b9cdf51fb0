// To what the panel is connected, when it last heard, and if it does not: why, and what to do.
import type { SourceFrame } from "../messages.ts";
import { announce } from "./announcer.ts";
import { button, element, setProse, setText } from "./dom.ts";
import { ago, clock } from "./format.ts";
import { send } from "./host.ts";
import type { Model } from "./model.ts";

type Standing = {
  readonly tone: "good" | "waiting" | "bad";
  readonly title: string;
  readonly last: string;
  readonly reason: string;
  readonly advice: string;
  /** What a button can do about it, besides trying again. */
  readonly remedy?: "trust" | "restart" | "credentials";
};

export class ConnectionBanner {
  readonly element: HTMLElement;
  /** What is wrong and what to do about it, over the whole width; hidden while all is well. */
  readonly trouble: HTMLElement;
  readonly #model: Model;
  readonly #dot = element("span", { class: "dot", "aria-hidden": "true" });
  readonly #title = element("strong", { "data-testid": "connection-state" });
  readonly #last = element("span", { class: "muted", "data-testid": "last-scrape" });
  readonly #reason = element("span", { "data-testid": "failure-reason" });
  readonly #advice = element("span", { class: "muted" });
  readonly #next = element("span", { class: "muted" });
  readonly #start = button("Start the emitter", () => send({ type: "command", command: "startEmitter" }));
  readonly #retry = button("Try now", () => send({ type: "retry" }), { class: "primary" });
  readonly #trust = button("Manage trust", () => send({ type: "command", command: "trust" }), { class: "primary" });
  readonly #restart = button("Restart the server", () => send({ type: "command", command: "restartServer" }), {
    class: "primary",
  });
  readonly #credentials = button("Set credentials", () => send({ type: "command", command: "setCredentials" }));
  #said = "";

  constructor(model: Model) {
    this.#model = model;
    const settings = button("Settings", () => send({ type: "command", command: "openSettings" }));
    this.trouble = element(
      "div",
      { class: "trouble", hidden: true },
      element("p", {}, this.#reason, " ", this.#advice, " ", this.#next),
      element(
        "p",
        { class: "buttons" },
        this.#retry,
        this.#trust,
        this.#restart,
        this.#credentials,
        this.#start,
        settings,
      ),
    );
    this.element = element("p", { class: "banner" }, this.#dot, this.#title, " ", this.#last);
  }

  draw(): void {
    const standing = this.#standing();
    const { tone, title, last, reason, advice, remedy } = standing;
    this.#dot.dataset.tone = tone;
    setText(this.#title, title);
    setText(this.#last, last);
    setProse(this.#reason, reason);
    setProse(this.#advice, advice);
    setText(this.#next, this.#nextTry());
    this.trouble.hidden = reason === "";
    this.#start.hidden = this.#model.emitter.running || !this.#model.trusted;
    this.#retry.hidden = remedy === "trust" || remedy === "restart";
    this.#trust.hidden = remedy !== "trust";
    this.#restart.hidden = remedy !== "restart";
    this.#credentials.hidden = remedy !== "credentials";
    this.#say(`${title}. ${reason}`);
  }

  /** A change of state is said, the time of each scrape is not. */
  #say(text: string): void {
    if (text === this.#said) return;
    this.#said = text;
    announce(text);
  }

  #scrape(): SourceFrame | undefined {
    const sources = [...this.#model.sources.values()];
    return sources.find(({ kind }) => kind === "scrape") ?? sources[0];
  }

  #nextTry(): string {
    const state = this.#scrape()?.state;
    if (!state || !("nextTry" in state) || state.nextTry === null) return "";
    const seconds = Math.ceil((state.nextTry - Date.now()) / 1000);
    return seconds > 0 ? `Next try in ${seconds} s.` : "Trying now.";
  }

  #standing(): Standing {
    const { trusted, offline, agentUrl } = this.#model;
    const quiet = { last: "", reason: "", advice: "" };
    if (!trusted)
      return {
        ...quiet,
        tone: "bad",
        title: "Not connected",
        reason: "This workspace is not trusted, so that nothing is sent to the address in its settings.",
        advice: "Trust it if you know who wrote them.",
        remedy: "trust",
      };
    if (offline !== undefined)
      return {
        ...quiet,
        tone: "bad",
        title: "The language server does not answer",
        reason: offline,
        advice: "It comes back by itself when it restarts; if it does not, restart it.",
        remedy: "restart",
      };
    const source = this.#scrape();
    return source ? standingOf(source) : { ...quiet, tone: "waiting", title: `Connecting to ${agentUrl}` };
  }
}

function standingOf({ kind, state, address, version, counters }: SourceFrame): Standing {
  const place = `${address}${version ? `, Dkron ${version}` : ""}`;
  const quiet = { last: "", reason: "", advice: "" };
  switch (state.phase) {
    case "live":
      if (kind === "scrape" && counters.series === 0)
        return {
          tone: "bad",
          title: `No metrics: ${place}`,
          last: `last scrape at ${clock(state.last)}`,
          reason: "The last answer is not an error, but there is no series in it.",
          advice: "Something else than an agent may answer at this address.",
        };
      return { ...quiet, tone: "good", title: `Live: ${place}`, last: `last scrape at ${clock(state.last)}` };
    case "connecting":
      return { ...quiet, tone: "waiting", title: `Connecting to ${place}`, last: state.note ?? "" };
    case "stale":
      return {
        ...troubleOf(state),
        tone: "bad",
        title: `Lost: ${place}`,
        last: `last scrape at ${clock(state.last)}, ${ago(state.last, Date.now())}`,
      };
    case "failing":
      return { ...troubleOf(state), tone: "bad", title: `Not connected: ${place}`, last: "" };
    case "stopped":
      return { ...troubleOf(state), tone: "bad", title: "Not connected", last: "" };
  }
}

function troubleOf({
  reason,
  advice,
}: {
  reason: string;
  advice: string;
}): Pick<Standing, "reason" | "advice" | "remedy"> {
  return {
    reason,
    advice,
    ...(/\b(401|403|credentials)\b/.test(`${reason} ${advice}`) ? { remedy: "credentials" as const } : {}),
  };
}
