// What a relabelling rule does to the labels of its job's targets and to one series, as Markdown. Judges nothing.
import type { Scheme } from "../../catalog/prometheus/values.ts";
import { resolveAlias } from "../../yaml/alias.ts";
import type { YamlFile, YamlNode } from "../../yaml/tree.ts";
import { valueAt, valuesOf } from "../../yaml/tree.ts";
import { durationSeconds } from "../duration.ts";
import { keptLabels, rulesOf, scrapeLabels, targetsOf } from "./jobLabels.ts";
import { type Labels, relabelPattern, relabelSteps, type Step } from "./relabel.ts";

/** More targets than this are counted, not shown. */
const most = 3;

const lists = ["relabel_configs", "metric_relabel_configs"] as const;

/**
 * For a path inside `scrape_configs[n].relabel_configs[m]` or `metric_relabel_configs[m]`; undefined elsewhere, and where
 * the rule cannot be read.
 */
export function relabelPreview(file: YamlFile, path: readonly (string | number)[]): string | undefined {
  const [top, job, list, rule] = path;
  const kind = lists.find((one) => one === list);
  if (top !== "scrape_configs" || typeof job !== "number" || !kind || typeof rule !== "number") return undefined;
  const root = file.documents[0]?.root;
  const node = resolveAlias(file, valuesOf(valueAt(root, "scrape_configs"))[job]);
  if (!node) return undefined;
  const rules = rulesOf(file, node, kind);
  const own = rules[rule];
  if (!own) return undefined;
  if (!relabelPattern(own.regex)) return "The regular expression cannot be read, so nothing can be shown.";
  const scheme = schemeOf(root, node);
  const before = labelsBefore(file, node, root, kind, scheme);
  const shown = before
    .slice(0, most)
    .map((labels) => preview(labels, relabelSteps(labels, rules.slice(0, rule + 1), scheme), rule));
  const rest = before.length > most ? [`… and ${before.length - most} more targets.`] : [];
  if (shown.length === 0) return undefined;
  const title = kind === "relabel_configs" ? "On the targets of this job" : "On one series of each target";
  return [`**${title}**`, ...shown, ...rest].join("\n\n");
}

function schemeOf(root: YamlNode | undefined, job: YamlNode): Scheme {
  const written = [job, valueAt(root, "global")].map((node) => valueAt(node, "metric_name_validation_scheme"));
  const first = written.find((node) => node?.kind === "scalar");
  return first?.kind === "scalar" && first.value === "legacy" ? "legacy" : "utf8";
}

/** Targets as they come; for samples a series of Dkron with the labels that its target keeps. */
function labelsBefore(
  file: YamlFile,
  job: YamlNode,
  root: YamlNode | undefined,
  kind: (typeof lists)[number],
  scheme: Scheme,
): Labels[] {
  const milliseconds = (key: string): number => {
    const nodes = [valueAt(job, key), valueAt(valueAt(root, "global"), key)];
    const found = nodes.flatMap((node) => (node?.kind === "scalar" ? (durationSeconds(node.value) ?? []) : []))[0];
    return (found ?? (key === "scrape_interval" ? 60 : 10)) * 1000;
  };
  const interval = milliseconds("scrape_interval");
  const times = { interval, timeout: Math.min(interval, milliseconds("scrape_timeout")) };
  const targets = targetsOf(file, job).map((target) => scrapeLabels(file, job, target, times));
  if (kind === "relabel_configs") return targets;
  const rules = rulesOf(file, job, "relabel_configs");
  return targets.flatMap((labels) => {
    const steps = relabelSteps(labels, rules, scheme);
    const after = steps.length > 0 ? steps.at(-1)?.after : labels;
    return after ? [sampleLabels(keptLabels(after))] : [];
  });
}

function sampleLabels(target: Labels): Labels {
  return new Map([["__name__", "dkron_job_executions_failed_total"], ["job_name", "backup"], ...target]);
}

/** One rule's effect: what it joined and what changed; earlier rules have been at work. */
function preview(labels: Labels, steps: readonly Step[], index: number): string {
  const step = steps[index];
  const name = labels.get("__name__") ?? labels.get("__address__") ?? "";
  if (!step) return `\`${name}\`: an earlier rule (${steps.length}.) has dropped it.`;
  const before = index === 0 ? labels : steps[index - 1]?.after;
  const joined = step.rule.sourceLabels.length > 0 ? `, joined \`${step.joined}\`` : "";
  if (!step.after) return `\`${name}\`${joined}: dropped.`;
  const changes = changesOf(before ?? labels, step.after);
  if (changes.length === 0) return `\`${name}\`${joined}: stays as it is.`;
  return [`\`${name}\`${joined}:`, ...changes].join("\n");
}

function changesOf(before: Labels, after: Labels): string[] {
  const names = [...new Set([...before.keys(), ...after.keys()])];
  return names.flatMap((name) => {
    const [old, now] = [before.get(name), after.get(name)];
    if (old === now) return [];
    if (now === undefined) return [`- \`${name}\` goes (was \`${old}\`)`];
    return [old === undefined ? `- \`${name}="${now}"\` is new` : `- \`${name}="${now}"\` (was \`${old}\`)`];
  });
}
