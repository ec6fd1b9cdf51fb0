// What the files of a workspace say to each other: plain facts, gathered file by file. Knows no check and no disk.
import type { LineStarts } from "../lines.ts";
import type { Range } from "../ranges.ts";
import type { Kind } from "./kind.ts";

/** A name that a file brings into the world, and where. */
export type Definition = { readonly name: string; readonly range: Range };

/** What a recording rule makes: the name of its series, and where known its expression and the labels that it adds. */
export type Recording = Definition & { readonly expr: string; readonly labels: readonly string[] };

/** A name that is used where it stands: a metric or a scrape job in an expression, an alert in a test of rules. */
export type Use = Definition & { readonly of: "alert" | "job" | "metric" };

/** A scrape job of a prometheus.yml. Seconds; `undefined` where the file leaves the default. */
export type ScrapeJob = Definition & {
  readonly intervalSeconds: number | undefined;
  readonly honorLabels: boolean;
  readonly targets: readonly string[];
};

/** What one file says that other files may want to know. */
export type FileFacts = {
  readonly uri: string;
  readonly kind: Kind;
  /** Offsets at which its lines begin: what turns its ranges into lines when it is not open. */
  readonly lineStarts: LineStarts;
  /** Names of the series that its recording rules make, in the order of the file. */
  readonly recordedNames: readonly string[];
  /** The recording rules: found when first asked for, in the document as it is at that moment. */
  readonly recordings: () => readonly Recording[];
  /** Names of the alerts, in the order of the file. */
  readonly alertNames: readonly string[];
  /** The alerts with their places: found as the recording rules are. */
  readonly alerts: () => readonly Definition[];
  /** Found as the recording rules are: no keystroke needs them. */
  readonly uses: () => readonly Use[];
  /**
   * Of a rule file: the metrics in its expressions, found when first asked for. What is found in it depends on the
   * recording rules of these names alone. `undefined` where it may be on any.
   */
  readonly metrics: () => ReadonlySet<string> | undefined;
  readonly scrapeJobs: readonly ScrapeJob[];
  /** `global` of a prometheus.yml, in seconds. */
  readonly scrapeIntervalSeconds: number | undefined;
  readonly evaluationIntervalSeconds: number | undefined;
  readonly ruleFiles: readonly string[];
  /** Of a prometheus.yml: files of more scrape jobs, as written. */
  readonly scrapeConfigFiles: readonly string[];
  /** Single values of `global` of a prometheus.yml, as written. */
  readonly globals: Readonly<Record<string, string>>;
  /** From a dkron.yml: the address its HTTP server would have. */
  readonly httpAddress: string | undefined;
  /** From a dkron.yml: what decides whether there is something to scrape. */
  readonly agent: AgentFacts | undefined;
};

/** `servers`: how many the cluster waits for. */
export type AgentFacts = { readonly server: boolean; readonly enablePrometheus: boolean; readonly servers: number };

export type Workspace = {
  readonly files: readonly FileFacts[];
  /** Metric names that recording rules make. */
  readonly recordings: ReadonlySet<string>;
};

export const emptyWorkspace: Workspace = { files: [], recordings: new Set() };

export function workspaceOf(files: readonly FileFacts[]): Workspace {
  return { files, recordings: new Set(files.flatMap(({ recordedNames }) => recordedNames)) };
}

/**
 * Whether two readings of a file tell the checks of files of any kind the same. Where a thing stands, what a recording rule's
 * expression says and which names are used is no matter to them.
 */
export function sameFacts(a: FileFacts | undefined, b: FileFacts | undefined): boolean {
  if (!a || !b) return a === b;
  return (
    a.kind === b.kind &&
    sameTexts(a.recordedNames, b.recordedNames) &&
    sameTexts(a.alertNames, b.alertNames) &&
    a.scrapeIntervalSeconds === b.scrapeIntervalSeconds &&
    a.evaluationIntervalSeconds === b.evaluationIntervalSeconds &&
    a.httpAddress === b.httpAddress &&
    JSON.stringify(a.agent) === JSON.stringify(b.agent) &&
    JSON.stringify(a.ruleFiles) === JSON.stringify(b.ruleFiles) &&
    JSON.stringify(a.scrapeConfigFiles) === JSON.stringify(b.scrapeConfigFiles) &&
    JSON.stringify(a.globals) === JSON.stringify(b.globals) &&
    JSON.stringify(a.scrapeJobs, withoutPlaces) === JSON.stringify(b.scrapeJobs, withoutPlaces)
  );
}

/** Rule files have thousands of names, and this runs at every keystroke. */
const sameTexts = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((text, index) => text === b[index]);

const withoutPlaces = (key: string, value: unknown): unknown => (key === "range" ? undefined : value);
