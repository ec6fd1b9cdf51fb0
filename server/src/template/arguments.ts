// Values as arguments: constants, nil, and what fits a parameter's type. Knows no calls and no variables.
import type { TypeName } from "./functionTable.ts";
import type { Said } from "./garbled.ts";
import { sprint } from "./go/format.ts";
import {
  anyOf,
  boolOf,
  floatOf,
  type GoType,
  intOf,
  type Maybe,
  pointerTo,
  sliceOf,
  stringOf,
  typeName,
  types,
  type Value,
} from "./go/values.ts";
import { placeText } from "./nodeText.ts";
import type { NumberLiteral, Operand } from "./tree.ts";

/** Ends the expansion; the message lacks the place. `said`: what it was put together from, where the message does not tell. */
export class Failure extends Error {
  readonly said: Said | undefined;
  constructor(message: string, said?: Said) {
    super(message);
    this.said = said;
  }
}

/** A failure that shows a value, at the `%v` of its format. */
export function failureShowing(format: string, value: Value): Failure {
  return new Failure(
    format.replace("%v", () => shownValue(value)),
    { format, args: [value] },
  );
}

/** A parameter that takes values as they are, nil too. */
export const asIs: GoType = { name: "reflect.Value", kind: "struct" };

export const parameterTypes: Readonly<Partial<Record<TypeName, GoType>>> = {
  any: types.any,
  value: asIs,
  string: types.string,
  rows: types.rows,
  row: types.rowPointer,
};

export type Literal = Extract<Operand, { kind: "dot" | "nil" | "boolean" | "number" | "string" }>;

export function literalValue(dot: Maybe, literal: Literal): Maybe {
  switch (literal.kind) {
    case "dot":
      return dot;
    case "nil":
      return undefined;
    case "boolean":
      return boolOf(literal.value);
    case "string":
      return stringOf(literal.value);
    case "number":
      return constantValue(literal);
  }
}

/** A constant where any type will do: its form tells the type. */
function constantValue({ source, complex, float, int }: NumberLiteral): Value {
  if (complex !== undefined) return { kind: "complex", type: types.complex, ...complex };
  const wholeForm = /^'|^0[xX][^pP]*$/.test(source);
  if (float !== undefined && !wholeForm && /[.eEpP]/.test(source)) return floatOf(float);
  if (int === undefined) throw new Failure(`${source} overflows int`);
  return intOf(int);
}

/** Whether nil is a value of the type. */
export function canBeNil(type: GoType): boolean {
  return type === asIs || ["interface", "map", "pointer", "slice"].includes(type.kind);
}

/** Nil as a value of the type. */
export function nilOf(type: GoType): Maybe {
  if (type === asIs) return undefined;
  if (type.kind === "slice") return sliceOf(type, []);
  return type.kind === "pointer" ? pointerTo(type, undefined) : anyOf(undefined);
}

/** The value as one of the type, with at most one step through a pointer; `type` undefined takes all. */
export function fitting(value: Maybe, type: GoType | undefined): Maybe {
  if (value === undefined) {
    if (type === undefined) return undefined;
    if (canBeNil(type)) return nilOf(type);
    throw new Failure(`invalid value; expected ${type.name}`);
  }
  if (type === undefined || type === asIs || type === types.any || value.type === type) return value;
  const held = value.kind === "interface" && value.inner !== undefined ? value.inner : value;
  if (held.type === type) return held;
  if (held.kind === "pointer" && held.target?.type === type) return held.target;
  throw new Failure(`wrong type for value; expected ${type.name}; got ${typeName(held)}`);
}

/** A constant as an argument of a given type. */
export function literalArgument(dot: Maybe, type: GoType, operand: Literal): Maybe {
  const found = placeText(operand);
  if (type === asIs || type.kind === "interface") return literalValue(dot, operand);
  if (type.kind === "string") {
    if (operand.kind === "string") return stringOf(operand.value, type);
    throw new Failure(`expected string; found ${found}`);
  }
  if (type.kind === "int") {
    if (operand.kind === "number" && operand.int !== undefined) return intOf(operand.int, type);
    throw new Failure(`expected integer; found ${found}`);
  }
  throw new Failure(`can't handle ${found} for arg of type ${type.name}`);
}

/** A value in a message. */
export function shownValue(value: Maybe): string {
  return value === undefined ? "<invalid reflect.Value>" : sprint([value]);
}
