// comment/stale: a comment that turns off a check which has nothing to say there, or one that does not exist.
import { distance } from "fastest-levenshtein";
import type { Edit } from "../../../edits.ts";
import { type CommentCheck, fix, type Report } from "../../check.ts";
import type { Document } from "../../document.ts";
import { names, type Suppression } from "../../suppressions.ts";

export const commentStale: CommentCheck = {
  id: "comment/stale",
  level: "information",
  title: "A comment that turns off a check which finds nothing there",
  *check(document, { suppressions, used, all, ran }): Iterable<Report> {
    for (const suppression of suppressions) {
      if (!suppression.own || used.has(suppression)) continue;
      const { pattern, range } = suppression;
      const named = all.filter((id) => names(suppression, id));
      if (named.length === 0) yield unknown(suppression, all);
      else if (named.some((id) => ran.includes(id) && id !== commentStale.id))
        yield {
          range,
          message:
            `${pattern === "*" ? "No check" : pattern} finds nothing here any more. ` +
            "The comment would hide the next mistake of that kind. Remove it.",
          fixes: [fix("Remove it", removal(document, suppression, suppressions), true)],
          tag: "unnecessary",
        };
    }
  },
};

function unknown({ pattern, range }: Suppression, all: readonly string[]): Report {
  const written = pattern.replace(/\/\*$/, "");
  const [best] = all.map((id) => ({ id, far: distance(id, written) })).sort((a, b) => a.far - b.far);
  const meant = best && best.far <= 3 ? best.id : undefined;
  return {
    range,
    message:
      `There is no check ${written}, so this comment turns nothing off. ` +
      (meant === undefined ? "See dkron-metrics check --list-checks for the ids." : `Write ${meant} instead.`),
    severity: "warning",
    fixes: meant === undefined ? [] : [fix(`Write ${meant}`, { range, text: meant }, false)],
  };
}

/** The id with its comma; the whole comment, and its line, where it names no other. */
function removal({ text }: Document, { comment, range }: Suppression, all: readonly Suppression[]): Edit {
  const others = all.filter((one) => one.comment.start === comment.start);
  if (others.length > 1) {
    const before = /[\s,]*$/.exec(text.slice(comment.start, range.start))?.[0] ?? "";
    const isFirst = others[0]?.range.start === range.start;
    const after = isFirst ? (/^[\s,]*/.exec(text.slice(range.end, comment.end))?.[0].length ?? 0) : 0;
    return { range: { start: isFirst ? range.start : range.start - before.length, end: range.end + after }, text: "" };
  }
  let start = comment.start;
  while (start > 0 && /[ \t]/.test(text.charAt(start - 1))) start--;
  const alone = start === 0 || text.charAt(start - 1) === "\n";
  const end = alone && text.startsWith("\r\n", comment.end) ? comment.end + 2 : comment.end + (alone ? 1 : 0);
  return { range: { start, end: Math.min(end, text.length) }, text: "" };
}
