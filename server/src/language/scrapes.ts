// How often the series of an expression are scraped, by the prometheus.yml files of the workspace. Judges nothing.
import type { LabelMatcher } from "../promql/syntax/tree.ts";
import { regexpMatches } from "../promql/types/regexps.ts";
import type { SeriesUse } from "./analysis.ts";
import type { CheckContext } from "./check.ts";
import { namedBy } from "./scrapeFiles.ts";
import type { ScrapeJob, Workspace } from "./workspace.ts";

/** Prometheus' own default, in seconds. */
const usual = 60;

export type Scrape = { readonly job: string; readonly seconds: number };

/**
 * The quickest of the jobs that can have scraped the series: what it is too slow for, all are too slow for.
 * Undefined where no prometheus.yml tells.
 */
export function scrapeOf(use: SeriesUse, { workspace }: CheckContext): Scrape | undefined {
  let quickest: Scrape | undefined;
  for (const job of jobsOf(use, jobsIn(workspace))) if (!quickest || job.seconds < quickest.seconds) quickest = job;
  return quickest;
}

const names = new WeakMap<Workspace, ReadonlySet<string>>();

/** Names of the scrape jobs that the workspace knows. */
export function scrapeNames(workspace: Workspace): ReadonlySet<string> {
  const known = names.get(workspace);
  if (known) return known;
  const found = new Set(workspace.files.flatMap(({ scrapeJobs }) => scrapeJobs.map(({ name }) => name)));
  names.set(workspace, found);
  return found;
}

type Job = Scrape & { readonly honorLabels: boolean };

const kept = new WeakMap<Workspace, readonly Job[]>();

function jobsIn(workspace: Workspace): readonly Job[] {
  let jobs = kept.get(workspace);
  if (!jobs) {
    jobs = workspace.files.flatMap(({ uri, scrapeJobs, scrapeIntervalSeconds }) => {
      if (scrapeJobs.length === 0) return [];
      const global = (namedBy(uri, workspace) ?? { scrapeIntervalSeconds }).scrapeIntervalSeconds;
      return scrapeJobs.map((job) => jobOf(job, global));
    });
    kept.set(workspace, jobs);
  }
  return jobs;
}

function jobOf({ name, intervalSeconds, honorLabels }: ScrapeJob, global: number | undefined): Job {
  return { job: name, seconds: intervalSeconds ?? global ?? usual, honorLabels };
}

function jobsOf({ selector, rows }: SeriesUse, jobs: readonly Job[]): readonly Job[] {
  if (jobs.length === 0) return jobs;
  const asked = selector.matchers.filter(({ label, valueStart }) => label === "job" && valueStart >= 0);
  if (asked.length > 0) return jobsThatTake(asked, jobs);
  if (rows.length === 0) return jobs;
  const named = jobs.filter(({ job }) => job.toLowerCase().includes("dkron"));
  return named.length > 0 ? named : jobs;
}

/** What was asked of jobs before: rules ask for the same few again and again. */
const answered = new WeakMap<readonly Job[], Map<string, readonly Job[]>>();

function jobsThatTake(asked: readonly LabelMatcher[], jobs: readonly Job[]): readonly Job[] {
  const [first] = asked;
  const alone = first && asked.length === 1 ? first.op + first.value : undefined;
  const question = alone ?? JSON.stringify(asked.map(({ op, value }) => [op, value]));
  const answers = answered.get(jobs) ?? new Map<string, readonly Job[]>();
  const known = answers.get(question);
  if (known) return known;
  const found = jobs.filter(({ job }) => asked.every((matcher) => takes(matcher, job)));
  answered.set(jobs, answers.set(question, found));
  return found;
}

function takes({ op, value }: LabelMatcher, job: string): boolean {
  if (op === "=" || op === "!=") return (op === "=") === (job === value);
  return (op === "=~") === regexpMatches(value, job);
}

/** Whether a job keeps the labels of what it scrapes, so that `job` stays what the agent wrote. */
export function keepsLabels(use: SeriesUse, { workspace }: CheckContext): boolean {
  return jobsOf({ ...use, selector: { ...use.selector, matchers: [] } }, jobsIn(workspace)).some(
    ({ honorLabels }) => honorLabels,
  );
}

/** The length of time as PromQL writes it: `90s`, `5m`, `1h`. */
export function durationText(seconds: number): string {
  if (seconds >= 3600 && seconds % 3600 === 0) return `${seconds / 3600}h`;
  if (seconds >= 60 && seconds % 60 === 0) return `${seconds / 60}m`;
  return Number.isInteger(seconds) ? `${seconds}s` : `${Math.round(seconds * 1000)}ms`;
}
