// Prometheus' durations in YAML fields: `1h30m`, `500ms`, `0`. Pure.

const pattern = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+)s)?(?:(\d+)ms)?$/;

const seconds = [31_536_000, 604_800, 86_400, 3_600, 60, 1, 0.001];

/** Seconds, or `undefined` where Prometheus takes the text for no duration (model/time.go, ParseDuration). */
export function durationSeconds(text: string): number | undefined {
  if (text === "0") return 0;
  const match = text === "" ? null : pattern.exec(text);
  if (!match) return undefined;
  return seconds.reduce((sum, unit, index) => sum + Number(match[index + 1] ?? 0) * unit, 0);
}
