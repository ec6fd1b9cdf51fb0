// Plays a recorded session: answers what was answered, at its time, and sends the packets again. It must not know what
// any of it means: the times in the answers stay as they are, and each answer says by its date what time it is in them.
import type { RecordedAnswer, RecordedPacket } from "../../../../server/src/catalog/recordingFormat.ts";
import { type Address, urlOf } from "../addresses.ts";
import type { HttpAnswer, Listener } from "../api/httpServer.ts";
import { bindAll } from "../api/listeners.ts";
import { type Clock, wallClock } from "../clock.ts";
import { openSender, type PacketSender } from "../udp.ts";
import type { RecordedServer, Recording } from "./folder.ts";

export type ReplayOptions = {
  readonly http: Address;
  readonly statsd?: Address;
  readonly dogstatsd?: Address;
  /** How many times as fast as it was recorded. */
  readonly speed?: number;
  readonly clock?: Clock;
};

export type ReplayServer = { readonly name: string; readonly url: string };

const tick = 20;

/** Plays from `start()` on; after the end the last answers stay, no packet comes any more. */
export class Replay {
  readonly #recording: Recording;
  readonly #options: ReplayOptions;
  #listeners: readonly Listener[] = [];
  #senders: PacketSender[] = [];
  #timer: NodeJS.Timeout | undefined;
  #clock: Clock | undefined;
  #began = 0;

  constructor(recording: Recording, options: ReplayOptions) {
    this.#recording = recording;
    this.#options = options;
  }

  /** Seconds of the session that have passed. */
  get position(): number {
    return this.#clock === undefined ? 0 : (this.#clock.now() - this.#began) / 1000;
  }

  get ended(): boolean {
    return this.position >= this.#recording.length;
  }

  /** One listener a recorded server. Rejects with EmitterError when a port is taken. */
  async start(): Promise<readonly ReplayServer[]> {
    const { servers, packets } = this.#recording;
    const { http, speed = 1 } = this.#options;
    const answer = async (index: number, request: { method: string; url: URL }): Promise<HttpAnswer> =>
      this.#answer(servers[index], request);
    this.#listeners = await bindAll(http, servers.length, answer);
    this.#clock = this.#options.clock ?? wallClock(speed);
    this.#began = this.#clock.now();
    const players = [
      this.#player(this.#options.statsd, packets.statsd),
      this.#player(this.#options.dogstatsd, packets.dogstatsd),
    ];
    this.#timer = setInterval(() => {
      for (const play of players) play();
    }, tick);
    return this.#listeners.map((listener, index) => ({ name: servers[index]?.name ?? "", url: urlOf(listener) }));
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    for (const sender of this.#senders) sender.close();
    this.#senders = [];
    await Promise.all(this.#listeners.map((listener) => listener.close()));
    this.#listeners = [];
    this.#clock = undefined;
  }

  #answer(server: RecordedServer | undefined, request: { method: string; url: URL }): HttpAnswer {
    const answer = answerAt(server, request, this.position);
    if (server?.began === undefined) return answer;
    // With the last answers time stands still.
    const seconds = Math.min(this.position, this.#recording.length);
    const date = new Date(server.began + seconds * 1000).toUTCString();
    return { ...answer, headers: { ...answer.headers, Date: date } };
  }

  #player(target: Address | undefined, packets: readonly RecordedPacket[]): () => void {
    if (target === undefined) return () => undefined;
    const sender = openSender(target);
    this.#senders.push(sender);
    let next = 0;
    return () => {
      for (; next < packets.length && (packets[next]?.[0] ?? 0) <= this.position; next++)
        sender.send(packets[next]?.[1] ?? "");
    };
  }
}

/** What the server said last before this second; before it said anything, what it said first. */
function answerAt(
  server: RecordedServer | undefined,
  request: { method: string; url: URL },
  position: number,
): HttpAnswer {
  const { method, url } = request;
  if (url.pathname === "/metrics") {
    const body = lastBefore(server?.bodies ?? [], position);
    if (body === undefined) return missing("this session has no scrape of the server.");
    return { status: body.status, headers: { "Content-Type": body.content_type }, body: body.text };
  }
  const found = answersTo(server?.answers ?? [], method, url);
  const answer = lastBefore(found, position);
  if (answer === undefined) return missing(`this session has no answer to ${method} ${url.pathname}.`);
  if (answer.status === 0)
    return { status: 504, headers: { "Content-Type": "text/plain" }, body: "The agent did not answer then." };
  return { status: answer.status, headers: answer.headers, body: answer.answer ?? "" };
}

/** The same path and query; else the same path with any; a trailing slash does not matter. */
function answersTo(answers: readonly RecordedAnswer[], method: string, url: URL): RecordedAnswer[] {
  const path = (text: string): string => text.replace(/\/(?=$|\?)/, "");
  const wanted = `${method} ${path(url.pathname + url.search)}`;
  const exact = answers.filter(({ request }) => path(request) === wanted);
  if (exact.length > 0) return exact;
  return answers.filter(({ request }) => path(request).split("?")[0] === `${method} ${path(url.pathname)}`);
}

function lastBefore<T extends { readonly at_s: number }>(list: readonly T[], position: number): T | undefined {
  return list.findLast(({ at_s }) => at_s <= position) ?? list[0];
}

function missing(why: string): HttpAnswer {
  return { status: 404, headers: { "Content-Type": "text/plain; charset=utf-8" }, body: `Nothing to replay: ${why}\n` };
}
