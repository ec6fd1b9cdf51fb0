// regexp/matches-all: a matcher that every series fulfils, those without the label too.
import { expressionFix } from "../../expressionFix.ts";
import { removedMatcher } from "../../selectorEdits.ts";
import { patternCheck, rewritten, textOf } from "./shared.ts";

export const regexpMatchesAll = patternCheck({
  id: "regexp/matches-all",
  level: "information",
  title: "A matcher that every series fulfils",
  look(use) {
    const { matcher, selector, scalar, shape, wanted } = use;
    if (!wanted || !shape.matchesAll) return undefined;
    return {
      message: `${textOf(matcher)} takes every value, and series without ${matcher.label} as well. It leaves nothing out. Remove it, or write ${matcher.label}!="" if the label has to be there.`,
      fixes: [
        expressionFix(scalar, "Remove the matcher", [removedMatcher(selector, matcher)], true),
        { ...rewritten(use, "!=", ""), safe: false },
      ],
    };
  },
});
