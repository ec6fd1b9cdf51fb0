// Text to tree: the actions and what they enclose, going on at the next action after an error. Knows no values.
import type { Range } from "../ranges.ts";
import { quote } from "./go/quote.ts";
import { parsePipeline } from "./pipeline.ts";
import {
  giveBack,
  inOwnScope,
  lineOf,
  maxDepth,
  type Names,
  next,
  nextNonSpace,
  type Parser,
  parserOf,
  peek,
  peekNonSpace,
  recover,
  report,
  stop,
  stringValue,
  unexpected,
} from "./reading.ts";
import type { Token } from "./tokens.ts";
import type { Branch, Definition, Jump, List, Node, ParseResult, Pipe, TemplateCall } from "./tree.ts";

/** `{{ end }}` or `{{ else }}`; `word` is what follows an `else` in the same action. */
type Mark = Range & { readonly kind: "end" | "else"; readonly word: "if" | "with" | undefined };

type Item = Node | Mark | Definition;

/**
 * Parses a label's or annotation's text with the functions and variables that Prometheus 3.14 defines, or any other
 * template with the names given.
 * Never throws: the tree holds what is sound, the errors are in the order found, the first being the one that Go's
 * `text/template` reports. Offsets are UTF-16 units.
 */
export function parseTemplate(text: string, names?: Names): ParseResult {
  const parser = parserOf(text, names);
  const nodes: Node[] = [];
  for (;;) {
    const item = parseItem(parser, true);
    if (item === "end of text") break;
    if (item === undefined || item.kind === "definition") continue;
    if (isMark(item)) report(parser, `unexpected {{${item.kind}}}`, item);
    else nodes.push(item);
  }
  const root: List = { kind: "list", start: 0, end: text.length, nodes };
  const tree = { text, root, definitions: parser.definitions, comments: parser.lexer.comments };
  return { tree, errors: parser.errors };
}

function isMark(item: Item): item is Mark {
  return item.kind === "end" || item.kind === "else";
}

/** Text or one action; undefined for one that is broken. */
function parseItem(parser: Parser, top: boolean): Item | "end of text" | undefined {
  const token = nextNonSpace(parser);
  if (token.kind === "eof") {
    giveBack(parser, token);
    return "end of text";
  }
  if (token.kind === "text") return { kind: "text", start: token.start, end: token.end, text: token.value };
  try {
    if (token.kind !== "leftDelimiter") unexpected(parser, token, "input");
    // Go keeps no start of the action for a `define` at the top.
    if (top && peekNonSpace(parser).kind === "define") return parseDefine(parser, token);
    parser.scope.actionStart = token.start;
    return parseAction(parser, token);
  } catch (thrown) {
    recover(parser, thrown);
    return undefined;
  } finally {
    parser.scope.actionStart = -1;
  }
}

function parseAction(parser: Parser, open: Token): Item {
  const token = nextNonSpace(parser);
  switch (token.kind) {
    case "if":
    case "with":
    case "range":
      return parseBranch(parser, open, token.kind);
    case "else":
      return parseElse(parser, open);
    case "end":
      return { kind: "end", start: open.start, end: closeAction(parser, "end"), word: undefined };
    case "template":
      return parseCall(parser, open);
    case "block":
      return parseBlock(parser, open);
    case "break":
    case "continue":
      return parseJump(parser, open, token, token.kind);
    default: {
      giveBack(parser, token);
      const { pipe, close } = parsePipeline(parser, "command", "rightDelimiter");
      return { kind: "action", start: open.start, end: close.end, pipe };
    }
  }
}

/** Takes the `}}`; an error in its way is noted and passed over. Where the action ends. */
function closeAction(parser: Parser, context: string): number {
  try {
    const token = nextNonSpace(parser);
    return token.kind === "rightDelimiter" ? token.end : unexpected(parser, token, context);
  } catch (thrown) {
    recover(parser, thrown);
    return parser.lexer.position;
  }
}

function parseElse(parser: Parser, open: Token): Mark {
  const token = peekNonSpace(parser);
  if (token.kind === "if" || token.kind === "with") {
    return { kind: "else", start: open.start, end: token.end, word: token.kind };
  }
  return { kind: "else", start: open.start, end: closeAction(parser, "else"), word: undefined };
}

function parseJump(parser: Parser, open: Token, token: Token, kind: Jump["kind"]): Jump {
  const close = nextNonSpace(parser);
  if (close.kind !== "rightDelimiter") unexpected(parser, close, `{{${kind}}}`);
  if (parser.scope.rangeDepth === 0) stop(parser, `{{${kind}}} outside {{range}}`, token);
  return { kind, start: open.start, end: close.end };
}

/** A pipeline up to `}}`; a broken one is noted and left empty, so that what it governs is still read. */
function headPipe(parser: Parser, context: string): Pipe {
  const start = peek(parser).end;
  try {
    return parsePipeline(parser, context, "rightDelimiter").pipe;
  } catch (thrown) {
    recover(parser, thrown);
    const end = parser.lexer.position;
    const range = { start: Math.min(start, end), end };
    return { kind: "pipe", ...range, outer: range, declarations: [], assigns: false, commands: [] };
  }
}

