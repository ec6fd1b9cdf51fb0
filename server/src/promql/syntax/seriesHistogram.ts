// Native histograms among the values of an input series: `{{schema:1 sum:2 count:3 buckets:[1 2]}}`. Checks them and keeps
// nothing. Source: promql/parser/lex.go, `lexHistogram`, and `histogram_desc_map` of the grammar.
import { isAlpha, isDigit, isSpace } from "./characters.ts";
import { quoteRune, quoteString } from "./quoting.ts";
import { numberEnd, type SeriesLexer, stop } from "./seriesLexer.ts";

type Token = { readonly kind: string; readonly text: string; readonly start: number; readonly end: number };

const keys: Readonly<Record<string, "int" | "number" | "unsigned" | "list" | "hint">> = {
  sum: "number",
  count: "number",
  schema: "int",
  offset: "int",
  n_offset: "int",
  buckets: "list",
  n_buckets: "list",
  z_bucket: "number",
  z_bucket_w: "unsigned",
  custom_values: "list",
  counter_reset_hint: "hint",
};

const hints = new Set(["unknown", "reset", "not_reset", "gauge"]);

/** Reads up to and with `}}`; the opening is behind. */
export function readHistogram(lexer: SeriesLexer): void {
  const seen = new Set<string>();
  let token = next(lexer);
  if (token.kind === "space") {
    token = next(lexer);
    if (token.kind !== "close") refuse(token, false);
  }
  while (token.kind !== "close") {
    if (!(token.kind in keys)) refuse(token, seen.size > 0);
    const first = seen.has(token.kind);
    readEntry(lexer, token, seen.size > 0);
    if (first) stop({ start: 0, end: 0 }, `duplicate key "${token.kind}" in histogram`);
    seen.add(token.kind);
    token = next(lexer);
    if (token.kind !== "space" && token.kind !== "close") refuse(token, true);
    if (token.kind === "space") token = next(lexer);
  }
}

function refuse(token: Token, inMap: boolean): never {
  const named = token.kind === "end" ? "end of input" : describe(token);
  stop(
    token,
    inMap
      ? `unexpected ${named} in histogram description, expected histogram description key, e.g. buckets:[5 10 7]`
      : `unexpected ${named} in series values`,
  );
}

function describe({ kind, text }: Token): string {
  const shown = text.length > 10 ? `${quoteString(text.slice(0, 10))}...` : quoteString(text);
  if (kind === "sign") return `<op:${text}>`;
  return kind === "number" ? `number ${shown}` : shown;
}

function readEntry(lexer: SeriesLexer, { kind }: Token, inMap: boolean): void {
  const type = keys[kind] ?? "number";
  const colon = next(lexer);
  if (colon.kind !== "colon") refuse(colon, inMap);
  let token = next(lexer);
  if (type === "list") {
    readList(lexer, token, inMap);
    return;
  }
  if (type === "hint") {
    if (!hints.has(token.kind)) refuse(token, inMap);
    return;
  }
  if (token.kind === "sign" && type !== "unsigned") token = next(lexer);
  if (token.kind !== "number") refuse(token, inMap);
  if (type === "int" && !/^\d+$/.test(token.text))
    stop(token, `invalid repetition in series values: strconv.ParseUint: parsing "${token.text}": invalid syntax`);
}

function readList(lexer: SeriesLexer, open: Token, inMap: boolean): void {
  if (open.kind !== "open") refuse(open, inMap);
  let token = next(lexer, true);
  for (;;) {
    if (token.kind === "sign") token = next(lexer, true);
    if (token.kind !== "number") refuse(token, inMap);
    token = next(lexer, true);
    const spaced = token.kind === "space";
    if (spaced) token = next(lexer, true);
    if (token.kind === "shut") return;
    if (!spaced) refuse(token, inMap);
  }
}

function next(lexer: SeriesLexer, inList = false): Token {
  const { text, at: start } = lexer;
  const emit = (kind: string, end: number, from = end): Token => {
    lexer.at = from;
    return { kind, text: text.slice(start, end), start, end };
  };
  if (start >= text.length) {
    const words = inList ? "invalid character in buckets description" : "histogram description incomplete unexpected";
    return stop({ start, end: start }, `${words}: '\ufffd'`);
  }
  const code = text.charCodeAt(start);
  if (isSpace(code)) {
    let end = start + 1;
    while (isSpace(text.charCodeAt(end))) end++;
    return emit("space", start + 1, end);
  }
  if (code === 45) return emit("sign", start + 1);
  if (isDigit(code)) return emit("number", numberEnd(text, start));
  if (inList) return inBrackets(text, start, emit);
  if (isAlpha(code)) return word(text, start, emit);
  if (code === 58) return emit("colon", start + 1);
  if (code === 91) return emit("open", start + 1);
  if (text.startsWith("}}", start)) return emit("close", start + 2);
  return stop({ start, end: text.length }, `histogram description incomplete unexpected: ${quoteRune(text, start)}`);
}

type Emit = (kind: string, end: number) => Token;

function inBrackets(text: string, start: number, emit: Emit): Token {
  if (text.charAt(start) === "]") return emit("shut", start + 1);
  const special = /^(?:inf|nan)/i.exec(text.slice(start, start + 3));
  if (special) return emit("number", start + 3);
  // Letters are taken together with the bracket behind them.
  const [letters] = /^[A-Za-z_]+\]/.exec(text.slice(start)) ?? [];
  if (letters !== undefined) return emit("letters", start + letters.length);
  return stop({ start, end: text.length }, `invalid character in buckets description: ${quoteRune(text, start)}`);
}

function word(text: string, start: number, emit: Emit): Token {
  let end = start;
  while (isAlpha(text.charCodeAt(end))) end++;
  const name = text.slice(start, end).toLowerCase();
  if (name in keys) {
    if (text.charAt(end) === ":") return emit(name, end);
    return stop({ start, end: text.length }, "missing `:` for histogram descriptor");
  }
  if (name === "inf" || name === "nan") return emit("number", end);
  if (hints.has(name)) return emit(name, end);
  return stop({ start, end: text.length }, `bad histogram descriptor found: ${quoteString(text.slice(start, end))}`);
}
