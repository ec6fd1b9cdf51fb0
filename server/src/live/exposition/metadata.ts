// Reads `# HELP`, `# TYPE` and `# UNIT` behind their word. Knows nothing of the series they describe.
import { isUtf8, textOf } from "./bytesText.ts";
import type { HelpEntry, MetricType, TypeEntry, UnitEntry } from "./entries.ts";
import { undoEscapes } from "./escapes.ts";
import type { Reader } from "./reader.ts";
import { isRefusal, type Refusal, refuse } from "./refusal.ts";

export type Metadata = "help" | "type" | "unit";

const textTypes: Readonly<Record<string, MetricType>> = {
  counter: "counter",
  gauge: "gauge",
  histogram: "histogram",
  summary: "summary",
  untyped: "unknown",
};

const openMetricsTypes: Readonly<Record<string, MetricType>> = {
  counter: "counter",
  gauge: "gauge",
  histogram: "histogram",
  gaugehistogram: "gaugehistogram",
  summary: "summary",
  info: "info",
  stateset: "stateset",
  unknown: "unknown",
};

export function readMetadata(reader: Reader, kind: Metadata): HelpEntry | TypeEntry | UnitEntry | Refusal {
  const { cursor, next, format } = reader;
  const word = kind.toUpperCase();
  if (next(cursor) !== "name") return refuse(`\`# ${word}\` must be followed by a metric name.`);
  const { from, at } = cursor;
  const quoted = cursor.bytes[from] === 0x22;
  const name = textOf(cursor.bytes, quoted ? from + 1 : from, quoted ? at - 1 : at);
  if (next(cursor) !== "text")
    return refuse(`\`# ${word}\` must have one blank and a text behind the name, up to the end of the line.`);
  const [textFrom, textTo] = [Math.min(cursor.from + 1, cursor.at), cursor.at - (format === "text" ? 0 : 1)];
  const made =
    kind === "help"
      ? makeHelp(reader, name, textFrom, textTo)
      : kind === "type"
        ? makeType(reader, name, textFrom, textTo)
        : makeUnit(reader, name, textFrom, textTo);
  if (isRefusal(made) || format !== "text" || next(cursor) === "newline") return made;
  return refuse(`A NUL byte ends the body here: the line of \`# ${word}\` must end in a line break.`);
}

function makeHelp({ cursor, format }: Reader, name: string, from: number, to: number): HelpEntry | Refusal {
  if (!isUtf8(cursor.bytes, from, to)) return refuse("The HELP text is not UTF-8.");
  const text = undoEscapes(textOf(cursor.bytes, from, to), format === "openmetrics");
  return { entry: "help", name, text };
}

function makeType({ cursor, format }: Reader, name: string, from: number, to: number): TypeEntry | Refusal {
  const text = textOf(cursor.bytes, from, to);
  const types = format === "text" ? textTypes : openMetricsTypes;
  const type = Object.hasOwn(types, text) ? types[text] : undefined;
  if (type !== undefined) return { entry: "type", name, text: type };
  const known = Object.keys(types).join(", ");
  return refuse(`\`${text}\` is no metric type here: write one of ${known}, with one blank before it and none behind.`);
}

/** The unit must be the end of the name, behind a `_`. */
function makeUnit({ cursor }: Reader, name: string, from: number, to: number): UnitEntry | Refusal {
  const text = textOf(cursor.bytes, from, to);
  if (text !== "" && !name.endsWith(`_${text}`))
    return refuse(`The name \`${name}\` does not end in \`_${text}\`, its unit.`);
  return { entry: "unit", name, text };
}
