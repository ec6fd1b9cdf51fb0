// The documents that the client has open, kept up to date by its edits. Knows no feature.
import type {
  TextDocumentContentChangeEvent,
  TextDocumentItem,
  VersionedTextDocumentIdentifier,
} from "vscode-languageserver";
import { changeDocument, type Document, openDocument } from "../language/document.ts";
import { fromRange } from "./convert.ts";

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
  change(
    id: VersionedTextDocumentIdentifier,
    changes: readonly TextDocumentContentChangeEvent[],
  ): Document | undefined {
    let document = this.#open.get(id.uri);
    if (!document) return undefined;
    for (const change of changes) {
      document =
        "range" in change
          ? changeDocument(document, [{ range: fromRange(document, change.range), text: change.text }], id.version)
          : openDocument(id.uri, document.languageId, id.version, change.text);
    }
    this.#open.set(id.uri, document);
    return document;
  }

  close(uri: string): void {
    this.#open.delete(uri);
  }
}
