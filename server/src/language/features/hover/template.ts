// Hover in a label or annotation: the function or variable under the cursor, and the whole text as an alert would have it.

import { type Range, touches } from "../../../ranges.ts";
import { analyzeTemplate } from "../../../template/analysis.ts";
import { expandTemplate } from "../../../template/expand.ts";
import { functionTable, signatureOf } from "../../../template/functionTable.ts";
import { parseTemplate } from "../../../template/parser.ts";
import type { Analysis } from "../../analysis.ts";
import type { CheckContext } from "../../check.ts";
import { exampleAlert } from "../../exampleAlert.ts";
import { describeLabel } from "./labels.ts";
import type { Piece } from "./promql.ts";

/** What is known at an offset of a template of an alert; `analysis` is that of the alert's expression. */
export function templateHover(
  text: string,
  at: number,
  alert: string,
  analysis: Analysis,
  context: CheckContext,
): Piece {
  const whole = { start: 0, end: text.length };
  const expanded = expansion(text, alert, analysis, context);
  const word = insideAction(text, at) ? wordAt(text, at, analysis, context) : undefined;
  return { range: word?.range ?? whole, markdown: [word?.markdown, expanded].filter(Boolean).join("\n\n---\n\n") };
}

function insideAction(text: string, at: number): boolean {
  const open = text.lastIndexOf("{{", at - 1);
  return open >= 0 && text.lastIndexOf("}}", at - 1) < open;
}

const variables: Readonly<Record<string, string>> = {
  $value: "The value of the expression, a number.",
  $labels: "The labels of the expression's result, without those that the rule and its group add.",
  $externalLabels: "`external_labels` of prometheus.yml.",
  $externalURL: "The address under which Prometheus is reached.",
};

function wordAt(text: string, at: number, { expr }: Analysis, context: CheckContext): Piece | undefined {
  const uses = analyzeTemplate(parseTemplate(text).tree);
  const label = uses.labels.find(({ nameRange }) => touches(nameRange, at));
  if (label?.from === "labels" && expr) {
    return { range: label.nameRange, markdown: describeLabel(label.name, [expr], context) };
  }
  const range = around(text, at);
  const word = text.slice(range.start, range.end);
  const variable = variables[word];
  if (variable) return { range, markdown: `**\`${word}\`** ${variable}` };
  const info = functionTable.get(word);
  if (!info) return undefined;
  const parts = [`\`\`\`\n${signatureOf(info).label}\n\`\`\``, info.doc, info.example && `\`${info.example}\``];
  return { range, markdown: parts.filter(Boolean).join("\n\n") };
}

function around(text: string, at: number): Range {
  let start = at;
  while (start > 0 && /[\w$]/.test(text.charAt(start - 1))) start--;
  const length = /^[\w$]*/.exec(text.slice(start))?.[0].length ?? 0;
  return { start, end: start + length };
}

/** The text with example labels and an example value; queries find nothing. */
function expansion(text: string, alert: string, analysis: Analysis, context: CheckContext): string {
  const { labels, value } = exampleAlert(analysis, context);
  const data = { alert, labels, externalLabels: {}, externalURL: "http://localhost:9090", value };
  const expanded = expandTemplate(text, data, { now: Math.floor(Date.now() / 1000), query: () => [] });
  if (!("text" in expanded)) return `Prometheus would write the error instead: ${expanded.message}`;
  if (expanded.text === text) return "";
  const given = [...Object.entries(labels).map(([name, one]) => `${name}="${one}"`), `value ${value}`];
  return `With ${given.join(", ")}:\n\n\`\`\`text\n${expanded.text}\n\`\`\``;
}
