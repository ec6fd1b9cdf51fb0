// Pipelines to values: commands, arguments, fields, calls. Knows no actions and no output.
import { asIs, canBeNil, Failure, fitting, literalArgument, literalValue, nilOf, parameterTypes } from "./arguments.ts";
import { FunctionFailure, type World } from "./functions/context.ts";
import { implementations } from "./functions/implementations.ts";
import { functionTable } from "./functionTable.ts";
import { MethodFailure, methodOf } from "./go/methods.ts";
import { type GoType, indirect, isTrue, type Maybe, typeName, types, unwrap, zeroOf } from "./go/values.ts";
import { type Place, placeText } from "./nodeText.ts";
import type { Chain, Command, Identifier, Link, Operand, Pipe } from "./tree.ts";

/** One template being run. `place` is the piece that was entered last: where a failure is reported. */
export type Run = {
  readonly world: World;
  readonly externalURL: string;
  /** Name of the template that runs, for messages. */
  name: string;
  place: Place | undefined;
  variables: { readonly name: string; value: Maybe }[];
};

/** No value comes through a pipe, unlike a nil that does. */
const missing = Symbol("missing");
type Final = Maybe | typeof missing;

type Callee = {
  readonly name: string;
  readonly parameters: readonly GoType[];
  readonly variadic: boolean;
  readonly refused?: string | undefined;
  readonly call: (args: readonly Maybe[]) => Maybe;
};

/** Longer texts only come of doubling one again and again. */
const maxTextLength = 4_000_000;

/** The value of a pipeline; its declarations are in force afterwards. */
export function evaluatePipe(run: Run, dot: Maybe, pipe: Pipe): Maybe {
  run.place = pipe;
  let value: Final = missing;
  for (const command of pipe.commands) value = unwrap(evaluateCommand(run, dot, command, value));
  const result = value === missing ? undefined : value;
  if (result?.kind === "string" && result.value.length > maxTextLength) {
    throw new Failure("the text grows too long to be expanded here");
  }
  for (const { name } of pipe.declarations) {
    if (pipe.assigns) assign(run, name, result);
    else run.variables.push({ name, value: result });
  }
  return result;
}

export function assign(run: Run, name: string, value: Maybe): void {
  const variable = run.variables.findLast((candidate) => candidate.name === name);
  if (variable === undefined) throw new Failure(`undefined variable: ${name}`);
  variable.value = value;
}

function variableValue(run: Run, name: string): Maybe {
  const variable = run.variables.findLast((candidate) => candidate.name === name);
  if (variable === undefined) throw new Failure(`undefined variable: ${name}`);
  return variable.value;
}

function takesNothing(args: readonly Operand[], final: Final): void {
  const [head] = args;
  if (head !== undefined && (args.length > 1 || final !== missing)) {
    throw new Failure(`can't give argument to non-function ${placeText(head)}`);
  }
}

function evaluateCommand(run: Run, dot: Maybe, command: Command, final: Final): Maybe {
  const { args } = command;
  const [head] = args;
  switch (head?.kind) {
    case "field":
      run.place = head;
      return followLinks(run, dot, dot, head, head.links, args, final);
    case "chain":
      return evaluateChain(run, dot, head, args, final);
    case "identifier":
      return callFunction(run, dot, head, command, args, final);
    case "pipe":
      takesNothing(args, final);
      return evaluatePipe(run, dot, head);
    case "variable": {
      run.place = head;
      const value = variableValue(run, head.name);
      if (head.links.length > 0) return followLinks(run, dot, value, head, head.links, args, final);
      takesNothing(args, final);
      return value;
    }
    default:
      if (head === undefined) return undefined;
      run.place = head;
      takesNothing(args, final);
      if (head.kind === "nil") throw new Failure("nil is not a command");
      return literalValue(dot, head);
  }
}

function evaluateChain(run: Run, dot: Maybe, chain: Chain, args: readonly Operand[], final: Final): Maybe {
  run.place = chain;
  const receiver = evaluateArgument(run, dot, undefined, chain.operand);
  return followLinks(run, dot, receiver, chain, chain.links, args, final);
}

/** `.A.B` of a value; only the last link can be a method with arguments. */
function followLinks(
  run: Run,
  dot: Maybe,
  receiver: Maybe,
  place: Place,
  links: readonly Link[],
  args: readonly Operand[],
  final: Final,
): Maybe {
  let value = receiver;
  links.forEach(({ name }, i) => {
    const last = i === links.length - 1;
    value = fieldOf(run, dot, value, place, name, last ? args : [], last ? final : missing);
  });
  return value;
}

