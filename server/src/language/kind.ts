// Which of our file kinds a text is: by the editor's language, its name, and always by what it holds.
// A name can lie (an Ansible task list called prometheus.yml), so content has the last word. Knows no YAML tree.
import { distance } from "fastest-levenshtein";
import { configKey } from "../catalog/config/keys.ts";
import type { Edit } from "../edits.ts";
import { isRendered, isRenderedConfig } from "./rendered.ts";

export type Kind =
  | "dkron-config"
  | "prometheus-config"
  | "prometheus-rules"
  | "prometheus-rules-test"
  | "promql"
  | "checker-config"
  | "emitter-scenario"
  | "other";

/** What kind a file is. `languageId` is the editor's, `path` a URI or path; both may be unknown to us. */
export function kindOf(languageId: string, path: string, text: string): Kind {
  if (languageId === "promql" || path.endsWith(".promql")) return "promql";
  const named = kindByLanguage[languageId] ?? kindByName(path);
  const roots = rootKeys(text);
  const kind = named && !contradicts(named, roots) ? named : kindByContent(roots);
  return kind === "prometheus-config" && isRenderedConfig(text.slice(0, groupsWithin)) ? "other" : kind;
}

/** How much of the lines with indentation is read. */
const groupsWithin = 20_000;

/** Whether an edit of `before` cannot have changed what kind of file it is: it stays within a line that is not looked at. */
export function keepsKind(before: string, { range, text }: Edit, after: string): boolean {
  if (range.start < groupsWithin || /[\r\n]/.test(text + before.slice(range.start, range.end))) return false;
  const line = before.lastIndexOf("\n", range.start - 1) + 1;
  if (line >= range.start || !isIndented(before.charCodeAt(line)) || !isIndented(after.charCodeAt(line))) return false;
  return firstColumn(before) === 0;
}

/** Also comments: they say nothing of the kind. */
const isIndented = (first: number): boolean => first === 32 || first === 35 || first === 9;

const kindByLanguage: Record<string, Kind> = {
  "dkron-config": "dkron-config",
  "prometheus-config": "prometheus-config",
  "prometheus-rules": "prometheus-rules",
  "prometheus-rules-test": "prometheus-rules-test",
};

/** Patterns on the decoded path, the first match decides; package.json gives the editor the same ones. */
const names: readonly [RegExp, Kind][] = [
  [/(^|\/)\.dkron-metrics\.ya?ml$/, "checker-config"],
  [/\.dkron-scenario\.ya?ml$/, "emitter-scenario"],
  [/(^|\/)dkron\.ya?ml$|\/etc\/dkron\/[^/]*\.ya?ml$/, "dkron-config"],
  [/(^|\/)dkron\.(json|hcl|ini|properties|props|prop|tfvars|conf|cfg)$/, "dkron-config"],
  [/(^|\/)prometheus\.ya?ml$/, "prometheus-config"],
  [/[-._]rules?[-._]tests?\.ya?ml$/, "prometheus-rules-test"],
  [/[-._](rules?|alerts?)\.ya?ml$|(^|\/)(alerts?|rules?)\.ya?ml$|\.rules$/, "prometheus-rules"],
];

function kindByName(path: string): Kind | undefined {
  return names.find(([pattern]) => pattern.test(path))?.[1];
}

const prometheusKeys = new Set([
  "global",
  "runtime",
  "alerting",
  "rule_files",
  "scrape_config_files",
  "scrape_configs",
  "storage",
  "tracing",
  "remote_write",
  "remote_read",
  "otlp",
]);

/** Keys of `global` and of jobs: at the outermost level they are a mistake, and the file is no other program's. */
const keysBelow = new Set([
  ...["scrape_interval", "scrape_timeout", "evaluation_interval", "external_labels"],
  ...["job_name", "static_configs", "alertmanagers"],
]);

/** Keys that hardly any other program has; they count where nothing but Prometheus' keys stands beside them. */
const prometheusOnlyKeys = new Set(["remote_write", "remote_read", "scrape_config_files"]);

