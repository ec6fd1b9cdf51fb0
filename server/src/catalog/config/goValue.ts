// Values as Go's YAML reader hands them to Dkron, and how Go prints them in messages. Knows no key and no text.

export type GoValue =
  | { readonly kind: "nil" }
  | { readonly kind: "bool"; readonly value: boolean }
  /** Integers of any size that the reader takes: up to 64 bits. */
  | { readonly kind: "int"; readonly value: bigint }
  | { readonly kind: "float"; readonly value: number }
  | { readonly kind: "string"; readonly value: string }
  /** A date or time that stands without quotes; `text` is as written. */
  | { readonly kind: "time"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly GoValue[] }
  /** `asRead`: with keys of any type, as the older reader gives maps; viper leaves them so within lists. */
  | { readonly kind: "map"; readonly entries: ReadonlyMap<string, GoValue>; readonly asRead?: boolean };

const typeNames: Record<GoValue["kind"], string> = {
  nil: "<nil>",
  bool: "bool",
  int: "int",
  float: "float64",
  string: "string",
  time: "time.Time",
  list: "[]interface {}",
  map: "map[string]interface {}",
};

/** Name of the value's type, as `%T` prints it. */
export function goTypeName(value: GoValue): string {
  if (value.kind === "int" && value.value > 9223372036854775807n) return "uint64";
  return value.kind === "map" && value.asRead ? "map[interface {}]interface {}" : typeNames[value.kind];
}

/** The value as `%v` prints it: maps sorted by key, nothing quoted. */
export function goPrint(value: GoValue): string {
  switch (value.kind) {
    case "nil":
      return "<nil>";
    case "bool":
    case "int":
    case "string":
      return String(value.value);
    case "float":
      return goFloat(value.value);
    case "time":
      return goTime(value.text);
    case "list":
      return `[${value.items.map(goPrint).join(" ")}]`;
    case "map":
      return `map[${sorted(value.entries)
        .map(([key, item]) => `${key}:${goPrint(item)}`)
        .join(" ")}]`;
  }
}

/** The value as `%#v` prints it: Go source. */
export function goSource(value: GoValue): string {
  switch (value.kind) {
    case "nil":
      return "interface {}(nil)";
    case "string":
      return JSON.stringify(value.value);
    case "time":
      return timeSource(value.text);
    case "list":
      return `[]interface {}{${value.items.map(goSource).join(", ")}}`;
    case "map": {
      const entries = sorted(value.entries).map(([key, item]) => `${JSON.stringify(key)}:${goSource(item)}`);
      return `map[string]interface {}{${entries.join(", ")}}`;
    }
    default:
      return goPrint(value);
  }
}

function sorted(entries: ReadonlyMap<string, GoValue>): (readonly [string, GoValue])[] {
  return [...entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

/** A float as `%v` prints it: shortest digits, an exponent below 1e-4 and from 1e21 on, of two digits at least. */
function goFloat(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "+Inf" : "-Inf";
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-4 && size < 1e21)) return goDecimal(value);
  return value.toExponential().replace(/e([+-])(\d)$/, "e$10$2");
}

/** A float with the fewest digits that give it back, never with an exponent: what a number becomes as a text. */
export function goDecimal(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "+Inf" : "-Inf";
  if (Object.is(value, -0)) return "-0";
  const [mantissa = "", exponent] = String(value).split("e");
  if (exponent === undefined) return mantissa;
  const sign = mantissa.startsWith("-") ? "-" : "";
  const [whole = "", fraction = ""] = mantissa.replace("-", "").split(".");
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  return sign + digits.padEnd(point, "0");
}

function goTime(text: string): string {
  return `${dateOf(text).toISOString().slice(0, 19).replace("T", " ")} +0000 UTC`;
}

function timeSource(text: string): string {
  const date = dateOf(text);
  const month = date.toLocaleString("en", { month: "long", timeZone: "UTC" });
  const parts = [date.getUTCDate(), date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds(), 0];
  return `time.Date(${date.getUTCFullYear()}, time.${month}, ${parts.join(", ")}, time.UTC)`;
}

/** The moment of a date or time of one of the reader's forms; one-digit parts are allowed there. */
function dateOf(text: string): Date {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = text.split(/\D+/).map(Number);
  const [, sign, hours, minutes] = /:\d+(?:\.\d+)?([+-])(\d\d):(\d\d)$/.exec(text) ?? [];
  const offset = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * (sign === "-" ? -1 : 1);
  return new Date(Date.UTC(year, month - 1, day, hour, minute - offset, second));
}
