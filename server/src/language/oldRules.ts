// Whether a text holds rules as Prometheus 1.x wrote them, before they were YAML. Reads the text alone.
import type { Range } from "../ranges.ts";

/** Blank lines and comments. */
const lead = String.raw`(?:[ \t]*(?:#.*)?\r?\n)*[ \t]*`;

/** `ALERT name IF …`; keywords in any case, comments in between. */
const alert = String.raw`ALERT[ \t]+[A-Za-z_]\w*(?=\s+(?:#.*\s+)*IF\s)`;

/** `name = …` or `name{label="value"} = …`: a recording rule. */
const record = String.raw`[A-Za-z_:][\w:]*(?:\{[^{}\n]*\})?[ \t]*=(?![=~])`;

const firstRule = new RegExp(`^(\ufeff?${lead})(${alert}|${record})`, "i");

/** The head of the first rule of such a text; undefined for all others. */
export function oldRules(text: string): Range | undefined {
  const [, before = "", head = ""] = firstRule.exec(text) ?? [];
  return head === "" ? undefined : { start: before.length, end: before.length + head.length };
}
