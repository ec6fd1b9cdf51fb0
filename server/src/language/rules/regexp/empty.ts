// regexp/empty: a bar too many in a pattern, so that series without the label match.
import { patternCheck, rewritten, textOf } from "./shared.ts";
import type { Shape } from "./sharedPattern.ts";

export const regexpEmpty = patternCheck({
  id: "regexp/empty",
  level: "information",
  title: "An empty alternative in a pattern: series without the label match it",
  look(use) {
    const { matcher, shape, wanted } = use;
    const rest = shape.alternatives.filter(({ core }) => core !== "");
    if (!hasBarTooMany(shape) || rest.length === 0 || shape.matchesAll) return undefined;
    const value = rest.map(({ start, end }) => matcher.value.slice(start, end)).join("|");
    const does = wanted ? "takes series without" : "leaves out series without";
    return {
      message: `${textOf(matcher)} has an empty alternative, which ${does} ${matcher.label} as well. That is mostly a bar too many. Write ${textOf({ ...matcher, value })} unless it is meant.`,
      fixes: [{ ...rewritten(use, matcher.op ?? "=~", value, "Remove the empty alternative"), safe: false }],
    };
  },
});

/** One bar at an end, as in `production|`, and `^$` are how people write "or none": two bars in a row are a slip. */
function hasBarTooMany({ alternatives }: Shape): boolean {
  const empty = alternatives.map(({ start, end }) => start === end);
  return empty.slice(1, -1).includes(true) || (empty[0] === true && empty.length > 1 && empty.at(-1) === true);
}
