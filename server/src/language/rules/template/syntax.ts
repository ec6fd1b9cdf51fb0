// template/syntax: a template that Prometheus refuses when it loads the file, in its own words, at the piece to blame.
import { checkTemplate } from "../../../template/check.ts";
import type { ParseError } from "../../../template/tree.ts";
import type { RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import { isIntricate, parsedOf, type TemplateText, templatesOf } from "../../templates.ts";
import { placeName, sentenceOn } from "./shared.ts";

export const templateSyntax: RuleCheck = {
  id: "template/syntax",
  level: "error",
  title: "A template in a label or annotation does not parse",
  needs: ["template"],
  check({ rule }, report): void {
    const alert = rule.name?.value ?? "";
    for (const template of templatesOf(rule).filter(isIntricate)) {
      const { scalar } = template;
      const parsed = parsedOf(template);
      const first = checkTemplate(parsed, alert);
      const all = parsed.errors.length > 0 || !first ? parsed.errors : [first];
      for (const error of all) {
        if (error.unknown) continue;
        const advice = adviceFor(template, error);
        report({
          range: placeOf(scalar, error),
          message: `${placeName(template)}: ${sentenceOn(template, error, alert)}. Prometheus refuses the whole file until this is mended. ${advice}`,
        });
      }
    }
  },
};

/** What people write out of habit from other languages: by Go's message, and the text around its place. */
const habits: readonly [said: RegExp, around: RegExp, advice: string][] = [
  [/^unexpected "="/, /={1,2}/, 'Comparisons are functions: write eq $labels.x "y".'],
  [/^unexpected "[<>]"/, /[<>]/, "Comparisons are functions: write gt $value 5.0, or lt, ge, le."],
  [/^unexpected "&"/, /&/, "Write and A B."],
  [/^unexpected "!"/, /!/, "Write not A, or ne A B."],
  [/^unexpected "\("/, /\(/, "Functions take their arguments behind blanks, without commas: humanize $value."],
  [/^unexpected ","/, /,/, "Arguments are parted by blanks, not commas."],
  [/character '-'|U\+002D/, /\.[\w.]*-/, 'A name with a dash is read with index: index $labels "a-b".'],
  [/U\+005B/, /\[/, 'Brackets are not understood: write index $labels "x".'],
  [/^malformed character constant/, /'/, 'Texts stand in double quotes or backquotes: "x".'],
  [/^unexpected "\/"/, /\/\*/, "A comment touches its braces: {{/* text */}}."],
  [/^unclosed action/, /{{/, "Close the action with }}."],
  [/^unexpected EOF/, /{{/, "Close what is opened here with {{ end }}."],
  [/^unexpected \{\{end\}\}/, /end/, "There is nothing open that this could end."],
  [/^missing value for/, /./, "Something to evaluate must stand there."],
];

function adviceFor({ scalar }: TemplateText, { message, start, end }: ParseError): string {
  const around = scalar.value.slice(Math.max(0, start - 1), end + 2);
  const habit = habits.find(([said, near]) => said.test(message) && near.test(around));
  return habit?.[2] ?? "See the page of this check for what a template may hold.";
}
