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
  /** By the name of each series that its recording rules make, the expressions that make it. */
  readonly recorded: Recorded;
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
  /** What the recording rules of all files make. */
  readonly recordings: Recorded;
};

/** Names of series with the expressions that make them, of several one after the other. */
export type Recorded = ReadonlyMap<string, string>;

export const nothingRecorded: Recorded = new Map();

export const emptyWorkspace: Workspace = { files: [], recordings: nothingRecorded };

export function workspaceOf(files: readonly FileFacts[]): Workspace {
  const recordings = new Map<string, string>();
  for (const { recorded } of files) for (const [name, expr] of recorded) addRecorded(recordings, name, expr);
  return { files, recordings };
}

/** The workspace with what a file says now in place of what it said, or without it. Keeps what that leaves the same. */
export function withFacts(workspace: Workspace, uri: string, facts: FileFacts | undefined): Workspace {
  const at = workspace.files.findIndex((file) => file.uri === uri);
  if (at < 0 && !facts) return workspace;
  const now = facts ? [facts] : [];
  const files = at < 0 ? [...workspace.files, ...now] : workspace.files.toSpliced(at, 1, ...now);
  const names = differing(workspace.files[at]?.recorded ?? nothingRecorded, facts?.recorded ?? nothingRecorded);
  return {
    files,
    recordings: names.size === 0 ? workspace.recordings : lookedAgain(workspace.recordings, names, files),
  };
}

/** What is recorded when the files make something else under some names. */
function lookedAgain(recordings: Recorded, names: ReadonlySet<string>, files: readonly FileFacts[]): Recorded {
  const changed = new Map(recordings);
  for (const name of names) {
    changed.delete(name);
    for (const { recorded } of files) {
      const expr = recorded.get(name);
      if (expr !== undefined) addRecorded(changed, name, expr);
    }
  }
  return changed;
}

/** The names of which two files, or two states of one, do not make the same. */
export function differing(some: Recorded, others: Recorded): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [name, expr] of some) if (others.get(name) !== expr) found.add(name);
  for (const name of others.keys()) if (!some.has(name)) found.add(name);
  return found;
}

export function addRecorded(recorded: Map<string, string>, name: string, expr: string): void {
  const others = recorded.get(name);
  recorded.set(name, others === undefined ? expr : `${others}\n${expr}`);
}

/**
 * Whether two readings of a file tell the checks of files of any kind the same. Where a thing stands and which names are
 * used is no matter to them.
 */
export function sameFacts(a: FileFacts | undefined, b: FileFacts | undefined): boolean {
  if (!a || !b) return a === b;
  return (
    a.kind === b.kind &&
    differing(a.recorded, b.recorded).size === 0 &&
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
