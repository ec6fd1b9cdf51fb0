// The emitter in this editor: whether it runs, what it plays, and what else it could play.
import { button, element, setText } from "./dom.ts";
import { send } from "./host.ts";
import type { Model } from "./model.ts";

export class EmitterStrip {
  readonly element: HTMLElement;
  readonly #model: Model;
  readonly #says = element("span", { class: "muted", "data-testid": "emitter-state" });
  readonly #menu = element("select", { "aria-label": "Scenario of the emitter", "data-testid": "scenario-menu" });
  readonly #start = button("Start emitter", () => send({ type: "command", command: "startEmitter" }), {
    "data-testid": "emitter-start",
  });
  readonly #stop = button("Stop emitter", () => send({ type: "command", command: "stopEmitter" }), {
    "data-testid": "emitter-stop",
  });
  #offered = "";

  constructor(model: Model) {
    this.#model = model;
    this.#menu.addEventListener("change", () => {
      if (this.#menu.value !== "") send({ type: "play", scenario: this.#menu.value });
    });
    this.element = element("div", { class: "strip" }, this.#says, this.#menu, this.#start, this.#stop);
  }

  draw(): void {
    const { running, replays = false, address, scenario, scenarios } = this.#model.emitter;
    const about = scenarios.find(({ name }) => name === scenario)?.about;
    setText(
      this.#says,
      replays ? "Emitter plays a recorded session" : stateText(running, scenario, about !== undefined),
    );
    // The menu says as much to those who see it; while there is none the words do.
    this.#says.classList.toggle("unseen", running && !replays && (scenario === undefined || about !== undefined));
    this.#menu.classList.toggle("playing", about !== undefined);
    this.#menu.title = about ?? "The emitter lives its usual life: let something happen.";
    this.#says.title = about ?? `A stand-in for an agent, in this editor${address ? `, at ${address}` : ""}.`;
    this.#start.hidden = running || !this.#model.trusted;
    this.#stop.hidden = !running;
    this.#menu.hidden = !running || replays;
    this.#offer(scenarios);
    const shown = about === undefined ? "" : (scenario ?? "");
    if (this.#menu.value !== shown && document.activeElement !== this.#menu) this.#menu.value = shown;
  }

  #offer(scenarios: readonly { readonly name: string; readonly about: string }[]): void {
    const offered = scenarios.map(({ name }) => name).join("\n");
    if (offered === this.#offered) return;
    this.#offered = offered;
    this.#menu.replaceChildren(
      element("option", { value: "" }, "Play a scenario…"),
      ...scenarios.map(({ name, about }) => element("option", { value: name, title: about }, name)),
    );
  }
}

/** The menu beside it names the scenario, unless it is one of the user's own. */
function stateText(running: boolean, scenario: string | undefined, isOffered: boolean): string {
  if (!running) return "Emitter stopped";
  if (scenario === undefined) return "Emitter runs";
  return isOffered ? "Emitter plays" : `Emitter plays “${scenario}”`;
}
