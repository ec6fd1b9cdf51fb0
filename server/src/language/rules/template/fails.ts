// template/fails: a template that loads, but whose expansion fails: the receiver gets an error in place of the text.
import { distance } from "fastest-levenshtein";
import type { TemplateProblem } from "../../../template/uses.ts";
import { fix, type RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import type { Fix } from "../../finding.ts";
import { type TemplateText, usesOf } from "../../templates.ts";
import { loadable, placeName } from "./shared.ts";

export const templateFails: RuleCheck = {
  id: "template/fails",
  level: "warning",
  title: "A template whose expansion fails: wrong arguments, types, fields or patterns",
  needs: ["problem in template"],
  check({ rule }, report): void {
    for (const template of loadable(rule)) {
      for (const problem of usesOf(template).problems) {
        if (!problem.fatal) continue;
        report({
          range: placeOf(template.scalar, problem),
          message:
            `${placeName(template)}: ${problem.message}. Prometheus loads the file, but when it gets here the text becomes ` +
            `"<error expanding template ...>". ${adviceFor(template, problem)}`,
          fixes: fixesFor(template, problem),
        });
      }
    }
  },
};

function adviceFor(template: TemplateText, problem: TemplateProblem): string {
  const { kind, known, message } = problem;
  const meant = nearest(template, problem);
  if (meant !== undefined) return `Write ${meant} instead.`;
  if (/incompatible types for comparison/.test(message) && /float64/.test(message))
    return "The value is a float: compare it with one, 5.0 rather than 5.";
  if (kind === "type" && /got float64/.test(message))
    return 'Turn the number into a text with humanize or printf "%.1f".';
  if (kind === "type" && /got template\.queryResult/.test(message)) return "Take one row of the query with first.";
  if (known.length > 0) return `There are: ${known.join(", ")}.`;
  return advice[kind];
}

const advice: Readonly<Record<TemplateProblem["kind"], string>> = {
  arguments: "Give it as many arguments as it takes; a pipe adds its value as the last one.",
  type: "Give it a value of the type that it takes.",
  comparison: "Compare values of one type.",
  field: "Only labels, values and the alert's own fields can be reached with a dot.",
  format: "Use a verb that fits the value.",
  pattern: "Write a pattern that RE2 understands.",
  number: "Give it a number, or a text that is one.",
  template: "Define it in this text, before or behind its use.",
  variable: "Declare it with := first.",
};

/** `.labels` for `.Labels`, `.Foo` for nothing at all. */
function nearest({ scalar }: TemplateText, { known, start, end }: TemplateProblem): string | undefined {
  const written = scalar.value.slice(start, end).replace(/^[.$"]+|"$/g, "");
  return known.find((name) => {
    const bare = name.replace(/^\$/, "");
    return bare !== "" && distance(bare.toLowerCase(), written.toLowerCase()) <= (bare.length > 4 ? 2 : 1);
  });
}

function fixesFor(template: TemplateText, problem: TemplateProblem): readonly Fix[] {
  const { scalar } = template;
  const meant = nearest(template, problem);
  if (meant !== undefined) {
    const lead = /^[.$"]*/.exec(scalar.value.slice(problem.start, problem.end))?.[0].length ?? 0;
    const tail = scalar.value.slice(problem.start, problem.end).endsWith('"') ? 1 : 0;
    const range = placeOf(scalar, { start: problem.start + lead, end: problem.end - tail });
    return [fix(`Write ${meant}`, { range, text: meant.replace(/^\$/, "") }, false)];
  }
  if (problem.kind !== "comparison" || !/float64 and int|int and float64/.test(problem.message)) return [];
  return floatLiterals(template, problem);
}

/** The whole numbers right behind a comparison, as floats. */
function floatLiterals({ scalar }: TemplateText, { end }: TemplateProblem): readonly Fix[] {
  const rest = scalar.value.slice(end, scalar.value.indexOf("}}", end));
  const literal = /(?<=\s)-?\d+(?=[\s)]|$)/.exec(rest);
  if (!literal) return [];
  const start = end + literal.index;
  const range = placeOf(scalar, { start, end: start + literal[0].length });
  return [fix(`Write ${literal[0]}.0`, { range, text: `${literal[0]}.0` }, true)];
}
