// What a call will do by the types of its arguments alone: the failures to expect, and the type of the result. Knows no tree.
import { asIs, canBeNil, Failure, fitting, literalArgument, parameterTypes } from "./arguments.ts";
import { FunctionFailure } from "./functions/context.ts";
import { implementations } from "./functions/implementations.ts";
import { patternError } from "./functions/regexp.ts";
import type { FunctionInfo } from "./functionTable.ts";
import { sprintf } from "./go/format.ts";
import {
  anyOf,
  boolOf,
  floatOf,
  type GoType,
  intOf,
  labelsOf,
  type Maybe,
  pointerTo,
  rowOf,
  sliceOf,
  stringOf,
  timeOf,
  types,
  type Value,
} from "./go/values.ts";
import type { Operand } from "./tree.ts";
import type { Known, TemplateProblem } from "./uses.ts";

export type Trouble = Pick<TemplateProblem, "kind" | "message" | "fatal"> & { readonly argument?: number };

/** A value of the type, to try things on. */
export function sampleOf(known: Known): Maybe {
  if (known.constant !== undefined) return known.constant;
  const { type } = known;
  if (type === types.float) return floatOf(1.5);
  if (type?.kind === "string") return stringOf("a", type);
  if (type?.kind === "bool") return boolOf(true);
  if (type?.kind === "int") return intOf(1, type);
  if (type?.kind === "uint") return { kind: "uint", type, value: 1n };
  if (type === types.complex) return { kind: "complex", type, re: 1, im: 1 };
  if (type === types.data) return { kind: "struct", type, fields: new Map() };
  if (type === types.labels) return labelsOf({});
  if (type === types.rows) return sliceOf(type, [rowOf({}, 1)]);
  if (type === types.rowPointer) return rowOf({}, 1);
  if (type === types.timePointer) return pointerTo(type, timeOf(0n));
  if (type === types.time) return timeOf(0n);
  if (type === types.durationPointer) return pointerTo(type, intOf(1, types.duration));
  return undefined;
}

/** Whether a sample stands for every value of the type. */
function isKnown(known: Known): boolean {
  return known.nil === true || sampleOf(known) !== undefined;
}

/** What is called, as far as counting goes. */
type Callee = Pick<FunctionInfo, "name" | "variadic"> & { readonly parameters: { readonly length: number } };

/** Wrong number of arguments, as Go counts them: a piped one is left out of "at least". */
export function countTrouble(
  { name, variadic, parameters }: Callee,
  given: number,
  piped: boolean,
): Trouble | undefined {
  const count = given + (piped ? 1 : 0);
  const fixed = parameters.length - (variadic ? 1 : 0);
  const wrong = variadic ? count < fixed : count !== fixed;
  if (!wrong) return undefined;
  const message = `wrong number of args for ${name}: want ${variadic ? `at least ${fixed} got ${given}` : `${fixed} got ${count}`}`;
  return { kind: "arguments", message, fatal: true };
}

/** Type of the parameter that takes the argument at `index`. */
export function parameterAt(info: FunctionInfo, index: number): GoType {
  const { parameters } = info;
  const parameter = parameters[Math.min(index, parameters.length - 1)];
  return (parameter && parameterTypes[parameter.type]) ?? asIs;
}

/** Whether the argument fits its parameter; `operand` where it is written as such and not piped. */
export function argumentTrouble(type: GoType, known: Known, operand: Operand | undefined): Trouble | undefined {
  try {
    if (operand?.kind === "nil") {
      if (!canBeNil(type)) throw new Failure(`cannot assign nil to ${type.name}`);
    } else if (operand?.kind === "number" || operand?.kind === "string" || operand?.kind === "boolean") {
      literalArgument(undefined, type, operand);
    } else if (known.type !== undefined && known.type !== types.any) {
      fitting(sampleOf(known), type);
    }
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    return { kind: "type", message: thrown.message, fatal: true };
  }
}

const comparisons: ReadonlySet<string> = new Set(["eq", "ne", "lt", "le", "gt", "ge"]);
/** Functions that take a number in any form, also as text. */
const numeric: ReadonlySet<string> = new Set([
  "humanize",
  "humanize1024",
  "humanizeDuration",
  "humanizePercentage",
  "humanizeTimestamp",
  "toTime",
  "toDuration",
]);
/** What these make of constants they make of them always. */
const foldable: ReadonlySet<string> = new Set([...numeric, "parseDuration", "index", "slice", "len"]);

