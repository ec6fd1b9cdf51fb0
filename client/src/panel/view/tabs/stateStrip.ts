// The states of one alert along the time axis: the higher and the redder, the more urgent. Drawn as SVG.
import type { AlertState, Stretch } from "../alertHistory.ts";
import { clock } from "../format.ts";
import { svgElement } from "../svg.ts";
import type { Span } from "./tab.ts";

const [width, height] = [1000, 14];
/** By state: how high its bar is, so that none is told by colour alone. */
const heights: Record<AlertState, number> = { inactive: 2, unknown: 2, pending: 8, firing: height };
const mostSaid = 6;

export function drawStates(place: HTMLElement, stretches: readonly Stretch[], { from, to }: Span): void {
  const drawing =
    (place.firstElementChild as SVGElement | null) ??
    place.appendChild(
      svgElement("svg", { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", role: "img" }),
    );
  const x = (time: number): number => Math.round(((time - from) / (to - from || 1)) * width * 10) / 10;
  const said = [...stretches]
    .sort((a, b) => a.from - b.from)
    .slice(-mostSaid)
    .map(({ state, from: start }) => `${state} from ${clock(start * 1000)}`);
  drawing.setAttribute("aria-label", said.length === 0 ? "No state in this time" : said.join(", "));
  drawing.replaceChildren(
    ...stretches.map(({ state, from: start, to: end }) =>
      svgElement("rect", {
        x: x(start),
        y: height - heights[state],
        width: Math.max(3, x(end) - x(start)),
        height: heights[state],
        "data-state": state,
      }),
    ),
  );
}
