// What becomes of each static target: its labels, relabelled, and whether Prometheus drops it. Source: PopulateLabels of scrape/target.go.

import { parseGoBool } from "../../../../catalog/config/goText.ts";
import { goQuote, isUtf8 } from "../../../../catalog/prometheus/goQuote.ts";
import { durationWords, readDuration } from "../../../../catalog/prometheus/values.ts";
import type { Range } from "../../../../ranges.ts";
import { rangeOf } from "../../../../yaml/tree.ts";
import { rulesOf, type StaticTarget, scrapeLabels, targetsOf } from "../../../relabel/jobLabels.ts";
import { type Labels, relabelSteps, type Step } from "../../../relabel/relabel.ts";
import type { Look } from "./look.ts";
import { childrenOf, isSet, startPlace, textOf } from "./section.ts";
import { schemeOf, timesOf } from "./times.ts";
import { refusalOf } from "./told.ts";

/** A job of thousands of targets is relabelled for the first ones only. */
const most = 200;

const costs = "Prometheus drops the target, and promtool refuses the file.";

export function checkTargets(look: Look): void {
  const { section, globals } = look;
  const targets = targetsOf(section.file, section.node);
  if (targets.length === 0) return;
  const rules = rulesOf(section.file, section.node, "relabel_configs");
  const scheme = schemeOf(section, globals);
  const times = timesOf(section, globals);
  const told = new Set<string>();
  for (const target of targets.slice(0, most)) {
    const labels = scrapeLabels(section.file, section.node, target, times);
    const steps = relabelSteps(labels, rules, scheme);
    const after = steps.length > 0 ? steps.at(-1)?.after : labels;
    if (!after) continue;
    const fault = faultOf(target, after, isSet(section, "relabel_configs") && rules.length > 0);
    if (!fault) continue;
    const at = ruleOf(look, steps, labels, fault.label) ?? fault.range;
    const words = `instance ${target.instance} in group ${target.group}: ${fault.words}`;
    if (told.has(`${at.start}${fault.words}`)) continue;
    told.add(`${at.start}${fault.words}`);
    look.tell(refusalOf("target", at, words, fault.advice, { costs }));
  }
}

/** What promtool refuses and a server drops: an Alertmanager whose address has a path when relabelling is done. */
export function checkAlertmanagers(look: Look): void {
  const { section, globals } = look;
  const rules = rulesOf(section.file, section.node, "relabel_configs");
  if (rules.length === 0) return;
  for (const target of targetsOf(section.file, section.node).slice(0, most)) {
    const { __address__: _, ...own } = Object.fromEntries([...target.labels].map(([name, { value }]) => [name, value]));
    const labels = new Map(
      Object.entries({ __scheme__: textOf(section, "scheme"), ...own, __address__: target.address }),
    );
    const steps = relabelSteps(labels, rules, globals.scheme);
    const address = steps.at(-1)?.after?.get("__address__") ?? "";
    if (!address.includes("/")) continue;
    const at = ruleOf(look, steps, labels, "__address__") ?? rangeOf(target.node);
    const words = `${goQuote(address)} is not a valid hostname`;
    look.tell(refusalOf("target", at, words, "Write host and port only.", { costs }));
  }
}

type Fault = { readonly words: string; readonly advice: string; readonly label: string; readonly range: Range };

function faultOf(target: StaticTarget, labels: Labels, relabelled: boolean): Fault | undefined {
  const address = labels.get("__address__") ?? "";
  const range = rangeOf(target.node);
  if (address === "") return { words: "no address", advice: "Write host and port.", label: "__address__", range };
  if (relabelled && address.includes("/"))
    return {
      words: `${goQuote(address)} is not a valid hostname`,
      advice: "Write host and port only.",
      label: "__address__",
      range,
    };
  return timeFault(target, labels) ?? boolFault(target, labels) ?? textFault(target, labels);
}

function textFault(target: StaticTarget, labels: Labels): Fault | undefined {
  const broken = [...labels].filter(([label, value]) => !isUtf8(value) && !label.startsWith("__meta_"));
  const [first] = broken.sort(([a], [b]) => (a < b ? -1 : 1));
  if (!first) return undefined;
  const [label, value] = first;
  const words = `invalid label value for ${goQuote(label)}: ${goQuote(value)}`;
  return { words, advice: "Write UTF-8.", label, range: place(target, label) };
}

const place = (target: StaticTarget, label: string): Range => {
  const node = target.labels.get(label)?.node ?? target.node;
  return rangeOf(node);
};

function timeFault(target: StaticTarget, labels: Labels): Fault | undefined {
  const values = new Map<string, number>();
  for (const [label, name] of [
    ["__scrape_interval__", "interval"],
    ["__scrape_timeout__", "timeout"],
  ] as const) {
    const read = readDuration(labels.get(label) ?? "");
    const fault = (words: string): Fault => ({
      words,
      advice: "Write a duration such as `30s`.",
      label,
      range: place(target, label),
    });
    if (read.error !== undefined) return fault(`error parsing scrape ${name}: ${read.error}`);
    if (read.value === 0) return fault(`scrape ${name} cannot be 0`);
    values.set(name, read.value);
  }
  const [interval = 0, timeout = 0] = values.values();
  if (timeout <= interval) return undefined;
  const label = target.labels.has("__scrape_timeout__") ? "__scrape_timeout__" : "__scrape_interval__";
  const words = `scrape timeout cannot be greater than scrape interval (${goQuote(durationWords(timeout))} > ${goQuote(durationWords(interval))})`;
  return { words, advice: "Write a shorter timeout.", label, range: place(target, label) };
}

const booleans = [
  ["__convert_classic_histograms_to_nhcb__", "convert classic histograms to nhcb"],
  ["__always_scrape_classic_histograms__", "always scrape classic histograms"],
  ["__scrape_native_histograms__", "scrape native histograms"],
] as const;

function boolFault(target: StaticTarget, labels: Labels): Fault | undefined {
  for (const [label, name] of booleans) {
    const text = labels.get(label);
    if (text === undefined || text === "" || parseGoBool(text).ok) continue;
    const words = `error parsing ${name}: strconv.ParseBool: parsing ${goQuote(text)}: invalid syntax`;
    return { words, advice: "Write `true` or `false`.", label, range: place(target, label) };
  }
  return undefined;
}

/** The last rule that changed a label, if one did. */
function ruleOf({ section }: Look, steps: readonly Step[], before: Labels, label: string): Range | undefined {
  let value = before.get(label);
  let changed = -1;
  for (const [index, { after }] of steps.entries()) {
    const now = after?.get(label);
    if (now !== value) changed = index;
    value = now;
  }
  const rule = changed < 0 ? undefined : childrenOf(section, "relabel_configs", "RelabelConfig")[changed];
  return rule && startPlace(rule);
}
