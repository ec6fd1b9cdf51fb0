// What is known of the value of a pipeline before it runs, and what is used on the way. Knows no actions.
import type { Range } from "../ranges.ts";
import { type FunctionInfo, functionTable } from "./functionTable.ts";
import { type Method, methodNames, methodOf } from "./go/methods.ts";
import { decodeLiteral } from "./go/quote.ts";
import { boolOf, floatOf, type GoType, intOf, stringOf, types } from "./go/values.ts";
import { placeText } from "./nodeText.ts";
import {
  argumentTrouble,
  callTrouble,
  constantOf,
  countTrouble,
  parameterAt,
  resultOf,
  sampleOf,
  type Trouble,
} from "./staticTypes.ts";
import type { Chain, Command, Field, Identifier, Link, Operand, Pipe, StringLiteral, Variable } from "./tree.ts";
import type { Known, LabelUse, QueryUse, Scope, TemplateProblem, Tracked, VariableUse } from "./uses.ts";

export type Environment = { readonly dot: Known; readonly variables: { readonly name: string; known: Known }[] };

/** An argument; one that comes through a pipe has no operand. */
type Given = { readonly known: Known; readonly operand: Operand | undefined };

type Guarded = { readonly from: LabelUse["from"]; readonly name: string };

/** What is found; `guards` are the labels that the branches around the place test. */
export type Inference = {
  readonly labels: (Omit<LabelUse, "guarded"> & { guarded: boolean })[];
  readonly values: Tracked[];
  readonly queries: QueryUse[];
  readonly variables: VariableUse[];
  readonly problems: TemplateProblem[];
  readonly guards: (readonly Guarded[])[];
};

const noOperands: readonly Operand[] = [];
const data: Known = { type: types.data };
const anything: Known = { type: undefined };
/** A new one each time: what is done to it is noted on it. */
function alertValue(): Known {
  const formatters: Tracked["formatters"] = [];
  const value: Tracked = { start: 0, end: 0, from: "alert", formatters, printed: false };
  return { type: types.float, value };
}

const labels: Known = { type: types.labels, map: "labels" };
const externalLabels: Known = { type: types.labels, map: "externalLabels" };
const externalUrl: Known = { type: types.string };

/** What Prometheus declares before each template. */
export function rootScope(): Environment & Scope {
  const variables: Scope["variables"][number][] = [];
  variables.push({ name: "$", known: data });
  variables.push({ name: "$labels", known: labels });
  variables.push({ name: "$externalLabels", known: externalLabels });
  variables.push({ name: "$externalURL", known: externalUrl });
  variables.push({ name: "$value", known: alertValue() });
  return { dot: data, variables };
}

/** A scope whose declarations end with it. */
export function enclosed(scope: Environment): Environment {
  return { dot: scope.dot, variables: [...scope.variables] };
}

export function problem(found: Inference, at: Range, trouble: Trouble, known: readonly string[] = []): void {
  const { kind, message, fatal } = trouble;
  found.problems.push({ start: at.start, end: at.end, kind, message, fatal, known });
}

/** An item of a list or map. */
export function knownOf(type: GoType | undefined, query: string | undefined): Known {
  const known = type === types.any ? anything : { type };
  return query !== undefined && type === types.rowPointer ? { ...known, query } : known;
}

export function inferPipe(found: Inference, scope: Environment, pipe: Pipe): Known {
  let known: Known | undefined;
  for (const command of pipe.commands) known = inferCommand(found, scope, command, known);
  const result = known ?? anything;
  if (pipe.declarations.length > 0) declare(found, scope, pipe, result);
  return result;
}

function declare(found: Inference, scope: Environment, pipe: Pipe, result: Known): void {
  // Another value may be assigned before the variable is read: only what holds for all of them is kept.
  const { constant: _constant, literal: _literal, ...kept } = result;
  for (const { name, start, end } of pipe.declarations) {
    found.variables.push({ name, start, end, declares: !pipe.assigns });
    const before = variableOf(scope, name);
    if (!pipe.assigns) scope.variables.push({ name, known: kept });
    else if (before === undefined) {
      const message = `undefined variable: ${name}`;
      problem(
        found,
        { start, end },
        { kind: "variable", message, fatal: true },
        scope.variables.map((v) => v.name),
      );
    } else before.known = before.known.type === kept.type ? { type: kept.type } : anything;
  }
}