/** What fails, or prints nonsense, inside a function whose arguments have the right types. */
export function callTrouble(info: FunctionInfo, args: readonly Known[]): Trouble | undefined {
  const { name } = info;
  if (name === "printf") return formatTrouble(args);
  if (name === "match" || name === "reReplaceAll") return patternTrouble(args);
  if (name === "call")
    return { kind: "arguments", message: "call needs a function, and no value here is one", fatal: true };
  const typed = args.every(isKnown);
  if (comparisons.has(name) && typed && args.length > 0) return failureOf(name, args, "comparison");
  const constant = args.every((known) => known.constant !== undefined || known.nil === true);
  const type = args[0]?.type;
  // A float that is not known suits them all: which ones are too great is seen when it is.
  const wrongNumber = numeric.has(name) && type !== types.float && type?.kind !== "string" && typed;
  const wrongLength = name === "len" && typed;
  const wrongKey = name === "index" && type === types.labels && typed;
  if ((foldable.has(name) && constant) || wrongNumber || wrongLength || wrongKey) {
    return failureOf(name, args, numeric.has(name) || name === "parseDuration" ? "number" : "type");
  }
  return undefined;
}

/** The sentence of a function that fails on samples of its arguments. */
function failureOf(name: string, args: readonly Known[], kind: TemplateProblem["kind"]): Trouble | undefined {
  try {
    implementations[name]?.(args.map(sampleOf), { world: { query: () => [], now: 0 }, externalURL: "" });
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof FunctionFailure)) throw thrown;
    return { kind, message: `error calling ${name}: ${thrown.message}`, fatal: true };
  }
}

function textOf(known: Known | undefined): string | undefined {
  return known?.constant?.kind === "string" ? known.constant.value : undefined;
}

function patternTrouble([pattern]: readonly Known[]): Trouble | undefined {
  const text = textOf(pattern);
  const message = text === undefined ? undefined : patternError(text);
  return message === undefined ? undefined : { kind: "pattern", message, fatal: true, argument: 0 };
}

/** A format tried on samples: what Go writes for a verb that doesn't fit begins with `%!`. */
function formatTrouble([format, ...args]: readonly Known[]): Trouble | undefined {
  const text = textOf(format);
  if (text === undefined) return undefined;
  const spoilt = /%!\(?[^(]*\([^)]*\)|%!\(NOVERB\)/.exec(
    sprintf(
      text,
      args.map((known) => sampleOf(known) ?? anyOf(undefined)),
    ),
  )?.[0];
  if (spoilt === undefined) return undefined;
  const countOnly = /MISSING|EXTRA|NOVERB|BADINDEX/.test(spoilt);
  if (!countOnly && !args.every((known) => known.type !== undefined && isKnown(known))) return undefined;
  const shown = countOnly || textOf(args[0]) !== undefined ? spoilt : spoilt.replace(/=.*\)/, "=…)");
  return { kind: "format", message: shown, fatal: false, argument: 0 };
}

const resultTypes: Readonly<Record<string, GoType>> = {
  string: types.string,
  number: types.float,
  bool: types.bool,
  int: types.int,
  rows: types.rows,
  row: types.rowPointer,
  map: types.args,
  time: types.timePointer,
  duration: types.durationPointer,
  html: types.html,
};

/** What is known of a call's result. */
export function resultOf(info: FunctionInfo, args: readonly Known[]): Known {
  const first = args[0];
  switch (info.name) {
    case "and":
    case "or": {
      const type = args.every((known) => known.type === first?.type) ? first?.type : undefined;
      return { type };
    }
    case "index":
      return indexed(args);
    case "slice":
      return { type: first?.type };
    case "value":
      return { type: types.float, ...(first?.query === undefined ? {} : { query: first.query }) };
    default:
      return { type: resultTypes[info.result] };
  }
}

/** The type of an entry behind as many keys as are given. */
function indexed([container, ...keys]: readonly Known[]): Known {
  let type = container?.type;
  for (const _ of keys) {
    if (type?.kind === "string") type = types.uint8;
    else type = type?.element === types.any ? undefined : type?.element;
  }
  const query = container?.query;
  return query !== undefined && type === types.rowPointer ? { type, query } : { type };
}

export function constantOf(value: Value): Known {
  return { type: value.type, constant: value };
}
