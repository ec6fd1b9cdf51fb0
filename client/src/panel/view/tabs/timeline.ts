// The executions of one job along the time axis: a bar each, as long as it took, by how it ended. Drawn as SVG.
import type { ExecutionFrame } from "../../messages.ts";
import { svgElement } from "../svg.ts";
import type { Span } from "./tab.ts";

const [width, height] = [220, 18];

export function drawTimeline(cell: HTMLElement, executions: readonly ExecutionFrame[], { from, to }: Span): void {
  const seen = executions.filter(
    ({ startedAt, finishedAt }) => (finishedAt ?? to * 1000) / 1000 >= from && startedAt / 1000 <= to,
  );
  const failed = seen.filter((execution) => ending(execution) === "bad").length;
  const drawing =
    (cell.firstElementChild as SVGElement | null) ??
    cell.appendChild(
      svgElement("svg", {
        viewBox: `0 0 ${width} ${height}`,
        preserveAspectRatio: "none",
        role: "img",
        class: "timeline",
      }),
    );
  drawing.setAttribute("aria-label", `${seen.length} executions in this time, ${failed} failed`);
  const x = (seconds: number): number => Math.round(((seconds - from) / (to - from || 1)) * width * 10) / 10;
  drawing.replaceChildren(
    svgElement("line", { x1: 0, x2: width, y1: height - 1, y2: height - 1, class: "base" }),
    ...seen.map((execution) => {
      const start = Math.max(0, x(execution.startedAt / 1000));
      const end = Math.min(width, x(execution.finishedAt === null ? to : execution.finishedAt / 1000));
      const tall = ending(execution) === "bad" ? height - 2 : height - 7;
      return svgElement("rect", {
        x: start,
        y: height - 1 - tall,
        width: Math.max(2, end - start),
        height: tall,
        "data-tone": ending(execution),
      });
    }),
  );
}

/** Of what is not finished yet `success` says nothing. */
const ending = ({ finishedAt, success }: ExecutionFrame): string =>
  finishedAt === null ? "running" : success ? "good" : "bad";
