// The documents that the client has open, kept up to date by its edits. Knows no feature.
import type { TextDocumentItem, VersionedTextDocumentIdentifier } from "vscode-languageserver";
import { type Document, openDocument } from "../language/document.ts";
import { type Change, changed } from "./changes.ts";

export class Documents {
  readonly #open = new Map<string, Document>();

  get(uri: string): Document | undefined {
    return this.#open.get(uri);
  }

  all(): Iterable<Document> {
    return this.#open.values();
  }

  open({ uri, languageId, version, text }: TextDocumentItem): Document {
    const document = openDocument(uri, languageId, version, text);
    this.#open.set(uri, document);
    return document;
  }

  /** Takes whole texts and edits alike; each edit speaks of the text as the one before left it. */
  change(id: VersionedTextDocumentIdentifier, changes: readonly Change[]): Document | undefined {
    const before = this.#open.get(id.uri);
    if (!before) return undefined;
    const document = changed(before, changes, id.version);
    this.#open.set(id.uri, document);
    return document;
  }

  close(uri: string): void {
    this.#open.delete(uri);
  }
}
