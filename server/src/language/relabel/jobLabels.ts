// The targets of a scrape job with the labels that they have before relabelling, and the rules that change them. Judges nothing.
// Source: PopulateLabels of scrape/target.go.
import { durationWords } from "../../catalog/prometheus/values.ts";
import { resolveAlias, standsAlone } from "../../yaml/alias.ts";
import { mergedPairs } from "../../yaml/keys.ts";
import type { YamlFile, YamlNode } from "../../yaml/tree.ts";
import { scalarText } from "../scalarText.ts";
import { defaultRule, type Labels, type RelabelRule } from "./relabel.ts";

/** `group` and `instance` count from 0, as promtool does. `labels` are those of its group. */
export type StaticTarget = {
  readonly address: string;
  readonly node: YamlNode;
  readonly group: number;
  readonly instance: number;
  readonly labels: ReadonlyMap<string, { readonly value: string; readonly node: YamlNode }>;
};

/** Values of a mapping by key, with what `<<` brings; later ones win. */
function fields(file: YamlFile, value: YamlNode | undefined): Map<string, YamlNode> {
  const node = resolveAlias(file, value);
  const found = new Map<string, YamlNode>();
  if (node?.kind !== "mapping") return found;
  for (const { pair } of mergedPairs(file, node).pairs) {
    const inner = resolveAlias(file, pair.value);
    if (pair.key.kind === "scalar" && inner) found.set(pair.key.value, inner);
  }
  return found;
}

function items(file: YamlFile, value: YamlNode | undefined): YamlNode[] {
  const node = resolveAlias(file, value);
  if (node?.kind !== "sequence") return [];
  return node.items.flatMap((item) => resolveAlias(file, item.value) ?? []);
}

const text = (node: YamlNode | undefined): string => (node ? scalarText(node) : "");

const known = new WeakMap<YamlNode, readonly StaticTarget[]>();

/** Targets of `static_configs`. A keystroke leaves all jobs but one the same objects. */
export function targetsOf(file: YamlFile, job: YamlNode): readonly StaticTarget[] {
  const before = known.get(job);
  if (before) return before;
  const targets = findTargets(file, job);
  if (standsAlone(job)) known.set(job, targets);
  return targets;
}

function findTargets(file: YamlFile, job: YamlNode): StaticTarget[] {
  return items(file, fields(file, job).get("static_configs")).flatMap((config, group) => {
    const inner = fields(file, config);
    const labels = new Map(
      [...fields(file, inner.get("labels"))].map(([name, node]) => [name, { value: text(node), node }]),
    );
    return items(file, inner.get("targets")).flatMap((node, instance): StaticTarget[] =>
      node.kind === "mapping" || node.kind === "sequence"
        ? []
        : [{ address: text(node), node, group, instance, labels }],
    );
  });
}

/** Rules of one of a job's lists, as far as they can be read: an unreadable one changes nothing. */
export function rulesOf(file: YamlFile, job: YamlNode, key: string): RelabelRule[] {
  return items(file, fields(file, job).get(key)).map((node) => ruleFrom(file, node));
}

export function ruleFrom(file: YamlFile, node: YamlNode): RelabelRule {
  const inner = fields(file, node);
  const own = (key: string, otherwise: string): string => (inner.has(key) ? text(inner.get(key)) : otherwise);
  return {
    sourceLabels: items(file, inner.get("source_labels")).map(text),
    separator: own("separator", defaultRule.separator),
    regex: own("regex", defaultRule.regex),
    modulus: Number(own("modulus", "0")) || 0,
    targetLabel: own("target_label", ""),
    replacement: own("replacement", defaultRule.replacement),
    action: own("action", defaultRule.action).toLowerCase(),
  };
}

/**
 * All labels that a target has before relabelling; times in milliseconds. An empty label is none, and a group does not
 * give a target its address.
 */
export function scrapeLabels(
  file: YamlFile,
  job: YamlNode,
  target: StaticTarget,
  times: { readonly interval: number; readonly timeout: number },
): Labels {
  const inner = fields(file, job);
  const labels = new Map<string, string>();
  for (const [name, { value }] of target.labels) if (value !== "" && name !== "__address__") labels.set(name, value);
  if (target.address !== "") labels.set("__address__", target.address);
  const standing: [string, string][] = [
    ["job", text(inner.get("job_name"))],
    ["__scrape_interval__", durationWords(times.interval)],
    ["__scrape_timeout__", durationWords(times.timeout)],
    ["__metrics_path__", inner.has("metrics_path") ? text(inner.get("metrics_path")) : "/metrics"],
    ["__scheme__", inner.has("scheme") ? text(inner.get("scheme")) : "http"],
  ];
  for (const [name, values] of fields(file, inner.get("params"))) {
    const [first] = items(file, values);
    if (first) standing.push([`__param_${name}`, text(first)]);
  }
  for (const [name, value] of standing) if (!labels.has(name) && value !== "") labels.set(name, value);
  return labels;
}

/** What a target keeps after relabelling: no `__…` labels, and `instance` if nothing set it. */
export function keptLabels(labels: Labels): Labels {
  const kept = new Map([...labels].filter(([name]) => !name.startsWith("__")));
  const address = labels.get("__address__");
  if (!kept.has("instance") && address) kept.set("instance", address);
  return kept;
}
