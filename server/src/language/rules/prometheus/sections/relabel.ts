// Relabelling rules: what an action needs and what it cannot have. Source: `Config.Validate` of model/relabel/relabel.go.
import { goQuote } from "../../../../catalog/prometheus/goQuote.ts";
import { isLabelName, type Scheme } from "../../../../catalog/prometheus/values.ts";
import type { Range } from "../../../../ranges.ts";
import { endOf, startOf } from "../../../../yaml/tree.ts";
import type { Fix } from "../../../finding.ts";
import { groupsOf, hasGroup, relabelPattern } from "../../../relabel/relabel.ts";
import { type Look, refuse } from "./look.ts";
import {
  dashPlace,
  isNothing,
  isSet,
  itemsOf,
  keyPlace,
  lastPlace,
  nodeAt,
  numberOf,
  type Section,
  sectionOf,
  startPlace,
  textOf,
  valuePlace,
} from "./section.ts";
import { refusalOf } from "./told.ts";

/** Checks the rules of one list. `none`: what Prometheus says of a null rule. */
export function checkRules(look: Look, key: string, scheme: Scheme, none: string): void {
  for (const { item, value } of itemsOf(look.section, key)) {
    if (isNothing(value)) {
      look.tell(refusalOf("relabel", dashPlace(look.section.file, item), none, "Write a rule, or remove the dash."));
      continue;
    }
    const rule = sectionOf(look.section.file, "RelabelConfig", value);
    if (rule) checkRule({ ...look, section: rule }, scheme);
  }
}

const actions = /^(?:replace|keep|drop|keepequal|dropequal|hashmod|labelmap|labeldrop|labelkeep|lowercase|uppercase)$/;

function checkRule(look: Look, scheme: Scheme): void {
  const { section } = look;
  const action = textOf(section, "action").toLowerCase();
  if (action === "" && isNothing(nodeAt(section, "action"))) {
    refuse(
      look,
      "relabel",
      keyPlace(section, "action"),
      "relabel action cannot be empty",
      "Write `replace`, or remove the key.",
    );
    return;
  }
  if (!actions.test(action)) return;
  if (action === "hashmod" && numberOf(section, "modulus") === 0) {
    const at = section.entries.has("modulus") ? valuePlace(section, "modulus") : startPlace(section);
    refuse(
      look,
      "relabel",
      at,
      "relabel configuration for hashmod requires non-zero modulus",
      "Write `modulus`, the number of shards.",
    );
  }
  checkTarget(look, action, scheme);
  checkReplacement(look, action, scheme);
  checkNothingElse(look, action);
  checkGroups(look, action);
}

/** Groups that the regular expression does not have: Prometheus puts the empty text there. */
function checkGroups({ section, tell }: Look, action: string): void {
  const pattern = relabelPattern(textOf(section, "regex"));
  if (!pattern || (action !== "replace" && action !== "labelmap")) return;
  for (const key of action === "replace" ? ["replacement", "target_label"] : ["replacement"]) {
    if (!section.entries.has(key)) continue;
    for (const group of groupsOf(textOf(section, key))) {
      if (hasGroup(pattern, group)) continue;
      const digits = /^\d+(?=\D)/.exec(group)?.[0];
      const advice =
        digits === undefined
          ? "Write a group that the regular expression has."
          : `Write \`\${${digits}}${group.slice(digits.length)}\`: without braces the name goes on.`;
      const message = `The regular expression has no group ${goQuote(group)}: Prometheus puts nothing there. ${advice}`;
      tell({
        topic: "relabel-group",
        range: valuePlace(section, key),
        message,
        fixes: braced(section, key, digits, group),
      });
    }
  }
}

