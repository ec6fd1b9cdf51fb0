// Entry of the view: builds the page, takes messages in, and draws once a tick what has changed.
import "./locale.ts";
import "uplot/dist/uPlot.min.css";
import "./main.css";
import type { HostMessage } from "../messages.ts";
import { ConnectionBanner } from "./connectionBanner.ts";
import { element } from "./dom.ts";
import { Durations } from "./durations.ts";
import { EmitterStrip } from "./emitterStrip.ts";
import { onMessage, readState, send, writeState } from "./host.ts";
import { Model } from "./model.ts";
import { Overview } from "./tabs/overview.ts";
import { onThemeChange } from "./theme.ts";
import { toolbar } from "./toolbar.ts";

const model = new Model();
const durations = new Durations();
const overview = new Overview(model, durations);
const banner = new ConnectionBanner(model);
const strip = new EmitterStrip(model);
let spanMillis = readState().spanMillis;
let pausedAt: number | undefined;
let watchedVersion = -1;
let waiting = false;

const bar = toolbar({
  spanMillis,
  changeSpan: (millis) => {
    spanMillis = millis;
    writeState({ spanMillis });
    askHistory();
    drawSoon();
  },
  pause: (paused) => {
    pausedAt = paused ? Date.now() : undefined;
    drawSoon();
  },
});

document
  .getElementById("root")
  ?.append(
    element(
      "main",
      { "data-testid": "live-panel" },
      element("header", { class: "top" }, banner.element, bar, strip.element),
      overview.element,
    ),
  );

onMessage((message) => {
  receive(message);
  drawSoon();
});
onThemeChange(() => {
  overview.restyle();
  drawSoon();
});
setInterval(drawSoon, 1000);
send({ type: "ready" });

function receive(message: HostMessage): void {
  switch (message.type) {
    case "hello":
      model.agentUrl = message.agentUrl;
      model.trusted = message.trusted;
      return;
    case "frame":
      model.apply(message.frame);
      for (const cluster of message.frame.clusters ?? []) durations.take(cluster);
      watch();
      return;
    case "history":
      model.addHistory(message.history);
      return;
    case "executions":
      durations.add(message.job, message.executions);
      return;
    case "emitter":
      model.emitter = message.state;
      return;
    case "offline":
      model.offline = message.reason;
      return;
    case "last":
    case "texts":
      return;
  }
}

/** Says which series are drawn, whenever one came or went, and fetches what the server remembers of them. */
function watch(): void {
  if (model.seriesVersion === watchedVersion) return;
  watchedVersion = model.seriesVersion;
  send({ type: "watch", ids: overview.watched() });
  askHistory();
}

function askHistory(): void {
  const to = Date.now();
  send({ type: "history", request: 0, ask: { ids: overview.watched(), from: to - spanMillis - 60_000, to } });
}

function drawSoon(): void {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    const to = (pausedAt ?? Date.now()) / 1000;
    banner.draw();
    strip.draw();
    overview.draw(to - spanMillis / 1000, to);
  });
}
