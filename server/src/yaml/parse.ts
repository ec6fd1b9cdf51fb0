// The door of the YAML layer: a text becomes a YamlFile, and a changed text a changed one. Never throws.
import type { Edit } from "../edits.ts";
import type { Context } from "./chunking.ts";
import { withContinued } from "./continued.ts";
import { readFile } from "./documents.ts";
import { documentErrors } from "./errors.ts";
import { type LineTable, lineTable } from "./lineTable.ts";
import { hasOtherBreaks, restoreBreaks, withLineFeeds } from "./otherBreaks.ts";
import type { YamlFile } from "./tree.ts";
import { reuseOf, updateInPlace } from "./update.ts";

/** Reads a whole file. Whatever is wrong with it stands in its chunks' errors; see `errorsOf`. */
export function parseYaml(text: string): YamlFile {
  if (!hasOtherBreaks(text)) return readText(text, undefined);
  const file = readText(withLineFeeds(text), undefined);
  restoreBreaks(file, text);
  return { ...file, text, whole: true };
}

/** The file after `edit`, whose result is `text`; chunks that the edit did not touch are the same objects. */
export function updateYaml(file: YamlFile, edit: Edit, text: string): YamlFile {
  if (file.whole || hasOtherBreaks(edit.text)) return parseYaml(text);
  const changed = updateInPlace(file, edit, text) ?? readText(text, reuseOf(file, edit));
  return { ...changed, versions: file.versions };
}

/**
 * Where something seems never to be closed, lines may go on where their column says that they don't. Read as Go reads
 * them the first document must make sense throughout; else something is not closed, and what looks like an entry is taken for one.
 */
function readText(text: string, reuse: Context["reuse"]): YamlFile {
  const table = lineTable(text, 0, text.length, 0);
  const file = readFile({ text, table, reuse });
  if (!file.chunk.reading.open) return file;
  const asGo = readWith(text, withContinued(text, table, false));
  const [first] = asGo?.documents ?? [];
  if (asGo && first && documentErrors(asGo, first, "yaml3").length === 0) return asGo;
  return readWith(text, withContinued(text, table, true)) ?? file;
}

function readWith(text: string, table: LineTable | undefined): YamlFile | undefined {
  return table && { ...readFile({ text, table, reuse: undefined }), whole: true };
}
