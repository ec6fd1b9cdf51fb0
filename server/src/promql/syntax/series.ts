// The notation of input series in rule tests: `metric{label="value"} 0+1x10 _ stale {{sum:1 count:2}}`. Gives the names in
// it, how many samples it stands for, and Prometheus' first error. Source: promql/parser/generated_parser.y, `series_description`.
import type { Range } from "../../ranges.ts";
import { consume, type Lexer, lexerOf, peek } from "./lexer.ts";
import { unquote } from "./quoting.ts";
import { readHistogram } from "./seriesHistogram.ts";
import { checkNumber, nextToken, type SeriesLexer, SeriesStop, stop, unexpected } from "./seriesLexer.ts";
import { addUnexpected } from "./syntaxErrors.ts";
import * as t from "./tokens.ts";
import type { PromqlError } from "./tree.ts";

/** `valueRange` is without the quotes. */
export type SeriesLabel = {
  readonly name: string;
  readonly nameRange: Range;
  readonly value: string;
  readonly valueRange: Range;
};

/**
 * `samples`: how many moments the values cover, a repetition counted out, and `values` how many of them are no gaps.
 * `metric`: undefined where no name is written.
 */
export type SeriesNotation = {
  readonly metric: { readonly name: string; readonly range: Range } | undefined;
  readonly labels: readonly SeriesLabel[];
  readonly samples: number;
  readonly values: number;
  readonly error: PromqlError | undefined;
};

/** Reads a series and its values as one text. Never throws; with an error the rest says what stood before it. */
export function parseSeries(text: string): SeriesNotation {
  return read(text, (lexer, count) => {
    // What is neither name nor brace was read as the beginning of an expression.
    if (lexer.kind !== t.UNREAD && lexer.kind !== t.EOF) refuse(lexer, context, "");
    readValues({ text, at: lexer.kind === t.UNREAD ? lexer.end : text.length }, count);
  });
}

/** Reads a metric alone, as expected samples name it; blanks may stand before its braces. */
export function parseMetric(text: string): SeriesNotation {
  return read(
    text,
    (lexer) => {
      if (peek(lexer) !== t.EOF) refuse(lexer, "", "");
    },
    true,
  );
}

function read(text: string, readRest: (lexer: Lexer, count: Count) => void, apart = false): SeriesNotation {
  const labels: SeriesLabel[] = [];
  let metric: SeriesNotation["metric"];
  let [samples, values] = [0, 0];
  try {
    const lexer = lexerOf(text);
    metric = readName(lexer);
    if (apart || lexer.kind !== t.UNREAD || text.charAt(lexer.end) === "{")
      readLabels(lexer, labels, (name, range) => {
        metric ??= { name, range };
      });
    readRest(lexer, (count, isGap) => {
      samples += count;
      if (!isGap) values += count;
    });
  } catch (thrown) {
    if (!(thrown instanceof SeriesStop)) throw thrown;
    return { metric, labels, samples, values, error: thrown.error };
  }
  return { metric, labels, samples, values, error: undefined };
}

/** Ends the reading with what the lexer noted, or with the token at hand as an unexpected one. */
function refuse(lexer: Lexer, context: string, expected: string): never {
  addUnexpected(lexer, context, expected);
  const [error] = lexer.errors;
  throw new SeriesStop(error ?? { start: 0, end: 0, message: "unexpected end of input" });
}

function readName(lexer: Lexer): SeriesNotation["metric"] {
  const kind = peek(lexer);
  if (kind === t.ERROR) refuse(lexer, "", "");
  if (!t.mayNameMetric(kind)) return undefined;
  const { start, end } = lexer;
  consume(lexer);
  return { name: lexer.text.slice(start, end), range: { start, end } };
}

/** `{…}`, if it stands here. */
function readLabels(lexer: Lexer, labels: SeriesLabel[], named: (name: string, range: Range) => void): void {
  if (peek(lexer) !== t.LEFT_BRACE) return;
  consume(lexer);
  if (peek(lexer) === t.RIGHT_BRACE) {
    consume(lexer);
    return;
  }
  for (;;) {
    readLabel(lexer, labels, named);
    const kind = peek(lexer);
    if (kind !== t.COMMA && kind !== t.RIGHT_BRACE) refuse(lexer, "label set", '"," or "}"');
    consume(lexer);
    if (kind === t.RIGHT_BRACE) return;
    if (peek(lexer) !== t.RIGHT_BRACE) continue;
    consume(lexer);
    return;
  }
}

