// Serves one client over a connection: initialises, keeps the session's state current, and hands requests to handlers.
import { type Connection, DidChangeConfigurationNotification, type InitializeParams } from "vscode-languageserver";
import { capabilities } from "./capabilities.ts";
import { serveDashboards } from "./dashboards.ts";
import { Diagnostics } from "./diagnostics.ts";
import type { Files } from "./files.ts";
import { handleRequests } from "./handlers.ts";
import { Hints } from "./hints.ts";
import { Lenses } from "./lenses.ts";
import { LiveViews } from "./live.ts";
import { Session } from "./session.ts";
import { readSettings } from "./settings.ts";
import { WorkspaceIndex } from "./workspaceIndex.ts";

export function serve(connection: Connection, files: Files): void {
  const session: Session = new Session(
    (concerned) => diagnostics.contextChanged(concerned),
    () => {
      lenses.refreshing.workspaceChanged();
      hints.refreshing.workspaceChanged();
    },
  );
  const index = new WorkspaceIndex(session, files, (message) => connection.console.error(message));
  const diagnostics = new Diagnostics(connection, session, index);
  const lenses = new Lenses(connection, session);
  const hints = new Hints(connection, session);
  const live = new LiveViews(connection, session, index);
  let configurable = false;

  connection.onInitialize((params) => {
    configurable = params.capabilities.workspace?.configuration === true;
    session.snippets = params.capabilities.textDocument?.completion?.completionItem?.snippetSupport === true;
    diagnostics.pull = params.capabilities.textDocument?.diagnostic !== undefined;
    diagnostics.refreshable = params.capabilities.workspace?.diagnostics?.refreshSupport === true;
    lenses.refreshing.able = params.capabilities.workspace?.codeLens?.refreshSupport === true;
    hints.refreshing.able = params.capabilities.workspace?.inlayHint?.refreshSupport === true;
    index.folders = foldersOf(params);
    live.trusted = (params.initializationOptions as { trusted?: unknown } | undefined)?.trusted === true;
    return { capabilities: capabilities(diagnostics.pull), serverInfo: { name: "dkron-metrics" } };
  });

  connection.onInitialized(() => {
    if (configurable) {
      void connection.client.register(DidChangeConfigurationNotification.type, { section: "dkronMetrics" });
      void fetchSettings();
    }
    void index.begin();
  });

  const fetchSettings = async (): Promise<void> => {
    session.settings = readSettings(await connection.workspace.getConfiguration("dkronMetrics"));
  };

  connection.onDidChangeConfiguration(({ settings }) => {
    if (configurable) return fetchSettings();
    session.settings = readSettings((settings as { dkronMetrics?: unknown } | null)?.dkronMetrics);
  });

  connection.onDidOpenTextDocument(({ textDocument }) => {
    session.learn(session.documents.open(textDocument));
    diagnostics.documentChanged(textDocument.uri);
    void index.whenRead();
  });
  connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => {
    const document = session.documents.change(textDocument, contentChanges);
    if (!document) return;
    session.learn(document);
    diagnostics.documentChanged(textDocument.uri);
  });
  connection.onDidCloseTextDocument(({ textDocument }) => {
    session.documents.close(textDocument.uri);
    diagnostics.documentClosed(textDocument.uri);
    lenses.refreshing.documentClosed(textDocument.uri);
    hints.refreshing.documentClosed(textDocument.uri);
    return index.fileChanged(textDocument.uri);
  });
  connection.onDidChangeWatchedFiles(async ({ changes }) => {
    for (const { uri } of changes) await index.fileChanged(uri);
  });

  connection.onShutdown(() => live.close());
  live.serve();
  serveDashboards(connection, session);
  diagnostics.serve();
  handleRequests(connection, session, { lenses, hints, index });
  connection.listen();
}

function foldersOf(params: InitializeParams): string[] {
  const folders = params.workspaceFolders?.map(({ uri }) => uri);
  return folders ?? (params.rootUri ? [params.rootUri] : []);
}
