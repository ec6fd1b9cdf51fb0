// What can be folded: every entry and text of more than one line, and comments that stand together.
import { lineAt } from "../../lines.ts";
import { chunksOf, endOf, type Item, type Pair, rangeIn, startOf, walk } from "../../yaml/tree.ts";
import type { Fold } from "../answers.ts";
import type { Document } from "../document.ts";

/** More folds than this help nobody. */
const most = 5000;

export function folding({ yaml, lineStarts, kind }: Document): readonly Fold[] {
  if (kind === "other" || kind === "promql") return [];
  const folds = new Map<number, Fold>();
  const add = (entry: Pair | Item): void => {
    const start = lineAt(lineStarts, startOf(entry));
    const end = lineAt(lineStarts, endOf(entry));
    const before = folds.get(start);
    if (end > start && (!before || before.end < end)) folds.set(start, { start, end });
  };
  for (const { root } of yaml.documents)
    for (const node of walk(root)) {
      if (node.kind === "mapping") for (const pair of node.pairs) add(pair);
      if (node.kind === "sequence") for (const item of node.items) add(item);
      if (folds.size >= most) break;
    }
  return [...folds.values(), ...comments({ yaml, lineStarts })].sort((a, b) => a.start - b.start).slice(0, most);
}

/** Comments on lines of their own, one below the other. */
function comments({ yaml, lineStarts }: Pick<Document, "yaml" | "lineStarts">): Fold[] {
  const lines = chunksOf(yaml.chunk)
    .flatMap((chunk) => chunk.comments.filter(({ alone }) => alone).map((one) => rangeIn(chunk, one).start))
    .map((offset) => lineAt(lineStarts, offset))
    .sort((a, b) => a - b);
  const folds: Fold[] = [];
  for (let i = 0; i < lines.length; ) {
    const start = lines[i] ?? 0;
    let end = start;
    while (lines[i] === end) {
      i++;
      end++;
    }
    if (lines[i] === start) i++;
    if (end - 1 > start) folds.push({ start, end: end - 1, comment: true });
  }
  return folds;
}
