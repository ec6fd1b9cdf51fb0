// The files of the workspace that nobody has open: what they say to others, and their texts. Knows no feature.
import { configurationNames } from "../language/configurationSchema.ts";
import { type Document, openDocument } from "../language/document.ts";
import type { Files } from "./files.ts";
import type { Session } from "./session.ts";

/** A text as it was last read from disk; `stamp` is another one whenever it is another text. */
type Kept = { readonly text: string; readonly stamp: number };

export class WorkspaceIndex {
  /** URIs of the workspace's folders. */
  folders: readonly string[] = [];
  readonly #session: Session;
  readonly #files: Files;
  readonly #complain: (message: string) => void;
  readonly #kept = new Map<string, Kept>();
  #beginning: Promise<void> | undefined;
  #reading: Promise<void> | undefined;
  #stamp = 0;

  constructor(session: Session, files: Files, complain: (message: string) => void) {
    this.#session = session;
    this.#files = files;
    this.#complain = complain;
  }

  /** Reads the configurations of the folders, for they count from the first file on that is opened. */
  begin(): Promise<void> {
    this.#beginning ??= this.#complaining(this.#readConfigurations());
    return this.#beginning;
  }

  /**
   * Reads all files once, in the background, at the first call: where nothing is open and nobody asks, none are needed.
   * Those open in the editor are the editor's to tell. Settled when all are read; never rejected.
   */
  whenRead(): Promise<void> {
    this.#reading ??= this.#complaining(this.#readAll());
    return this.#reading;
  }

  /** After a change outside the editor, or when an editor closes: what is on disk counts again. */
  async fileChanged(uri: string): Promise<void> {
    const text = await this.#files.read(uri);
    if (text !== undefined) return this.#learn(uri, text);
    this.#kept.delete(uri);
    this.#session.forget(uri);
  }

  /** Files of the kinds that are checked, but those that are open. */
  *files(): Iterable<{ readonly uri: string; readonly stamp: number }> {
    for (const [uri, { stamp }] of [...this.#kept]) if (!this.#session.documents.get(uri)) yield { uri, stamp };
  }

  /** A file as it was last read; nothing where it is open, or gone. */
  document(uri: string): Document | undefined {
    const kept = this.#kept.get(uri);
    return kept && !this.#session.documents.get(uri) ? openDocument(uri, "", 0, kept.text) : undefined;
  }

  #complaining(reading: Promise<void>): Promise<void> {
    return reading.catch((error: unknown) => this.#complain(`reading the workspace: ${error}`));
  }

  async #readConfigurations(): Promise<void> {
    for (const folder of this.folders) await this.#readConfigurationOf(folder);
  }

  async #readAll(): Promise<void> {
    await this.begin();
    for await (const { uri, text } of this.#files.yamlFiles(this.folders)) this.#learn(uri, text);
  }

  /** The nearest one, upwards: it counts for everything below it, also where only a part of that is open. */
  async #readConfigurationOf(folder: string): Promise<void> {
    const top = "file://".length;
    for (
      let at = folder.replace(/\/$/, "");
      at.length >= top && at.includes("/");
      at = at.slice(0, at.lastIndexOf("/"))
    ) {
      if (await this.#readConfigurationIn(at)) return;
    }
  }

  async #readConfigurationIn(folder: string): Promise<boolean> {
    for (const name of configurationNames) {
      const uri = `${folder}/${name}`;
      const text = await this.#files.read(uri);
      if (text === undefined) continue;
      if (!this.#session.documents.get(uri)) this.#session.learn(openDocument(uri, "", 0, text));
      return true;
    }
    return false;
  }

  #learn(uri: string, text: string): void {
    if (this.#session.documents.get(uri)) return;
    const document = openDocument(uri, "", 0, text);
    if (document.kind === "other") this.#kept.delete(uri);
    else if (this.#kept.get(uri)?.text !== text) this.#kept.set(uri, { text, stamp: ++this.#stamp });
    this.#session.learn(document);
  }
}
