// Units of measurement in arithmetic: what becomes of them when values are scaled, divided, taken per second.
// Knows no expression.

/**
 * `name` as the catalogue writes it (`ms`, `bytes`, `ratio`), "" where unknown; `perSecond`: the value is a speed.
 * `times`: the value has been multiplied by that, which is no change of unit, as in `100 * a` before `/ b`.
 */
export type Unit = { readonly name: string; readonly perSecond: boolean; readonly times?: number };

export const unknownUnit: Unit = { name: "", perSecond: false };
export const ratio: Unit = { name: "ratio", perSecond: false };
export const seconds: Unit = { name: "s", perSecond: false };

const aliases: Readonly<Record<string, string>> = {
  second: "s",
  seconds: "s",
  milliseconds: "ms",
  millisecond: "ms",
  microseconds: "us",
  nanoseconds: "ns",
  byte: "bytes",
  percentage: "percent",
  "%": "percent",
};

export function unit(name: string): Unit {
  return { name: aliases[name] ?? name, perSecond: false };
}

export function isKnown({ name, times }: Unit): boolean {
  return name !== "" && times === undefined;
}

export function sameUnit(a: Unit, b: Unit): boolean {
  return a.name === b.name && a.perSecond === b.perSecond && a.times === b.times;
}

/** The unit of a quotient of two values of one kind: a ratio, or a percentage; undefined where the kinds differ. */
export function quotient(a: Unit, b: Unit): Unit | undefined {
  if (a.name === "" || a.name !== b.name || a.perSecond !== b.perSecond) return undefined;
  return scaled(ratio, (a.times ?? 1) / (b.times ?? 1));
}

/** How a unit is shown: `bytes/s`. Seconds per second is a ratio. */
export function unitText(of: Unit): string {
  if (!isKnown(of)) return "";
  return of.perSecond ? `${of.name}/s` : of.name;
}

/** A unit of what grows, seen per second. CPU seconds per second are a share of one core. */
export function perSecond(of: Unit): Unit {
  if (!isKnown(of) || of.perSecond) return unknownUnit;
  return of.name === "s" ? ratio : { name: of.name, perSecond: true };
}

const times = ["ns", "us", "ms", "s", "min", "h", "d"] as const;
const inSeconds: Readonly<Record<(typeof times)[number], number>> = {
  ns: 1e-9,
  us: 1e-6,
  ms: 1e-3,
  s: 1,
  min: 60,
  h: 3600,
  d: 86_400,
};

const binary = ["bytes", "KiB", "MiB", "GiB", "TiB"] as const;
const decimal = ["bytes", "kB", "MB", "GB", "TB"] as const;

type Scale = { readonly from: string; readonly to: string; readonly factor: number };

const scales: readonly Scale[] = [
  ...times.flatMap((from) => times.map((to) => ({ from, to, factor: inSeconds[from] / inSeconds[to] }))),
  ...[binary, decimal].flatMap((names, index) =>
    names.flatMap((from, i) => names.map((to, j) => ({ from, to, factor: (index === 0 ? 1024 : 1000) ** (i - j) }))),
  ),
  { from: "ratio", to: "percent", factor: 100 },
  { from: "percent", to: "ratio", factor: 0.01 },
].filter(({ from, to }) => from !== to);

/** The unit of a value times a constant: `ms` times 0.001 is `s`; not known where the factor is no change of unit. */
export function scaled({ name, perSecond: speed, times: before = 1 }: Unit, factor: number): Unit {
  const times = Math.abs(before * factor);
  if (name === "" || Math.abs(times - 1) < 1e-9) return { name, perSecond: speed };
  const scale = scales.find((one) => one.from === name && Math.abs(one.factor / times - 1) < 1e-9);
  return scale ? { name: scale.to, perSecond: speed } : { name, perSecond: speed, times };
}

/** Whether a unit measures time. */
export function isTime({ name, perSecond: speed }: Unit): boolean {
  return !speed && (times as readonly string[]).includes(name);
}

/** Units that are numbers of things, not measures: dividing by them leaves the unit of what is divided. */
export function isCount(of: Unit): boolean {
  const measures = [...times, ...binary, ...decimal, "ratio", "percent", "flag", "", "timestamp", "s since epoch"];
  return !(measures as readonly string[]).includes(of.name);
}
