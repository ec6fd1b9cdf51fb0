// template/no-braces: `$labels.x` or `$value` in a text outside of `{{ }}`, where it is a text like any other.
import { keyOf, type Pair, type Scalar } from "../../../yaml/tree.ts";
import { fix, type Report, type Reporter, type RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import type { Rule } from "../../ruleFile.ts";
import { loadable } from "./shared.ts";

export const templateNoBraces: RuleCheck = {
  id: "template/no-braces",
  level: "warning",
  title: "$labels or $value outside of {{ }}, sent as it is written",
  needs: ["alert"],
  check({ rule }, report): void {
    inPairs(rule, rule.labels, "label", report);
    inPairs(rule, rule.annotations, "annotation", report);
  },
};

function inPairs(rule: Rule, pairs: readonly Pair[], place: "label" | "annotation", report: Reporter): void {
  for (let i = 0; i < pairs.length; i++) {
    const pair = pairs[i] as Pair;
    const { value } = pair;
    if (value.kind !== "scalar" || !hasBareDollar(value.value)) continue;
    const isTemplate = value.value.includes("{{");
    if (isTemplate && !loadable(rule).some((template) => template.pair === pair)) continue;
    for (const said of bare(value, `${place} "${keyOf(pair) ?? ""}"`)) report(said);
  }
}

/** Whether a dollar stands outside of braces: nearly all stand within, and every alert is asked. */
function hasBareDollar(text: string): boolean {
  for (let from = 0; ; ) {
    const dollar = text.indexOf("$", from);
    const open = dollar < 0 ? -1 : text.indexOf("{{", from);
    if (open < 0 || dollar < open) return dollar >= 0;
    const close = text.indexOf("}}", open);
    if (close < 0) return true;
    from = close + 2;
  }
}

const action = /\{\{[\s\S]*?\}\}/g;
/** With the single braces that some put around it. */
const variable = /(\{[ \t]*)?(\$(?:(?:labels|externalLabels)\.[A-Za-z_]\w*|value\b))([ \t]*\})?/g;

function* bare(scalar: Scalar, place: string): Iterable<Report> {
  const text = scalar.value.replace(action, (found) => " ".repeat(found.length));
  for (const found of text.matchAll(variable)) {
    const [whole, open, name = "", close] = found;
    const isHeld = open !== undefined && close !== undefined;
    const start = found.index + (isHeld ? 0 : (open?.length ?? 0));
    const range = placeOf(scalar, { start, end: start + (isHeld ? whole : name).length });
    const inBraces = `{{ ${name} }}`;
    // A plain text that begins with a brace is a mapping.
    const fits = scalar.style !== "plain" || start > 0;
    yield {
      range,
      message: `${place}: ${name} stands outside of {{ }} and is sent as it is written. Write ${inBraces}.`,
      fixes: fits ? [fix(`Write ${inBraces}`, { range, text: inBraces }, false)] : [],
    };
  }
}
