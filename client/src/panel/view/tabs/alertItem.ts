// One alert of an open rule file: the state that it is in, how it came to that, and what it would tell a person.
import type { Stretch } from "../alertHistory.ts";
import { button, element, setText } from "../dom.ts";
import { clock, format, span } from "../format.ts";
import { send } from "../host.ts";
import { doubtText, labelText, type OwnAlert, stateTones, stateWords } from "./alertTexts.ts";
import { drawStates } from "./stateStrip.ts";
import type { Span } from "./tab.ts";

export class AlertItem {
  readonly element: HTMLElement;
  readonly #state = element("span", { class: "state" });
  readonly #name: HTMLButtonElement;
  readonly #value = element("span", { class: "muted" });
  readonly #summary = element("p", { class: "summary" });
  readonly #when = element("p", { class: "when" });
  readonly #progress = element("progress", { max: 1, "aria-hidden": "true" });
  readonly #labels = element("p", { class: "labels" });
  readonly #reason = element("p", { class: "muted" });
  readonly #strip = element("div", { class: "strip-of-states" });
  #alert: OwnAlert | undefined;

  constructor() {
    this.#name = button("", () => this.#showRule(), { class: "link", title: "Show the rule" });
    const head = element("p", { class: "alert-head" }, this.#state, this.#name, this.#value);
    const when = element("div", { class: "when-row" }, this.#when, this.#progress);
    this.element = element(
      "li",
      { class: "alert" },
      head,
      this.#summary,
      when,
      this.#strip,
      this.#labels,
      this.#reason,
    );
  }

  draw(alert: OwnAlert, states: readonly Stretch[], shown: Span, now: number): void {
    this.#alert = alert;
    const { state, rule, annotations, labels, group, file, value } = alert;
    this.element.dataset.state = state;
    this.#state.dataset.tone = stateTones[state];
    setText(this.#state, stateWords[state]);
    setText(this.#name, rule);
    setText(this.#value, typeof value === "number" ? `value ${format(value, "number")}` : "");
    setText(this.#summary, annotations.summary ?? annotations.description ?? "");
    setText(this.#when, whenText(alert, now));
    const share = pendingShare(alert, now);
    this.#progress.hidden = share === undefined;
    if (share !== undefined) this.#progress.value = share;
    drawStates(this.#strip, states, shown);
    setText(this.#labels, [labelText(labels), `${group} in ${fileName(file)}`].filter(Boolean).join(" · "));
    setText(this.#reason, doubtText(alert, now));
    for (const part of [this.#summary, this.#reason]) part.hidden = part.textContent === "";
  }

  #showRule(): void {
    if (this.#alert) send({ type: "showRule", file: this.#alert.file, rule: this.#alert.rule });
  }
}

/** How far a pending alert has come on its way to firing, 0 to 1. */
function pendingShare({ state, since, firesAt }: OwnAlert, now: number): number | undefined {
  if (state !== "pending" || since === null || firesAt === undefined) return undefined;
  return Math.min(1, Math.max(0, (now - since) / (firesAt - since || 1)));
}

/** How long the condition holds and what comes of it. */
function whenText({ state, since, firesAt, keptUntil }: OwnAlert, now: number): string {
  const left = (at: number): string => span(Math.max(0, at - now));
  if (since === null) return state === "inactive" ? "Its condition does not hold." : "";
  if (keptUntil !== undefined) return `Holds no more: kept firing for ${left(keptUntil)}.`;
  const holds = `Holds since ${clock(since)} (${span(Math.max(0, now - since))})`;
  return firesAt === undefined ? `${holds}.` : `${holds}: fires in ${left(firesAt)}.`;
}

function fileName(uri: string): string {
  const name = uri.slice(uri.lastIndexOf("/") + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
