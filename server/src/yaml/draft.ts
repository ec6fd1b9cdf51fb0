// A chunk while it is being filled. Knows no text.
import type { Alias, Chunk, Item, Pair, Reading, YamlComment, YamlNode } from "./tree.ts";

/** A chunk that is still being filled. */
export type Draft = Chunk & {
  length: number;
  children: Chunk[];
  errors: Chunk["errors"][number][];
  comments: YamlComment[];
  anchored: YamlNode[];
  aliases: Alias[];
  entries: (Pair | Item)[];
  reading: Reading;
};

/** From offset `start` to `end` of the text; `pad` is the column of `start`. */
type Stretch = { readonly start: number; readonly end: number; readonly pad: number };

/** A chunk of a stretch of text in which nothing was read yet. */
export function emptyChunk(span: Stretch, reading: Partial<Reading>): Draft {
  const { start: base, end, pad } = span;
  const how = fullReading(pad, reading);
  const length = end - base;
  const children: Draft["children"] = [];
  const errors: Draft["errors"] = [];
  const comments: Draft["comments"] = [];
  const anchored: Draft["anchored"] = [];
  const aliases: Draft["aliases"] = [];
  const entries: Draft["entries"] = [];
  return { base, length, children, errors, comments, anchored, aliases, entries, reading: how };
}

function fullReading(pad: number, reading: Partial<Reading>): Reading {
  const { level, depth = 0, stray = false, head = 0, forced = false, open = false } = reading;
  return { level, depth, pad: reading.pad ?? pad, stray, head, forced, open };
}
