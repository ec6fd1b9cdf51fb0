// Servers on the loopback address for tests of the link: whatever port is free, closed at the end of the test.
import { createServer as createHttpServer, type RequestListener, type Server } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo, Server as NetServer } from "node:net";
import { onTestFinished } from "vitest";
import type { Frame, LinkSettings, SourceFrame, SourceSettings } from "../../server/src/live/frames.ts";
import { Link, type LinkOptions } from "../../server/src/live/link.ts";
import { certificate, certificateKey } from "./certificate.ts";

/** Listens, and gives the port. */
export async function listen(server: NetServer | Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    if ("closeAllConnections" in server) server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

export async function serve(handler: RequestListener): Promise<string> {
  return `http://127.0.0.1:${await listen(createHttpServer(handler))}`;
}

export async function serveTls(handler: RequestListener): Promise<string> {
  return `https://127.0.0.1:${await listen(createHttpsServer({ cert: certificate, key: certificateKey }, handler))}`;
}

export const textType = "text/plain; version=0.0.4; charset=utf-8";

export function scrapeOf(url: string, more: Partial<Extract<SourceSettings, { kind: "scrape" }>> = {}): SourceSettings {
  return {
    kind: "scrape",
    id: "scrape",
    url,
    interval: 20,
    timeout: 2000,
    maxBytes: 1 << 20,
    allowSelfSigned: false,
    everyServer: false,
    job: "dkron",
    ...more,
  };
}

export const limits: Omit<LinkSettings, "sources"> = { history: 60_000, maxSeries: 10_000, maxBytes: 64 * 2 ** 20 };

/** A link that ends with the test. */
export function linkTo(sources: readonly SourceSettings[], options: Partial<LinkOptions> = {}): Link {
  const link = new Link({
    settings: { ...limits, sources },
    trusted: true,
    credentials: async () => undefined,
    ...options,
  });
  onTestFinished(() => link.close());
  return link;
}

/** The first frame of a view, or one that comes later, that `picks`. */
export function nextFrame(link: Link, picks: (frame: Frame) => boolean): Promise<Frame> {
  return new Promise((resolve) => {
    const view = link.subscribe((frame) => {
      if (!picks(frame)) return;
      view.dispose();
      resolve(frame);
    });
  });
}

/** The source once it is in one of these phases. */
export async function sourceIn(
  link: Link,
  id: string,
  ...phases: SourceFrame["state"]["phase"][]
): Promise<SourceFrame> {
  const picked = (frame: Frame): SourceFrame | undefined =>
    frame.sources?.find((source) => source.id === id && phases.includes(source.state.phase));
  return picked(await nextFrame(link, (frame) => picked(frame) !== undefined)) as SourceFrame;
}
