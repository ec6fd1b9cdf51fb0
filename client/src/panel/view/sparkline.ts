// A line without axes, as small as a word. Knows columns and a colour, nothing else.
import { type Column, extent } from "./derive.ts";

const [width, height] = [120, 20];

export function sparklineCanvas(): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.className = "sparkline";
  canvas.setAttribute("aria-hidden", "true");
  return canvas;
}

/** Draws what lies between `from` and `to` (seconds); gaps stay gaps. */
export function drawSparkline(
  canvas: HTMLCanvasElement,
  times: readonly number[],
  values: Column,
  { from, to }: { readonly from: number; readonly to: number },
  colour: string,
): void {
  const ratio = devicePixelRatio;
  if (canvas.width !== width * ratio) [canvas.width, canvas.height] = [width * ratio, height * ratio];
  const context = canvas.getContext("2d");
  if (!context) return;
  context.clearRect(0, 0, canvas.width, canvas.height);
  const seen = extent(values);
  if (!seen) return;
  const flat = seen.greatest === seen.least;
  const x = (time: number): number => ((time - from) / (to - from || 1)) * width * ratio;
  const y = (value: number): number =>
    (flat ? 0.5 : 1 - (value - seen.least) / (seen.greatest - seen.least)) * (height - 4) * ratio + 2 * ratio;
  context.strokeStyle = colour;
  context.lineWidth = 1.25 * ratio;
  context.beginPath();
  let drawing = false;
  for (const [index, value] of values.entries()) {
    const time = times[index] ?? 0;
    if (value === null || time < from || time > to) {
      drawing = false;
      continue;
    }
    if (drawing) context.lineTo(x(time), y(value));
    else context.moveTo(x(time), y(value));
    drawing = true;
  }
  context.stroke();
}
