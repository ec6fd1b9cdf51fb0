// What Prometheus reads from the texts of durations, sizes and label names, and what it says where it cannot. Knows no key.
import { keptByText } from "../../kept.ts";
import { goQuote, isUtf8 } from "./goQuote.ts";

/** A value, or the words with which Prometheus refuses the text. */
export type Reading<T> = { readonly value: T; readonly error?: undefined } | { readonly error: string };

type Unit = { readonly position: number; readonly nanoseconds: bigint };

const durationUnits: Readonly<Record<string, Unit>> = {
  ms: { position: 7, nanoseconds: 1_000_000n },
  s: { position: 6, nanoseconds: 1_000_000_000n },
  m: { position: 5, nanoseconds: 60_000_000_000n },
  h: { position: 4, nanoseconds: 3_600_000_000_000n },
  d: { position: 3, nanoseconds: 86_400_000_000_000n },
  w: { position: 2, nanoseconds: 604_800_000_000_000n },
  y: { position: 1, nanoseconds: 31_536_000_000_000_000n },
};

const longest = 2n ** 63n;

/** The rules of a file have a handful of durations. */
const mostDurations = 200;

/** Milliseconds. Source: `ParseDuration` of prometheus/common/model/time.go. */
export const readDuration: (text: string) => Reading<number> = keptByText(parseDuration, mostDurations);

function parseDuration(text: string): Reading<number> {
  if (text === "0") return { value: 0 };
  if (text === "") return { error: "empty duration string" };
  let sum = 0n;
  let position = 0;
  for (let rest = text; rest !== ""; ) {
    const [whole, digits = "", name = ""] = /^(\d+)([^\d]*)/.exec(rest) ?? [];
    if (whole === undefined || name === "" || BigInt(digits) >= 2n ** 64n) return refused(text);
    const unit = Object.hasOwn(durationUnits, name) ? durationUnits[name] : undefined;
    if (!unit) return { error: `unknown unit ${goQuote(name)} in duration ${goQuote(text)}` };
    if (unit.position <= position) return refused(text);
    position = unit.position;
    if (BigInt(digits) > longest / unit.nanoseconds) return { error: "duration out of range" };
    sum += BigInt(digits) * unit.nanoseconds;
    if (sum >= longest) return { error: "duration out of range" };
    rest = rest.slice(whole.length);
  }
  return { value: Number(sum / 1_000_000n) };
}

function refused(text: string): Reading<number> {
  return { error: `not a valid duration string: ${goQuote(text)}` };
}

/** A length of time as Prometheus prints it: `1m`, `1h30m`, `0s`. */
export function durationWords(milliseconds: number): string {
  if (milliseconds === 0) return "0s";
  let rest = Math.abs(milliseconds);
  let out = milliseconds < 0 ? "-" : "";
  const part = (unit: string, size: number, exact: boolean): void => {
    if (exact && rest % size !== 0) return;
    const count = Math.floor(rest / size);
    if (count > 0) out += `${count}${unit}`;
    rest -= count * size;
  };
  part("y", 31_536_000_000, true);
  part("w", 604_800_000, true);
  part("d", 86_400_000, false);
  part("h", 3_600_000, false);
  part("m", 60_000, false);
  part("s", 1000, false);
  part("ms", 1, false);
  return out;
}

const powers = ["K", "M", "G", "T", "P", "E"];
const unitsOf = (ending: string): ReadonlyMap<string, number> =>
  new Map([["B", 1], ...powers.map((letter, index) => [letter + ending, 1024 ** (index + 1)] as const)]);
const sizeUnits = [unitsOf("iB"), unitsOf("B")] as const;

/** Bytes. Source: `ParseBase2Bytes` of alecthomas/units: with `KiB` … first, then with `KB` …, whose refusal is told. */
export function readSize(text: string): Reading<number> {
  const binary = readUnits(text, sizeUnits[0]);
  return binary.error === undefined ? binary : readUnits(text, sizeUnits[1]);
}

function readUnits(text: string, units: ReadonlyMap<string, number>): Reading<number> {
  const refused = { error: `units: invalid ${text}` };
  const negative = text.startsWith("-");
  let rest = text.replace(/^[-+]/, "");
  if (rest === "0") return { value: 0 };
  if (rest === "") return refused;
  let sum = 0;
  while (rest !== "") {
    const [whole, number = "", unit = ""] = /^(\d*(?:\.\d*)?)([^\d.]*)/.exec(rest) ?? [];
    const [digits = ""] = number.split(".");
    if (whole === undefined || !/\d/.test(number)) return refused;
    if (digits !== "" && BigInt(digits) >= longest) return refused;
    const size = units.get(unit);
    if (size === undefined) return { error: `units: unknown unit ${unit} in ${text}` };
    sum += Number(number) * size;
    rest = rest.slice(whole.length);
  }
  if (sum > 2 ** 63) return { error: "units: overflow parsing unit" };
  if (sum === 2 ** 63) return { value: -sum };
  const whole = Math.trunc(sum);
  return { value: negative && whole > 0 ? -whole : whole };
}

/** A size as Prometheus prints it: `10GiB`, `1MiB512KiB`; each part of a negative one has its sign. */
export function sizeWords(bytes: number): string {
  let rest = Math.abs(bytes);
  let out = "";
  const sign = bytes < 0 ? "-" : "";
  for (let power = powers.length; power >= 0; power--) {
    const size = 1024 ** power;
    const count = Math.floor(rest / size);
    if (count > 0) out += `${sign}${count}${power === 0 ? "B" : `${powers[power - 1]}iB`}`;
    rest -= count * size;
  }
  return out === "" ? "0B" : out;
}

/** What `metric_name_validation_scheme` chooses. */
export type Scheme = "legacy" | "utf8";

export function isLabelName(text: string, scheme: Scheme): boolean {
  if (scheme === "legacy") return /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(text);
  return text !== "" && isUtf8(text);
}
