// The series of a saved scrape body, each once, with the type that is declared for it. Knows no metric.
import type { SeenSeries } from "../../catalog/classify.ts";
import type { LabelPair } from "../../live/exposition/entries.ts";
import { readEntry, skipLine } from "../../live/exposition/exposition.ts";
import { makeReader } from "../../live/exposition/reader.ts";
import { isRefusal } from "../../live/exposition/refusal.ts";

/** The family that a series belongs to: the declared name, with the ending of a part behind it. */
function belongsTo(name: string, family: string): boolean {
  return name === family || (name.startsWith(family) && /^_(sum|count|bucket)$/.test(name.slice(family.length)));
}

/** The series of a body in the text format, in its order; lines that Prometheus would refuse are counted in `refused`. */
export function readBody(text: string): { series: SeenSeries[]; refused: number } {
  // A body saved on Windows: the mark and the returns are the editor's or the shell's, not the agent's.
  const sent = text.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n");
  const bytes = Buffer.from(sent.endsWith("\n") ? sent : `${sent}\n`);
  const reader = makeReader(bytes, "text");
  const found = new Map<string, SeenSeries>();
  let declared: { family: string; type: string } | undefined;
  let refused = 0;
  for (;;) {
    const start = reader.cursor.at;
    const entry = readEntry(reader);
    if (entry === undefined) break;
    if (isRefusal(entry)) {
      refused++;
      if (!skipLine(reader.cursor)) break;
    } else if (entry.entry === "type") {
      declared = { family: entry.name, type: entry.text === "unknown" ? "untyped" : entry.text };
    } else if (entry.entry === "series") {
      const series = bytes.toString("utf8", start, reader.seriesTo).trim();
      if (!found.has(series)) found.set(series, seenOf(series, entry.labels, declared));
    }
  }
  return { series: [...found.values()], refused };
}

function seenOf(series: string, pairs: readonly LabelPair[], declared?: { family: string; type: string }): SeenSeries {
  const { __name__: name = "", ...labels } = Object.fromEntries(pairs);
  return { series, name, labels, ...(declared !== undefined && belongsTo(name, declared.family) ? declared : {}) };
}
