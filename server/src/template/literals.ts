// Number and character constants of a template: every type that can hold one. Knows no grammar.
import { floatError, parseFloat64, parseInt64, parseUint } from "./go/parseNumber.ts";
import { quote, unquoteChar } from "./go/quote.ts";
import type { NumberLiteral } from "./tree.ts";

type NumberParts = Pick<NumberLiteral, "int" | "uint" | "float" | "complex">;

/** The constant's forms, or Go's message on why it is none. */
export type NumberReading = NumberParts | { readonly message: string };

export function readCharacter(source: string): NumberReading {
  const unit = unquoteChar(source, 1, "'");
  if (unit === undefined) return { message: "invalid syntax" };
  if (source.slice(unit.end) !== "'") return { message: `malformed character constant: ${source}` };
  const value = BigInt(unit.code);
  return { int: value, uint: value, float: unit.code, complex: undefined };
}

function integers(value: number): { int: bigint | undefined; uint: bigint | undefined } {
  if (!Number.isInteger(value)) return { int: undefined, uint: undefined };
  const whole = BigInt(value);
  return {
    int: whole >= -(2n ** 63n) && whole < 2n ** 63n ? whole : undefined,
    uint: whole >= 0n && whole < 2n ** 64n ? whole : undefined,
  };
}

function complexParts(re: number, im: number): NumberParts {
  const real = im === 0 ? { float: re, ...integers(re) } : { float: undefined, int: undefined, uint: undefined };
  return { ...real, complex: { re, im } };
}

const scanError = "syntax error scanning complex number";

/** `1+2i`, no blanks. */
export function readComplex(source: string): NumberReading {
  const split = /^(.*[^eEpP])([+-].*)i$/.exec(source);
  const re = parseFloat64(split?.[1] ?? "");
  const im = parseFloat64(split?.[2] ?? "");
  if (split === null) return { message: scanError };
  if ("error" in re) return { message: floatError(split[1] ?? "", re.error) };
  // Without digits the i is taken for the start of an infinity.
  if ("error" in im)
    return /\d/.test(split[2] ?? "") ? { message: floatError(split[2] ?? "", im.error) } : { message: scanError };
  return complexParts(re.value, im.value);
}

export function readNumber(source: string): NumberReading {
  if (source.endsWith("i")) {
    const im = parseFloat64(source.slice(0, -1));
    if ("value" in im) return complexParts(0, im.value);
  }
  const uint = parseUint(source);
  const int = parseInt64(source);
  if (int !== undefined || uint !== undefined) {
    return { int, uint: int === 0n ? 0n : uint, float: Number(int ?? uint), complex: undefined };
  }
  const float = parseFloat64(source);
  if ("error" in float) return { message: `illegal number syntax: ${quote(source)}` };
  // A decimal without point and exponent that is no integer is one too large.
  if (!/[.eEpP]/.test(source)) return { message: `integer overflow: ${quote(source)}` };
  return { float: float.value, ...integers(float.value), complex: undefined };
}
