// JSON of agents and servers, read without trust: what it holds is unknown until it is looked at. Never throws.

/**
 * Undefined: it is no JSON. `group` of executions is in nanoseconds and beyond what a number holds: it becomes a string. A key can only
 * stand behind `{` or `,`, and within a string its quotes would be escaped, so that nothing else is touched.
 */
export function parseJson(body: Buffer): unknown {
  const text = body.toString("utf8");
  try {
    return JSON.parse(text.replace(/([{,]\s*"group"\s*:\s*)(-?\d+)/g, '$1"$2"'));
  } catch {
    return undefined;
  }
}

export type JsonObject = Readonly<Record<string, unknown>>;

export const asObject = (value: unknown): JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};

export const asArray = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const asText = (value: unknown): string => (typeof value === "string" ? value : "");

export const asNumber = (value: unknown): number => (typeof value === "number" ? value : 0);

/** Texts only; what else is in the map is left out. */
export function asTexts(value: unknown): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, text] of Object.entries(asObject(value))) if (typeof text === "string") texts[name] = text;
  return texts;
}

/**
 * Milliseconds of an RFC 3339 time, by our clock where the one that said it is `ahead` of ours; null for none and for Go's and Unix' zero,
 * which both mean "never".
 */
export function asTime(value: unknown, ahead = 0): number | null {
  if (typeof value !== "string") return null;
  const time = Date.parse(value.replace(/(\.\d{3})\d+/, "$1"));
  return Number.isNaN(time) || time <= 0 ? null : time - ahead;
}