/** The innermost variable of a name. */
function variableOf({ variables }: Environment, name: string): Environment["variables"][number] | undefined {
  for (let i = variables.length - 1; i >= 0; i--) if (variables[i]?.name === name) return variables[i];
  return undefined;
}

/** A value that is no function takes no arguments. */
function takesNothing(found: Inference, head: Operand, command: Command, piped: boolean): void {
  if (command.args.length < 2 && !piped) return;
  const message = `can't give argument to non-function ${placeText(head)}`;
  problem(found, head, { kind: "arguments", message, fatal: true });
}

function inferCommand(found: Inference, scope: Environment, command: Command, piped: Known | undefined): Known {
  const head = command.args[0];
  if (head === undefined) return anything;
  const rest = command.args.length > 1 ? command.args.slice(1) : noOperands;
  if (head.kind === "identifier") return inferCall(found, scope, head, rest, piped);
  if (head.kind === "field" || head.kind === "chain" || (head.kind === "variable" && head.links.length > 0)) {
    const given: Given[] = rest.map((operand) => ({ known: inferOperand(found, scope, operand), operand }));
    if (piped !== undefined) given.push({ known: piped, operand: undefined });
    return inferLinked(found, scope, head, given);
  }
  takesNothing(found, head, command, piped !== undefined);
  if (head.kind === "nil") problem(found, head, { kind: "type", message: "nil is not a command", fatal: true });
  return inferOperand(found, scope, head);
}

export function inferOperand(found: Inference, scope: Environment, operand: Operand): Known {
  switch (operand.kind) {
    case "identifier":
      return inferCall(found, scope, operand, [], undefined);
    case "pipe":
      return inferPipe(found, scope, operand);
    case "field":
    case "chain":
    case "variable":
      return inferLinked(found, scope, operand, []);
    case "dot":
      return scope.dot.value === undefined ? scope.dot : showing(scope.dot, track(found, operand, scope.dot.value));
    case "nil":
      return { type: undefined, nil: true };
    case "boolean":
      return constantOf(boolOf(operand.value));
    case "string":
      return { ...constantOf(stringOf(operand.value)), literal: operand };
    case "number":
      if (operand.complex !== undefined) return { type: types.complex };
      if (!/^'|^0[xX][^pP]*$/.test(operand.source) && /[.eEpP]/.test(operand.source)) {
        return constantOf(floatOf(operand.float ?? 0));
      }
      if (operand.int !== undefined) return constantOf(intOf(operand.int));
      problem(found, operand, { kind: "type", message: `${operand.source} overflows int`, fatal: true });
      return { type: types.int };
  }
}

/** What is known, and the number that it shows. Most is known by its type alone, and copies of any shape are slow. */
function showing(known: Known, value: Tracked): Known {
  const { type, constant, literal, map, query, nil } = known;
  const isBare = !constant && !literal && !map && query === undefined && !nil;
  return isBare ? { type, value } : { ...known, value };
}

/** The same value used at another place, with what was done to it so far. */
function track(found: Inference, at: Range, source: Tracked): Tracked {
  const tracked: Tracked = {
    start: at.start,
    end: at.end,
    from: source.from,
    formatters: source.formatters.slice(),
    printed: false,
  };
  found.values.push(tracked);
  return tracked;
}

