// What type a scalar has for the two Go parsers that read Dkron's and Prometheus' files. Knows no schema and no key.
import type { Empty, Scalar } from "./tree.ts";

/**
 * `yaml2`: go.yaml.in/yaml/v2, with which Prometheus reads prometheus.yml; YAML 1.1 booleans.
 * `yaml3`: yaml.v3, with which Prometheus reads rule files and Dkron (3.2.0 and later) its configuration; `yes` is text there,
 * unless the target is a bool: see `booleanOf`.
 */
export type Engine = "yaml2" | "yaml3";

/** `int` has a bigint where a number would not be exact; `timestamp` and `other` (a tag of its own) keep the text. */
export type Resolved = { readonly problem?: string } & (
  | { readonly type: "null"; readonly value: null }
  | { readonly type: "bool"; readonly value: boolean }
  | { readonly type: "int"; readonly value: number | bigint }
  | { readonly type: "float"; readonly value: number }
  | { readonly type: "str" | "timestamp" | "merge" | "binary" | "other"; readonly value: string }
);

const words = new Map<string, Resolved>();
for (const word of ["", "~", "null", "Null", "NULL"]) words.set(word, { type: "null", value: null });
for (const word of ["true", "True", "TRUE"]) words.set(word, { type: "bool", value: true });
for (const word of ["false", "False", "FALSE"]) words.set(word, { type: "bool", value: false });
for (const word of [".nan", ".NaN", ".NAN"]) words.set(word, { type: "float", value: Number.NaN });
for (const word of [".inf", ".Inf", ".INF"]) {
  words.set(word, { type: "float", value: Infinity });
  words.set(`+${word}`, { type: "float", value: Infinity });
  words.set(`-${word}`, { type: "float", value: -Infinity });
}

const booleans = new Map<string, boolean>();
for (const word of ["y", "Y", "yes", "Yes", "YES", "on", "On", "ON"]) booleans.set(word, true);
for (const word of ["n", "N", "no", "No", "NO", "off", "Off", "OFF"]) booleans.set(word, false);

/** What YAML 1.1 calls a boolean, `yes` and `off` included: yaml2 always, yaml3 only where it decodes into a Go bool. */
export function booleanOf(text: string): boolean | undefined {
  const word = words.get(text);
  return word?.type === "bool" ? word.value : booleans.get(text);
}

/**
 * Type and value, as `resolve` of both Go packages finds them: quoted and block scalars are text unless tagged.
 * `problem` has Go's message where the text does not fit an explicit tag.
 */
export function resolveScalar(node: Scalar | Empty, engine: Engine): Resolved {
  const text = node.kind === "empty" ? "" : node.value;
  const isPlain = node.kind === "empty" || node.style === "plain";
  const written = shortTag(node.tag?.text);
  // To yaml.v3 `!` says nothing, to yaml v2 that a text is meant.
  const tag = written === "!" && engine === "yaml3" ? undefined : written;
  if (tag === undefined) return isPlain ? resolvePlain(text, engine, true) : { type: "str", value: text };
  switch (tag) {
    case "!!str":
    case "!":
      return { type: "str", value: text };
    case "!!binary":
      return isBase64(text)
        ? { type: "binary", value: text }
        : { type: "binary", value: text, problem: "!!binary value contains invalid base64 data" };
    case "!!null":
    case "!!bool":
    case "!!int":
    case "!!float":
    case "!!timestamp":
      return fitting(resolvePlain(text, engine, tag === "!!timestamp"), text, tag);
    default:
      return { type: "other", value: text };
  }
}

/** Whether a scalar is a null: nothing, `~` and `null` where they are neither quoted nor tagged, or tagged as one. */
export function isNullScalar(node: Scalar): boolean {
  if (node.tag) return resolveScalar(node, "yaml2").type === "null";
  return node.style === "plain" && words.get(node.value)?.type === "null";
}

