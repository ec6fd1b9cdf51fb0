// What a `%` in an alert's name makes of Go's messages: the name is part of a format string there. Knows the words of the messages, no templates.
import { byteLength } from "./go/bytes.ts";
import { sprintf } from "./go/format.ts";
import { unquote } from "./go/quote.ts";
import { intOf, pointerTo, type StructValue, stringOf, types, type Value } from "./go/values.ts";
import { describeToken, type Token, type TokenKind } from "./tokens.ts";
import type { ParseError } from "./tree.ts";

/** Go's message before it is put together. */
export type Said = { readonly format: string; readonly args: readonly Value[] };

/** Where a token stands for Go: in the whole text, the declarations before the template included. */
export type Origin = { readonly text: string; readonly prefixLength: number };

/** Go's numbers of its kinds of tokens are their places in this list. */
const itemTypes: readonly (TokenKind | "comment" | "keyword")[] = [
  ...(["error", "boolean", "char", "character", "comment", "complex", "assign", "declare", "eof", "field"] as const),
  ...(["identifier", "leftDelimiter", "leftParen", "number", "pipe", "rawString", "rightDelimiter"] as const),
  ...(["rightParen", "space", "string", "text", "variable", "keyword"] as const),
  ...([
    "block",
    "break",
    "continue",
    "dot",
    "define",
    "else",
    "end",
    "if",
    "nil",
    "range",
    "template",
    "with",
  ] as const),
];

function structOf(name: string, fields: readonly [string, Value][], text: string): StructValue {
  return { kind: "struct", type: { name, kind: "struct" }, fields: new Map(fields), text };
}

function itemOf(token: Token, line: number, { text, prefixLength }: Origin): Value {
  const number = (value: number, type: string): Value => intOf(value, { name: type, kind: "int" });
  const fields: [string, Value][] = [
    ["typ", number(itemTypes.indexOf(token.kind), "parse.itemType")],
    ["pos", number(prefixLength + byteLength(text.slice(0, token.start)), "parse.Pos")],
    ["val", stringOf(token.value)],
    ["line", intOf(line)],
  ];
  return structOf("parse.item", fields, describeToken(token));
}

/** An error that Go's `errors.New` made. */
function errorOf(message: string): Value {
  const target = structOf("errors.errorString", [["s", stringOf(message)]], message);
  return pointerTo({ name: "*errors.errorString", kind: "pointer", element: target.type }, target);
}

/** A piece of the tree: all but its text is addresses. */
function nodeOf(text = ""): Value {
  const target = structOf("parse.Node", [], text);
  return pointerTo({ name: `*${target.type.name}`, kind: "pointer", element: target.type }, target);
}

const asText = (text = ""): Value => stringOf(text);
const asQuoted = (text = ""): Value => stringOf(unquote(text) ?? text);

/** Messages with something put in, and what they were before. */
type Patterns = readonly [message: RegExp, format: string, ...args: ((text?: string) => Value)[]][];

const patterns: Patterns = [
  [/^function (".*") not defined$/s, "function %q not defined", asQuoted],
  [/^undefined variable (".*")$/s, "undefined variable %q", asQuoted],
  [/^too many declarations in (.*)$/, "too many declarations in %s", asText],
  [/^missing value for (.*)$/, "missing value for %s", asText],
  [
    /^non executable command in pipeline stage (\d+)$/,
    "non executable command in pipeline stage %d",
    (n) => intOf(BigInt(n ?? 0)),
  ],
  [/^unexpected \. after term (".*")$/s, "unexpected . after term %q", asQuoted],
  [/^template: multiple definition of template (".*")$/s, "template: multiple definition of template %q", asQuoted],
  [/^expected end; found (\{\{else\}\})$/, "expected end; found %s", nodeOf],
  [/^unexpected (\{\{\w+\}\}) in (.*)$/, "unexpected %s in %s", nodeOf, asText],
  [/^unexpected (\{\{\w+\}\})$/, "unexpected %s", nodeOf],
];

/** Nothing is put in. */
const constant =
  /^(?:unexpected EOF|empty command|range can only initialize variables|max expression depth exceeded|\{\{\w+\}\} outside \{\{range\}\})$/;

function saidOf(error: ParseError, extra: string, origin: Origin): Said {
  const { message, token } = error;
  if (token !== undefined) {
    const item = itemOf(token, error.tokenLine ?? error.line, origin);
    if (token.kind === "error") return { format: "%s%s", args: [item, stringOf(extra)] };
    const context = message.slice(`unexpected ${describeToken(token)} in `.length);
    return { format: "unexpected %s in %s", args: [item, stringOf(context)] };
  }
  if (constant.test(message)) return { format: message, args: [] };
  return matching(patterns, message) ?? { format: "%s", args: [errorOf(message)] };
}

