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
