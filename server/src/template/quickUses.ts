// What most texts of alerts use, found without a tree: those whose actions only write a label, all labels, or the value,
// perhaps humanized. Everything else is the parser's, and every error with it.
import type { LabelUse, QueryUse, TemplateProblem, TemplateUses, Tracked } from "./uses.ts";

/** An action: `$labels`, what stands behind its dot; `$value`, what stands behind its bar; `printf` and what it is given. */
const quick =
  /\{\{ ?(?:\$labels(?:\.([A-Za-z_][A-Za-z0-9_]*))?|\$value(?: ?\| ?(humanize(?:1024|Duration|Percentage|Timestamp)?|printf "(%\d*(?:\.\d+)?[fg](?:%%)?)"))?|printf "(%\d*(?:\.\d+)?[fg](?:%%)?)" \$value) ?\}\}/y;

const noQueries: readonly QueryUse[] = [];
const noProblems: readonly TemplateProblem[] = [];

const labelsLength = "$labels".length;
const valueLength = "$value".length;

/** All but the variables, for which nobody asks who looks at alerts. */
export type UsesOfData = Omit<TemplateUses, "variables">;

/** What the parser and the analysis find in a text of such actions alone; `undefined` for any other. */
export function quickUses(text: string): UsesOfData | undefined {
  const labels: LabelUse[] = [];
  const values: Tracked[] = [];
  for (let open = text.indexOf("{{"); open >= 0; open = text.indexOf("{{", quick.lastIndex)) {
    quick.lastIndex = open;
    const found = quick.exec(text);
    if (!found) return undefined;
    const start = text.indexOf("$", open);
    if (text[start + 1] === "l") {
      const name = found[1];
      if (name !== undefined) labels.push(labelUse(name, start));
    } else values.push(valueUse(text, open, start, found));
  }
  return { labels, values, queries: noQueries, problems: noProblems };
}

function labelUse(name: string, start: number): LabelUse {
  const from = start + labelsLength + 1;
  const end = from + name.length;
  const nameRange = { start: from, end };
  return { from: "labels", name, start, end, nameRange, guarded: false };
}

function valueUse(text: string, open: number, start: number, found: readonly (string | undefined)[]): Tracked {
  const formatters: Tracked["formatters"] = [];
  const format = found[3] ?? found[4];
  const name = format === undefined ? found[2] : "printf";
  if (name !== undefined) {
    const at = text.indexOf(name, open);
    formatters.push({ name, start: at, end: at + name.length, format });
  }
  return { start, end: start + valueLength, from: "alert", formatters, printed: true };
}
