// Addresses that the emitter may use: host and port on the loopback, nothing else. It knows no socket.

export type Address = { readonly host: string; readonly port: number };

/** What the emitter says instead of starting; the message is a sentence for a person. */
export class EmitterError extends Error {
  override readonly name = "EmitterError";
  readonly code: EmitterErrorCode;

  constructor(code: EmitterErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

export type EmitterErrorCode =
  | "bad-address"
  | "not-loopback"
  | "address-in-use"
  | "bad-option"
  | "bad-scenario"
  | "bad-recording";

/**
 * Reads `host:port`, `:port` or `[::1]:port`. Throws EmitterError for what is no such thing, and for a host that is not
 * this machine: a stand-in in the network would be taken for an agent.
 */
export function parseAddress(text: string, option: string): Address {
  const match = /^(?:\[([^\]]+)\]|([^:]*)):(\d{1,5})$/.exec(text.trim());
  const port = Number(match?.[3]);
  if (match === null || port > 65_535)
    throw new EmitterError(
      "bad-address",
      `${option} "${text}" is no address: write host:port, for example 127.0.0.1:8080.`,
    );
  const host = match[1] ?? match[2] ?? "";
  return { host: requireLoopback(host === "" ? "127.0.0.1" : host, option), port };
}

/** The host itself; throws EmitterError when it is not a loopback address. */
export function requireLoopback(host: string, option: string): string {
  if (isLoopback(host)) return host;
  throw new EmitterError(
    "not-loopback",
    `${option} "${host}" is not this machine: the emitter is a stand-in and stays on the loopback, so write 127.0.0.1 or localhost.`,
  );
}

export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$/.test(host);
}

/** As it stands in a URL. */
export function urlOf({ host, port }: Address): string {
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}
