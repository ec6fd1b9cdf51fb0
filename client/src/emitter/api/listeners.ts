// Opens the HTTP listeners of several servers on loopback addresses, and says in words why it cannot. It must not know
// what they answer.
import { type Address, EmitterError } from "../addresses.ts";
import { type HttpAnswer, type Listener, listen } from "./httpServer.ts";

/**
 * Listens for each server: the others on 127.0.0.2 … with the first one's port, as a cluster on several machines has it,
 * and where the machine has no such address or the port is taken there, on the next ports of the first one's host.
 * Rejects with EmitterError; nothing is left open then.
 */
export async function bindAll(
  first: Address,
  count: number,
  handler: (index: number, request: { method: string; url: URL }) => Promise<HttpAnswer | undefined>,
): Promise<Listener[]> {
  const bound: Listener[] = [];
  try {
    for (let index = 0; index < count; index++) {
      const port = bound[0]?.port ?? first.port;
      const bind = (host: string, at: number): Promise<Listener> =>
        listen(host, at, (request) => handler(index, request));
      if (index === 0) bound.push(await bind(first.host, port));
      else if (first.host === "127.0.0.1")
        bound.push(
          await bind(`127.0.0.${index + 1}`, port).catch(() => bind(first.host, first.port === 0 ? 0 : port + index)),
        );
      else bound.push(await bind(first.host, first.port === 0 ? 0 : port + index));
    }
    return bound;
  } catch (error) {
    await Promise.all(bound.map((listener) => listener.close()));
    throw inWords(error, first, bound.length);
  }
}

function inWords(error: unknown, { host, port }: Address, index: number): EmitterError {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  const where = `${host}:${port + index}`;
  if (code === "EADDRINUSE")
    return new EmitterError(
      "address-in-use",
      `${where} is taken by another program: stop it, or give the emitter another port.`,
    );
  if (code === "EACCES")
    return new EmitterError(
      "address-in-use",
      `This user may not listen on ${where}: give the emitter a port above 1023.`,
    );
  return new EmitterError(
    "bad-address",
    `Cannot listen on ${where} (${code || String(error)}): write 127.0.0.1 and a free port.`,
  );
}