/** Keys that only a dkron.yml has; common words such as `server` or `tags` prove nothing. */
const dkronOnlyKeys = new Set([
  "statsd-addr",
  "dog-statsd-addr",
  "dog-statsd-tags",
  "enable-prometheus",
  "bootstrap-expect",
  "raft-multiplier",
  "serf-reconnect-timeout",
  "retry-join",
]);

/** What stands at the outermost level: its keys, or that it is a list, and what a manifest calls itself. */
type Roots = {
  readonly keys: readonly string[];
  /** First keys of the items of a list at the outermost level. */
  readonly items: readonly string[];
  readonly list: boolean;
  readonly manifest: string | undefined;
  readonly templated: boolean;
  readonly groupItem: boolean;
  readonly logs: boolean;
};

const hasGroup = /^ *- *"?rules"?:|^\s+rules:/m;
const hasName = /^ *- *name:/m;
const hasRule = /^ *(?:- *)?"?(?:alert|record|expr)"?:/m;

/** Loki's rule files are Prometheus' with LogQL in them: a filter or a parser behind a selector. */
const logql = /\}\s*\|(?:[=~]|\s*(?:json|logfmt|pattern|regexp|unpack|line_format|label_format)\b)/;

const rootKey = /^(?:"([^"\n]+)"|'([^'\n]+)'|([^\s#\-&*!|>%@`"'{}[\],][^:#\n]*?))[ \t]*:(?=[ \t\r\n]|$)/;

