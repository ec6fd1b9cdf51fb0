// template/rule-label: `$labels.x` where x is a label of the rule or its group: templates see only the result's labels.
import { labelOf } from "../../../promql/types/inferLabels.ts";
import { targetLabels } from "../../../promql/types/labelFacts.ts";
import { analysisOf } from "../../analysis.ts";
import { type CheckContext, fix, type RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import type { Rule } from "../../ruleFile.ts";
import { parsedOf, type TemplateText } from "../../templates.ts";
import { addedLabel, eachLabel, placeName, resultLabels } from "./shared.ts";

export const templateRuleLabel: RuleCheck = {
  id: "template/rule-label",
  level: "warning",
  title: "$labels.x of a label that the rule or its group adds, which is always empty",
  needs: ["label in template"],
  check({ rule, group, context }, report): void {
    eachLabel(rule, (template, use) => {
      const owner = addedLabel(use.name, rule, group);
      if (!owner) return;
      const result = resultLabels(rule, context);
      const presence = result && labelOf(result, use.name).presence;
      if (presence === "always" || (presence === "maybe" && targetLabels.has(use.name))) return;
      const { value } = owner.pair;
      const text = value.kind === "scalar" && !value.value.includes("{{") ? value.value : undefined;
      const whole = text === undefined ? undefined : wholeAction(template, use.start, use.end);
      // Series of other programs may bring a label of that name themselves.
      const sure = presence === "never" || isOurs(rule, context);
      report({
        range: placeOf(template.scalar, use.nameRange),
        ...(!sure && { severity: "information" as const }),
        message:
          `${placeName(template)}: ${use.name} is a label of the ${owner.of}, and $labels holds only those of the expression's result. ` +
          `${sure ? "An empty text is" : `Unless the series have a label ${use.name} of their own, which the ${owner.of}'s then hides from the receiver, an empty text is`} sent in its place. ` +
          `Write ${text === undefined ? "its value" : `"${text}"`} out, or leave it to the receiver.`,
        fixes:
          text === undefined || !whole || !isPlainText(text)
            ? []
            : [fix(`Write ${text}`, { range: placeOf(template.scalar, whole), text }, false)],
      });
    });
  },
};

/** Whether the expression is about metrics that the catalogue knows, labels included. */
function isOurs({ expr }: Rule, context: CheckContext): boolean {
  return expr !== undefined && analysisOf(expr, context).known;
}

/** The action's range, where it does nothing but write the label. */
function wholeAction(template: TemplateText, start: number, end: number) {
  const action = parsedOf(template).tree.root.nodes.find(
    (node) => node.kind === "action" && node.start <= start && end <= node.end && node.pipe.declarations.length === 0,
  );
  if (action?.kind !== "action") return undefined;
  const { commands } = action.pipe;
  return commands.length === 1 && commands[0]?.start === start && commands[0].end === end ? action : undefined;
}

/** Text that means the same in every style of YAML. */
const isPlainText = (text: string): boolean => /^[\w./ -]+$/.test(text);
