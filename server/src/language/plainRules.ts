// The rules of a file as plain values, ready to be evaluated. Knows the file's shape, and nothing of evaluation.
import { keptOn } from "../kept.ts";
import { resolveAlias } from "../yaml/alias.ts";
import { keyOf, type Pair, type YamlFile } from "../yaml/tree.ts";
import type { Document } from "./document.ts";
import { durationSeconds } from "./duration.ts";
import { readDocument } from "./endOfReading.ts";
import { type Rule, type RuleGroup, ruleGroups } from "./ruleFile.ts";

/** Durations in ms; labels and annotations as written, templates and all. A group's labels are among its rules'. */
export type PlainRule = {
  readonly kind: "alert" | "record";
  readonly name: string;
  readonly expr: string;
  readonly holdFor: number;
  readonly keepFiringFor: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
};

/** `interval` is undefined where the group leaves it to the server's configuration. */
export type PlainGroup = {
  readonly file: string;
  readonly name: string;
  readonly interval: number | undefined;
  readonly queryOffset: number;
  readonly rules: readonly PlainRule[];
};

const known = new WeakMap<Document, readonly PlainGroup[]>();

/** The groups of a rule file; rules without a name or an expression are left out, durations that are none count as absent. */
export function plainGroups(whole: Document): readonly PlainGroup[] {
  if (whole.kind !== "prometheus-rules") return [];
  const before = known.get(whole);
  if (before) return before;
  const document = readDocument(whole);
  const groups = ruleGroups(document.yaml).map((group) => groupOf(document, group));
  known.set(whole, groups);
  return groups;
}

function groupOf({ uri, yaml }: Document, group: RuleGroup): PlainGroup {
  const shared = textsOf(yaml, group.labels);
  return {
    file: uri,
    name: group.name?.value ?? "",
    interval: milliseconds(yaml, group.fields.get("interval")) || undefined,
    queryOffset: milliseconds(yaml, group.fields.get("query_offset")),
    rules: group.rules.flatMap((rule) => ruleOf(yaml, rule, shared) ?? []),
  };
}

/** By the rule where no label of its group is among it: an edit elsewhere leaves the rule, and so this, the same object. */
const knownRules = keptOn<Rule, PlainRule>("rule");

function ruleOf(file: YamlFile, rule: Rule, shared: Readonly<Record<string, string>>): PlainRule | undefined {
  const { kind, name, expr, fields, labels, annotations } = rule;
  if (!kind || !name || !expr) return undefined;
  const isAlone = Object.keys(shared).length === 0;
  const before = isAlone ? knownRules.get(rule) : undefined;
  if (before) return before;
  const plain: PlainRule = {
    kind,
    name: name.value,
    expr: expr.value,
    holdFor: milliseconds(file, fields.get("for")),
    keepFiringFor: milliseconds(file, fields.get("keep_firing_for")),
    labels: { ...shared, ...textsOf(file, labels) },
    annotations: textsOf(file, annotations),
  };
  if (isAlone) knownRules.set(rule, plain);
  return plain;
}

function textOf(file: YamlFile, pair: Pair | undefined): string | undefined {
  const node = resolveAlias(file, pair?.value);
  return node?.kind === "scalar" ? node.value : undefined;
}

function milliseconds(file: YamlFile, pair: Pair | undefined): number {
  return Math.round((durationSeconds(textOf(file, pair) ?? "0") ?? 0) * 1000);
}

function textsOf(file: YamlFile, pairs: readonly Pair[]): Readonly<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const pair of pairs) {
    const name = keyOf(pair);
    const text = textOf(file, pair);
    if (name !== undefined && text !== undefined) texts[name] = text;
  }
  return texts;
}
