// What every fix of every check must do, whichever of the offered ones is taken: leave a text in which the finding is gone
// and nothing is an error that was none before. For the tables of the checks.
import { expect } from "vitest";
import { applyEdits } from "../../server/src/edits.ts";
import type { CheckContext } from "../../server/src/language/check.ts";
import { openDocument } from "../../server/src/language/document.ts";
import { diagnostics } from "../../server/src/language/features/diagnostics.ts";
import type { Finding } from "../../server/src/language/finding.ts";

/** A file, and all that the checks are to know beside it. */
export type Subject = { readonly uri: string; readonly languageId: string; readonly context: CheckContext };

const find = ({ uri, languageId, context }: Subject, text: string): readonly Finding[] =>
  diagnostics(openDocument(uri, languageId, 1, text), context);

/** Applies each fix by itself to `text`; the findings are those of all checks. Answers how many fixes there were. */
export function checkFixes(subject: Subject, text: string): number {
  const before = find(subject, text);
  let count = 0;
  for (const finding of before) {
    for (const fix of finding.fixes) {
      count++;
      const mended = applyEdits(text, fix.edits);
      const what = `${finding.code}: ${fix.title}\n${mended}`;
      expect(mended, what).not.toBe(text);
      const after = find(subject, mended);
      const same = (list: readonly Finding[]): number =>
        list.filter(({ code, message }) => code === finding.code && message === finding.message).length;
      expect(same(after), what).toBeLessThan(same(before));
      expect(newErrors(before, after), what).toEqual([]);
      // Behind `bool` a limit is not looked at.
      if (finding.code !== "alert/bool") expect(newlyDead(before, after), what).toEqual([]);
    }
  }
  return count;
}

/** What can never fire is mended into nothing that can never fire. */
function newlyDead(before: readonly Finding[], after: readonly Finding[]): string[] {
  const dead = (list: readonly Finding[]): Finding[] =>
    list.filter(
      ({ code, message }) => code === "alert/never" || (code === "kind/out-of-range" && /is never true/.test(message)),
    );
  return dead(after).length > dead(before).length ? dead(after).map(({ message }) => message) : [];
}

/** Errors that were not there, in kind or in number. */
function newErrors(before: readonly Finding[], after: readonly Finding[]): string[] {
  const errors = (list: readonly Finding[]): string[] =>
    list.filter(({ severity }) => severity === "error").map(({ code }) => code);
  const old = errors(before);
  return errors(after).filter((code) => {
    const index = old.indexOf(code);
    if (index >= 0) old.splice(index, 1);
    return index < 0;
  });
}