/** Blank lines, comments, directives and the marker of a document; then the indentation of the first key. */
const lead = /^(?:[ \t]*(?:#.*)?\r?\n|(?:---|%).*\n)*( *)(?=\S)/;

function firstColumn(text: string): number {
  return lead.exec(text.startsWith("\ufeff") ? text.slice(1) : text)?.[1]?.length ?? 0;
}

/** Neither a blank, nor a line break, nor a comment. */
function isContent(code: number): boolean {
  return code > 32 && code !== 35;
}

const marginLine = /\n(?=[^ \t#\n])/g;

/** Where the next line begins that is not indented. The engine's own search is fast from the first call on. */
function nextAtMargin(text: string, from: number): number {
  marginLine.lastIndex = from;
  return marginLine.test(text) ? marginLine.lastIndex : text.length;
}

/**
 * Reads the lines that stand as far left as the first one: cheap, and right on text that is half typed. At most 20,000
 * lines.
 */
function rootKeys(text: string): Roots {
  const keys: string[] = [];
  const items: string[] = [];
  let list = false;
  let manifest: string | undefined;
  let templated = false;
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const column = firstColumn(text);
  for (let count = 0; at < text.length && count < 20_000; count++) {
    const next = text.indexOf("\n", at);
    const end = next === -1 ? text.length : next;
    // What stands further left than the first key is not read any more.
    if (column > 0 && keys.length > 0 && isContent(text.charCodeAt(at))) break;
    const first = at + (column > 0 && text.startsWith(" ".repeat(column), at) ? column : 0);
    if (!isIndented(text.charCodeAt(first))) {
      const line = text.slice(first, Math.min(end, first + 200));
      if (/^-(\s|$)/.test(line)) {
        list = list || keys.length === 0;
        const item = rootKey.exec(line.replace(/^-\s+/, ""))?.[3];
        if (item !== undefined) items.push(item);
      } else if (/^\{\{/.test(line)) templated = true;
      else if (/^---(\s|$)/.test(line) && keys.length > 0) break;
      const key = rootKey.exec(line);
      const name = key?.[1] ?? key?.[2] ?? key?.[3];
      if (name !== undefined) keys.push(name);
      if (name === "kind") manifest = /:\s*["']?(\w*)/.exec(line)?.[1];
    }
    at = column === 0 ? nextAtMargin(text, end) : end + 1;
  }
  const start = text.slice(0, groupsWithin);
  const groupItem = hasGroup.test(start) && (hasRule.test(start) || hasName.test(start));
  return {
    keys,
    items,
    list,
    manifest: manifest !== undefined && laterRules.test(text) ? "PrometheusRule" : manifest,
    templated: templated || isRendered(start),
    groupItem,
    logs: logql.test(start),
  };
}

/** Manifests stand one after the other, and those of rules behind others. */
const laterRules = /^kind:[ \t]*["']?PrometheusRule\b/m;

/** `apiVersion` alone is Grafana's: what it provisions has rules in groups as well. */
const isManifest = (roots: Roots): boolean => roots.keys.includes("apiVersion");

/** Whether the content is plainly something else than its name says. Silence is right where it is only unsure. */
function contradicts(kind: Kind, roots: Roots): boolean {
  if (kind === "checker-config" || kind === "emitter-scenario") return false;
  if (kind !== "dkron-config" && (roots.templated || roots.logs)) return true;
  if (isManifest(roots)) return !(kind === "prometheus-rules" && roots.manifest === "PrometheusRule");
  if (kind === "dkron-config") return isOtherDkronFile(roots);
  const known = expected[kind];
  // A list of our own keys is ours, badly written; other lists are plays and tasks.
  if (roots.list) return !roots.items.some((key) => known?.(key) && !keysBelow.has(key));
  // What is no word is no other program's key either.
  const words = roots.keys.filter((key) => /^[A-Za-z_]/.test(key));
  return words.length > 0 && known !== undefined && !words.some((key) => known(key));
}

/** Keys of files that are called dkron.yml because they deploy Dkron: Compose, a workflow, a play, values of a chart. */
const deploying = new Set([
  ...["services", "networks", "volumes", "jobs", "on", "steps", "hosts", "tasks", "roles", "import_playbook", "become"],
  ...["image", "replicaCount", "resources", "ingress", "persistence", "dependencies"],
]);

/**
 * Whether a dkron.yml holds no key of Dkron's, and some of what deploys or watches it: alert rules and targets on
 * Dkron are called after it too. Variables of a role begin with its name.
 */
function isOtherDkronFile(roots: Roots): boolean {
  const { keys, items, list } = roots;
  const names = list ? items : keys;
  if (names.some((name) => configKey(name.toLowerCase()) !== undefined && !deploying.has(name))) return false;
  if (kindByContent(roots) !== "other") return true;
  const others = names.filter(
    (name) => deploying.has(name) || /^dkron_/.test(name) || (list && (name === "name" || name === "targets")),
  );
  const isSure = names.includes("services") || (names.includes("on") && names.includes("jobs"));
  return others.length > 0 && (others.length * 2 >= names.length || isSure);
}

/** A slip of the pen, or a word half typed, must not make the file a stranger. */
const near = (key: string, words: Iterable<string>): boolean =>
  [...words].some((word) => word === key || (key.length > 2 && word.startsWith(key)) || distance(word, key) <= 2);

const expected: Partial<Record<Kind, (key: string) => boolean>> = {
  "prometheus-config": (key) => near(key, prometheusKeys) || keysBelow.has(key),
  "prometheus-rules": (key) => near(key, ["groups"]),
  "prometheus-rules-test": (key) => near(key, ["rule_files", "tests", "evaluation_interval"]),
};

/** Of other collectors that scrape as Prometheus does: Promtail, the Grafana and OpenTelemetry agents, vmagent's neighbours. */
const collectorKeys = new Set([
  "clients",
  "positions",
  "receivers",
  "exporters",
  "processors",
  "service",
  "integrations",
]);

function kindByContent(roots: Roots): Kind {
  if (roots.logs) return "other";
  if (roots.templated) return "other";
  if (isManifest(roots)) return roots.manifest === "PrometheusRule" ? "prometheus-rules" : "other";
  if (roots.list) return "other";
  const { keys } = roots;
  if (keys.some((key) => collectorKeys.has(key))) return "other";
  if (keys.includes("tests") && (keys.includes("rule_files") || keys.includes("evaluation_interval")))
    return "prometheus-rules-test";
  if (keys.includes("groups") && roots.groupItem) return "prometheus-rules";
  if (keys.includes("scrape_configs") || (keys.includes("global") && keys.includes("rule_files")))
    return "prometheus-config";
  if (keys.some((key) => prometheusOnlyKeys.has(key)) && keys.every((key) => prometheusKeys.has(key)))
    return "prometheus-config";
  if (keys.some((key) => dkronOnlyKeys.has(key))) return "dkron-config";
  return "other";
}
