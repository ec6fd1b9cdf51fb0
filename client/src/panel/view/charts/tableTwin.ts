// The same data as a chart's, as a table for those who read: few rows, evenly taken from the whole.
import { element } from "../dom.ts";
import { clock, format } from "../format.ts";
import type { ChartData, ChartOptions } from "./chartData.ts";

const rows = 20;

export function tableTwin({ times, lines }: ChartData, { title, unit }: ChartOptions): HTMLTableElement {
  const step = Math.max(1, Math.ceil(times.length / rows));
  const picked = times.map((_, index) => index).filter((index) => (times.length - 1 - index) % step === 0);
  const head = element("tr", {}, element("th", { scope: "col" }, "Time"));
  for (const { label } of lines) head.append(element("th", { scope: "col" }, label));
  const body = picked.reverse().map((index) => {
    const row = element("tr", {}, element("th", { scope: "row" }, clock((times[index] ?? 0) * 1000)));
    for (const { values } of lines) row.append(element("td", {}, format(values[index] ?? null, unit)));
    return row;
  });
  return element(
    "table",
    {},
    element("caption", {}, `${title}, newest first`),
    element("thead", {}, head),
    element("tbody", {}, ...body),
  );
}
