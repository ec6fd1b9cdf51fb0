// regexp/needless: a pattern that says what a plain comparison says.
import { patternCheck, rewritten, textOf } from "./shared.ts";
import type { Shape } from "./sharedPattern.ts";

export const regexpNeedless = patternCheck({
  id: "regexp/needless",
  level: "information",
  title: "A regular expression where a plain comparison does",
  look(use) {
    const { matcher, wanted, shape } = use;
    const plain = plainOf(shape, wanted);
    // {__name__=~".+"} is how everybody says "all series".
    if (!plain || (matcher.label === "__name__" && plain.value === "")) return undefined;
    const instead = textOf({ ...matcher, ...plain });
    return {
      message: `${textOf(matcher)} selects what ${instead} selects. A pattern costs more than a comparison, and its reader looks for what it leaves open. Write ${instead}.`,
      fixes: [rewritten(use, plain.op, plain.value)],
    };
  },
});

function plainOf({ values, alternatives }: Shape, wanted: boolean): { op: "!=" | "="; value: string } | undefined {
  const [value] = values ?? [];
  if (value !== undefined && values?.every((other) => other === value)) return { op: wanted ? "=" : "!=", value };
  const only = alternatives[0];
  // Something: any value but that of an absent label.
  if (alternatives.length === 1 && only?.core === ".+") return { op: wanted ? "!=" : "=", value: "" };
  return undefined;
}
