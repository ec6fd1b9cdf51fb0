// Carries findings to the client: answered when it asks, for one file or the workspace, pushed where it cannot ask. Knows no check.
import {
  type CancellationToken,
  type Connection,
  type Diagnostic,
  DiagnosticRefreshRequest,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type WorkspaceDiagnosticParams,
  type WorkspaceDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver";
import type { Document } from "../language/document.ts";
import type { Finding } from "../language/finding.ts";
import { toDiagnostic } from "./convert.ts";
import { guarded } from "./guarded.ts";
import type { Session } from "./session.ts";
import type { WorkspaceIndex } from "./workspaceIndex.ts";

/** Milliseconds of silence after which a pushed file is looked at: keys in quick succession make one look. */
const pushDelay = 10;

/** Reading a workspace changes the context with each file; the client is asked to ask again once. */
const refreshDelay = 50;

/** Lets what has arrived meanwhile be handled. */
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

export class Diagnostics {
  pull = false;
  refreshable = false;
  /** Grows when the context changes, so that "unchanged" is never said of an answer from another context. */
  #generation = 0;
  #refresh: NodeJS.Timeout | undefined;
  readonly #waiting = new Map<string, NodeJS.Timeout>();
  readonly #connection: Connection;
  readonly #session: Session;
  readonly #index: WorkspaceIndex;

  constructor(connection: Connection, session: Session, index: WorkspaceIndex) {
    this.#connection = connection;
    this.#session = session;
    this.#index = index;
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
          const resultId = this.#resultId(document.version);
          if (resultId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
          return { kind: DocumentDiagnosticReportKind.Full, resultId, items: this.#items(document) };
        },
      ),
    );
    languages.diagnostics.onWorkspace(
      guarded(
        console,
        "workspace/diagnostic",
        { items: [] },
        (params: WorkspaceDiagnosticParams, token: CancellationToken) => this.#workspace(params, token),
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
    else if (this.refreshable)
      this.#refresh ??= setTimeout(() => {
        this.#refresh = undefined;
        void this.#connection.sendRequest(DiagnosticRefreshRequest.type).catch(() => {});
      }, refreshDelay);
  }

  /** All files that are checked, open ones first; those that the client knows as they are cost nothing. */
  async #workspace(
    { previousResultIds }: WorkspaceDiagnosticParams,
    token: CancellationToken,
  ): Promise<WorkspaceDiagnosticReport> {
    await this.#index.whenRead;
    const previous = new Map(previousResultIds.map(({ uri, value }) => [uri, value]));
    const items: WorkspaceDocumentDiagnosticReport[] = [];
    const answer = (uri: string, version: number | null, resultId: string, document: () => Document | undefined) => {
      const known = previous.get(uri) === resultId;
      previous.delete(uri);
      if (known) items.push({ kind: DocumentDiagnosticReportKind.Unchanged, uri, version, resultId });
      else
        items.push({
          kind: DocumentDiagnosticReportKind.Full,
          uri,
          version,
          resultId,
          items: this.#itemsOf(document()),
        });
      return !known;
    };
    for (const document of [...this.#session.documents.all()])
      answer(document.uri, document.version, this.#resultId(document.version), () => document);
    for (const { uri, stamp } of this.#index.files()) {
      // Other requests go first, and a new one of this kind may have replaced it.
      if (token.isCancellationRequested) break;
      if (answer(uri, null, this.#resultId(`disk${stamp}`), () => this.#index.document(uri))) await pause();
    }
    if (!token.isCancellationRequested)
      for (const uri of previous.keys())
        items.push({ kind: DocumentDiagnosticReportKind.Full, uri, version: null, items: [] });
    return { items };
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

  #resultId(version: number | string): string {
    return `${version}/${this.#generation}`;
  }

  #itemsOf(document: Document | undefined): Diagnostic[] {
    return document ? this.#items(document) : [];
  }

  #items(document: Document): Diagnostic[] {
    return mostSevere(this.#session.findings(document)).map((finding) => toDiagnostic(document, finding));
  }
}

/** Editors show a thousand a file; a file of data with a finding on each line must not fill the wire for more. */
const mostShown = 1_000;
const severities = ["error", "warning", "information", "hint"] as const;

/** The findings, or of very many the worst, in the order of the text. */
function mostSevere(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length <= mostShown) return findings;
  const worst = severities.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
  return worst.slice(0, mostShown).sort((a, b) => a.range.start - b.range.start);
}
