// Reads the files of the workspace that nobody has open, so that the session knows what they say. Knows no feature.
import { openDocument } from "../language/document.ts";
import type { Files } from "./files.ts";
import type { Session } from "./session.ts";

export class WorkspaceIndex {
  /** URIs of the workspace's folders. */
  folders: readonly string[] = [];
  readonly #session: Session;
  readonly #files: Files;

  constructor(session: Session, files: Files) {
    this.#session = session;
    this.#files = files;
  }

  /** All files once, in the background; those open in the editor are the editor's to tell. */
  async read(): Promise<void> {
    for await (const { uri, text } of this.#files.yamlFiles(this.folders)) this.#learn(uri, text);
  }

  /** After a change outside the editor, or when an editor closes: what is on disk counts again. */
  async fileChanged(uri: string): Promise<void> {
    const text = await this.#files.read(uri);
    if (text === undefined) this.#session.forget(uri);
    else this.#learn(uri, text);
  }

  #learn(uri: string, text: string): void {
    if (this.#session.documents.get(uri)) return;
    this.#session.learn(openDocument(uri, "", 0, text));
  }
}
