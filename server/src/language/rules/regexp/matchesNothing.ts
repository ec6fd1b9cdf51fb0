// regexp/matches-nothing: a matcher that no series can fulfil.
import { patternCheck, textOf } from "./shared.ts";

export const regexpMatchesNothing = patternCheck({
  id: "regexp/matches-nothing",
  level: "warning",
  title: "A matcher that no series can fulfil",
  look({ matcher, shape, wanted }) {
    if (wanted || !shape.matchesAll) return undefined;
    return {
      message: `${textOf(matcher)} refuses every value, and the absence of ${matcher.label} as well. The selector finds nothing, whatever is scraped. Write a pattern that some value does not match.`,
    };
  },
});
