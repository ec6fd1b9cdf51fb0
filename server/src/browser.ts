// Entry of the language server in a web worker: the same server without files of its own and without a link to agents.
// It wires, nothing else.
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from "vscode-languageserver/browser";
import { noFiles } from "./lsp/files.ts";
import { serve } from "./lsp/server.ts";

/** The worker's own scope; the project is typed for node, whose globals lack it. */
declare const self: ConstructorParameters<typeof BrowserMessageReader>[0];

serve(createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self)), noFiles);
