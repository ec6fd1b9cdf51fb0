// Carries findings to the client: answered when it asks, pushed where it cannot ask. Knows no check.
import {
  type Connection,
  type Diagnostic,
  DiagnosticRefreshRequest,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
} from "vscode-languageserver";
import type { Document } from "../language/document.ts";
import { languageService } from "../language/languageService.ts";
import { toDiagnostic } from "./convert.ts";
import { guarded } from "./guarded.ts";
import type { Session } from "./session.ts";

/** Milliseconds of silence after which a pushed file is looked at: keys in quick succession make one look. */
const pushDelay = 10;

export class Diagnostics {
  pull = false;
  refreshable = false;
  /** Grows when the context changes, so that "unchanged" is never said of an answer from another context. */
  #generation = 0;
  readonly #waiting = new Map<string, NodeJS.Timeout>();
  readonly #connection: Connection;
  readonly #session: Session;

  constructor(connection: Connection, session: Session) {
    this.#connection = connection;
    this.#session = session;
  }

  /** Answers the requests of clients that pull. */
  serve(): void {
    const { languages, console } = this.#connection;
    const none: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };
    languages.diagnostics.on(
      guarded(
        console,
        "textDocument/diagnostic",
        none,
        ({ textDocument, previousResultId }: DocumentDiagnosticParams) => {
          const document = this.#session.documents.get(textDocument.uri);
          if (!document) return none;
          const resultId = this.#resultId(document);
          if (resultId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
          return { kind: DocumentDiagnosticReportKind.Full, resultId, items: this.#items(document) };
        },
      ),
    );
  }

  documentChanged(uri: string): void {
    if (this.pull) return;
    clearTimeout(this.#waiting.get(uri));
    this.#waiting.set(
      uri,
      setTimeout(() => this.#push(uri), pushDelay),
    );
  }

  documentClosed(uri: string): void {
    clearTimeout(this.#waiting.get(uri));
    this.#waiting.delete(uri);
    if (!this.pull) void this.#connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  /** What was said may be wrong now: says it again, or asks the client to ask again. */
  contextChanged(): void {
    this.#generation++;
    if (!this.pull) for (const { uri } of this.#session.documents.all()) this.documentChanged(uri);
    else if (this.refreshable) void this.#connection.sendRequest(DiagnosticRefreshRequest.type).catch(() => {});
  }

  #push(uri: string): void {
    this.#waiting.delete(uri);
    const document = this.#session.documents.get(uri);
    if (!document) return;
    const send = guarded(this.#connection.console, "publishDiagnostics", undefined, () =>
      this.#connection.sendDiagnostics({ uri, version: document.version, diagnostics: this.#items(document) }),
    );
    void send();
  }

  #resultId(document: Document): string {
    return `${document.version}/${this.#generation}`;
  }

  #items(document: Document): Diagnostic[] {
    return languageService
      .diagnostics(document, this.#session.context)
      .map((finding) => toDiagnostic(document, finding));
  }
}
