// Numbers as people read them, with their unit, and the steps in which an axis of that unit counts. Pure.

export type Unit =
  | "ratio"
  | "seconds"
  | "ms"
  | "ns"
  | "bytes"
  | "count"
  | "number"
  | "per second"
  | "bytes per second"
  | "time share"
  | "ms per second"
  | "ns per second";

type Scale = readonly (readonly [size: number, name: string])[];

const byteScale: Scale = [
  [1024 ** 4, "TiB"],
  [1024 ** 3, "GiB"],
  [1024 ** 2, "MiB"],
  [1024, "KiB"],
  [1, "B"],
];
const timeScale: Scale = [
  [86_400, "d"],
  [3_600, "h"],
  [60, "min"],
  [1, "s"],
  [1e-3, "ms"],
  [1e-6, "µs"],
  [1e-9, "ns"],
];
const plainScale: Scale = [
  [1e9, "G"],
  [1e6, "M"],
  [1e4, "k"],
];

/** `1536` bytes is `1.5 KiB`, `0.25` as ratio `25 %`; `null` is a dash. */
export function format(value: number | null | undefined, unit: Unit): string {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  switch (unit) {
    case "ratio":
      return `${trim(value * 100)} %`;
    case "seconds":
      return scaled(value, timeScale, "s");
    case "ms":
      return scaled(value / 1e3, timeScale, "s");
    case "ns":
      return scaled(value / 1e9, timeScale, "s");
    case "bytes":
      return scaled(value, byteScale, "B");
    case "bytes per second":
      return `${scaled(value, byteScale, "B")}/s`;
    case "ms per second":
      return format(value / 1e3, "time share");
    case "ns per second":
      return format(value / 1e9, "time share");
    case "per second":
      return `${short(value)}/s`;
    case "time share":
      return value === 0 ? "0" : `${scaled(value, timeScale, "s")}/s`;
    case "count":
    case "number":
      return short(value);
  }
}

function scaled(value: number, scale: Scale, zero: string): string {
  if (value === 0) return `0 ${zero}`;
  const [size, name] = scale.find(([least]) => Math.abs(value) >= least * 0.9995) ??
    scale[scale.length - 1] ?? [1, zero];
  return `${trim(value / size)} ${name}`;
}

function short(value: number): string {
  for (const [size, name] of plainScale)
    if (Math.abs(value) >= size) return `${trim(value / (name === "k" ? 1000 : size))} ${name}`;
  return trim(value);
}

/** Three digits that matter. */
function trim(value: number): string {
  const size = Math.abs(value);
  if (size >= 100) return String(Math.round(value));
  return String(Number(value.toPrecision(size >= 1 ? 3 : 2)));
}

const decimal = [1, 2, 2.5, 5];
const decimals = (from: number, to: number, mantissas = decimal): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i).flatMap((power) =>
    mantissas.map((m) => Number(`${m}e${power}`)),
  );

const timeSteps = [
  ...decimals(-9, -1),
  1,
  2,
  5,
  10,
  15,
  30,
  60,
  120,
  300,
  600,
  900,
  1800,
  3600,
  7200,
  21_600,
  86_400,
  604_800,
];
const byteSteps = Array.from({ length: 50 }, (_, power) => 2 ** power);

/** Distances between an axis' marks, smallest first: powers of two for bytes, the clock's for times, whole ones for counts. */
export function axisSteps(unit: Unit): number[] {
  switch (unit) {
    case "bytes":
    case "bytes per second":
      return byteSteps;
    case "seconds":
    case "time share":
      return timeSteps;
    case "ms":
    case "ms per second":
      return timeSteps.map((step) => step * 1e3);
    case "ns":
    case "ns per second":
      return timeSteps.map((step) => step * 1e9);
    case "count":
      return decimals(0, 12, [1, 2, 5]);
    case "ratio":
      return [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1];
    case "per second":
    case "number":
      return decimals(-9, 15);
  }
}

/** The unit in which a metric's values are drawn, from what the catalogue or `# UNIT` calls it. */
export function unitNamed(name: string | undefined): Unit {
  switch (name) {
    case "bytes":
      return "bytes";
    case "seconds":
    case "s":
      return "seconds";
    case "ms":
    case "milliseconds":
      return "ms";
    case "ns":
    case "nanoseconds":
      return "ns";
    case "ratio":
      return "ratio";
    default:
      return "number";
  }
}

/** The unit of its growth per second. */
export function unitOfRate(unit: Unit): Unit {
  if (unit === "seconds") return "time share";
  return unit === "bytes" || unit === "ms" || unit === "ns" ? `${unit} per second` : "per second";
}

/** `14:03:07`, in the user's time zone. */
export function clock(millis: number, withSeconds = true): string {
  const date = new Date(millis);
  const parts = [date.getHours(), date.getMinutes(), ...(withSeconds ? [date.getSeconds()] : [])];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}

/** `3 s ago`, `2 min ago`. */
export function ago(millis: number, now: number): string {
  const seconds = Math.max(0, Math.round((now - millis) / 1000));
  return seconds < 2 ? "just now" : `${span(seconds * 1000)} ago`;
}

/** `45 s`, `2 min`, `3 h`, `5 d`: a span of time in words, coarse. */
export function span(millis: number): string {
  const seconds = Math.round(millis / 1000);
  if (seconds < 90) return `${seconds} s`;
  if (seconds < 5_400) return `${Math.round(seconds / 60)} min`;
  return seconds < 129_600 ? `${Math.round(seconds / 3_600)} h` : `${Math.round(seconds / 86_400)} d`;
}
