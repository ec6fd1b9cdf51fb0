// Sends packets to a loopback UDP address, and does not mind when nobody listens. It knows nothing of what is in them.
import { createSocket } from "node:dgram";
import type { Address } from "./addresses.ts";

export type PacketSender = { send(payload: string): void; close(): void };

export function openSender({ host, port }: Address): PacketSender {
  const socket = createSocket(host.includes(":") ? "udp6" : "udp4");
  socket.on("error", () => undefined);
  socket.unref();
  return {
    send: (payload) => socket.send(payload, port, host, () => undefined),
    close: () => socket.close(),
  };
}
