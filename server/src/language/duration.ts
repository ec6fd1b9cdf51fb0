// Prometheus' durations in YAML fields: `1h30m`, `500ms`, `0`. Pure.

const pattern = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+)s)?(?:(\d+)ms)?$/;

const seconds = [31_536_000, 604_800, 86_400, 3_600, 60, 1, 0.001];

/** A duration is kept as nanoseconds in 64 bits. */
const longest = 2 ** 63 / 1e9;

/** Seconds, or `undefined` where Prometheus takes the text for no duration (common model/time.go, ParseDuration). */
export function durationSeconds(text: string): number | undefined {
  return durationProblem(text) === undefined ? secondsOf(text) : undefined;
}

/** Prometheus' words for a text that is no duration; `undefined` where it is one. */
export function durationProblem(text: string): string | undefined {
  if (text === "0") return undefined;
  if (text === "") return "empty duration string";
  if (!pattern.test(text)) return `not a valid duration string: "${text}"`;
  return secondsOf(text) >= longest ? "duration out of range" : undefined;
}

function secondsOf(text: string): number {
  const match = pattern.exec(text);
  return seconds.reduce((sum, unit, index) => sum + Number(match?.[index + 1] ?? 0) * unit, 0);
}
