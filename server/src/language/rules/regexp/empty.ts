// regexp/empty: an alternative without text in a pattern, which series without the label match.
import { patternCheck, rewritten, textOf } from "./shared.ts";

export const regexpEmpty = patternCheck({
  id: "regexp/empty",
  level: "information",
  title: "An empty alternative in a pattern: series without the label match it",
  look(use) {
    const { matcher, shape, wanted } = use;
    const rest = shape.alternatives.filter(({ core }) => core !== "");
    if (rest.length === shape.alternatives.length || rest.length === 0 || shape.matchesAll) return undefined;
    const value = rest.map(({ start, end }) => matcher.value.slice(start, end)).join("|");
    const does = wanted ? "takes series without" : "leaves out series without";
    return {
      message: `${textOf(matcher)} has an empty alternative, which ${does} ${matcher.label} as well. That is mostly a bar too many. Write ${textOf({ ...matcher, value })} unless it is meant.`,
      fixes: [{ ...rewritten(use, matcher.op ?? "=~", value, "Remove the empty alternative"), safe: false }],
    };
  },
});
