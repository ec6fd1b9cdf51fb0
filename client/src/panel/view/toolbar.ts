// Time range and pause.
import { button, element } from "./dom.ts";

export type ToolbarActions = {
  readonly spanMillis: number;
  readonly changeSpan: (millis: number) => void;
  readonly pause: (paused: boolean) => void;
};

const spans: readonly [number, string][] = [
  [60_000, "1 minute"],
  [300_000, "5 minutes"],
  [900_000, "15 minutes"],
  [3_600_000, "1 hour"],
];

export function toolbar({ spanMillis, changeSpan, pause }: ToolbarActions): HTMLElement {
  const choice = element("select", { "aria-label": "Time range", "data-testid": "span" });
  for (const [millis, name] of spans)
    choice.append(element("option", { value: millis, selected: millis === spanMillis }, name));
  choice.addEventListener("change", () => changeSpan(Number(choice.value)));
  let paused = false;
  const stop = button(
    "Pause",
    () => {
      paused = !paused;
      stop.textContent = paused ? "Resume" : "Pause";
      stop.setAttribute("aria-pressed", String(paused));
      pause(paused);
    },
    { class: "pause", "aria-pressed": "false", "data-testid": "pause" },
  );
  return element("div", { class: "toolbar" }, choice, stop);
}
