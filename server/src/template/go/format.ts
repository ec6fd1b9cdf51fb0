// `printf`, `print` and `println`: format strings to text. Knows no templates.
import { printArgument } from "./printer.ts";
import { type Maybe, typeName, unwrap } from "./values.ts";
import { type Flags, noFlags } from "./verbs.ts";

/** What reading a format string has come to. */
type Reading = {
  readonly format: string;
  readonly args: readonly Maybe[];
  position: number;
  argument: number;
  /** Whether an index such as `[3]` stood last, whether any did, and whether all were good since the `%`. */
  afterIndex: boolean;
  reordered: boolean;
  goodIndex: boolean;
};

const tooLarge = 1_000_000;

/** Go's `Sprintf`. Wrong verbs and arguments are written into the text, as Go does: `%!d(string=x)`, `%!s(MISSING)`. */
export function sprintf(format: string, args: readonly Maybe[]): string {
  const reading: Reading = {
    format,
    args,
    position: 0,
    argument: 0,
    afterIndex: false,
    reordered: false,
    goodIndex: true,
  };
  let text = "";
  for (;;) {
    const percent = format.indexOf("%", reading.position);
    if (percent < 0) break;
    text += format.slice(reading.position, percent);
    reading.position = percent + 1;
    reading.goodIndex = true;
    text += formatVerb(reading);
  }
  text += format.slice(reading.position);
  if (reading.reordered || reading.argument >= args.length) return text;
  const extra = args.slice(reading.argument).map((argument) => {
    const value = unwrap(argument);
    return value === undefined ? "<nil>" : `${typeName(value)}=${printArgument(value, "v", noFlags())}`;
  });
  return `${text}%!(EXTRA ${extra.join(", ")})`;
}

function formatVerb(reading: Reading): string {
  const { format, args } = reading;
  const flags = readFlags(reading);
  reading.afterIndex = false;
  readIndex(reading);
  const problems = readWidth(reading, flags) + readPrecision(reading, flags);
  if (!reading.afterIndex) readIndex(reading);
  if (reading.position >= format.length) return `${problems}%!(NOVERB)`;
  const verb = String.fromCodePoint(format.codePointAt(reading.position) ?? 0);
  reading.position += verb.length;
  if (verb === "%") return `${problems}%`;
  if (!reading.goodIndex) return `${problems}%!${verb}(BADINDEX)`;
  if (reading.argument >= args.length) return `${problems}%!${verb}(MISSING)`;
  if (verb === "v" || verb === "w") {
    flags.sharpV = flags.sharp;
    flags.plusV = flags.plus;
    flags.sharp = false;
    flags.plus = false;
  }
  return problems + printArgument(args[reading.argument++], verb, flags);
}

function readFlags(reading: Reading): Flags {
  const flags = noFlags();
  for (; ; reading.position++) {
    switch (reading.format[reading.position]) {
      case "#":
        flags.sharp = true;
        break;
      case "0":
        flags.zero = true;
        break;
      case "+":
        flags.plus = true;
        break;
      case "-":
        flags.minus = true;
        break;
      case " ":
        flags.space = true;
        break;
      default:
        return flags;
    }
  }
}

/** Digits at the position; undefined if there are none or too many, the latter ending the format. */
function readNumber(reading: Reading): number | undefined {
  const digits = /^\d*/.exec(reading.format.slice(reading.position))?.[0] ?? "";
  reading.position += digits.length;
  if (digits === "") return undefined;
  // Go gives up where the number is past a million before its last digit.
  if (Number(digits.slice(0, -1)) > tooLarge) {
    reading.position = reading.format.length;
    return undefined;
  }
  return Number(digits);
}

/** `[3]`: which argument comes next. */
function readIndex(reading: Reading): void {
  const { format, position } = reading;
  reading.afterIndex = false;
  if (format[position] !== "[") return;
  reading.reordered = true;
  const close = format.indexOf("]", position);
  if (close < 0 || format.length - position < 3) {
    reading.goodIndex = false;
    reading.position = position + 1;
    return;
  }
  const written = format.slice(position + 1, close);
  const index = /^\d{1,8}$/.test(written) ? Number(written) - 1 : -1;
  reading.position = close + 1;
  reading.afterIndex = /^\d{1,8}$/.test(written);
  if (reading.afterIndex && index >= 0 && index < reading.args.length) reading.argument = index;
  else reading.goodIndex = false;
}

/** The argument that `*` takes; undefined if it is no integer, or none is left. */
function starArgument(reading: Reading): number | undefined {
  const value = unwrap(reading.args[reading.argument]);
  if (reading.argument < reading.args.length) reading.argument++;
  if (value?.kind !== "int" && value?.kind !== "uint") return undefined;
  const number = Number(value.value);
  return Math.abs(number) > tooLarge ? undefined : number;
}

function readWidth(reading: Reading, flags: Flags): string {
  if (reading.format[reading.position] !== "*") {
    flags.width = readNumber(reading);
    if (reading.afterIndex && flags.width !== undefined) reading.goodIndex = false;
    return "";
  }
  reading.position++;
  reading.afterIndex = false;
  const width = starArgument(reading);
  if (width === undefined) return "%!(BADWIDTH)";
  flags.width = Math.abs(width);
  if (width < 0) {
    flags.minus = true;
    flags.zero = false;
  }
  return "";
}

function readPrecision(reading: Reading, flags: Flags): string {
  const { format } = reading;
  if (format[reading.position] !== "." || reading.position + 1 >= format.length) return "";
  reading.position++;
  if (reading.afterIndex) reading.goodIndex = false;
  readIndex(reading);
  if (format[reading.position] !== "*") {
    flags.precision = readNumber(reading) ?? 0;
    return "";
  }
  reading.position++;
  reading.afterIndex = false;
  const precision = starArgument(reading);
  if (precision !== undefined && precision >= 0) {
    flags.precision = precision;
    return "";
  }
  return "%!(BADPREC)";
}

/** Go's `Sprint`: a blank between two neighbours that are both no texts. */
export function sprint(args: readonly Maybe[]): string {
  let text = "";
  let afterText = true;
  for (const argument of args) {
    const isText = unwrap(argument)?.kind === "string";
    if (!afterText && !isText) text += " ";
    text += printArgument(argument, "v", noFlags());
    afterText = isText;
  }
  return text;
}

/** Go's `Sprintln`. */
export function sprintln(args: readonly Maybe[]): string {
  return `${args.map((argument) => printArgument(argument, "v", noFlags())).join(" ")}\n`;
}
