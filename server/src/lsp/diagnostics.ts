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
import { Told } from "./told.ts";
import type { WorkspaceIndex } from "./workspaceIndex.ts";

/** Milliseconds of silence after which a pushed file is looked at: keys in quick succession make one look. */
const pushDelay = 10;

/** Reading a workspace changes the context with each file; the client is asked to ask again once. */
const refreshDelay = 50;

/** Files that nobody has open can be many: they are looked at when nothing has changed for so long, as is what takes long. */
const quietDelay = 2_000;

/** A text that is checked: its version in the editor or the name of a text on disk, and what is to be said of it now. */
type Text = { readonly uri: string; readonly version: number | string; readonly items: () => Diagnostic[] };

/** Lets what has arrived meanwhile be handled. */
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

export class Diagnostics {
  pull = false;
  refreshable = false;
  #refresh: NodeJS.Timeout | undefined;
  #quiet: NodeJS.Timeout | undefined;
  #settling: NodeJS.Timeout | undefined;
  readonly #told = new Told();
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
          return this.#report(this.#text(document), previousResultId);
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
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => this.#session.settle(), quietDelay);
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
    this.#told.forget(uri);
    if (!this.pull) void this.#connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  /** What was said of these files may be wrong now: where it is, says it again, or asks the client to ask again. */
  contextChanged(concerned: (uri: string) => boolean): void {
    this.#told.doubt(concerned);
    if (!this.pull) {
      for (const { uri } of this.#session.documents.all()) if (concerned(uri)) this.documentChanged(uri);
    } else if (this.refreshable) {
      this.#refresh ??= setTimeout(() => {
        this.#refresh = undefined;
        this.#refreshIfOutdated(() => this.#open());
      }, refreshDelay);
      clearTimeout(this.#quiet);
      this.#quiet = setTimeout(() => this.#refreshIfOutdated(() => this.#closed()), quietDelay);
    }
  }

  /** Asks the client to ask again where one of these texts would be answered otherwise than it was. */
  #refreshIfOutdated(texts: () => Iterable<Text>): void {
    const look = guarded(this.#connection.console, "workspace/diagnostic/refresh", undefined, async () => {
      const { context } = this.#session;
      for (const text of texts()) {
        if (this.#session.context !== context) return; // Then they are looked at later.
        const looked = this.#told.isDoubtful(text.uri, text.version);
        if (looked && this.#told.isOutdated(text.uri, text.version, text.items()))
          return void this.#connection.sendRequest(DiagnosticRefreshRequest.type).catch(() => {});
        if (looked) await pause();
      }
    });
    void look();
  }

  *#open(): Iterable<Text> {
    for (const document of [...this.#session.documents.all()]) yield this.#text(document);
  }

  /** Those that nobody has open. A client that asks for the workspace again and again has been told by now. */
  *#closed(): Iterable<Text> {
    for (const { uri, stamp } of this.#index.files())
      yield { uri, version: `disk${stamp}`, items: () => this.#itemsOf(this.#index.document(uri)) };
  }

  /** All files that are checked, open ones first; those that the client knows as they are cost nothing. */
  async #workspace(
    { previousResultIds }: WorkspaceDiagnosticParams,
    token: CancellationToken,
  ): Promise<WorkspaceDiagnosticReport> {
    await this.#index.whenRead();
    const previous = new Map(previousResultIds.map(({ uri, value }) => [uri, value]));
    const items: WorkspaceDocumentDiagnosticReport[] = [];
    const answer = (text: Text): { readonly looked: boolean } => {
      const { uri } = text;
      let looked = false;
      const look = (): Diagnostic[] => {
        looked = true;
        return text.items();
      };
      const report = this.#report({ ...text, items: look }, previous.get(uri));
      previous.delete(uri);
      items.push({ uri, version: typeof text.version === "number" ? text.version : null, ...report });
      return { looked };
    };
    for (const text of this.#open()) answer(text);
    for (const text of this.#closed()) {
      // Other requests go first, and a new one of this kind may have replaced it.
      if (token.isCancellationRequested) break;
      if (answer(text).looked) await pause();
    }
    if (!token.isCancellationRequested)
      for (const uri of previous.keys()) {
        this.#told.forget(uri);
        items.push({ kind: DocumentDiagnosticReportKind.Full, uri, version: null, items: [] });
      }
    return { items };
  }

  /** The answer to one who has the answer `previous`. Looks only where what was told may be wrong. */
  #report({ uri, version, items: look }: Text, previous: string | undefined) {
    const known = this.#told.current(uri, version);
    if (known !== undefined && known === previous) return unchanged(known);
    const items = look();
    const resultId = this.#told.tell(uri, version, items);
    if (resultId === previous) return unchanged(resultId);
    return { kind: DocumentDiagnosticReportKind.Full, resultId, items } as const;
  }

  #push(uri: string): void {
    this.#waiting.delete(uri);
    const document = this.#session.documents.get(uri);
    if (!document) return;
    const send = guarded(this.#connection.console, "publishDiagnostics", undefined, () => {
      const report = this.#report(this.#text(document), this.#told.last(uri));
      if (report.kind === DocumentDiagnosticReportKind.Full)
        return this.#connection.sendDiagnostics({ uri, version: document.version, diagnostics: report.items });
    });
    void send();
  }

  #text(document: Document): Text {
    return { uri: document.uri, version: document.version, items: () => this.#items(document) };
  }

  #itemsOf(document: Document | undefined): Diagnostic[] {
    return document ? this.#items(document) : [];
  }

  #items(document: Document): Diagnostic[] {
    return mostSevere(this.#session.findings(document)).map((finding) => toDiagnostic(document, finding));
  }
}

const unchanged = (resultId: string) => ({ kind: DocumentDiagnosticReportKind.Unchanged, resultId }) as const;

/** Editors show a thousand a file; a file of data with a finding on each line must not fill the wire for more. */
const mostShown = 1_000;
const severities = ["error", "warning", "information", "hint"] as const;

/** The findings, or of very many the worst, in the order of the text. */
function mostSevere(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length <= mostShown) return findings;
  const worst = severities.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
  return worst.slice(0, mostShown).sort((a, b) => a.range.start - b.range.start);
}
