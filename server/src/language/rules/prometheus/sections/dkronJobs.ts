// The jobs of a prometheus.yml that scrape Dkron: told by a comment, by their name, by their targets. Judges nothing.
import type { Range } from "../../../../ranges.ts";
import { standsAlone } from "../../../../yaml/alias.ts";
import { endOf, type Mapping, rangeOf, startOf, type YamlFile } from "../../../../yaml/tree.ts";
import type { CheckContext, FileCheck, Report } from "../../../check.ts";
import type { Document } from "../../../document.ts";
import type { Severity } from "../../../finding.ts";
import { rulesOf, type StaticTarget, targetsOf } from "../../../relabel/jobLabels.ts";
import type { FileFacts, Workspace } from "../../../workspace.ts";
import { aroundOf } from "./around.ts";
import type { Globals } from "./look.ts";
import { childOf, childrenOf, keyPlace, type Section, sectionOf, startPlace, textOf } from "./section.ts";
import { globalsOf } from "./times.ts";

export type DkronJob = {
  readonly section: Section;
  /** The whole file, for what `global` says. */
  readonly root: Section;
  readonly globals: Globals;
  /** Those that can be agents. */
  readonly targets: readonly StaticTarget[];
  readonly context: CheckContext;
};

/** A check of each job that scrapes Dkron. */
export function dkronJobCheck(
  id: string,
  level: Severity,
  title: string,
  look: (job: DkronJob) => Iterable<Report>,
): FileCheck {
  return {
    id: `prometheus/${id}`,
    level,
    title,
    kinds: ["prometheus-config"],
    *check(document, context): Iterable<Report> {
      for (const job of dkronJobs(document, context)) yield* look(job);
    },
  };
}

const kept = new WeakMap<YamlFile, { readonly context: CheckContext; readonly jobs: readonly DkronJob[] }>();

/** Found once for all checks. */
function dkronJobs({ uri, yaml }: Document, context: CheckContext): readonly DkronJob[] {
  const before = kept.get(yaml);
  if (before?.context === context) return before.jobs;
  const jobs = findJobs(uri, yaml, context);
  kept.set(yaml, { context, jobs });
  return jobs;
}

function findJobs(uri: string, yaml: YamlFile, context: CheckContext): DkronJob[] {
  const root = sectionOf(yaml, "Config", yaml.documents[0]?.root);
  if (!root) return [];
  const globals = aroundOf(uri, context.workspace)?.globals ?? globalsOf(childOf(root, "global", "GlobalConfig"));
  return childrenOf(root, "scrape_configs", "ScrapeConfig").flatMap((section) => {
    const targets = agentsOf(section, targetsOf(yaml, section.node), context.workspace);
    return targets ? [{ section, root, globals, targets, context }] : [];
  });
}

/** The targets of a job that are agents; undefined where the job does not scrape Dkron. */
function agentsOf(
  section: Section,
  targets: readonly StaticTarget[],
  workspace: Workspace,
): readonly StaticTarget[] | undefined {
  if (hasComment(section)) return targets;
  const isNamed = /dkron/i.test(textOf(section, "job_name"));
  const agents = targets.filter(({ address }) => {
    if (agentAt(address, workspace) !== undefined) return true;
    return (isNamed || /dkron/i.test(hostOf(address))) && !isOtherAddress(address);
  });
  const isDkron = agents.length > 0 || (isNamed && targets.length === 0);
  return isDkron && !asksAnother(section) ? agents : undefined;
}

/** Programs that stand beside agents, watch their hosts or ask them for a sign of life: they are called after them. */
const otherJobs = /exporter|cadvisor|blackbox|probe|federat|statsd/i;

const otherHosts =
  /exporter|cadvisor|blackbox|statsd|telegraf|grafana|prometheus|alertmanager|gateway|postgres|mysql|redis|etcd/i;

/** Paths of exporters that are told whom to ask, of other Prometheus servers and of Spring. */
const otherPaths = /^\/(?:probe|snmp|federate|actuator)\b/;

const asking = new WeakMap<Mapping, boolean>();

/** Whether a job speaks to another program, whatever its name and its targets say: that one is asked about the targets. */
function asksAnother(section: Section): boolean {
  const { node } = section;
  const known = asking.get(node);
  if (known !== undefined) return known;
  const asks =
    otherJobs.test(textOf(section, "job_name")) ||
    otherPaths.test(textOf(section, "metrics_path")) ||
    rulesOf(section.file, node, "relabel_configs").some(
      ({ action, targetLabel, replacement }) =>
        action === "replace" && targetLabel === "__address__" && !/\$|dkron/i.test(replacement),
    );
  if (standsAlone(node)) asking.set(node, asks);
  return asks;
}

/** Exporters and Prometheus' own programs have the ports from 9090 to 9999. */
function isOtherAddress(address: string): boolean {
  const port = Number(portOf(address));
  return (port >= 9090 && port <= 9999) || otherHosts.test(hostOf(address));
}

/** `# dkron-metrics: dkron` above the job or inside of it. */
function hasComment({ file, node }: Section): boolean {
  const start = file.text.lastIndexOf("\n", file.text.lastIndexOf("\n", startOf(node) - 1) - 1) + 1;
  const lineEnd = file.text.indexOf("\n", endOf(node));
  return /#[ \t]*dkron-metrics:[ \t]*dkron\b/.test(file.text.slice(start, lineEnd === -1 ? undefined : lineEnd));
}

export const hostOf = (address: string): string => address.replace(/:\d*$/, "");

export const portOf = (address: string): string => /:(\d+)$/.exec(address)?.[1] ?? "";

const local = /^(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\]|)$/;

/** The dkron.yml of the workspace whose HTTP server a target would reach: same host and port, and a host that it names. */
export function agentAt(address: string, { files }: Workspace): FileFacts | undefined {
  return files.find(({ agent, httpAddress }) => {
    if (!agent || httpAddress === undefined || httpAddress.includes("{{")) return false;
    if (portOf(httpAddress) !== portOf(address) || portOf(address) === "") return false;
    const [own, asked] = [hostOf(httpAddress), hostOf(address)];
    return own === asked || (local.test(own) && local.test(asked));
  });
}

export const targetPlace = ({ node }: StaticTarget): Range => rangeOf(node);

/** Where a job is named. */
export const jobPlace = ({ section }: DkronJob): Range =>
  section.entries.has("job_name") ? keyPlace(section, "job_name") : startPlace(section);