function inferLinked(
  found: Inference,
  scope: Environment,
  operand: Field | Variable | Chain,
  given: readonly Given[],
): Known {
  let known: Known;
  if (operand.kind === "field") known = scope.dot;
  else if (operand.kind === "chain") known = inferOperand(found, scope, operand.operand);
  else {
    const { start, end } = operand.nameRange;
    found.variables.push({ name: operand.name, start, end, declares: false });
    known = variableOf(scope, operand.name)?.known ?? anything;
    if (known.value !== undefined) known = showing(known, track(found, operand.nameRange, known.value));
  }
  let shownType = known.type?.name;
  const { links } = operand;
  for (let i = 0; i < links.length; i++) {
    const link = links[i] as Link;
    const at = { start: operand.start, end: link.end };
    const last = i === links.length - 1;
    const isValue = known.type === types.data && link.name === "Value";
    known = inferLink(found, at, known, link, shownType ?? "", last ? given : []);
    shownType = isValue ? types.any.name : known.type?.name;
  }
  return known;
}

/** Fields of the structs, as a template sees them. */
function fieldOf(found: Inference, at: Range, known: Known, name: string): Known | undefined {
  if (known.type === types.data) {
    if (name === "Labels") return { type: types.labels, map: "labels" };
    if (name === "ExternalLabels") return { type: types.labels, map: "externalLabels" };
    if (name === "ExternalURL") return { type: types.string };
    if (name !== "Value") return undefined;
    return { type: types.float, value: track(found, at, { ...at, from: "alert", formatters: [], printed: false }) };
  }
  if (name === "Labels")
    return known.query === undefined ? { type: types.labels } : { type: types.labels, query: known.query };
  return name === "Value" ? queryValue(found, at, known.query) : undefined;
}

function queryValue(found: Inference, at: Range, query: string | undefined): Known {
  if (query === undefined) return { type: types.float };
  return { type: types.float, value: track(found, at, { ...at, from: { query }, formatters: [], printed: false }) };
}

const dataFields = ["Labels", "ExternalLabels", "ExternalURL", "Value"] as const;
const rowFields = ["Labels", "Value"] as const;

function inferLink(
  found: Inference,
  at: Range,
  known: Known,
  link: Link,
  shownType: string,
  given: readonly Given[],
): Known {
  const { type } = known;
  const called = given.length > 0;
  if (type === undefined || known.nil === true) return anything;
  if (type.kind === "map") {
    if (called) {
      problem(found, link, {
        kind: "arguments",
        message: `${link.name} is not a method but has arguments`,
        fatal: true,
      });
    }
    if (known.map !== undefined) useLabel(found, known.map, link.name, at, { start: link.start + 1, end: link.end });
    return type === types.labels ? { type: types.string } : anything;
  }
  const isStruct = type === types.data || type === types.rowPointer;
  if (isStruct) {
    const field = fieldOf(found, at, known, link.name);
    if (field !== undefined && called) {
      const message = `${link.name} has arguments but cannot be invoked as function`;
      problem(found, link, { kind: "arguments", message, fatal: true });
    }
    if (field !== undefined) return field;
  }
  const sample = sampleOf(known);
  const method = sample === undefined ? undefined : methodOf(sample, link.name);
  if (method?.refused !== undefined) problem(found, link, { kind: "type", message: method.refused, fatal: true });
  else if (method !== undefined) return inferMethod(found, link, method, given);
  else {
    const message = `can't evaluate field ${link.name} in type ${shownType}`;
    problem(found, link, { kind: "field", message, fatal: true }, fieldNames(type));
  }
  return anything;
}

function inferMethod(found: Inference, link: Link, { parameters, call }: Method, given: readonly Given[]): Known {
  if (given.length !== parameters.length) {
    const message = `wrong number of args for ${link.name}: want ${parameters.length} got ${given.length}`;
    problem(found, link, { kind: "arguments", message, fatal: true });
  } else if (given.length === 0) return { type: call([]).type };
  given.forEach(({ known, operand }, i) => {
    const type = parameters[i];
    const trouble = type && argumentTrouble(type, known, operand);
    if (trouble !== undefined) problem(found, operand ?? link, trouble);
  });
  return anything;
}

/** Names that can stand behind the dot of a value. */
export function fieldNames(type: GoType | undefined): readonly string[] {
  if (type === types.data) return dataFields;
  if (type === types.rowPointer) return rowFields;
  if (type === types.timePointer || type === types.time) return methodNames.time;
  return type === types.durationPointer || type === types.duration ? methodNames.duration : [];
}