/** `$1x` as `${1}x`. */
function braced(section: Section, key: string, digits: string | undefined, group: string): Fix[] {
  const node = nodeAt(section, key);
  if (digits === undefined || node?.kind !== "scalar") return [];
  const start = section.file.text.indexOf(`$${group}`, startOf(node));
  if (start < 0 || start >= endOf(node)) return [];
  const text = `\${${digits}}`;
  const range = { start, end: start + 1 + digits.length };
  return [{ title: `Write ${text}${group.slice(digits.length)}`, safe: true, edits: [{ range, text }] }];
}

const needTarget = new Set(["replace", "hashmod", "lowercase", "uppercase", "keepequal", "dropequal"]);

const legacyTemplate = /^(?:(?:[a-zA-Z_]|\$(?:\{\w+\}|\w+))+\w*)+$/;

function checkTarget(look: Look, action: string, scheme: Scheme): void {
  const { section } = look;
  if (!needTarget.has(action)) return;
  const target = textOf(section, "target_label");
  if (target === "") {
    const words = `relabel configuration for ${action} action requires 'target_label' value`;
    refuse(look, "relabel", startPlace(section), words, "Write `target_label`, the label that gets the result.");
    return;
  }
  const isTemplate = action === "replace" && target.includes("$");
  const isFine = isTemplate ? scheme === "utf8" || legacyTemplate.test(target) : isLabelName(target, scheme);
  if (isFine) return;
  const words = `${goQuote(target)} is invalid 'target_label' for ${action} action`;
  refuse(look, "relabel", valuePlace(section, "target_label"), words, nameAdvice);
}

const nameAdvice = "Write a name of letters, digits and underscores that begins with no digit.";

function checkReplacement(look: Look, action: string, scheme: Scheme): void {
  const { section } = look;
  const replacement = textOf(section, "replacement");
  const fixed = /^(?:lowercase|uppercase|keepequal|dropequal)$/.test(action);
  if (fixed && replacement !== "$1") {
    const words = `'replacement' can not be set for ${action} action`;
    refuse(look, "relabel", keyPlace(section, "replacement"), words, "Remove it.");
  }
  if (action !== "labelmap") return;
  const isFine = scheme === "utf8" ? replacement !== "" : legacyTemplate.test(replacement);
  if (isFine) return;
  const words = `${goQuote(replacement)} is invalid 'replacement' for labelmap action`;
  refuse(
    look,
    "relabel",
    valuePlace(section, "replacement"),
    words,
    "Write `$1`, or a name with groups of the regular expression.",
  );
}

function checkNothingElse(look: Look, action: string): void {
  const { section } = look;
  if (action === "keepequal" || action === "dropequal") {
    const extra = extraKeys(section, ["regex"], ["modulus"]);
    if (extra) {
      const words = `${action} action requires only 'source_labels' and \`target_label\`, and no other fields`;
      refuse(look, "relabel", extra, words, "Remove the key.");
    }
  }
  if (action === "labeldrop" || action === "labelkeep") {
    const sources = valueIsList(section, "source_labels") ? ["source_labels"] : [];
    const extra = extraKeys(section, sources, ["target_label", "modulus", "replacement"]);
    if (extra) {
      const words = `${action} action requires only 'regex', and no other fields`;
      refuse(look, "relabel", extra, words, "Remove the key.");
    }
  }
}

/** `source_labels: []` is there, null is not. */
function valueIsList(section: Section, key: string): boolean {
  return section.entries.has(key) && isSet(section, key);
}

/** The last key that may not be there at all, or whose value is not the default. */
function extraKeys(section: Section, never: readonly string[], onlyDefault: readonly string[]): Range | undefined {
  const isDefault = (key: string): boolean => {
    if (key === "modulus") return numberOf(section, key) === 0;
    return textOf(section, key) === (section.owner.keys.get(key)?.default ?? "");
  };
  const found = [
    ...never.filter((key) => section.entries.has(key)),
    ...[...onlyDefault, "separator"].filter((key) => section.entries.has(key) && !isDefault(key)),
  ];
  return found.length > 0 ? lastPlace(section, found) : undefined;
}
