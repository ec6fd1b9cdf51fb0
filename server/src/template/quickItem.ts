// What most texts of alerts consist of, read at once: the text up to an action, `{{ $labels.x }}`, `{{ $value | humanize }}`.
// All else is the parser's, and so is every error.
import type { Parser } from "./reading.ts";
import type { Action, Command, Identifier, Link, Pipe, Text, Variable } from "./tree.ts";

const quick = /\{\{ ?(\$labels|\$value)(\.[A-Za-z_][A-Za-z0-9_]*)?((?: ?\| ?[A-Za-z]+)*) ?\}\}/y;
const word = /[A-Za-z]+/g;

/** The item that begins where reading stands, as the parser reads it; `undefined` where it is another kind, or none. */
export function quickItem(parser: Parser): Action | Text | undefined {
  const { lexer, pending } = parser;
  if (pending.length > 0 || lexer.insideAction) return undefined;
  return lexer.text.startsWith("{{", lexer.position) ? quickAction(parser) : quickText(parser);
}

/** A hyphen behind the braces may trim what stands before them. */
function quickText(parser: Parser): Text | undefined {
  const { lexer } = parser;
  const { text, position: start } = lexer;
  const open = text.indexOf("{{", start);
  if (start >= text.length || (open >= 0 && text[open + 2] === "-")) return undefined;
  const end = open < 0 ? text.length : open;
  const value = text.slice(start, end);
  lexer.position = end;
  parser.last = { kind: "text", start, end, value };
  return { kind: "text", start, end, text: value };
}

function quickAction(parser: Parser): Action | undefined {
  const { lexer, scope } = parser;
  const { text, position: start } = lexer;
  quick.lastIndex = start;
  const found = quick.exec(text);
  const name = found?.[1];
  if (!found || name === undefined || !scope.variables.includes(name)) return undefined;
  const variable = variableAt(text.indexOf("$", start), name, found[2]);
  const commands: Command[] = [commandOf(variable)];
  const end = quick.lastIndex;
  if (found[3] !== "") {
    word.lastIndex = variable.end;
    for (let one = word.exec(text); one && one.index < end; one = word.exec(text)) {
      if (!parser.functions.has(one[0])) return undefined;
      const { lastIndex: behind } = word;
      commands.push(commandOf({ kind: "identifier", start: one.index, end: behind, name: one[0] }));
    }
  }
  lexer.position = end;
  parser.last = { kind: "rightDelimiter", start: end - 2, end, value: "}}" };
  const from = variable.start;
  const to = commands[commands.length - 1]?.end ?? variable.end;
  const outer = { start: from, end: to };
  const declarations: Pipe["declarations"] = [];
  const pipe: Pipe = { kind: "pipe", start: from, end: to, outer, declarations, assigns: false, commands };
  return { kind: "action", start, end, pipe };
}

function commandOf(operand: Variable | Identifier): Command {
  const args: Command["args"] = [operand];
  return { kind: "command", start: operand.start, end: operand.end, args };
}

function variableAt(start: number, name: string, link: string | undefined): Variable {
  const at = start + name.length;
  const nameRange = { start, end: at };
  if (link === undefined) {
    const none: Link[] = [];
    return { kind: "variable", start, end: at, name, nameRange, links: none, at: start };
  }
  const end = at + link.length;
  const only: Link = { start: at, end, name: link.slice(1) };
  const links: Link[] = [only];
  return { kind: "variable", start, end, name, nameRange, links, at };
}