function matching(list: Patterns, message: string): Said | undefined {
  for (const [pattern, format, ...args] of list) {
    const [whole, ...parts] = pattern.exec(message) ?? [];
    if (whole !== undefined) return { format, args: args.map((arg, i) => arg(parts[i])) };
  }
  return undefined;
}

/** A piece of the tree or a type under another verb than one for texts: what Go prints holds addresses. */
const withAddresses = /&\{\}|%![^(]*\(\*reflect\.rtype=/;

/**
 * The sentence that Prometheus prints at load; undefined where it holds an address. `extra` is what Go adds of the
 * action's start.
 */
export function garbledLoadMessage(name: string, error: ParseError, extra: string, origin: Origin): string | undefined {
  const { format, args } = saidOf(error, extra, origin);
  return formatted(`template: ${name}:${error.line}: ${format}`, args);
}

/** As `Errorf` does it, the one that knows the verb `w`, for errors. */
function formatted(format: string, args: readonly Value[]): string | undefined {
  const text = sprintf(format, args).replace(/%!w\(\*errors\.errorString=&\{(.*?)\}\)/gs, "$1");
  return withAddresses.test(text) ? undefined : text;
}

const asType = (text = ""): Value => stringOf(text, { ...types.string, name: "*reflect.rtype" });
const asError = (text = ""): Value => errorOf(text);
const asNumber = (text = ""): Value => intOf(BigInt(text));

const expansionPatterns: Patterns = [
  [/^can't evaluate field (\S+) in type (.*)$/s, "can't evaluate field %s in type %s", asText, asType],
  [/^error calling (\w+): (.*)$/s, "error calling %s: %w", asText, asError],
  [/^(\S+) is not a method but has arguments$/, "%s is not a method but has arguments", asText],
  [
    /^(\S+) has arguments but cannot be invoked as function$/,
    "%s has arguments but cannot be invoked as function",
    asText,
  ],
  [
    /^wrong number of args for (\w+): want at least (\d+) got (\d+)$/,
    "wrong number of args for %s: want at least %d got %d",
    asText,
    asNumber,
    asNumber,
  ],
  [
    /^wrong number of args for (\w+): want (\d+) got (\d+)$/,
    "wrong number of args for %s: want %d got %d",
    asText,
    asNumber,
    asNumber,
  ],
  [/^wrong type for value; expected (.*); got (.*)$/s, "wrong type for value; expected %s; got %s", asType, asType],
  [/^undefined variable: (\S+)$/, "undefined variable: %s", asText],
  [/^template (".*") not defined$/s, "template %q not defined", asQuoted],
  [/^(\S+) overflows int$/, "%s overflows int", asText],
  [/^nil pointer evaluating (.*)\.(\S+)$/s, "nil pointer evaluating %s.%s", asType, asText],
  [/^invalid value; expected (.*)$/s, "invalid value; expected %s", asType],
  [/^cannot assign nil to (.*)$/s, "cannot assign nil to %s", asType],
  [
    /^(\S+) is an unexported field of struct type (.*)$/s,
    "%s is an unexported field of struct type %s",
    asText,
    asType,
  ],
  [/^exceeded maximum template depth \((\d+)\)$/, "exceeded maximum template depth (%v)", asNumber],
  [/^nil is not a command$/, "nil is not a command"],
  [/^can't give argument to non-function (.*)$/s, "can't give argument to non-function %s", nodeOf],
  [/^expected string; found (.*)$/s, "expected string; found %s", nodeOf],
  [/^expected integer; found (.*)$/s, "expected integer; found %s", nodeOf],
  [/^can't handle (.*) for arg of type (.*)$/s, "can't handle %s for arg of type %s", nodeOf, asType],
];

/**
 * The sentence of an expansion that failed, `before` and `after` its place; a message of another kind stays readable.
 * `known`: what the message was put together from, where that is known.
 */
export function garbledExpansionMessage(
  before: string,
  after: string,
  message: string,
  known: Said | undefined,
): string {
  const said = known ?? matching(expansionPatterns, message);
  const plain = before + after + message;
  return said === undefined
    ? plain
    : (formatted(before + after.replaceAll("%", "%%") + said.format, said.args) ?? plain);
}
