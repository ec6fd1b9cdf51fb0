// DogStatsD over a unix socket, with real datagrams: what comes in, what is left alone, what is said where it cannot be.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { SourceSettings } from "../../server/src/live/frames.ts";
import type { Link } from "../../server/src/live/link.ts";
import { UnixSocket } from "../../server/src/live/sources/unixSocket.ts";
import { linkTo, nextFrame, sourceIn } from "./loopback.ts";

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "dkm-unix-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

const on = (socket: string): SourceSettings => ({
  kind: "dogstatsd",
  id: "dogstatsd",
  host: "127.0.0.1",
  port: 0,
  interval: 50,
  socket,
});

/** A socket as a client has one; closed at the end of the test. */
function client(): UnixSocket {
  const socket = new UnixSocket();
  onTestFinished(() => socket.close());
  return socket;
}

function send(socket: UnixSocket, text: string, path: string): Promise<void> {
  return socket.send(Buffer.from(text), path);
}

async function isListening(link: Link, path: string): Promise<void> {
  await nextFrame(link, () =>
    Boolean(
      link
        .snapshot()
        .sources?.some(({ state }) => "note" in state && String(state.note).startsWith(`Listening on unix://${path};`)),
    ),
  );
}

function value(link: Link, name: string) {
  const series = link.snapshot().added?.filter((info) => info.name === name);
  return link.last(series?.map(({ id }) => id)).values[0];
}

describe.runIf(process.platform === "linux" && process.arch === "x64")("a unix socket", () => {
  test("packets of a client are added up; address, buffer and counts are shown; the file goes with the listener", async () => {
    const path = join(folder(), "dog.sock");
    const link = linkTo([on(path)]);
    await isListening(link, path);
    expect(statSync(path).mode & 0o777).toBe(0o722);
    const socket = client();
    await send(socket, "dkron.jobs:2|c|#job:backup\ndkron.load:1.5|g\n", path);
    await send(socket, "dkron.jobs:3|c|#job:backup\nnonsense", path);
    await nextFrame(link, () => value(link, "dkron.jobs") === 5 && value(link, "dkron.load") === 1.5);
    const { address, counters } = await sourceIn(link, "dogstatsd", "live");
    expect(address).toBe(`unix://${path}`);
    expect(counters).toMatchObject({ received: 2, badLines: 1, kernelDrops: null });
    expect(counters.receiveBuffer?.effective).toBeGreaterThan(0);
    await link.close();
    expect(existsSync(path)).toBe(false);
  });

  test("a client comes back after the listener was started anew", async () => {
    const path = join(folder(), "dog.sock");
    const first = linkTo([on(path)]);
    await isListening(first, path);
    await first.close();
    const socket = client();
    await expect(send(socket, "a:1|c", path)).rejects.toThrow();
    const second = linkTo([on(path)]);
    await isListening(second, path);
    await send(socket, "a:7|c", path);
    await nextFrame(second, () => value(second, "a") === 7);
  });

  test("a socket that a dead program left there is taken over", async () => {
    const path = join(folder(), "dog.sock");
    const dead = new UnixSocket();
    dead.bind(path);
    dead.close();
    expect(existsSync(path)).toBe(true);
    const link = linkTo([on(path)]);
    await isListening(link, path);
  });

  test("one that somebody listens on is left to them, and tried again", async () => {
    const path = join(folder(), "dog.sock");
    const other = client();
    other.bind(path);
    const link = linkTo([on(path)]);
    const failed = await sourceIn(link, "dogstatsd", "failing");
    expect(failed.state).toMatchObject({
      reason: expect.stringMatching(/is taken: another DogStatsD server/),
      nextTry: expect.any(Number),
    });
    expect(existsSync(path)).toBe(true);
    other.close();
    link.retry();
    await isListening(link, path);
  });

  test("a file is left alone", async () => {
    const path = join(folder(), "notes");
    writeFileSync(path, "mine");
    const link = linkTo([on(path)]);
    const failed = await sourceIn(link, "dogstatsd", "failing");
    expect(failed.state).toMatchObject({ reason: `${path} is there already and is no socket.` });
    await link.close();
    expect(statSync(path).size).toBe(4);
  });

  test.each([
    ["a folder that is not there", (base: string) => join(base, "none", "dog.sock"), /folder of .* does not exist/],
    ["a path that is too long", (base: string) => join(base, "x".repeat(120)), /too long/],
  ])("%s is said", async (_, pathIn, reason) => {
    const link = linkTo([on(pathIn(folder()))]);
    const failed = await sourceIn(link, "dogstatsd", "failing");
    expect(failed.state).toMatchObject({ reason: expect.stringMatching(reason) });
  });

  test("ended before it was bound, nothing stays behind", async () => {
    const path = join(folder(), "dog.sock");
    const link = linkTo([on(path)]);
    await link.close();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(existsSync(path)).toBe(false);
  });

  test.runIf(existsSync("/usr/bin/python3"))("a client that is not node's", async () => {
    const path = join(folder(), "dog.sock");
    const link = linkTo([on(path)]);
    await isListening(link, path);
    const program = `import socket; s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM); s.sendto(b"py:4|c|#a:b", "${path}")`;
    await once(spawn("/usr/bin/python3", ["-c", program]), "exit");
    await nextFrame(link, () => value(link, "py") === 4);
  });
});

test("where the platform has none, what to run instead is said, and what comes of that is read", async () => {
  vi.spyOn(UnixSocket, "isAvailable").mockReturnValue(false);
  onTestFinished(() => void vi.restoreAllMocks());
  const link = linkTo([on("/run/dkron/dog.sock")]);
  await nextFrame(link, () => Boolean(link.snapshot().sources?.some(({ state }) => "note" in state)));
  const [source] = link.snapshot().sources ?? [];
  const port = /:(\d+)$/.exec(source?.address ?? "")?.[1];
  expect(JSON.stringify(source?.state)).toContain(
    `socat -u UNIX-RECV:/run/dkron/dog.sock UDP-SENDTO:127.0.0.1:${port}`,
  );
});
