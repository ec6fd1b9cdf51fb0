// Numbers as people read them, with their unit. Pure.

export type Unit = "ratio" | "seconds" | "ms" | "bytes" | "per second" | "count" | "ns";

const scales: Partial<Record<Unit, readonly [number, string][]>> = {
  bytes: [
    [1024 ** 4, "TiB"],
    [1024 ** 3, "GiB"],
    [1024 ** 2, "MiB"],
    [1024, "KiB"],
    [1, "B"],
  ],
  seconds: [
    [86_400, "d"],
    [3_600, "h"],
    [60, "min"],
    [1, "s"],
    [1e-3, "ms"],
    [1e-6, "µs"],
  ],
};

/** `1536` bytes is `1.5 KiB`, `0.25` as ratio `25 %`; `null` is a dash. */
export function format(value: number | null | undefined, unit: Unit): string {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  if (unit === "ratio") return `${trim(value * 100)} %`;
  if (unit === "ms") return format(value / 1000, "seconds");
  if (unit === "ns") return format(value / 1e9, "seconds");
  if (unit === "per second") return `${short(value)}/s`;
  const scale = scales[unit];
  if (!scale || value === 0) return scale ? `0 ${unit === "bytes" ? "B" : "s"}` : short(value);
  const [size, name] = scale.find(([least]) => Math.abs(value) >= least) ?? scale[scale.length - 1] ?? [1, ""];
  return `${trim(value / size)} ${name}`;
}

const steps: readonly [number, string][] = [
  [1e9, "G"],
  [1e6, "M"],
  [1e4, "k"],
];

function short(value: number): string {
  for (const [size, name] of steps)
    if (Math.abs(value) >= size) return `${trim(value / (name === "k" ? 1000 : size))} ${name}`;
  return trim(value);
}

function trim(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return String(Number(value.toFixed(Math.abs(value) > 0 && Math.abs(value) < 0.01 ? 4 : digits)));
}

/** `14:03:07`, in the user's time zone. */
export function clock(millis: number): string {
  return new Date(millis).toLocaleTimeString(undefined, { hour12: false });
}

/** `3 s ago`, `2 min ago`. */
export function ago(millis: number, now: number): string {
  const seconds = Math.max(0, Math.round((now - millis) / 1000));
  if (seconds < 2) return "just now";
  return seconds < 90 ? `${seconds} s ago` : `${Math.round(seconds / 60)} min ago`;
}
