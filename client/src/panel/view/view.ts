// The panel as a whole: joins model, tabs and frame, takes messages in, and draws once a tick what is in sight.
import type { HostMessage } from "../messages.ts";
import { announcer } from "./announcer.ts";
import { ConnectionBanner } from "./connectionBanner.ts";
import { element } from "./dom.ts";
import { EmitterStrip } from "./emitterStrip.ts";
import { Executions } from "./executions.ts";
import { readState, send, writeState } from "./host.ts";
import { Model } from "./model.ts";
import { Pins } from "./pins.ts";
import { TabBar } from "./tabBar.ts";
import { Alerts } from "./tabs/alerts.ts";
import { Cluster } from "./tabs/cluster.ts";
import { Connection } from "./tabs/connection.ts";
import { Jobs } from "./tabs/jobs.ts";
import { Metrics } from "./tabs/metrics.ts";
import { Overview } from "./tabs/overview.ts";
import type { TabParts } from "./tabs/tab.ts";
import { toolbar } from "./toolbar.ts";

/** Before the first moment in sight a rate needs samples too. */
const rateMillis = 90_000;
/** Milliseconds for which messages gather before they are drawn. */
const calm = 250;
/** Seconds that the time axis has at least. */
const shortestSpan = 60;

export class View {
  readonly element: HTMLElement;
  readonly #model = new Model();
  readonly #executions = new Executions((source, job) => send({ type: "executions", source, job }));
  readonly #tabs: TabBar;
  readonly #banner = new ConnectionBanner(this.#model);
  readonly #strip = new EmitterStrip(this.#model);
  #spanMillis = readState().spanMillis;
  #pausedAt: number | undefined;
  #watched: ReadonlySet<number> = new Set();
  #watchedVersion = -1;
  #waiting = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #askedVersion = "";

  constructor() {
    const parts: TabParts = {
      model: this.#model,
      executions: this.#executions,
      pins: new Pins(() => this.#changed()),
      rewatch: () => this.#watch(),
      redraw: () => this.drawSoon(),
    };
    const tabs = [
      new Overview(parts),
      new Metrics(parts),
      new Jobs(parts),
      new Cluster(parts),
      new Alerts(parts),
      new Connection(parts),
    ];
    this.#tabs = new TabBar(tabs, readState().tab, (tab) => {
      writeState({ tab });
      this.#changed();
    });
    const controls = element("div", { class: "controls" }, this.#toolbar(), this.#strip.element);
    const top = element("header", { class: "top" }, this.#banner.element, controls, this.#banner.trouble);
    this.element = element(
      "main",
      { "data-testid": "live-panel" },
      element("h1", { class: "unseen" }, "Dkron live metrics"),
      top,
      this.#tabs.element,
      this.#tabs.panels,
      announcer,
    );
  }

  receive(message: HostMessage): void {
    switch (message.type) {
      case "hello":
        this.#model.agentUrl = message.agentUrl;
        this.#model.trusted = message.trusted;
        break;
      case "frame":
        this.#model.apply(message.frame);
        if (message.frame.full) this.#forget();
        for (const cluster of message.frame.clusters ?? []) this.#executions.follow(cluster);
        this.#askFamilies();
        if (this.#model.seriesVersion !== this.#watchedVersion) this.#watch();
        break;
      case "history":
        this.#model.addHistory(message.history);
        break;
      case "executions":
        this.#executions.add(message.job, message.executions);
        break;
      case "texts":
        for (const text of message.texts) this.#model.texts.set(text.row, text);
        break;
      case "families":
        for (const text of message.families) this.#model.families.set(text.family, text);
        break;
      case "emitter":
        this.#model.emitter = message.state;
        break;
      case "offline":
        this.#model.offline = message.reason;
        // A server that starts again is back in a tenth of a second: what was said meanwhile would never be drawn.
        this.drawSoon();
        break;
      case "last":
        break;
    }
    this.#drawLater();
  }

  restyle(): void {
    this.#tabs.open.restyle();
    this.drawSoon();
  }

  /** What came in is drawn a few times a second, however many messages it came in. */
  #drawLater(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.drawSoon();
    }, calm);
  }

  /** What the user did is drawn at once, at most once a frame of the screen. */
  drawSoon(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    requestAnimationFrame(() => {
      this.#waiting = false;
      this.#draw();
    });
  }

  #draw(): void {
    const to = (this.#pausedAt ?? Date.now()) / 1000;
    this.#banner.draw();
    this.#strip.draw();
    this.#tabs.drawBadges();
    // While there is less than the time range asks for, the axis grows with what there is.
    const known = Math.min(this.#model.oldest() ?? to, to - shortestSpan);
    this.#tabs.open.draw({ from: Math.max(to - this.#spanMillis / 1000, known), to });
  }

  #toolbar(): HTMLElement {
    return toolbar({
      spanMillis: this.#spanMillis,
      changeSpan: (millis) => {
        this.#spanMillis = millis;
        writeState({ spanMillis: millis });
        this.#askHistory([...this.#watched]);
        this.drawSoon();
      },
      pause: (paused) => {
        this.#pausedAt = paused ? Date.now() : undefined;
        this.drawSoon();
      },
    });
  }

  #changed(): void {
    this.#tabs.open.restyle();
    this.#watch();
    this.drawSoon();
  }

  /** Says which series are in sight, if others than before, and fetches what the server remembers of the new ones. */
  #watch(): void {
    this.#watchedVersion = this.#model.seriesVersion;
    const wanted = new Set(this.#tabs.open.watched());
    const fresh = [...wanted].filter((id) => !this.#watched.has(id));
    if (fresh.length === 0 && wanted.size === this.#watched.size) return;
    this.#watched = wanted;
    this.#model.retain(wanted);
    send({ type: "watch", ids: [...wanted] });
    this.#askHistory(fresh);
  }

  /** What this agent's version exports at all. */
  #askFamilies(): void {
    const version = this.#model.version() ?? "";
    if (version === "" || version === this.#askedVersion) return;
    this.#askedVersion = version;
    send({ type: "families", version });
  }

  #forget(): void {
    this.#executions.forget();
    this.#watched = new Set();
    this.#watchedVersion = -1;
  }

  #askHistory(ids: readonly number[]): void {
    if (ids.length === 0) return;
    const to = Date.now();
    send({ type: "history", request: 0, ask: { ids, from: to - this.#spanMillis - rateMillis, to } });
  }
}
