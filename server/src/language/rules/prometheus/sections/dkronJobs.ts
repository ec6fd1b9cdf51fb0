// The jobs of a prometheus.yml that scrape Dkron: told by a comment, by their name, by their targets. Judges nothing.
import type { Range } from "../../../../ranges.ts";
import { endOf, rangeOf, startOf, type YamlFile } from "../../../../yaml/tree.ts";
import type { CheckContext, FileCheck, Report } from "../../../check.ts";
import type { Document } from "../../../document.ts";
import type { Severity } from "../../../finding.ts";
import { type StaticTarget, targetsOf } from "../../../relabel/jobLabels.ts";
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
    const targets = targetsOf(yaml, section.node);
    return scrapesDkron(section, targets, context.workspace) ? [{ section, root, globals, targets, context }] : [];
  });
}

function scrapesDkron(section: Section, targets: readonly StaticTarget[], workspace: Workspace): boolean {
  if (/dkron/i.test(textOf(section, "job_name")) || hasComment(section)) return true;
  return targets.some(({ address }) => /dkron/i.test(hostOf(address)) || agentAt(address, workspace) !== undefined);
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
