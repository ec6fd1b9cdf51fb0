// Entry of the language server in a node process: picks the transport from the arguments and serves.
// `--stdio`, `--node-ipc` (the editor's own), `--socket=PORT` or `--pipe=NAME`. It wires, nothing else.
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { nodeFiles } from "./lsp/nodeFiles.ts";
import { serve } from "./lsp/server.ts";

const transports = ["--stdio", "--node-ipc", "--socket", "--pipe"];

if (process.argv.includes("--help")) {
  process.stdout.write("usage: node server.js --stdio | --node-ipc | --socket=PORT | --pipe=NAME\n");
  process.exit(0);
}

if (!process.argv.some((argument) => transports.some((transport) => argument.startsWith(transport)))) {
  process.stderr.write("dkron-metrics language server: say how to talk to it, for example --stdio\n");
  process.exit(2);
}

serve(createConnection(ProposedFeatures.all), nodeFiles);
