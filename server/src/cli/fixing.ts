// Applies safe fixes to a text until none is left, and writes files so that none is ever half written. Knows no check.
import { promises as files } from "node:fs";
import { basename, dirname, join } from "node:path";
import { applyEdits } from "../edits.ts";
import type { CheckContext } from "../language/check.ts";
import { checkService } from "../language/checkService.ts";
import { type Document, openDocument } from "../language/document.ts";
import type { Finding } from "../language/finding.ts";

/** One fix can make room for the next; two that undo each other must end, too. */
const rounds = 10;

export type Mended = { readonly text: string; readonly codes: readonly string[] };

/** The text behind all safe fixes of the findings that `counts` takes, and the checks whose findings were mended. */
export function mend(before: Document, context: CheckContext, counts: (finding: Finding) => boolean): Mended {
  const { uri, languageId } = before;
  const codes: string[] = [];
  let document = before;
  for (let round = 1; round <= rounds; round++) {
    const findings = checkService.diagnostics(document, context).filter(counts);
    const edits = checkService.fixAll(findings);
    if (edits.length === 0) break;
    const applied = new Set(edits);
    for (const { code, fixes } of findings)
      if (fixes.some(({ edits: own }) => own.length > 0 && own.every((edit) => applied.has(edit)))) codes.push(code);
    document = openDocument(uri, languageId, round, applyEdits(document.text, edits));
  }
  return { text: document.text, codes };
}

/** Writes beside the file and renames: whoever reads it sees the old text or the new one. Links stay links. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const target = await files.realpath(path);
  const beside = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
  try {
    const { mode } = await files.stat(target);
    await files.writeFile(beside, text, { mode });
    await files.chmod(beside, mode);
    await files.rename(beside, target);
  } catch (error) {
    await files.rm(beside, { force: true });
    throw error;
  }
}
