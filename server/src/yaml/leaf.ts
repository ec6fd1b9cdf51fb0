// Reads one stretch of text with js-yaml in one go: nodes, or the first reason why not. Knows no splitting.
import { type Event, parseEvents, YAMLException } from "js-yaml";
import { type BuiltDocument, buildDocuments, type Draft } from "./build.ts";

/** How deep collections may nest; beyond it a "depth" error stands for the rest. Go's parsers allow 10,000. */
export const maxDepth = 500;

/** js-yaml's reason and where, relative to the chunk. */
export type Failure = { readonly reason: string; readonly at: number };

export type Leaf =
  | { readonly ok: true; readonly documents: BuiltDocument[] }
  | { readonly ok: false; readonly failure: Failure };

/** Reads `text`, which begins at column `pad` of its line, and fills `chunk`. `depth`: how many levels are above. */
export function readLeaf(text: string, pad: number, depth: number, chunk: Draft): Leaf {
  const source = pad > 0 ? " ".repeat(pad) + text : text;
  const read = readEvents(source, maxDepth - depth);
  if (!Array.isArray(read)) return { ok: false, failure: { reason: read.reason, at: Math.max(0, read.at - pad) } };
  return { ok: true, documents: buildDocuments(source, read, chunk, pad) };
}

function readEvents(source: string, depth: number): Event[] | Failure {
  try {
    return parseEvents(source, { maxDepth: Math.max(1, depth) });
  } catch (error) {
    if (!(error instanceof YAMLException)) return { reason: String(error), at: 0 };
    return { reason: error.reason, at: Math.min(error.mark?.position ?? 0, source.length) };
  }
}
