// The series of a saved capture of StatsD or DogStatsD packets, each once. Knows no metric.
import type { SeenSeries } from "../../catalog/classify.ts";
import type { Sink } from "../../catalog/types.ts";

const line = /^(.+?):([^|\s]+)\|([A-Za-z]+)((?:\|[^|]*)*)$/;

/** The lines of a capture: raw, or of JSON lines `[seconds, payload]`. */
export function captureLines(text: string): string[] {
  return text
    .split("\n")
    .flatMap((row) => payloadOf(row).split("\n"))
    .map((row) => row.trimEnd())
    .filter((row) => row !== "");
}

function payloadOf(row: string): string {
  if (!row.startsWith("[")) return row;
  try {
    const packet: unknown = JSON.parse(row);
    if (Array.isArray(packet) && typeof packet[1] === "string") return packet[1];
  } catch {
    // not JSON after all: the line stands for itself
  }
  return row;
}

/** Series in the order in which they first come; lines that are none are counted in `refused`. */
export function readCapture(text: string): { series: SeenSeries[]; refused: number } {
  const found = new Map<string, SeenSeries>();
  let refused = 0;
  for (const row of captureLines(text)) {
    const match = line.exec(row);
    if (!match) {
      refused++;
      continue;
    }
    const [, name = "", , type = "", rest = ""] = match;
    const tags = tagsOf(rest);
    const series = tags === "" ? name : `${name}|#${tags}`;
    const key = `${series}|${type}`;
    if (!found.has(key)) found.set(key, { series, name, type, labels: labelsOf(tags) });
  }
  return { series: [...found.values()], refused };
}

/** The tags of a DogStatsD line among what follows the type: sample rate, tags, container. */
function tagsOf(rest: string): string {
  const part = rest.split("|").find((candidate) => candidate.startsWith("#"));
  return part?.slice(1) ?? "";
}

/** A tag without a value has the empty one. */
function labelsOf(tags: string): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const tag of tags === "" ? [] : tags.split(",")) {
    const colon = tag.indexOf(":");
    labels[colon === -1 ? tag : tag.slice(0, colon)] = colon === -1 ? "" : tag.slice(colon + 1);
  }
  return labels;
}

/**
 * Which sink wrote the text. DogStatsD shows by tags, by its client's own metrics, and by counters and gauges without
 * the six decimals that the plain sink always writes; a text without StatsD lines is a scrape body.
 */
export function sinkOf(text: string): Sink {
  const rows = captureLines(text).map((row) => line.exec(row));
  const hits = rows.filter((match) => match !== null);
  if (hits.length === 0 || hits.length * 2 < rows.length) return "prometheus";
  const dog = hits.some(([, name = "", value = "", type = "", rest = ""]) => {
    if (rest.includes("|#") || name.startsWith("datadog.dogstatsd.")) return true;
    return (type === "c" || type === "g") && !/\.\d{6}$/.test(value);
  });
  return dog ? "dogstatsd" : "statsd";
}
