// Reads Prometheus' evaluation scripts (`load`, `eval`, `expect`, `clear`): text to commands. Knows no engine but its labels.
import { type Labels, labelsFrom } from "../../../server/src/promql/engine/labels.ts";
import { parseDuration } from "../../../server/src/promql/syntax/numbers.ts";
import { parse } from "../../../server/src/promql/syntax/parse.ts";

/** A number, a staleness marker, nothing, or a native histogram, which is out of scope here. */
export type Point = number | "stale" | "none" | "histogram";

export type LoadedSeries = { labels: Labels; points: Point[] };

export type Expectation = {
  kind: "fail" | "warn" | "no_warn" | "info" | "no_info";
  message?: string;
  pattern?: string;
};

export type Evaluation = {
  line: number;
  expr: string;
  /** ms */
  when: { at: number } | { start: number; end: number; step: number };
  expects: Expectation[];
  ordered: boolean;
  string?: string;
  scalar?: Point;
  rows: { labels: Labels; points: Point[] }[];
  /** Of `expect range vector`, ms. */
  range?: { start: number; step: number };
};

export type Command =
  | { kind: "clear" }
  | { kind: "load"; step: number; series: LoadedSeries[]; withHistograms: boolean }
  | { kind: "eval"; evaluation: Evaluation };

const ms = (text: string): number => {
  const sign = text.startsWith("-") ? -1 : 1;
  const plain = text.replace(/^-/, "");
  const { value } = /^[\d.]+$/.test(plain) ? { value: Number(plain) } : parseDuration(plain);
  return sign * Math.round(value * 1000);
};

export function readScript(text: string): Command[] {
  const lines = text.split("\n").map((line) => (line.trim().startsWith("#") ? "" : line.trim()));
  const commands: Command[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    if (line === "") continue;
    const first = at;
    const block: string[] = [];
    if (line !== "clear") while (lines[at + 1]) block.push(lines[++at] ?? "");
    const load = /^load(_with_nhcb)?\s+(\S+)$/.exec(line);
    if (line === "clear") commands.push({ kind: "clear" });
    else if (load) {
      const series = block.map(readSeries);
      commands.push({ kind: "load", step: ms(load[2] ?? ""), series, withHistograms: load[1] !== undefined });
    } else commands.push({ kind: "eval", evaluation: readEvaluation(line, block, first + 1) });
  }
  return commands;
}

function readEvaluation(head: string, block: string[], line: number): Evaluation {
  const instant = /^eval(?:_(\w+))?\s+instant(?:\s+at\s+(\S+))?\s+(.+)$/.exec(head);
  const range = /^eval(?:_(\w+))?\s+range\s+from\s+(\S+)\s+to\s+(\S+)\s+step\s+(\S+)\s+(.+)$/.exec(head);
  const match = range ?? instant;
  if (!match) throw new Error(`line ${line}: not understood: ${head}`);
  const evaluation: Evaluation = {
    line,
    expr: match.at(-1) ?? "",
    when: range
      ? { start: ms(range[2] ?? ""), end: ms(range[3] ?? ""), step: ms(range[4] ?? "") }
      : { at: ms(instant?.[2] ?? "0") },
    expects: [],
    ordered: match[1] === "ordered",
    rows: [],
  };
  if (match[1] === "fail" || match[1] === "warn" || match[1] === "info") evaluation.expects.push({ kind: match[1] });
  for (const row of block) readExpectation(evaluation, row);
  return evaluation;
}

function readExpectation(evaluation: Evaluation, row: string): void {
  const expect = /^expect\s+(fail|warn|no_warn|info|no_info)(?:\s+(msg|regex):\s*(.*))?$/.exec(row);
  const old = /^expected_fail_(message|regexp)\s+(.*)$/.exec(row);
  const text = /^expect\s+string\s+(["'`])(.*)\1$/.exec(row);
  const span = /^expect\s+range\s+vector\s+from\s+(\S+)\s+to\s+(\S+)\s+step\s+(\S+)$/.exec(row);
  if (expect) {
    const kind = expect[1] as Expectation["kind"];
    const detail = expect[3] ?? "";
    evaluation.expects.push({
      kind,
      ...(expect[2] === "msg" ? { message: detail } : {}),
      ...(expect[2] === "regex" ? { pattern: detail } : {}),
    });
  } else if (old) {
    const failing = evaluation.expects.find(({ kind }) => kind === "fail");
    if (failing && old[1] === "message") failing.message = old[2] ?? "";
    if (failing && old[1] === "regexp") failing.pattern = old[2] ?? "";
  } else if (text) evaluation.string = text[2] ?? "";
  else if (span) evaluation.range = { start: ms(span[1] ?? ""), step: ms(span[3] ?? "") };
  else if (/^expect\s+ordered$/.test(row)) evaluation.ordered = true;
  else if (/^(?:[-+]?[\d.]|[-+]?inf|nan)\S*$/i.test(row)) evaluation.scalar = readPoints(row)[0] ?? "none";
  else evaluation.rows.push(readSeries(row));
}

const metric = /^(?:[a-zA-Z_:][\w:]*)?\s*(?:\{(?:[^"'`{}]|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`)*\})?/;

function readSeries(row: string): LoadedSeries {
  const written = metric.exec(row)?.[0] ?? "";
  return { labels: readLabels(written.trim()), points: readPoints(row.slice(written.length)) };
}

function readLabels(written: string): Labels {
  if (written === "{}") return [];
  const { expr } = parse(written);
  if (expr?.kind !== "VectorSelector") throw new Error(`no series: ${written}`);
  const record: Record<string, string> = expr.name === "" ? {} : { __name__: expr.name };
  for (const { label, value } of expr.matchers) record[label] = value;
  return labelsFrom(record);
}

const word = /\{\{[^}]*\}\}(?:[+-]\{\{[^}]*\}\})?(?:x\d+)?|\S+/g;

function readPoints(text: string): Point[] {
  return [...text.matchAll(word)].flatMap(([item]) => readItem(item));
}

function readItem(item: string): Point[] {
  const repeated = (point: Point, count: number): Point[] => Array.from({ length: count }, () => point);
  const gap = /^_(?:x(\d+))?$/.exec(item);
  if (gap) return repeated("none", Number(gap[1] ?? 1));
  if (item.startsWith("{{")) return repeated("histogram", Number(/x(\d+)$/.exec(item)?.[1] ?? 0) + 1);
  if (item === "stale") return ["stale"];
  const run = /^(.+?)(?:(?<=[\d.fFnN])([+-][\d.]+(?:e[+-]?\d+)?))?x(\d+)$/i.exec(item);
  if (!run) return [readNumber(item)];
  const begin = readNumber(run[1] ?? "");
  const step = run[2] === undefined ? 0 : Number(run[2]);
  return Array.from({ length: Number(run[3]) + 1 }, (_, index) => begin + (step === 0 ? 0 : step * index));
}

function readNumber(text: string): number {
  if (/^[-+]?inf$/i.test(text)) return text.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const value = Number(text);
  if (Number.isNaN(value) && !/^nan$/i.test(text)) throw new Error(`no number: ${text}`);
  return value;
}
