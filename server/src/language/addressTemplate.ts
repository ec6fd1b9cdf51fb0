// Address templates, as Dkron has go-sockaddr read them: what is wrong with one, in their words. Knows no key.
import { addressFunctions, resolvedText, unknownHost } from "../catalog/config/address.ts";
import { sentenceOf } from "../template/check.ts";
import { functions as templateFunctions } from "../template/functionTable.ts";
import { parseTemplate } from "../template/parser.ts";
import { columnOf, lineOf, type Names } from "../template/reading.ts";
import { countTrouble } from "../template/staticTypes.ts";
import type { Command, Identifier, Node, Operand, Pipe } from "../template/tree.ts";

/** go-sockaddr's name for each of them. */
const templateName = "sockaddr.Parse";

const ofGo = templateFunctions.filter(({ origin }) => origin === "go").map(({ name }) => [name, undefined] as const);
const names: Names = { functions: new Map<string, unknown>([...ofGo, ...addressFunctions]), variables: ["$"] };

/**
 * Why an address cannot be made of a text, in the words behind `… address resolution failed: `; undefined if it can be,
 * as far as the text tells. Source: ParseSingleIPTemplate of dkron/config.go, go-sockaddr, text/template.
 */
export function templateFault(text: string): string | undefined {
  const quoted = JSON.stringify(text);
  const { tree, errors } = parseTemplate(text, names);
  if (errors[0])
    return `unable to parse address template ${quoted}: unable to parse template ${quoted}: ${sentenceOf(errors[0], templateName)}`;
  const miscall = miscallIn(tree.root.nodes);
  if (miscall) {
    const { start, name } = miscall.head;
    const place = `${lineOf(text, start)}:${columnOf(text, start)}`;
    const failed = `template: ${templateName}:${place}: executing "${templateName}" at <${name}>: ${miscall.message}`;
    return `unable to parse address template ${quoted}: unable to execute sockaddr input ${quoted}: ${failed}`;
  }
  if (tree.root.nodes.some(givesList)) return "multiple addresses found (…), please configure one";
  const literal = resolvedText(text);
  return literal.includes(" ")
    ? `multiple addresses found (${JSON.stringify(literal.replaceAll(unknownHost, "…"))}), please configure one`
    : undefined;
}

type Miscall = { readonly head: Identifier; readonly message: string };

/** The first call with too few or too many arguments of those that are surely made. */
function miscallIn(nodes: readonly Node[]): Miscall | undefined {
  for (const node of nodes) {
    if (node.kind === "text") continue;
    const found = "pipe" in node && node.pipe ? ofPipe(node.pipe) : undefined;
    // What else is executed depends on what a condition finds.
    if (found || node.kind !== "action") return found;
  }
  return undefined;
}

function ofPipe({ commands }: Pipe): Miscall | undefined {
  for (const [index, command] of commands.entries()) {
    const found = ofCommand(command, index > 0);
    if (found) return found;
  }
  return undefined;
}

function ofCommand({ args: [head, ...given] }: Command, isPiped: boolean): Miscall | undefined {
  const own = head?.kind === "identifier" ? miscall(head, given.length, isPiped) : undefined;
  if (own) return own;
  for (const operand of head?.kind === "identifier" ? given : [head, ...given]) {
    const found = operand && ofOperand(operand);
    if (found) return found;
  }
  return undefined;
}

function ofOperand(operand: Operand): Miscall | undefined {
  if (operand.kind === "identifier") return miscall(operand, 0, false);
  return operand.kind === "pipe" ? ofPipe(operand) : undefined;
}

function miscall(head: Identifier, given: number, isPiped: boolean): Miscall | undefined {
  const { name } = head;
  const length = addressFunctions.get(name);
  const trouble =
    length !== undefined && countTrouble({ name, variadic: false, parameters: { length } }, given, isPiped);
  return trouble ? { head, message: trouble.message } : undefined;
}

/** Functions that give interfaces, and not yet an address of one. */
const listFunctions = /^(?:Get(?:All|Default|Private|Public)Interfaces|sort|exclude|include|limit|offset|unique|math)$/;

/** Whether a list of interfaces is written, with blanks between their parts. */
function givesList(node: Node): boolean {
  if (node.kind !== "action" || node.pipe.declarations.length > 0) return false;
  const last = node.pipe.commands.at(-1)?.args[0];
  return last?.kind === "identifier" && listFunctions.test(last.name);
}
