// A language client in the same process as the server, over two streams: what a test sees is what an editor sees.
import { PassThrough } from "node:stream";
import { createConnection } from "vscode-languageserver/node";
import {
  createProtocolConnection,
  type Diagnostic,
  type InitializeParams,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import type { Files } from "../../server/src/lsp/files.ts";
import { noFiles } from "../../server/src/lsp/files.ts";
import { serve } from "../../server/src/lsp/server.ts";

export type TestClient = {
  readonly connection: ProtocolConnection;
  /** The next diagnostics pushed for a document; those already there if any came since the last call. */
  readonly pushed: (uri: string) => Promise<Diagnostic[]>;
  readonly open: (uri: string, text: string, languageId?: string) => void;
  readonly close: () => void;
};

/** A client that has said `initialize` with what is given and nothing else. */
export async function connect(params: Partial<InitializeParams> = {}, files: Files = noFiles): Promise<TestClient> {
  const [up, down] = [new PassThrough(), new PassThrough()];
  serve(createConnection(new StreamMessageReader(up), new StreamMessageWriter(down)), files);
  const connection = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
  const arrived = new Map<string, Diagnostic[]>();
  const waiting = new Map<string, (diagnostics: Diagnostic[]) => void>();
  connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, diagnostics }) => {
    const take = waiting.get(uri);
    waiting.delete(uri);
    if (take) take(diagnostics);
    else arrived.set(uri, diagnostics);
  });
  connection.listen();
  await connection.sendRequest("initialize", { processId: null, rootUri: null, capabilities: {}, ...params });
  await connection.sendNotification("initialized", {});
  return {
    connection,
    pushed: (uri) =>
      new Promise((resolve) => {
        const there = arrived.get(uri);
        arrived.delete(uri);
        if (there) resolve(there);
        else waiting.set(uri, resolve);
      }),
    open: (uri, text, languageId = "yaml") =>
      void connection.sendNotification("textDocument/didOpen", {
        textDocument: { uri, languageId, version: 1, text },
      }),
    close: () => connection.dispose(),
  };
}
