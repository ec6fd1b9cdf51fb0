// The state of one client's session: its open documents, settings and workspace, and the context that follows from them.
import { newestVersion } from "../catalog/versions.ts";
import type { CheckContext } from "../language/check.ts";
import { type Configuration, configured, newestPrometheus, readConfiguration } from "../language/configuration.ts";
import { configurationNames } from "../language/configurationSchema.ts";
import type { Document } from "../language/document.ts";
import type { Finding } from "../language/finding.ts";
import { isIgnored } from "../language/ignoring.ts";
import { languageService } from "../language/languageService.ts";
import { type FileFacts, sameFacts, type Workspace, workspaceOf } from "../language/workspace.ts";
import type { LineStarts } from "../lines.ts";
import { Documents } from "./documents.ts";
import { defaultSettings, type Settings } from "./settings.ts";

export class Session {
  readonly documents = new Documents();
  /** Whether the client takes snippets in completions. */
  snippets = false;
  readonly #facts = new Map<string, FileFacts>();
  /** By the URI of the folder they are in, with its slash. */
  readonly #configurations = new Map<string, Configuration>();
  /** What files are checked against, by the configuration in force for them; emptied when anything changes. */
  readonly #contexts = new Map<Configuration, CheckContext>();
  readonly #changed: () => void;
  readonly #learned: () => void;
  #settings: Settings = defaultSettings;
  #connectedVersion: string | undefined;
  #context: CheckContext | undefined;
  /** What the files say at this moment; emptied by every edit, unlike the context. */
  #workspace: Workspace | undefined;
  #current = new WeakMap<CheckContext, CheckContext>();

  /**
   * `changed` is called when what was found in any file may be found no more, or otherwise; `learned` whenever a file or a
   * setting says something else, also where no finding depends on it.
   */
  constructor(changed: () => void, learned: () => void) {
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
    this.#context ??= {
      dkronVersion: this.#dkronVersion(),
      prometheusVersion:
        this.#settings.prometheusVersion === "latest" ? newestPrometheus : this.#settings.prometheusVersion,
      dialects: this.#settings.dialects,
      levels: this.#settings.rules,
      workspace: workspaceOf([...this.#facts.values()]),
    };
    return this.#context;
  }

  /** The context with what the nearest configuration above the file says. */
  contextOf(uri: string): CheckContext {
    const found = this.#configurationOf(uri);
    if (!found) return this.context;
    let context = this.#contexts.get(found.configuration);
    if (!context) {
      context = configured(this.context, found.configuration);
      this.#contexts.set(found.configuration, context);
    }
    return context;
  }

  /** What all files of the workspace say, with places as they are now. */
  get workspace(): Workspace {
    this.#workspace ??= workspaceOf([...this.#facts.values()]);
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
    this.#outdateWorkspace();
    // A document that is not open is let go: what is found when asked for must be found now.
    if (!this.documents.get(document.uri)) facts?.uses();
    if (facts) this.#facts.set(document.uri, facts);
    else this.#facts.delete(document.uri);
    if (!sameFacts(before, facts)) this.#renew();
  }

  #configure(uri: string, configuration: Configuration | undefined): void {
    const folder = folderOf(uri);
    const before = this.#configurations.get(folder);
    if (JSON.stringify(before) === JSON.stringify(configuration)) return;
    if (configuration) this.#configurations.set(folder, configuration);
    else this.#configurations.delete(folder);
    this.#renew();
  }

  forget(uri: string): void {
    if (configurationNames.some((name) => uri.endsWith(`/${name}`))) this.#configure(uri, undefined);
    if (this.#facts.delete(uri)) this.#renew();
  }

  #dkronVersion(): string {
    const { agentVersion } = this.#settings;
    if (agentVersion === "auto") return this.#connectedVersion ?? newestVersion();
    return agentVersion === "latest" ? newestVersion() : agentVersion;
  }

  #outdateWorkspace(): void {
    this.#workspace = undefined;
    this.#learned();
  }

  #renew(): void {
    this.#context = undefined;
    this.#outdateWorkspace();
    this.#contexts.clear();
    this.#changed();
  }
}

/** The folder of a URI, with its slash; "" where there is none above. */
function folderOf(uri: string): string {
  return uri.slice(0, uri.lastIndexOf("/") + 1);
}
