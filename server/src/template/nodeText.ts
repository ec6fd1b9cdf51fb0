// Pieces of a tree written back as Go writes them in its messages. Knows no values.
import { quote } from "./go/quote.ts";
import type { Action, Branch, Command, Link, List, Node, Operand, Pipe } from "./tree.ts";

/** Anything that a failure can be placed at. */
export type Place = Node | List | Command | Operand;

/** One blank between arguments, whatever stood there; strings and numbers as written. */
export function placeText(place: Place): string {
  switch (place.kind) {
    case "list":
      return place.nodes.map(placeText).join("");
    case "text":
      return place.text;
    case "action":
      return `{{${placeText(place.pipe)}}}`;
    case "if":
    case "with":
    case "range":
      return branchText(place);
    case "template":
      return `{{template ${quote(place.name)}${place.pipe === undefined ? "" : ` ${placeText(place.pipe)}`}}}`;
    case "break":
    case "continue":
      return `{{${place.kind}}}`;
    case "command":
      return place.args.map(nestedText).join(" ");
    default:
      return operandText(place);
  }
}

function branchText(branch: Branch): string {
  const otherwise = branch.elseList === undefined ? "" : `{{else}}${placeText(branch.elseList)}`;
  return `{{${branch.kind} ${placeText(branch.pipe)}}}${placeText(branch.list)}${otherwise}{{end}}`;
}

function nestedText(operand: Operand): string {
  return operand.kind === "pipe" ? `(${placeText(operand)})` : placeText(operand);
}

const linked = (links: readonly Link[]): string => links.map(({ name }) => `.${name}`).join("");

function operandText(operand: Operand): string {
  switch (operand.kind) {
    case "pipe":
      return pipeText(operand);
    case "identifier":
      return operand.name;
    case "field":
      return linked(operand.links);
    case "variable":
      return operand.name + linked(operand.links);
    case "chain":
      return nestedText(operand.operand) + linked(operand.links);
    case "dot":
      return ".";
    case "nil":
      return "nil";
    case "boolean":
      return String(operand.value);
    case "number":
    case "string":
      return operand.source;
  }
}

function pipeText(pipe: Pipe): string {
  const names = pipe.declarations.map(placeText).join(", ");
  const declared = names === "" ? "" : `${names} ${pipe.assigns ? "=" : ":="} `;
  return declared + pipe.commands.map(placeText).join(" | ");
}

/** Offset that Go reports for a piece. */
export function placeOffset(place: Place): number {
  switch (place.kind) {
    case "field":
    case "variable":
    case "chain":
      return place.at;
    case "template":
      return place.nameRange.start;
    case "if":
    case "with":
    case "range":
    case "action":
      return (place as Action | Branch).pipe.start;
    default:
      return place.start;
  }
}
