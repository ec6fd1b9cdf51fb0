// regexp/smelly: a pattern that looks for a piece inside of a value. Off unless asked for.
import { patternCheck, textOf } from "./shared.ts";

export const regexpSmelly = patternCheck({
  id: "regexp/smelly",
  level: "off",
  title: "A pattern that takes a value apart, which labels of their own would spare",
  look({ matcher, shape }) {
    if (!shape.alternatives.some(({ core }) => wildcards(core) > 1)) return undefined;
    return {
      message: `${textOf(matcher)} looks for a piece inside of a value. New values may contain it by chance, and nobody notices. Give what you look for a label of its own when it is scraped.`,
    };
  },
});

/** How many times anything may stand in the text. */
function wildcards(text: string): number {
  return text.match(/(?<!\\)\.[*+]/g)?.length ?? 0;
}
