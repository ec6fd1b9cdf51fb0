// Whole rules and groups for an editor to propose. Knows no text around them.
import { data } from "../../../catalog/rules/snippets.yml";

/** `lines` are in the editor's snippet syntax, as at column 0. `list`: of which list it is an item; absent: the file. */
export type RuleSnippet = {
  readonly label: string;
  readonly list?: "groups" | "rules";
  readonly filter: string;
  readonly detail: string;
  readonly lines: readonly string[];
};

export const ruleSnippets = data as readonly RuleSnippet[];