function fieldOf(
  run: Run,
  dot: Maybe,
  receiver: Maybe,
  place: Place,
  name: string,
  args: readonly Operand[],
  final: Final,
): Maybe {
  if (receiver === undefined) return undefined;
  const type = typeName(receiver);
  const { value, isNil } = indirect(receiver);
  if (isNil || value === undefined) throw new Failure(`nil pointer evaluating ${type}.${name}`);
  const method = methodOf(value, name);
  if (method !== undefined) {
    return call(run, dot, { name, variadic: false, ...method }, place, args.slice(1), final);
  }
  const hasArguments = args.length > 1 || final !== missing;
  if (value.kind === "struct" && value.fields.has(name)) {
    if (value.nanoseconds !== undefined) throw new Failure(`${name} is an unexported field of struct type ${type}`);
    if (hasArguments) throw new Failure(`${name} has arguments but cannot be invoked as function`);
    return value.fields.get(name);
  }
  if (value.kind === "map") {
    if (hasArguments) throw new Failure(`${name} is not a method but has arguments`);
    return value.entries.get(name) ?? zeroOf(value.type.element);
  }
  throw new Failure(`can't evaluate field ${name} in type ${type}`);
}

function callFunction(
  run: Run,
  dot: Maybe,
  { name, start, end }: Identifier,
  place: Place,
  args: readonly Operand[],
  final: Final,
): Maybe {
  run.place = { kind: "identifier", name, start, end };
  const info = functionTable.get(name);
  if (info === undefined) throw new Failure(`"${name}" is not a defined function`);
  const parameters = info.parameters.map(({ type }) => parameterTypes[type] ?? asIs);
  const { variadic } = info;
  const given = args.slice(1);
  if (name === "and" || name === "or") return callLogic(run, dot, name, given, final);
  const { world, externalURL } = run;
  const apply = implementations[name] ?? ((values: readonly Maybe[]) => refuseCall(given, values));
  const callee: Callee = { name, parameters, variadic, call: (values) => apply(values, { world, externalURL }) };
  return call(run, dot, callee, place, given, final);
}

/** `call` wants a function, and no value here is one. */
function refuseCall(given: readonly Operand[], [held]: readonly Maybe[]): never {
  const value = unwrap(held);
  if (value === undefined) throw new FunctionFailure("call of nil");
  const [callee] = given;
  const shown = callee === undefined ? `<${typeName(value)} Value>` : placeText(callee);
  const name = callee === undefined && value.kind === "string" ? value.value : shown;
  throw new FunctionFailure(`non-function ${name} of type ${typeName(value)}`);
}

/** `and` and `or` evaluate no further than they need. */
function callLogic(run: Run, dot: Maybe, name: "and" | "or", given: readonly Operand[], final: Final): Maybe {
  if (given.length === 0 && final === missing) {
    throw new Failure(`wrong number of args for ${name}: want at least 1 got 0`);
  }
  let value: Maybe;
  for (const argument of given) {
    value = evaluateArgument(run, dot, asIs, argument);
    if (isTrue(value) === (name === "or")) return value;
  }
  return final === missing ? value : final;
}

function call(run: Run, dot: Maybe, callee: Callee, place: Place, given: readonly Operand[], final: Final): Maybe {
  const { name, parameters, variadic } = callee;
  const count = given.length + (final === missing ? 0 : 1);
  const fixed = variadic ? parameters.length - 1 : parameters.length;
  if (variadic && count < fixed) {
    throw new Failure(`wrong number of args for ${name}: want at least ${fixed} got ${given.length}`);
  }
  if (!variadic && count !== fixed) {
    throw new Failure(`wrong number of args for ${name}: want ${fixed} got ${count}`);
  }
  if (callee.refused !== undefined) throw new Failure(callee.refused);
  const typeAt = (i: number): GoType => parameters[Math.min(i, parameters.length - 1)] ?? asIs;
  const values: Maybe[] = given.map((argument, i) => evaluateArgument(run, dot, typeAt(i), argument));
  if (final !== missing) values.push(fitting(final, typeAt(count - 1)));
  try {
    // What takes any value gets what is inside; what takes values as they are gets the place itself.
    return callee.call(values.map((value, i) => (typeAt(i) === asIs ? value : unwrap(value))));
  } catch (thrown) {
    if (!(thrown instanceof FunctionFailure || thrown instanceof MethodFailure)) throw thrown;
    run.place = place;
    throw new Failure(`error calling ${name}: ${thrown.message}`);
  }
}

function evaluateArgument(run: Run, dot: Maybe, type: GoType | undefined, operand: Operand): Maybe {
  run.place = operand;
  switch (operand.kind) {
    case "dot":
      return fitting(dot, type);
    case "nil":
      if (type === undefined || canBeNil(type)) return type === undefined ? undefined : nilOf(type);
      throw new Failure(`cannot assign nil to ${type.name}`);
    case "field":
      return fitting(followLinks(run, dot, dot, operand, operand.links, [], missing), type);
    case "variable":
      return fitting(
        followLinks(run, dot, variableValue(run, operand.name), operand, operand.links, [], missing),
        type,
      );
    case "pipe":
      return fitting(evaluatePipe(run, dot, operand), type);
    case "identifier":
      return fitting(callFunction(run, dot, operand, operand, [], missing), type);
    case "chain":
      return fitting(evaluateChain(run, dot, operand, [], missing), type);
    default:
      return literalArgument(dot, type ?? types.any, operand);
  }
}
