// Relabelling as Prometheus does it: labels in, labels out, rule by rule. Pure; knows no file.
// Source: `relabel` of model/relabel/relabel.go.
import { RE2JS } from "re2js";
import { isLabelName, type Scheme } from "../../catalog/prometheus/values.ts";
import { md5Remainder } from "./md5.ts";

export type Labels = ReadonlyMap<string, string>;

export type RelabelRule = {
  readonly sourceLabels: readonly string[];
  readonly separator: string;
  readonly regex: string;
  readonly modulus: number;
  readonly targetLabel: string;
  readonly replacement: string;
  readonly action: string;
};

export const defaultRule: RelabelRule = {
  sourceLabels: [],
  separator: ";",
  regex: "(.*)",
  modulus: 0,
  targetLabel: "",
  replacement: "$1",
  action: "replace",
};

/** What one rule did: the labels after it; undefined where the target or series was dropped. */
export type Step = { readonly rule: RelabelRule; readonly joined: string; readonly after: Labels | undefined };

/** All steps up to the one that drops. A rule whose regular expression cannot be read changes nothing. */
export function relabelSteps(labels: Labels, rules: readonly RelabelRule[], scheme: Scheme): Step[] {
  const steps: Step[] = [];
  let current: Labels = labels;
  for (const rule of rules) {
    const joined = rule.sourceLabels.map((name) => current.get(name) ?? "").join(rule.separator);
    const after = applyRule(current, rule, joined, scheme);
    steps.push({ rule, joined, after });
    if (!after) break;
    current = after;
  }
  return steps;
}

/** The labels after all rules; undefined where one dropped them. */
export function relabel(labels: Labels, rules: readonly RelabelRule[], scheme: Scheme): Labels | undefined {
  const steps = relabelSteps(labels, rules, scheme);
  const last = steps.at(-1);
  return last ? last.after : labels;
}

const compiled = new Map<string, RE2JS | undefined>();

/** The regular expression as relabelling uses it: anchored, and `.` is a line break too. */
export function relabelPattern(text: string): RE2JS | undefined {
  if (compiled.has(text)) return compiled.get(text);
  let pattern: RE2JS | undefined;
  try {
    pattern = RE2JS.compile(`^(?s:${text})$`);
  } catch {
    pattern = undefined;
  }
  if (compiled.size > 500) compiled.clear();
  compiled.set(text, pattern);
  return pattern;
}

function applyRule(labels: Labels, rule: RelabelRule, joined: string, scheme: Scheme): Labels | undefined {
  const pattern = relabelPattern(rule.regex);
  if (!pattern) return labels;
  switch (rule.action) {
    case "keep":
      return pattern.matches(joined) ? labels : undefined;
    case "drop":
      return pattern.matches(joined) ? undefined : labels;
    case "keepequal":
      return (labels.get(rule.targetLabel) ?? "") === joined ? labels : undefined;
    case "dropequal":
      return (labels.get(rule.targetLabel) ?? "") === joined ? undefined : labels;
    case "hashmod":
      return rule.modulus === 0
        ? labels
        : withLabel(labels, rule.targetLabel, String(md5Remainder(joined, rule.modulus)));
    case "lowercase":
      return withLabel(labels, rule.targetLabel, joined.toLowerCase());
    case "uppercase":
      return withLabel(labels, rule.targetLabel, joined.toUpperCase());
    case "labelmap":
      return mapped(labels, pattern, rule.replacement);
    case "labeldrop":
      return new Map([...labels].filter(([name]) => !pattern.matches(name)));
    case "labelkeep":
      return new Map([...labels].filter(([name]) => pattern.matches(name)));
    case "replace":
      return replaced(labels, pattern, rule, joined, scheme);
    default:
      return labels;
  }
}

function replaced(labels: Labels, pattern: RE2JS, rule: RelabelRule, joined: string, scheme: Scheme): Labels {
  const target = expand(pattern, joined, rule.targetLabel);
  if (target === undefined || !isLabelName(target, scheme)) return labels;
  return withLabel(labels, target, expand(pattern, joined, rule.replacement) ?? "");
}

function mapped(labels: Labels, pattern: RE2JS, replacement: string): Labels {
  const out = new Map(labels);
  for (const [name, value] of labels) {
    const to = expand(pattern, name, replacement);
    if (to !== undefined) out.set(to, value);
  }
  return out;
}

/** An empty value takes the label away. */
function withLabel(labels: Labels, name: string, value: string): Labels {
  const out = new Map(labels);
  if (value === "") out.delete(name);
  else out.set(name, value);
  return out;
}

/** Go's `Expand`: `$1`, `${name}`, `$$`; a group that does not exist is empty. Undefined where nothing matches. */
export function expand(pattern: RE2JS, text: string, template: string): string | undefined {
  const matcher = pattern.matcher(text);
  if (!matcher.matches()) return undefined;
  return template.replace(/\$(?:\$|(\w+)|\{(\w+)\})/g, (whole, bare?: string, braced?: string) => {
    if (whole === "$$") return "$";
    const name = bare ?? braced ?? "";
    try {
      return matcher.group(/^\d+$/.test(name) ? Number(name) : name) ?? "";
    } catch {
      return "";
    }
  });
}

/** Names of the groups that a template asks for. */
export function groupsOf(template: string): string[] {
  return [...template.matchAll(/\$(?:\$|(\w+)|\{(\w+)\})/g)].flatMap(([whole, bare, braced]) =>
    whole === "$$" ? [] : [bare ?? braced ?? ""],
  );
}

/** Whether a regular expression has a group of that number or name. */
export function hasGroup(pattern: RE2JS, name: string): boolean {
  if (/^\d+$/.test(name)) return Number(name) <= pattern.groupCount();
  return Object.hasOwn(pattern.namedGroups(), name);
}
