// Whole rules and groups as proposals, laid out at the column where they are asked for. Knows no rule by itself.
import { type RuleSnippet, ruleSnippets } from "../../../catalog/rules/snippets.ts";
import type { Slot } from "../../../yaml/slot.ts";
import type { Completion } from "../../answers.ts";

/** Snippets for a slot of a rule file; `path` is that of a plain one. */
export function snippetProposals(slot: Slot, path: Slot["path"]): Completion[] {
  if (slot.flow || slot.colon || slot.style === "single" || slot.style === "double") return [];
  if (path.length === 0 && slot.kind === "key")
    return slot.keys.includes("groups") ? [] : offered(undefined).map((snippet) => laidOut(snippet, slot, false));
  const last = path.at(-1);
  const isItem = slot.kind === "item" && typeof last === "number";
  if (!isItem && !(slot.kind === "key" && slot.bare)) return [];
  const list = isItem ? path.slice(0, -1) : path;
  const name = list.at(-1);
  if (name !== "groups" && name !== "rules") return [];
  if (list.length !== (name === "groups" ? 1 : 3)) return [];
  return offered(name).map((snippet) => laidOut(snippet, slot, !isItem));
}

function offered(list: RuleSnippet["list"]): readonly RuleSnippet[] {
  return ruleSnippets.filter((snippet) => snippet.list === list);
}

/** With `dash` the snippet brings the dash of the list's item. */
function laidOut({ label, filter, detail, lines }: RuleSnippet, slot: Slot, dash: boolean): Completion {
  const column = slot.column + (dash ? 2 : 0);
  const text = (dash ? "- " : "") + lines.join(`\n${" ".repeat(column)}`);
  const typed = dash ? `- ${filter}` : filter;
  return {
    label,
    kind: "snippet",
    edit: { range: slot.range, text },
    snippet: true,
    detail,
    filter: typed,
    sort: "00",
  };
}
