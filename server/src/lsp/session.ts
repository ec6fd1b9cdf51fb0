// The state of one client's session: its open documents, settings and workspace, and the context that follows from them.
import { newestVersion } from "../catalog/versions.ts";
import type { CheckContext } from "../language/check.ts";
import type { Document } from "../language/document.ts";
import { languageService } from "../language/languageService.ts";
import { type FileFacts, sameFacts, workspaceOf } from "../language/workspace.ts";
import { Documents } from "./documents.ts";
import { defaultSettings, type Settings } from "./settings.ts";

export const newestPrometheus = "3.14";

export class Session {
  readonly documents = new Documents();
  readonly #facts = new Map<string, FileFacts>();
  readonly #changed: () => void;
  #settings: Settings = defaultSettings;
  #connectedVersion: string | undefined;
  #context: CheckContext | undefined;

  /** `changed` is called when what was said of any file may be said differently now. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get settings(): Settings {
    return this.#settings;
  }

  set settings(settings: Settings) {
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

  /** Takes note of what a file says to the others. */
  learn(document: Document): void {
    const facts = languageService.facts(document);
    const before = this.#facts.get(document.uri);
    if (facts) this.#facts.set(document.uri, facts);
    else this.#facts.delete(document.uri);
    if (!sameFacts(before, facts)) this.#renew();
  }

  forget(uri: string): void {
    if (this.#facts.delete(uri)) this.#renew();
  }

  #dkronVersion(): string {
    const { agentVersion } = this.#settings;
    if (agentVersion === "auto") return this.#connectedVersion ?? newestVersion();
    return agentVersion === "latest" ? newestVersion() : agentVersion;
  }

  #renew(): void {
    this.#context = undefined;
    this.#changed();
  }
}
