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
  /** Settled when every file has been read once. */
  whenRead: Promise<void> = Promise.resolve();
  readonly #session: Session;
  readonly #files: Files;
  readonly #kept = new Map<string, Kept>();
  #stamp = 0;

  constructor(session: Session, files: Files) {
    this.#session = session;
    this.#files = files;
  }

  /** All files once, in the background; those open in the editor are the editor's to tell. */
  read(): Promise<void> {
    this.whenRead = this.#readAll();
    return this.whenRead;
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

  async #readAll(): Promise<void> {
    for (const folder of this.folders) await this.#readConfigurationAbove(folder);
    for await (const { uri, text } of this.#files.yamlFiles(this.folders)) this.#learn(uri, text);
  }

  /** A configuration counts for everything below it, also where only a part of that is open. */
  async #readConfigurationAbove(folder: string): Promise<void> {
    let above = folder.replace(/\/$/, "");
    while (above.lastIndexOf("/") > "file://".length - 1) {
      above = above.slice(0, above.lastIndexOf("/"));
      for (const name of configurationNames) {
        const uri = `${above}/${name}`;
        const text = await this.#files.read(uri);
        if (text !== undefined) return this.#session.learn(openDocument(uri, "", 0, text));
      }
    }
  }

  #learn(uri: string, text: string): void {
    const document = openDocument(uri, "", 0, text);
    if (document.kind === "other") this.#kept.delete(uri);
    else if (this.#kept.get(uri)?.text !== text) this.#kept.set(uri, { text, stamp: ++this.#stamp });
    if (!this.#session.documents.get(uri)) this.#session.learn(document);
  }
}
