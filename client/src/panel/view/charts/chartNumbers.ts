// A chart's data as CSV and JSON. Pure; values in their base unit, times in ISO 8601.
import type { ChartData, ChartOptions } from "./chartData.ts";

/** RFC 4180, one row a time, an empty field for a gap. */
export function chartCsv({ times, lines }: ChartData): string {
  const head = ["time", ...lines.map(({ label }) => label)].map(field).join(",");
  const rows = times.map((time, index) =>
    [new Date(time * 1000).toISOString(), ...lines.map(({ values }) => values[index] ?? "")].join(","),
  );
  return `${[head, ...rows].join("\r\n")}\r\n`;
}

export function chartJson({ title, unit }: Pick<ChartOptions, "title" | "unit">, { times, lines }: ChartData): string {
  const series = lines.map(({ label, values }) => ({ label, values }));
  return `${JSON.stringify({ title, unit, times: times.map((time) => new Date(time * 1000).toISOString()), series }, null, 2)}\n`;
}

/** A text that begins like a formula is quoted behind an apostrophe: a spreadsheet must not run a label. */
function field(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
