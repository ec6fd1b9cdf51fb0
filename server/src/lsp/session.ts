// The state of one client's session: its open documents, settings and workspace, and the context that follows from them.
import { newestVersion } from "../catalog/versions.ts";
import type { CheckContext } from "../language/check.ts";
import { type Configuration, newestPrometheus, readConfiguration } from "../language/configuration.ts";
import { configurationNames } from "../language/configurationSchema.ts";
import type { Document } from "../language/document.ts";
import type { Finding } from "../language/finding.ts";
import { isIgnored } from "../language/ignoring.ts";
import { languageService } from "../language/languageService.ts";
import {
  emptyWorkspace,
  type FileFacts,
  sameFacts,
  type Workspace,
  withFacts,
  workspaceOf,
} from "../language/workspace.ts";
import { changeOfFile, isNothing, type WorkspaceChange } from "../language/workspaceChange.ts";
import type { LineStarts } from "../lines.ts";
import { Contexts } from "./contexts.ts";
import { Documents } from "./documents.ts";
import { defaultSettings, type Settings } from "./settings.ts";

export class Session {
  readonly documents = new Documents();
  /** Whether the client takes snippets in completions. */
  snippets = false;
  readonly #facts = new Map<string, FileFacts>();
  /** By the URI of the folder they are in, with its slash. */
  readonly #configurations = new Map<string, Configuration>();
  /** Renewed when anything changes of which a finding may depend. */
  readonly #contexts = new Contexts(() => this.#make());
  /** For rule files, of which there are many and large ones: renewed only when something changes that rules can notice. */
  readonly #contextsOfRules = new Contexts(() => this.context);
  readonly #changed: Changed;
  readonly #learned: () => void;
  #settings: Settings = defaultSettings;
  #connectedVersion: string | undefined;
  /** What the files say, but for those that have said something else since. */
  #workspace = emptyWorkspace;
  readonly #outdated = new Set<string>();
  /** By rule file, the metrics that it used when that was last asked. */
  readonly #used = new Map<string, Metrics>();
  #current = new WeakMap<CheckContext, CheckContext>();

  /**
   * `changed` is called when what was found in some files may be found no more, or otherwise; `learned` whenever a file or
   * a setting says something else, also where no finding depends on it.
   */
  constructor(changed: Changed, learned: () => void) {
    this.#changed = changed;
    this.#learned = learned;
  }

  get settings(): Settings {
    return this.#settings;
  }

