// What most actions of alerts are, read at once: `{{ $labels.x }}`, `{{ $value | humanize }}`. All else is the parser's,
// and so is every error.
import { functionTable } from "./functionTable.ts";
import type { Parser } from "./reading.ts";
import type { Action, Command, Variable } from "./tree.ts";

const quick = /\{\{ ?(\$labels|\$value)(\.[A-Za-z_][A-Za-z0-9_]*)?((?: ?\| ?[A-Za-z]+)*) ?\}\}/y;
const word = /[A-Za-z]+/g;

/** The action that begins where reading stands, as the parser reads it; `undefined` where it is another kind, or none. */
export function quickAction(parser: Parser): Action | undefined {
  const { lexer, pending, scope } = parser;
  if (pending.length > 0 || lexer.insideAction) return undefined;
  const { text, position: start } = lexer;
  quick.lastIndex = start;
  const found = quick.exec(text);
  const name = found?.[1];
  if (!found || name === undefined || !scope.variables.includes(name)) return undefined;
  const variable = variableAt(text.indexOf("$", start), name, found[2]);
  const commands: Command[] = [{ kind: "command", start: variable.start, end: variable.end, args: [variable] }];
  const end = quick.lastIndex;
  if (found[3] !== "") {
    word.lastIndex = variable.end;
    for (let one = word.exec(text); one && one.index < end; one = word.exec(text)) {
      if (!functionTable.has(one[0])) return undefined;
      const range = { start: one.index, end: word.lastIndex };
      commands.push({ kind: "command", ...range, args: [{ kind: "identifier", ...range, name: one[0] }] });
    }
  }
  lexer.position = end;
  parser.last = { kind: "rightDelimiter", start: end - 2, end, value: "}}" };
  const range = { start: variable.start, end: commands.at(-1)?.end ?? variable.end };
  return {
    kind: "action",
    start,
    end,
    pipe: { kind: "pipe", ...range, outer: range, declarations: [], assigns: false, commands },
  };
}

function variableAt(start: number, name: string, link: string | undefined): Variable {
  const at = start + name.length;
  const nameRange = { start, end: at };
  if (link === undefined) return { kind: "variable", start, end: at, name, nameRange, links: [], at: start };
  const end = at + link.length;
  return { kind: "variable", start, end, name, nameRange, links: [{ start: at, end, name: link.slice(1) }], at };
}
