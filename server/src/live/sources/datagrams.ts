// What a listener needs of a socket for datagrams, and the one of UDP. Knows no line of StatsD.
import { createSocket, type Socket } from "node:dgram";
import { isIPv6 } from "node:net";
import { kernelDrops } from "../statsd/kernelDrops.ts";
import type { Failure } from "./faults.ts";

/** Room for 10,000 packets while the process is busy; the kernel's default holds 256. */
export const wishedBuffer = 4 * 2 ** 20;

/** A socket that packets come in by. It is asked only between `bound` and `failed` or `close`, but for its address. */
export type Datagrams = {
  /** As a URL: `udp://127.0.0.1:8125`, `unix:///run/dkron.sock`. */
  readonly address: string;
  /** Bytes that the kernel keeps while the process is busy; 0 before it is bound. */
  readonly buffer: number;
  /** Packets that the kernel threw away; null where it does not say. */
  readonly drops: () => number | null;
  readonly close: () => Promise<void>;
};

/** `failed` comes at most once, and nothing comes after it. */
export type DatagramEvents = {
  readonly packet: (bytes: Buffer) => void;
  readonly bound: () => void;
  readonly failed: (failure: Failure) => void;
};

/** Port 0: whichever is free; `address` tells it once the socket is bound. */
export function listenUdp(host: string, port: number, events: DatagramEvents): Datagrams {
  const family = isIPv6(host) ? 6 : 4;
  const socket = createSocket({ type: family === 6 ? "udp6" : "udp4" });
  let bound = port;
  let buffer = 0;
  const address = (): string => `udp://${family === 6 ? `[${host}]` : host}:${bound}`;
  socket.on("message", events.packet);
  socket.on("error", (error: NodeJS.ErrnoException) => events.failed(bindFailure(error, address())));
  socket.bind(port, host, () => {
    bound = socket.address().port;
    widenBuffer(socket);
    buffer = socket.getRecvBufferSize();
    events.bound();
  });
  return {
    get address() {
      return address();
    },
    get buffer() {
      return buffer;
    },
    drops: () => kernelDrops(bound, family),
    close: () => new Promise((resolve) => socket.close(resolve)),
  };
}

/** Asks for the wished size; where even asking is refused, what there is must do. */
export function widenBuffer(socket: Pick<Socket, "setRecvBufferSize">): void {
  try {
    socket.setRecvBufferSize(wishedBuffer);
  } catch {
    // the effective size is read and shown right after
  }
}

function bindFailure(error: NodeJS.ErrnoException, address: string): Failure {
  if (error.code === "EADDRINUSE")
    return {
      reason: `${address} is taken: another StatsD server listens there.`,
      advice: "Stop it, or choose another port here and in the agent's configuration.",
    };
  if (error.code === "EACCES")
    return { reason: `This system does not let ${address} be listened on.`, advice: "Choose a port of 1024 or above." };
  if (error.code === "EADDRNOTAVAIL")
    return {
      reason: `${address} is not an address of this machine.`,
      advice: "Listen on 127.0.0.1, or on 0.0.0.0 for agents elsewhere.",
    };
  return { reason: `${address} cannot be listened on: ${error.message}.`, advice: "Check host and port." };
}