function useLabel(found: Inference, from: LabelUse["from"], name: string, at: Range, nameRange: Range): void {
  const guarded = found.guards.some((tested) => tested.some((label) => label.from === from && label.name === name));
  found.labels.push({ from, name, start: at.start, end: at.end, nameRange, guarded });
}

function inferCall(
  found: Inference,
  scope: Environment,
  head: Identifier,
  operands: readonly Operand[],
  piped: Known | undefined,
): Known {
  const info = functionTable.get(head.name);
  const before = found.labels.length;
  const written: Known[] = [];
  for (const operand of operands) {
    written.push(inferOperand(found, scope, operand));
    // What stands behind it in an `or` is what is shown in its place.
    if (head.name === "or" && operand !== operands.at(-1)) {
      for (const use of found.labels.slice(before)) use.guarded = true;
    }
  }
  if (info === undefined) return anything;
  const args = piped === undefined ? written : [...written, piped];
  checkCall(found, info, head, operands, args, piped !== undefined);
  if (info.name === "index") useIndex(found, head, operands, args);
  if (info.name === "query") useQuery(found, args[0]?.literal);
  return formatted(found, info, head, args);
}

function checkCall(
  found: Inference,
  info: FunctionInfo,
  head: Identifier,
  operands: readonly Operand[],
  args: readonly Known[],
  piped: boolean,
): void {
  const count = countTrouble(info, operands.length, piped);
  if (count !== undefined) {
    problem(found, head, count);
    return;
  }
  const { length } = found.problems;
  args.forEach((known, i) => {
    const trouble = argumentTrouble(parameterAt(info, i), known, operands[i]);
    if (trouble !== undefined) problem(found, operands[i] ?? head, trouble);
  });
  if (found.problems.length > length) return;
  const trouble = callTrouble(info, args);
  const place = trouble?.argument === undefined ? head : (operands[trouble.argument] ?? head);
  if (trouble !== undefined) problem(found, place, trouble);
}

function insideQuotes({ start, end }: Range): Range {
  return { start: start + 1, end: end - 1 };
}

function useIndex(found: Inference, head: Identifier, operands: readonly Operand[], args: readonly Known[]): void {
  const container = args[0];
  const key = args[1];
  const literal = key?.literal;
  if (container?.map === undefined || literal === undefined) return;
  const end = Math.max(operands.at(-1)?.end ?? head.end, head.end);
  useLabel(found, container.map, literal.value, { start: head.start, end }, insideQuotes(literal));
}

function useQuery(found: Inference, literal: StringLiteral | undefined): void {
  if (literal === undefined) return;
  const { value, offsets } = decodeLiteral(literal.source);
  const { start, end } = literal;
  found.queries.push({ start, end, expr: value, offsets: offsets.map((offset) => offset + start) });
}

const carriers: ReadonlySet<string> = new Set(["string", "number", "time", "duration", "html"]);

/** The result of a call, with the number that it still shows. */
function formatted(found: Inference, info: FunctionInfo, head: Identifier, args: readonly Known[]): Known {
  const result = resultOf(info, args);
  const shown = args.find((known) => known.value !== undefined)?.value;
  const format = info.name === "printf" && args[0]?.constant?.kind === "string" ? args[0].constant.value : undefined;
  for (const { value } of args) value?.formatters.push({ name: head.name, start: head.start, end: head.end, format });
  if (info.name === "query") return { ...result, ...(args[0]?.literal && { query: args[0].literal.value }) };
  if (info.name === "first" || info.name === "sortByLabel") {
    const query = args.find((known) => known.query !== undefined)?.query;
    return query === undefined ? result : { ...result, query };
  }
  if (info.name === "value") return queryValue(found, head, result.query);
  const carries = carriers.has(info.result) || info.name === "or" || info.name === "and";
  return shown !== undefined && carries ? showing(result, shown) : result;
}
