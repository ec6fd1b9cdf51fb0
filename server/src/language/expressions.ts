// Every expression and template of a document as a scalar, in the order of the text; for features that look at all of them.
import type { Range } from "../ranges.ts";
import { endOf, startOf } from "../yaml/tree.ts";
import type { Document } from "./document.ts";
import { type Rule, ruleGroups } from "./ruleFile.ts";

/** The rules that a range of the file touches; all without a range. */
export function rulesIn({ kind, yaml }: Document, range?: Range): Rule[] {
  if (kind !== "prometheus-rules") return [];
  return ruleGroups(yaml).flatMap(({ rules }) =>
    range === undefined ? rules : rules.filter(({ node }) => startOf(node) <= range.end && range.start <= endOf(node)),
  );
}
