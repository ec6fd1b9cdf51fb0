// What rule files can notice of a change in the files around them: what recording rules make, and what each prometheus.yml
// says of scrapes and evaluations. Judges nothing.
import { differing, type FileFacts, nothingRecorded, type Workspace } from "./workspace.ts";

export type WorkspaceChange = {
  /** Whether a prometheus.yml says something else. */
  readonly prometheus: boolean;
  /** Names under which recording rules make something else now than before, or nothing, or did not before. */
  readonly recorded: ReadonlySet<string>;
};

/** All rules of a file ask for the same two, one after the other. */
let last: { readonly before: Workspace; readonly now: Workspace; readonly change: WorkspaceChange } | undefined;

export function changeBetween(before: Workspace, now: Workspace): WorkspaceChange {
  if (last?.before !== before || last.now !== now) last = { before, now, change: find(before, now) };
  return last.change;
}

/** Of two states in a row nearly all files are the same objects. */
function find(before: Workspace, now: Workspace): WorkspaceChange {
  const gone = new Map(before.files.map((file) => [file.uri, file]));
  const changes: WorkspaceChange[] = [];
  for (const file of now.files) {
    const old = gone.get(file.uri);
    gone.delete(file.uri);
    if (old !== file) changes.push(changeOfFile(old, file));
  }
  for (const file of gone.values()) changes.push(changeOfFile(file, undefined));
  return {
    prometheus: changes.some(({ prometheus }) => prometheus),
    recorded: new Set(changes.flatMap(({ recorded }) => [...recorded])),
  };
}

/** What others can notice when a file says `now` what it said otherwise `before`. */
export function changeOfFile(before: FileFacts | undefined, now: FileFacts | undefined): WorkspaceChange {
  return {
    prometheus: (before ? prometheusOf(before) : "") !== (now ? prometheusOf(now) : ""),
    recorded: differing(before?.recorded ?? nothingRecorded, now?.recorded ?? nothingRecorded),
  };
}

export function isNothing({ prometheus, recorded }: WorkspaceChange): boolean {
  return !prometheus && recorded.size === 0;
}

/** What a prometheus.yml says to rules, as a text; nothing of other files. What is scraped and where it stands is no matter. */
function prometheusOf(file: FileFacts): string {
  if (file.kind !== "prometheus-config") return "";
  const { uri, scrapeIntervalSeconds, evaluationIntervalSeconds, scrapeConfigFiles } = file;
  const jobs = file.scrapeJobs.map(({ name, intervalSeconds, honorLabels }) => [name, intervalSeconds, honorLabels]);
  return JSON.stringify([uri, jobs, scrapeIntervalSeconds, evaluationIntervalSeconds, scrapeConfigFiles]);
}
