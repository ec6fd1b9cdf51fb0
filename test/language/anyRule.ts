// Rules of any make, for tests that hold whatever is written: of all metrics, and with most that can be done to one.
import fc from "fast-check";
import { allRows } from "../../server/src/catalog/metrics.ts";
import { prometheusSeriesNames, promqlSelector } from "../../server/src/catalog/names.ts";

/** All that agents write, in any version, patterns of it, and what nobody knows. */
const names = allRows()
  .filter(({ sinks }) => sinks.includes("prometheus"))
  .flatMap((row) => prometheusSeriesNames(row, { host: "cron_1" }));
const patterns = allRows().map((row) => promqlSelector(row));
const metric = fc.constantFrom(...new Set(names), "up", "dkron_xyz");
const selector = fc
  .tuple(metric, fc.constantFrom("", "{}", '{a=~"b|c"}', '{a="b", a="c"}', '{quantile="0.9"}', '{job!~".*"}'))
  .map((parts) => parts.join(""));
const series = fc.oneof({ weight: 4, arbitrary: selector }, fc.constantFrom(...new Set(patterns)));
const operand = fc.oneof(
  series,
  series.map((inner) => `rate(${inner}[5m])`),
  series.map((inner) => `increase(${inner}[1h])`),
  series.map((inner) => `delta(${inner}[1h])`),
  series.map((inner) => `resets(${inner}[1h])`),
  series.map((inner) => `max_over_time(${inner}[30s])`),
  series.map((inner) => `avg(${inner})`),
  series.map((inner) => `sum by (a) (count by (b) (${inner}))`),
  series.map((inner) => `absent(${inner})`),
  series.map((inner) => `topk(3, ${inner})`),
);
const expression = fc.oneof(
  operand,
  fc
    .tuple(
      operand,
      fc.constantFrom(" > ", " > bool ", " or ", " / ", " / on (a) ", " == ", " unless ", " (", " * 100 > "),
      fc.oneof(operand, fc.constantFrom("5", "0")),
    )
    .map((parts) => parts.join("")),
);
const text = fc.constantFrom(
  "",
  "{{ $labels.a }}",
  "{{ $value }}",
  "{{ query `up` }}",
  "{{ query `up(` }}",
  "{{ printf `%d` $value }}",
  "{{ humanize }}",
  "{{ if }}",
  "{{ $labels.severity }} {{ nothing 1 }}",
);

/** A rule file with one alert. */
export const anyRule = fc
  .tuple(expression, text, text, fc.constantFrom("", "0s", "5m"))
  .map(([expr, label, annotation, hold]) => {
    const rule = {
      alert: "A",
      expr,
      ...(hold !== "" && { for: hold, keep_firing_for: hold }),
      labels: { severity: "page", x: label },
      annotations: { summary: annotation },
    };
    return `groups:\n- name: g\n  interval: 10m\n  rules:\n  - ${JSON.stringify(rule)}\n`;
  });
