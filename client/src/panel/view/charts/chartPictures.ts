// A chart as a picture that stands on its own: PNG from the canvas with title and legend, SVG drawn from the data.
import { cssColour } from "../colour.ts";
import { axisSteps, clock, format } from "../format.ts";
import type { Theme } from "../theme.ts";
import type { ChartOptions } from "./chartData.ts";
import { lineStyles } from "./palette.ts";
import type { Shown } from "./shown.ts";

const margin = 16;
const lineHeight = 20;

/** Base64 of a PNG, at the screen's resolution; empty where nothing is drawn. */
export function chartPng({ title, unit }: ChartOptions, { data, canvas }: Shown, theme: Theme): string {
  if (!canvas) return "";
  const ratio = devicePixelRatio;
  const picture = document.createElement("canvas");
  picture.width = canvas.width + 2 * margin * ratio;
  picture.height = canvas.height + (2 * margin + lineHeight * (data.lines.length + 2)) * ratio;
  const context = picture.getContext("2d");
  if (!context) return "";
  context.fillStyle = theme.background;
  context.fillRect(0, 0, picture.width, picture.height);
  context.fillStyle = theme.foreground;
  context.font = `600 ${14 * ratio}px ${theme.font}`;
  context.fillText(title, margin * ratio, (margin + 12) * ratio);
  context.drawImage(canvas, margin * ratio, (margin + lineHeight) * ratio);
  context.font = `${12 * ratio}px ${theme.font}`;
  const styles = lineStyles(data.lines, theme);
  for (const [index, { label, values }] of data.lines.entries()) {
    const y = canvas.height + (margin + lineHeight * (index + 2)) * ratio;
    context.fillStyle = cssColour(styles[index]?.colour ?? [128, 128, 128]);
    context.fillRect(margin * ratio, y - 6 * ratio, 14 * ratio, 3 * ratio);
    context.fillStyle = theme.foreground;
    context.fillText(`${label}  ${format(values.at(-1), unit)}`, (margin + 22) * ratio, y);
  }
  return picture.toDataURL("image/png").replace(/^data:image\/png;base64,/, "");
}

const [width, height] = [800, 260];
const [left, top] = [70, 36];

export function chartSvg(options: ChartOptions, { data, from, to }: Shown, theme: Theme): string {
  const { title, unit, range } = options;
  const values = data.lines.flatMap((line) => line.values.filter((value) => value !== null));
  const low = range?.[0] ?? Math.min(0, ...values);
  const high = range?.[1] ?? Math.max(low + Number.EPSILON, ...values) * 1.05;
  const x = (time: number): number => left + ((time - from) / (to - from || 1)) * (width - left - 20);
  const y = (value: number): number => top + height - ((value - low) / (high - low || 1)) * height;
  const step = axisSteps(unit).find((size) => (high - low) / size <= 6) ?? (high - low) / 5;
  const marks = Array.from({ length: 8 }, (_, i) => Math.ceil(low / step) * step + i * step).filter(
    (tick) => tick <= high,
  );
  const grid = marks.map(
    (tick) =>
      `<line x1="${left}" x2="${width - 20}" y1="${n(y(tick))}" y2="${n(y(tick))}" stroke="${theme.grid}"/>` +
      `<text x="${left - 8}" y="${n(y(tick) + 4)}" text-anchor="end" fill="${theme.foreground}">${escapeXml(format(tick, unit))}</text>`,
  );
  const times = [from, (from + to) / 2, to].map(
    (time, index) =>
      `<text x="${n(x(time))}" y="${top + height + 18}" text-anchor="${["start", "middle", "end"][index]}" fill="${theme.foreground}">${clock(time * 1000)}</text>`,
  );
  const styles = lineStyles(data.lines, theme);
  const lines = data.lines.map(({ label, values: column }, index) => {
    const { colour = [128, 128, 128], dash = [], width: stroke = 1.5 } = styles[index] ?? {};
    const paint = cssColour(colour as [number, number, number]);
    const row = top + height + 44 + index * lineHeight;
    return (
      `<path d="${path(data.times, column, x, y)}" fill="none" stroke="${paint}" stroke-width="${stroke}" stroke-dasharray="${dash.join(" ")}"/>` +
      `<line x1="${left}" x2="${left + 16}" y1="${row - 4}" y2="${row - 4}" stroke="${paint}" stroke-width="3"/>` +
      `<text x="${left + 24}" y="${row}" fill="${theme.foreground}">${escapeXml(label)}</text>`
    );
  });
  const whole = top + height + 44 + data.lines.length * lineHeight;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${whole}" font-family="sans-serif" font-size="12">
<rect width="100%" height="100%" fill="${theme.background}"/>
<text x="${left}" y="20" font-size="14" font-weight="600" fill="${theme.foreground}">${escapeXml(title)}</text>
${[...grid, ...times, ...lines].join("\n")}
</svg>
`;
}

/** One line, lifted at gaps. */
function path(
  times: readonly number[],
  column: readonly (number | null)[],
  x: (time: number) => number,
  y: (value: number) => number,
): string {
  let drawing = false;
  return times
    .map((time, index) => {
      const value = column[index] ?? null;
      const command = value === null ? "" : `${drawing ? "L" : "M"}${n(x(time))} ${n(y(value))}`;
      drawing = value !== null;
      return command;
    })
    .join("");
}

const n = (value: number): string => String(Math.round(value * 10) / 10);

const escapeXml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
