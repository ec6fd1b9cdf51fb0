// One expression described for people: type, value, labels, metrics, errors under the text. Knows no terminal.
import { metricInfo } from "../../catalog/info.ts";
import { lineAt, lineStarts, positionAt } from "../../lines.ts";
import { prettify } from "../../promql/format/format.ts";
import { parse } from "../../promql/syntax/parse.ts";
import type { ParseOptions } from "../../promql/syntax/parser.ts";
import type { Expr, PromqlError } from "../../promql/syntax/tree.ts";
import { walk } from "../../promql/syntax/walk.ts";
import { alive, namedLabels } from "../../promql/types/branches.ts";
import { check, inFull } from "../../promql/types/check.ts";
import { type InferredLabels, inferLabels, labelOf } from "../../promql/types/inferLabels.ts";
import { documentedType, inferType } from "../../promql/types/inferType.ts";
import { targetLabels } from "../../promql/types/labelFacts.ts";
import type { MetricWorld } from "../../promql/types/metricInfo.ts";
import { metricNameOf } from "../../promql/types/selectorLabels.ts";
import { inferQuantity } from "../../promql/types/semantics.ts";
import { isKnown, unitText } from "../../promql/types/units.ts";

export type Description = { readonly ok: boolean; readonly text: string };

/** `dkronVersion`: what the catalogue's words about metrics are for. */
export function describe(text: string, language: ParseOptions, dkronVersion: string): Description {
  const parsed = parse(text, language);
  const errors = check(parsed, language);
  if (!parsed.expr || errors.length > 0) return { ok: false, text: errorsUnderText(text, errors) };
  const { expr } = parsed;
  const world: MetricWorld = {
    metric: (name) => metricInfo(name, dkronVersion),
    targetLabels: [...targetLabels],
  };
  const rows: [string, string[]][] = [
    ["type", [documentedType(inferType(expr))]],
    ["value", valueLines(expr, world)],
    ["labels", labelLines(inferLabels(expr, world))],
    ["metrics", metricLines(expr, dkronVersion)],
  ];
  const table = rows.filter(([, lines]) => lines.length > 0).map(([name, lines]) => field(name, lines));
  return { ok: true, text: `${prettify(expr)}\n\n${table.join("")}` };
}

function field(name: string, lines: readonly string[]): string {
  return lines.map((line, index) => `${(index === 0 ? name : "").padEnd(9)}${line}\n`).join("");
}

function valueLines(expr: Expr, world: MetricWorld): string[] {
  const { kind, unit, range, value } = inferQuantity(expr, world.metric);
  if (value !== undefined) return [`always ${value}`];
  const [least, greatest] = range;
  const parts = [kind === "unknown" ? "" : kind, isKnown(unit) ? unitText(unit) : ""];
  if (least !== null) parts.push(`at least ${least}`);
  if (greatest !== null) parts.push(`at most ${greatest}`);
  const line = parts.filter((part) => part !== "").join(", ");
  return line === "" ? [] : [line];
}

function labelLines(labels: InferredLabels): string[] {
  const living = alive(labels.branches);
  const named = [...namedLabels(living)].sort();
  const lines = named.map((label) => {
    const { presence, reason, values } = labelOf(labels, label);
    const known = values && values.length <= 8 ? ` (${values.join(", ")})` : "";
    return `${label}${presence === "never" ? "" : known}: ${presence}, because ${reason}`;
  });
  const others = living[0]?.facts.others;
  if (others && others.presence !== "never") lines.push(`any other: ${others.presence}, because ${others.reason}`);
  if (lines.length === 0) lines.push("none");
  if (labels.neverReturns) lines.push(`It never returns anything: ${labels.branches[0]?.dead?.reason ?? ""}.`);
  else if (labels.alwaysReturns) lines.push("It always returns something.");
  return lines;
}

function metricLines(expr: Expr, dkronVersion: string): string[] {
  const names = new Set<string>();
  walk(expr, (node) => {
    if (node.kind === "VectorSelector" && metricNameOf(node) !== "") names.add(metricNameOf(node));
  });
  return [...names].map((name) => {
    const info = metricInfo(name, dkronVersion);
    if (!info) return `${name}: not one of Dkron's`;
    const { row, type, unit, availability } = info;
    const missing =
      availability.state === "exported" ? "" : `; not exported by ${dkronVersion}: ${availability.reason}`;
    return `${name}: ${type}, ${unit}; ${row.meaning}${missing}`;
  });
}

/** The text with each error below the line where it begins. */
function errorsUnderText(text: string, errors: readonly PromqlError[]): string {
  const starts = lineStarts(text);
  const below = new Map<number, string[]>();
  for (const error of errors) {
    const { start, end } = error;
    const line = lineAt(starts, start);
    const column = positionAt(starts, start).character;
    const room = (text.split(/\r\n|\r|\n/)[line]?.length ?? 0) - column;
    const marks = "^".repeat(Math.max(1, Math.min(end - start, room)));
    below.set(line, [...(below.get(line) ?? []), `${" ".repeat(column)}${marks} ${inFull(error)}\n`]);
  }
  return text
    .split(/\r\n|\r|\n/)
    .map((line, index) => `${line}\n${(below.get(index) ?? []).join("")}`)
    .join("");
}