/** `!!str` for `!<tag:yaml.org,2002:str>`. */
export function shortTag(tag: string | undefined): string | undefined {
  return tag?.replace(/^!<tag:yaml\.org,2002:(.*)>$/, "!!$1");
}

function fitting(found: Resolved, text: string, tag: string): Resolved {
  if (`!!${found.type}` === tag) return found;
  if (tag === "!!float" && found.type === "int") return { type: "float", value: Number(found.value) };
  return { ...found, problem: `cannot decode !!${found.type} \`${text}\` as a ${tag}` };
}

function resolvePlain(text: string, engine: Engine, canBeTime: boolean): Resolved {
  const word = words.get(text);
  if (word) return word;
  if (engine === "yaml3") {
    if (text === "<<") return { type: "merge", value: text };
  } else {
    const value = booleans.get(text);
    if (value !== undefined) return { type: "bool", value };
  }
  return resolveNumber(text, engine, canBeTime) ?? { type: "str", value: text };
}

function resolveNumber(text: string, engine: Engine, canBeTime: boolean): Resolved | undefined {
  if (/^\./.test(text)) return /^\.\d+([eE][-+]?\d+)?$/.test(text) ? { type: "float", value: Number(text) } : undefined;
  if (!/^[-+\d]/.test(text)) return undefined;
  if (canBeTime && isTimestamp(text)) return { type: "timestamp", value: text };
  const plain = text.replaceAll("_", "");
  const int = integerOf(plain, engine);
  if (int !== undefined) return { type: "int", value: int };
  if (!/^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/.test(plain)) return undefined;
  const value = Number(plain);
  return Number.isFinite(value) ? { type: "float", value } : undefined;
}

/** Go's strconv with base 0: `0x`, `0b`, `0o` and a leading `0` for octal; 64 bits, signed or unsigned. Base 60 is no number. */
function integerOf(plain: string, engine: Engine): number | bigint | undefined {
  const match = /^([-+]?)(0[xX][\da-fA-F]+|0[bB][01]+|0[oO][0-7]+|0[0-7]*|[1-9]\d*)$/.exec(plain);
  if (!match) return odd(plain, engine);
  const [, sign = "", digits = ""] = match;
  const written = /^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits.toLowerCase();
  return inRange(BigInt(written), sign);
}

/** What both try when strconv refuses: a sign behind `0b`, and in yaml3 behind `0o`. */
function odd(plain: string, engine: Engine): number | bigint | undefined {
  const match = /^0b([-+])([01]+)$/.exec(plain) ?? (engine === "yaml3" ? /^0o([-+])([0-7]+)$/.exec(plain) : null);
  if (!match) return undefined;
  const [, sign = "", digits = ""] = match;
  return inRange(BigInt(plain.slice(0, 2) + digits), sign);
}

function inRange(magnitude: bigint, sign: string): number | bigint | undefined {
  const value = sign === "-" ? -magnitude : magnitude;
  const highest = sign === "" ? 2n ** 64n : 2n ** 63n;
  if (value < -(2n ** 63n) || value >= highest) return undefined;
  return BigInt.asIntN(53, value) === value ? Number(value) : value;
}

/** The four forms that Go's parsers take: a date, alone or with a time of day. */
function isTimestamp(text: string): boolean {
  const match =
    /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?(?:Z|[-+]\d\d:\d\d))| (\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?)?$/.exec(
      text,
    );
  if (!match) return false;
  const [, year, month, day, ...time] = match.map(Number);
  const [hour, minute, second] = time.filter((part) => !Number.isNaN(part));
  const date = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day ?? 0));
  date.setUTCFullYear(year ?? 0, (month ?? 0) - 1, day ?? 0);
  const isDate = date.getUTCMonth() + 1 === month && date.getUTCDate() === day;
  return isDate && (hour ?? 0) < 24 && (minute ?? 0) < 60 && (second ?? 0) < 60;
}

function isBase64(text: string): boolean {
  const packed = text.replace(/[\r\n]/g, "");
  return packed.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(packed);
}