  set settings(settings: Settings) {
    if (JSON.stringify(settings) === JSON.stringify(this.#settings)) return;
    this.#settings = settings;
    this.#renew();
  }

  /** The version that the connected agent named; `undefined` while none is connected. */
  set connectedVersion(version: string | undefined) {
    if (version === this.#connectedVersion) return;
    this.#connectedVersion = version;
    if (this.#settings.agentVersion === "auto") this.#renew();
  }

  /** What files are checked against: the same object until something in it changes. */
  get context(): CheckContext {
    return this.#contexts.of();
  }

  #make(): CheckContext {
    const { prometheusVersion, dialects, rules } = this.#settings;
    return {
      dkronVersion: this.#dkronVersion(),
      prometheusVersion: prometheusVersion === "latest" ? newestPrometheus : prometheusVersion,
      dialects,
      levels: rules,
      workspace: this.workspace,
    };
  }

  /**
   * The context with what the nearest configuration above the file says. That of a rule file is older than others where
   * nothing has changed since that its rules can notice.
   */
  contextOf(uri: string): CheckContext {
    const contexts = this.#facts.get(uri)?.kind === "prometheus-rules" ? this.#contextsOfRules : this.#contexts;
    return contexts.of(this.#configurationOf(uri)?.configuration);
  }

  /** What all files of the workspace say, with places as they are now. */
  get workspace(): Workspace {
    if (this.#outdated.size > mostOutdated) this.#workspace = workspaceOf([...this.#facts.values()]);
    else for (const uri of this.#outdated) this.#workspace = withFacts(this.#workspace, uri, this.#facts.get(uri));
    this.#outdated.clear();
    return this.#workspace;
  }

  /** Where the lines of a file of the workspace begin, open or not. */
  lineStartsOf(uri: string): LineStarts | undefined {
    return this.documents.get(uri)?.lineStarts ?? this.#facts.get(uri)?.lineStarts;
  }

  /** The file's context with the workspace of this moment: in `contextOf` places and expressions may be older. */
  currentContextOf(uri: string): CheckContext {
    const context = this.contextOf(uri);
    let current = this.#current.get(context);
    if (current?.workspace !== this.workspace) {
      current = { ...context, workspace: this.workspace };
      this.#current.set(context, current);
    }
    return current;
  }

  /** Whether the configuration in force leaves the file alone. */
  isIgnored(uri: string): boolean {
    const found = this.#configurationOf(uri);
    return found !== undefined && isIgnored(found.configuration, decodeURIComponent(uri.slice(found.folder.length)));
  }

  /** What is to be said of a file, open or not; nothing where its configuration ignores it. */
  findings(document: Document): readonly Finding[] {
    if (this.isIgnored(document.uri)) return [];
    const context = this.contextOf(document.uri);
    return languageService.diagnostics(languageService.asNamed(document, context.workspace), context);
  }

  #configurationOf(uri: string): { folder: string; configuration: Configuration } | undefined {
    if (this.#configurations.size === 0) return undefined;
    for (let folder = folderOf(uri); folder.length > "file:///".length - 1; folder = folderOf(folder.slice(0, -1))) {
      const configuration = this.#configurations.get(folder);
      if (configuration) return { folder, configuration };
    }
    return undefined;
  }

  /** Takes note of what a file says to the others. */
  learn(document: Document): void {
    if (document.kind === "checker-config") this.#configure(document.uri, readConfiguration(document));
    const facts = languageService.facts(document);
    const before = this.#facts.get(document.uri);
    if (facts) this.#facts.set(document.uri, facts);
    else this.#facts.delete(document.uri);
    this.#outdate(document.uri);
    if (facts && !this.documents.get(document.uri)) findAll(facts);
    if (!sameFacts(before, facts)) this.#factsChanged(document.uri, before, facts);
  }

  #configure(uri: string, configuration: Configuration | undefined): void {
    const folder = folderOf(uri);
    const before = this.#configurations.get(folder);
    if (JSON.stringify(before) === JSON.stringify(configuration)) return;
    if (configuration) this.#configurations.set(folder, configuration);
    else this.#configurations.delete(folder);
    this.#renew();
  }

  /**
   * Takes note of the metrics that rules have come to use or use no more, which is too much for every keystroke: a
   * prometheus.yml may drop them.
   */
  settle(): void {
    const files = [...this.#facts.values()];
    if (!files.some(({ kind }) => kind === "prometheus-config")) return;
    let isNews = false;
    for (const { uri, kind, metrics } of files) {
      if (kind !== "prometheus-rules") continue;
      const now = metrics();
      isNews ||= !this.#used.has(uri) || !sameMetrics(this.#used.get(uri), now);
      this.#used.set(uri, now);
    }
    if (!isNews) return;
    this.#contexts.renew();
    this.#changed((uri) => this.#facts.get(uri)?.kind === "prometheus-config");
  }

  forget(uri: string): void {
    if (configurationNames.some((name) => uri.endsWith(`/${name}`))) this.#configure(uri, undefined);
    const before = this.#facts.get(uri);
    this.#used.delete(uri);
    if (!this.#facts.delete(uri)) return;
    this.#outdate(uri);
    this.#factsChanged(uri, before, undefined);
  }

  #dkronVersion(): string {
    const { agentVersion } = this.#settings;
    if (agentVersion === "auto") return this.#connectedVersion ?? newestVersion();
    return agentVersion === "latest" ? newestVersion() : agentVersion;
  }

  #outdate(uri: string): void {
    this.#outdated.add(uri);
    this.#learned();
  }

  #renew(): void {
    this.#contexts.renew();
    this.#contextsOfRules.renew();
    this.#learned();
    this.#changed(() => true);
  }

  #factsChanged(by: string, before: FileFacts | undefined, now: FileFacts | undefined): void {
    const change = changeOfFile(before, now);
    this.#contexts.renew();
    if (!isNothing(change)) this.#contextsOfRules.renew();
    const sameKind = before?.kind === now?.kind;
    const onlyAlerts = sameKind && now?.kind === "prometheus-rules" && isNothing(change);
    const concerned = onlyAlerts
      ? (uri: string) => this.#facts.get(uri)?.kind === "prometheus-rules-test"
      : (uri: string) => this.#canNotice(uri, change);
    // The file itself is looked at whatever it says.
    this.#changed((uri) => uri !== by && concerned(uri));
  }

  /** Whether something else may be found in a file after the change. */
  #canNotice(uri: string, { prometheus, recorded }: WorkspaceChange): boolean {
    const facts = this.#facts.get(uri);
    if (facts?.kind !== "prometheus-rules" || prometheus) return true;
    if (recorded.size === 0) return false;
    const metrics = facts.metrics();
    return !metrics || [...recorded].some((name) => metrics.has(name));
  }
}

/** Of more files at once the workspace is put together anew, as it is when all of them are read. */
const mostOutdated = 8;

/** `undefined` where a file may use any. */
type Metrics = ReadonlySet<string> | undefined;

function sameMetrics(some: Metrics, others: Metrics): boolean {
  if (some === others) return true;
  return some?.size === others?.size && [...(some ?? [])].every((metric) => others?.has(metric));
}

/** Told which files may be concerned. */
type Changed = (concerned: (uri: string) => boolean) => void;

/** A document that is not open is let go: what would be found in it when asked for is found now. */
function findAll({ recordings, alerts, uses, metrics }: FileFacts): void {
  recordings();
  alerts();
  uses();
  metrics();
}

/** The folder of a URI, with its slash; "" where there is none above. */
function folderOf(uri: string): string {
  return uri.slice(0, uri.lastIndexOf("/") + 1);
}
