// Datagrams over a unix socket, as DogStatsD clients send them to `unix:///path`. Knows no line of DogStatsD.
import { chmodSync, type Stats, statSync, unlinkSync } from "node:fs";
import { type DatagramEvents, type Datagrams, widenBuffer } from "./datagrams.ts";
import type { Failure } from "./faults.ts";
import { UnixSocket } from "./unixSocket.ts";

/** Anyone on this machine may write to it, as to a port of the loopback address; the Datadog Agent's is open alike. */
const socketMode = 0o722;

/**
 * Listens on a path. A socket that a program left there when it died is taken away; one that somebody listens on, and
 * anything that is no socket, is left alone and makes it fail.
 */
export function listenUnix(path: string, events: DatagramEvents): Datagrams {
  let socket: UnixSocket | undefined;
  let own: Stats | undefined;
  let buffer = 0;
  let ended = false;
  const fail = (error: unknown): void => {
    if (ended) return;
    ended = true;
    events.failed(failureOf(path, error instanceof Error ? error.message : String(error)));
  };
  const bind = (): void => {
    socket = new UnixSocket({ data: events.packet, failed: fail });
    socket.bind(path);
    own = statSync(path);
    chmodSync(path, socketMode);
    widenBuffer(socket);
    buffer = socket.receiveBuffer;
  };
  void whenFree(path)
    .then(() => {
      if (ended) return;
      bind();
      events.bound();
    })
    .catch(fail);
  return {
    address: `unix://${path}`,
    get buffer() {
      return buffer;
    },
    drops: () => null,
    close: async () => {
      ended = true;
      socket?.close();
      if (own && found(path)?.ino === own.ino) unlinkSync(path);
    },
  };
}

function found(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}

/** Settled when nothing stands at the path; rejected where something does that is not ours to take away. */
async function whenFree(path: string): Promise<void> {
  const there = found(path);
  if (!there) return;
  if (!there.isSocket()) throw new Error("taken by a file");
  if (await isListenedOn(path)) throw new Error("taken by a listener");
  unlinkSync(path);
}

/** Whether a datagram finds a receiver: one without content, which says nothing to it. */
async function isListenedOn(path: string): Promise<boolean> {
  const asker = new UnixSocket();
  try {
    await asker.send(Buffer.alloc(0), path);
    return true;
  } catch (error) {
    return !/refused/i.test(String(error));
  } finally {
    asker.close();
  }
}

/** The socket tells errors apart by the system's words only. */
function failureOf(path: string, message: string): Failure {
  if (/taken by a listener/.test(message))
    return {
      reason: `unix://${path} is taken: another DogStatsD server, perhaps the Datadog Agent, listens there.`,
      advice: "Choose another path here and in the agent's `dog-statsd-addr`.",
    };
  if (/taken by a file|already in use/i.test(message))
    return { reason: `${path} is there already and is no socket.`, advice: "Choose another path." };
  if (/no such file|not found/i.test(message))
    return { reason: `The folder of ${path} does not exist.`, advice: "Make it, or choose another path." };
  if (/permission|not permitted/i.test(message))
    return { reason: `This user may not make ${path}.`, advice: "Choose a folder that is yours, such as one in /tmp." };
  if (/too long/i.test(message))
    return { reason: `${path} is too long for a socket's path.`, advice: "Choose one of less than 108 characters." };
  return { reason: `unix://${path} cannot be listened on: ${message}.`, advice: "Check the path." };
}
