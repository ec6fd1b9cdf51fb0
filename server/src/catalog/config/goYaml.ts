// What a plain scalar is to Go's YAML 3 reader when it decodes into `any`, as viper lets it. Knows no tree and no key.
// Source: resolve.go of yaml.v3, which Dkron has used since 3.2.0.
import { parseGoInteger } from "./goText.ts";
import type { GoValue } from "./goValue.ts";

const words = new Map<string, GoValue>([
  ...["", "~", "null", "Null", "NULL"].map((word) => [word, { kind: "nil" }] as const),
  ...["true", "True", "TRUE"].map((word) => [word, { kind: "bool", value: true }] as const),
  ...["false", "False", "FALSE"].map((word) => [word, { kind: "bool", value: false }] as const),
  ...[".nan", ".NaN", ".NAN"].map((word) => [word, { kind: "float", value: Number.NaN }] as const),
  ...[".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"].map(
    (word) => [word, { kind: "float", value: Number.POSITIVE_INFINITY }] as const,
  ),
  ...["-.inf", "-.Inf", "-.INF"].map((word) => [word, { kind: "float", value: Number.NEGATIVE_INFINITY }] as const),
]);

/** Type and value of a scalar without quotes and without a tag; `yes`, `no`, `on` and `off` are texts there. */
export function resolvePlain(text: string): GoValue {
  const word = words.get(text);
  if (word) return word;
  if (!/^[-+.0-9]/.test(text)) return { kind: "string", value: text };
  return (
    time(text) ??
    integer(text.replaceAll("_", "")) ??
    float(text.replaceAll("_", "")) ?? { kind: "string", value: text }
  );
}

/** Dates, and times of the forms that the reader knows; a day that does not exist is a text. */
function time(text: string): GoValue | undefined {
  const match =
    /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:[Tt]\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))|(?: \d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?))?$/.exec(
      text,
    );
  if (!match) return undefined;
  const [year, month, day] = match.slice(1, 4).map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? { kind: "time", text } : undefined;
}

function integer(text: string): GoValue | undefined {
  const signed = parseGoInteger(text, 64, true);
  if (signed.ok) return { kind: "int", value: signed.value };
  const unsigned = parseGoInteger(text, 64, false);
  return unsigned.ok ? { kind: "int", value: unsigned.value } : undefined;
}

/** A number too large for a float is a text. */
function float(text: string): GoValue | undefined {
  if (!/^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? { kind: "float", value } : undefined;
}
