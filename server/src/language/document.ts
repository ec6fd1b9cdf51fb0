// One text with its kind and its YAML tree, kept up to date by edits. Must not know checks, features or the protocol.
import { applyEdits, type Edit } from "../edits.ts";
import { editedLineStarts, type LineStarts, lineStarts } from "../lines.ts";
import { parseYaml, updateYaml } from "../yaml/parse.ts";
import type { YamlFile } from "../yaml/tree.ts";
import { type Kind, keepsKind, kindOf } from "./kind.ts";

/**
 * A text at one version. `yaml` is there for every kind but `promql` and `other`.
 * After `changeDocument` the document before must not be asked any more: its tree has moved on.
 */
export type Document = {
  readonly uri: string;
  readonly languageId: string;
  readonly version: number;
  readonly text: string;
  readonly kind: Kind;
  readonly yaml: YamlFile;
  /** Offsets at which lines begin. */
  readonly lineStarts: LineStarts;
};

const empty = parseYaml("");

/** Texts beyond this many UTF-16 units are data, not something that people edit; they are left alone. */
export const longestText = 4_000_000;

const isYaml = (kind: Kind): boolean => kind !== "promql" && kind !== "other";

/** `is`: what the file is, for someone who knows better than its name and content. */
export function openDocument(uri: string, languageId: string, version: number, text: string, is?: Kind): Document {
  const kind = text.length > longestText ? "other" : (is ?? kindOf(languageId, decoded(uri), text));
  const yaml = isYaml(kind) ? parseYaml(text) : empty;
  return { uri, languageId, version, text, kind, yaml, lineStarts: lineStarts(text) };
}

/** The document after edits that speak, one after the other, of the text as the one before left it. */
export function changeDocument(document: Document, edits: readonly Edit[], version: number): Document {
  const { uri, languageId } = document;
  let { text, yaml, lineStarts } = document;
  let sameKind = true;
  for (const edit of edits) {
    const before = text;
    text = applyEdits(text, [edit]);
    lineStarts = editedLineStarts(lineStarts, edit, text);
    sameKind &&= keepsKind(before, edit, text);
    if (isYaml(document.kind)) yaml = updateYaml(yaml, edit, text);
  }
  const isLong = text.length > longestText;
  const kind = isLong ? "other" : sameKind ? document.kind : kindOf(languageId, decoded(uri), text);
  if (kind !== document.kind) return openDocument(uri, languageId, version, text);
  return { uri, languageId, version, text, kind, yaml, lineStarts };
}

function decoded(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}
