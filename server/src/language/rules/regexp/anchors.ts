// regexp/anchors: `^` and `$` at the ends of a pattern that is anchored without them.
import { applyEdits } from "../../../edits.ts";
import type { Range } from "../../../ranges.ts";
import { patternCheck, rewritten, textOf } from "./shared.ts";
import type { Shape } from "./sharedPattern.ts";

export const regexpAnchors = patternCheck({
  id: "regexp/anchors",
  level: "information",
  title: "Anchors in a pattern that is anchored anyway",
  look(use) {
    const { matcher, shape } = use;
    // Plain texts and wildcards need no pattern at all, which another check says.
    const anchors = needless(shape);
    if (anchors.length === 0 || shape.matchesAll) return undefined;
    if (shape.values && new Set(shape.values).size === 1) return undefined;
    if (shape.alternatives.length === 1 && shape.alternatives[0]?.core === ".+") return undefined;
    const value = applyEdits(
      matcher.value,
      anchors.map((range) => ({ range, text: "" })),
    );
    const op = matcher.op ?? "=~";
    return {
      message: `Prometheus anchors every pattern at both ends, so that the anchors in ${textOf(matcher)} do nothing. They make the reader think that without them a part of the value would do. Write ${textOf({ ...matcher, value })}.`,
      fixes: [rewritten(use, op, value, "Remove the anchors")],
    };
  },
});

/** The anchors without those of `^$`, which says "or none" better than nothing between two bars. */
function needless({ alternatives, anchors }: Shape): readonly Range[] {
  if (alternatives.length === 1) return anchors;
  const empty = alternatives.filter(({ core, start, end }) => core === "" && end > start);
  return anchors.filter((anchor) => !empty.some(({ start, end }) => start <= anchor.start && anchor.end <= end));
}