function parseBranch(parser: Parser, open: Token, kind: Branch["kind"]): Branch {
  const { variables } = parser.scope;
  const visible = variables.length;
  if (++parser.depth > maxDepth) stop(parser, "max expression depth exceeded", open);
  const pipe = headPipe(parser, kind);
  if (kind === "range") parser.scope.rangeDepth++;
  const body = parseList(parser, open);
  if (kind === "range") parser.scope.rangeDepth--;
  const { elseList, end } = parseElseList(parser, open, kind, body.mark);
  parser.depth--;
  variables.length = visible;
  return { kind, start: open.start, end, pipe, list: body.list, elseList };
}

function parseElseList(
  parser: Parser,
  open: Token,
  kind: Branch["kind"],
  mark: Mark | undefined,
): { elseList: List | undefined; end: number } {
  if (mark?.kind !== "else") return { elseList: undefined, end: mark?.end ?? parser.lexer.text.length };
  if (mark.word !== undefined && mark.word === kind) {
    const { start } = next(parser);
    // As if the inner one stood in an action of its own; the one `end` closes both.
    const branch = parseBranch(parser, { ...open, start }, mark.word);
    return { elseList: { kind: "list", start: mark.start, end: branch.end, nodes: [branch] }, end: branch.end };
  }
  const first = parseList(parser, open);
  const nodes = [...first.list.nodes];
  let last = first.mark;
  while (last?.kind === "else") {
    report(parser, "expected end; found {{else}}", last);
    const more = parseList(parser, open);
    nodes.push(...more.list.nodes);
    last = more.mark;
  }
  const end = last?.end ?? parser.lexer.text.length;
  return { elseList: { kind: "list", start: mark.end, end: last?.start ?? end, nodes }, end };
}

/** Items up to `end` or `else`; without one the text is at its end, which is an error of the action that opened the list. */
function parseList(parser: Parser, open: Range): { list: List; mark: Mark | undefined } {
  const start = peekNonSpace(parser).start;
  const nodes: Node[] = [];
  for (;;) {
    const item = parseItem(parser, false);
    if (item === "end of text") {
      if (!parser.ended) report(parser, "unexpected EOF", open);
      parser.ended = true;
      return { list: { kind: "list", start, end: parser.lexer.text.length, nodes }, mark: undefined };
    }
    if (item === undefined || item.kind === "definition") continue;
    if (isMark(item)) return { list: { kind: "list", start, end: item.start, nodes }, mark: item };
    nodes.push(item);
  }
}

function parseName(parser: Parser, context: string): { name: string; nameRange: Range } {
  const token = nextNonSpace(parser);
  if (token.kind !== "string" && token.kind !== "rawString") unexpected(parser, token, context);
  return { name: stringValue(parser, token), nameRange: { start: token.start, end: token.end } };
}

function parseCall(parser: Parser, open: Token): TemplateCall {
  const { name, nameRange } = parseName(parser, "template clause");
  const token = nextNonSpace(parser);
  if (token.kind === "rightDelimiter") {
    return { kind: "template", start: open.start, end: token.end, name, nameRange, pipe: undefined };
  }
  giveBack(parser, token);
  const { pipe, close } = parsePipeline(parser, "template clause", "rightDelimiter");
  return { kind: "template", start: open.start, end: close.end, name, nameRange, pipe };
}

/** The body of a `define` or `block`; the definition is kept unless one of that name is there already. */
function parseBody(parser: Parser, open: Range, named: Pick<Definition, "word" | "name" | "nameRange">): Definition {
  const context = `${named.word} clause`;
  const head = parser.last;
  if (++parser.depth > maxDepth) stop(parser, "max expression depth exceeded", open);
  const { list, mark } = inOwnScope(parser, () => {
    const body = parseList(parser, open);
    if (body.mark?.kind === "else") {
      // A block's body is read by a parser of its own, and what does not belong there is found by the outer one.
      const line = named.word === "block" ? { line: lineOf(parser.lexer.text, head.start) } : {};
      report(parser, `unexpected {{else}} in ${context}`, body.mark, line);
    }
    return body;
  });
  parser.depth--;
  const end = mark?.end ?? parser.lexer.text.length;
  const definition: Definition = { kind: "definition", start: open.start, end, ...named, list };
  if (!isEmpty(list)) {
    if (parser.defined.has(named.name)) {
      report(parser, `template: multiple definition of template ${quote(named.name)}`, named.nameRange);
    }
    parser.defined.add(named.name);
  }
  parser.definitions.push(definition);
  return definition;
}

/** Whether a list holds nothing but blanks. */
export function isEmpty(list: List): boolean {
  return list.nodes.every((node) => node.kind === "text" && node.text.trim() === "");
}

function parseDefine(parser: Parser, open: Token): Definition {
  nextNonSpace(parser);
  let named = { name: "", nameRange: { start: open.start, end: open.end } as Range };
  try {
    named = parseName(parser, "define clause");
    const close = nextNonSpace(parser);
    if (close.kind !== "rightDelimiter") unexpected(parser, close, "define clause");
  } catch (thrown) {
    recover(parser, thrown);
  }
  return parseBody(parser, open, { word: "define", ...named });
}

function parseBlock(parser: Parser, open: Token): TemplateCall {
  const named = parseName(parser, "block clause");
  const pipe = headPipe(parser, "block clause");
  const body = parseBody(parser, open, { word: "block", ...named });
  return { kind: "template", start: open.start, end: body.end, ...named, pipe };
}