function readLabel(lexer: Lexer, labels: SeriesLabel[], named: (name: string, range: Range) => void): void {
  const kind = peek(lexer);
  if (kind !== t.IDENTIFIER && kind !== t.STRING) refuse(lexer, "label set", 'identifier or "}"');
  const nameRange = { start: lexer.start, end: lexer.end };
  const written = lexer.text.slice(nameRange.start, nameRange.end);
  const name = kind === t.STRING ? unquote(lexer.text, nameRange.start, nameRange.end) : written;
  consume(lexer);
  if (peek(lexer) !== t.EQL) {
    if (kind === t.IDENTIFIER) refuse(lexer, "label set", '"="');
    named(name, nameRange);
    return;
  }
  consume(lexer);
  if (peek(lexer) !== t.STRING) refuse(lexer, "label set", "string");
  const { text, start, end } = lexer;
  labels.push({ name, nameRange, value: unquote(text, start, end), valueRange: { start: start + 1, end: end - 1 } });
  consume(lexer);
}

/** Prometheus names the place of what is unexpected inside of a value, and in front of all values. */
const context = "series values";

type Count = (samples: number, isGap: boolean) => void;

function readValues(lexer: SeriesLexer, count: Count): void {
  let started = false;
  for (let token = nextToken(lexer); token.kind !== "end"; token = nextToken(lexer)) {
    if (token.kind !== "space") unexpected(token, started ? "" : context, "");
    started = true;
    const at = lexer.at;
    const next = nextToken(lexer);
    lexer.at = at;
    if (next.kind !== "space" && next.kind !== "end") count(readItem(lexer), next.kind === "blank");
  }
}

/** One item; how many samples it stands for. */
function readItem(lexer: SeriesLexer): number {
  const token = nextToken(lexer);
  if (token.kind === "blank") return nextIs(lexer, "times") ? readCount(lexer) : 1;
  if (token.kind === "histogram") {
    readHistogram(lexer);
    if (nextIs(lexer, "sign")) {
      const open = nextToken(lexer);
      if (open.kind !== "histogram") unexpected(open, context, "");
      readHistogram(lexer);
      if (!nextIs(lexer, "times")) unexpected(nextToken(lexer), context, "");
      return readCount(lexer) + 1;
    }
    return nextIs(lexer, "times") ? readCount(lexer) + 1 : 1;
  }
  if (token.kind === "word" && !token.text.includes(":")) {
    if (token.text !== "stale") unexpected(token, context, 'number or "stale"');
  } else if (token.kind === "sign") readNumber(lexer);
  else if (token.kind === "number") checkNumber(token);
  else unexpected(token, "", "");
  if (nextIs(lexer, "times")) return readCount(lexer) + 1;
  if (!nextIs(lexer, "sign")) return 1;
  readNumber(lexer);
  if (!nextIs(lexer, "times")) unexpected(nextToken(lexer), context, "");
  return readCount(lexer) + 1;
}

function nextIs(lexer: SeriesLexer, kind: ReturnType<typeof nextToken>["kind"]): boolean {
  const { at } = lexer;
  if (nextToken(lexer).kind === kind) return true;
  lexer.at = at;
  return false;
}

function readNumber(lexer: SeriesLexer): void {
  const token = nextToken(lexer);
  if (token.kind !== "number") unexpected(token, context, "");
  checkNumber(token);
}

function readCount(lexer: SeriesLexer): number {
  const token = nextToken(lexer);
  if (token.kind !== "number") unexpected(token, context, "");
  if (!/^\d+$/.test(token.text) || BigInt(token.text) >= 2n ** 64n) {
    const reason = /^\d+$/.test(token.text) ? "value out of range" : "invalid syntax";
    stop(token, `invalid repetition in series values: strconv.ParseUint: parsing "${token.text}": ${reason}`);
  }
  return Number(token.text);
}
