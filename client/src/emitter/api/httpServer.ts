// One agent's HTTP listener on a loopback address: `/metrics` and the API. It must not know how answers come about.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { promisify } from "node:util";
import { gzip } from "node:zlib";

export type HttpAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
  /** Compressed when the client can read gzip. */
  readonly gzip?: boolean;
};

/** Answers a request; undefined: the connection is left without an answer, as a process that hangs leaves it. */
export type Handler = (request: { method: string; url: URL }) => Promise<HttpAnswer | undefined>;

export type Listener = { readonly host: string; readonly port: number; close(): Promise<void> };

const compress = promisify(gzip);

/** As cors in Dkron's router allows everything (dkron/api.go); who names no other origin hears nothing of it. */
const everywhere = { "Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "*" };

/** Rejects with node's error: EADDRINUSE, EADDRNOTAVAIL. */
export async function listen(host: string, port: number, handler: Handler): Promise<Listener> {
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    handle(request, response, handler).catch(() => response.destroy());
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.removeListener("error", reject);
      resolve();
    });
  });
  const address = server.address() as AddressInfo;
  return { host, port: address.port, close: () => close(server, sockets) };
}

async function handle(request: IncomingMessage, response: ServerResponse, handler: Handler): Promise<void> {
  const method = request.method ?? "GET";
  const url = new URL(`http://agent${request.url ?? "/"}`);
  request.resume();
  const cors = isForeign(request) ? everywhere : {};
  if (method === "OPTIONS" && isForeign(request)) {
    response.writeHead(204, {
      ...everywhere,
      "Access-Control-Allow-Methods": "*",
      "Access-Control-Allow-Headers": "*",
    });
    response.end();
    return;
  }
  const answer = await handler({ method, url });
  if (answer === undefined) return;
  const packed = answer.gzip === true && /\bgzip\b/.test(String(request.headers["accept-encoding"] ?? ""));
  const body = packed ? await compress(answer.body) : Buffer.from(answer.body);
  const headers = { ...answer.headers, ...cors, ...(packed ? { "Content-Encoding": "gzip" } : {}) };
  response.writeHead(answer.status, { ...headers, "Content-Length": String(body.length) });
  response.end(method === "HEAD" ? undefined : body);
}

/** A page of another origin asks. */
function isForeign({ headers: { origin, host } }: IncomingMessage): boolean {
  return origin !== undefined && origin !== "" && origin !== `http://${host}` && origin !== `https://${host}`;
}

function close(server: Server, sockets: Set<Socket>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    for (const socket of sockets) socket.destroy();
  });
}
