// What one file says that other files may want to know. Reads the tree leniently; judges nothing.
import { keyOf, type Pair, rangeOf, type Scalar, valueAt, valuesOf, type YamlNode } from "../yaml/tree.ts";
import type { Document } from "./document.ts";
import { durationSeconds } from "./duration.ts";
import { type Rule, ruleGroups } from "./ruleFile.ts";
import { metricsIn, usesInRule, usesInTest } from "./uses.ts";
import {
  type AgentFacts,
  addRecorded,
  type Definition,
  type FileFacts,
  nothingRecorded,
  type Recording,
  type ScrapeJob,
  type Use,
} from "./workspace.ts";

const noUses = (): readonly Use[] => [];
const anyMetric = (): undefined => undefined;
const noRecordings = (): readonly Recording[] => [];
const noAlerts = (): readonly Definition[] => [];

/** The facts of a rule file, a prometheus.yml or a dkron.yml; `undefined` for other kinds. */
export function facts(document: Document): FileFacts | undefined {
  const { uri, kind, lineStarts } = document;
  const nothing = {
    uri,
    kind,
    lineStarts,
    recorded: nothingRecorded,
    recordings: noRecordings,
    alertNames: [],
    alerts: noAlerts,
    uses: noUses,
    metrics: anyMetric,
    scrapeJobs: [],
    scrapeIntervalSeconds: undefined,
    evaluationIntervalSeconds: undefined,
    ruleFiles: [],
    scrapeConfigFiles: [],
    globals: {},
    httpAddress: undefined,
    agent: undefined,
  };
  if (kind === "prometheus-rules")
    return {
      ...nothing,
      ...ofRules(document),
      uses: whenAsked(() => rulesOf(document).flatMap(usesInRule)),
      metrics: whenAsked(() => metricsIn(rulesOf(document))),
    };
  if (kind === "prometheus-config") return { ...nothing, ...ofPrometheus(document) };
  if (kind === "prometheus-rules-test") return { ...nothing, uses: whenAsked(() => usesInTest(document)) };
  if (kind === "dkron-config")
    return { ...nothing, httpAddress: text(valueAt(root(document), "http-addr")), agent: agent(root(document)) };
  return undefined;
}

const root = (document: Document): YamlNode | undefined => document.yaml.documents[0]?.root;

function agent(node: YamlNode | undefined): AgentFacts {
  const isOn = (key: string): boolean => /^(?:true|True|TRUE|t|T|1)$/.test(text(valueAt(node, key)) ?? "");
  const servers = Number(text(valueAt(node, "bootstrap-expect")) ?? 1) || 1;
  return { server: isOn("server"), enablePrometheus: isOn("enable-prometheus"), servers };
}

const rulesOf = ({ yaml }: Document): Rule[] => ruleGroups(yaml).flatMap(({ rules }) => rules);

/** Runs at every keystroke over rules by the thousand. */
function ofRules(document: Document): Pick<FileFacts, "recorded" | "recordings" | "alertNames" | "alerts"> {
  const recorded = new Map<string, string>();
  const alertNames: string[] = [];
  for (const { rules } of ruleGroups(document.yaml))
    for (let i = 0; i < rules.length; i++) {
      const rule = rules[i] as Rule;
      if (!rule.name) continue;
      if (rule.kind === "record") {
        if (rule.name.value !== "") addRecorded(recorded, rule.name.value, rule.expr?.value ?? "");
      } else alertNames.push(rule.name.value);
    }
  const all = (): readonly Rule[] => rulesOf(document);
  return {
    recorded,
    recordings: whenAsked(() => all().flatMap((rule) => (rule.kind === "record" ? recording(rule) : []))),
    alertNames,
    alerts: whenAsked(() => all().flatMap(({ kind, name }) => (name && kind !== "record" ? definition(name) : []))),
  };
}

/** What is found when somebody first asks, and what it was found in is held no longer than that. */
function whenAsked<T>(find: () => T): () => T {
  let look: (() => T) | undefined = find;
  let found: T | undefined;
  return () => {
    if (look) {
      found = look();
      look = undefined;
    }
    return found as T;
  };
}

function recording({ name, expr, labels }: Rule): Recording | [] {
  if (!name) return [];
  return { ...definition(name), expr: expr?.value ?? "", labels: labels.flatMap((pair) => keyOf(pair) ?? []) };
}

function ofPrometheus(document: Document): Partial<FileFacts> {
  const global = valueAt(root(document), "global");
  return {
    scrapeIntervalSeconds: seconds(valueAt(global, "scrape_interval")),
    evaluationIntervalSeconds: seconds(valueAt(global, "evaluation_interval")),
    ruleFiles: texts(valueAt(root(document), "rule_files")),
    scrapeConfigFiles: texts(valueAt(root(document), "scrape_config_files")),
    globals: global?.kind === "mapping" ? Object.fromEntries(global.pairs.flatMap(single)) : {},
    scrapeJobs: valuesOf(valueAt(root(document), "scrape_configs")).flatMap(scrapeJob),
  };
}

function scrapeJob(node: YamlNode): ScrapeJob[] {
  const name = valueAt(node, "job_name");
  if (name?.kind !== "scalar") return [];
  const targets = valuesOf(valueAt(node, "static_configs")).flatMap((config) =>
    valuesOf(valueAt(config, "targets")).flatMap((target) => text(target) ?? []),
  );
  return [
    {
      ...definition(name),
      intervalSeconds: seconds(valueAt(node, "scrape_interval")),
      honorLabels: text(valueAt(node, "honor_labels")) === "true",
      targets,
    },
  ];
}

const definition = (name: Scalar): Definition => ({ name: name.value, range: rangeOf(name) });

const text = (node: YamlNode | undefined): string | undefined => (node?.kind === "scalar" ? node.value : undefined);

const texts = (list: YamlNode | undefined): string[] => valuesOf(list).flatMap((node) => text(node) ?? []);

const single = (pair: Pair): [string, string][] =>
  pair.value.kind === "scalar" ? [[keyOf(pair) ?? "", pair.value.value]] : [];

const seconds = (node: YamlNode | undefined): number | undefined =>
  node?.kind === "scalar" ? durationSeconds(node.value) : undefined;
