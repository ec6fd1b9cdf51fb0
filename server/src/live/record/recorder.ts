// Keeps what a link hears in a folder, in the form that a replay plays: bodies, answers, packets. Knows no source.
import { createWriteStream, type WriteStream } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  answersFile,
  momentsFile,
  packetFileName,
  type RecordedBody,
  writeAnswer,
  writeMoments,
  writePacket,
} from "../../catalog/recordingFormat.ts";
import type { Heard, HeardAnswer } from "./heard.ts";

export type Recorded = {
  readonly folder: string;
  readonly bodies: number;
  readonly answers: number;
  readonly packets: number;
};

/** Headers that say something of the agent, its clock among it; others, cookies among them, are not kept. */
const keptHeaders = ["content-type", "date", "x-total-count", "x-whom"];

/** Beyond this many bodies nothing more is kept: an hour at one a second. */
const mostBodies = 3_600;

export class Recorder {
  readonly #folder: string;
  readonly #now: () => number;
  readonly #began: number;
  readonly #bodies: RecordedBody[] = [];
  readonly #lines = new Map<string, WriteStream>();
  #answers = 0;
  #packets = 0;
  #writing: Promise<unknown> = Promise.resolve();
  #failure: Error | undefined;

  /** `now` in ms. Use `startRecording`: the folder must be there. */
  constructor(folder: string, now: () => number) {
    this.#folder = folder;
    this.#now = now;
    this.#began = now();
  }

  take(heard: Heard): void {
    const seconds = Math.round(this.#now() - this.#began) / 1000;
    if (heard.kind === "packet") {
      this.#packets++;
      this.#write(packetFileName(heard.sink), writePacket([seconds, heard.payload.toString("utf8")]));
    } else if (heard.scrape) this.#keepBody(heard, seconds);
    else {
      this.#answers++;
      this.#write(answersFile, writeAnswer(answerOf(heard, seconds)));
    }
  }

  /** Finishes the files. Rejects where one of them could not be written. */
  async stop(version: string): Promise<Recorded> {
    await this.#writing;
    await Promise.all([...this.#lines.values()].map((stream) => new Promise((done) => stream.end(done))));
    await writeFile(
      join(this.#folder, momentsFile),
      writeMoments({ version, scenario: "recorded", moments: this.#bodies }),
    );
    if (this.#failure) throw this.#failure;
    return { folder: this.#folder, bodies: this.#bodies.length, answers: this.#answers, packets: this.#packets };
  }

  #keepBody({ server, status, headers, body }: HeardAnswer, at_s: number): void {
    if (this.#bodies.length >= mostBodies) return;
    const file = `${String(this.#bodies.length + 1).padStart(4, "0")}-scrape.prom`;
    this.#bodies.push({ file, server, at_s, status, content_type: String(headers["content-type"] ?? "") });
    this.#writing = this.#writing
      .then(() => writeFile(join(this.#folder, file), body))
      .catch((error: Error) => this.#fail(error));
  }

  #write(file: string, line: string): void {
    let stream = this.#lines.get(file);
    if (!stream) {
      stream = createWriteStream(join(this.#folder, file));
      stream.on("error", (error) => this.#fail(error));
      this.#lines.set(file, stream);
    }
    stream.write(line);
  }

  #fail(error: Error): void {
    this.#failure ??= error;
  }
}

/** A recorder into the folder, which is made where it is not there. Rejects where it can't be. */
export async function startRecording(folder: string, now: () => number): Promise<Recorder> {
  await mkdir(folder, { recursive: true });
  return new Recorder(folder, now);
}

function answerOf({ server, path, status, headers, body }: HeardAnswer, at_s: number) {
  const kept = Object.entries(headers).flatMap(([name, value]) =>
    keptHeaders.includes(name.toLowerCase()) && value !== undefined ? [[headerName(name), String(value)] as const] : [],
  );
  return {
    name: `recorded${path.split("?")[0]}`,
    request: `GET ${path}`,
    server,
    at_s,
    status,
    headers: Object.fromEntries(kept),
    answer: body.toString("utf8"),
  };
}

/** `content-type` as it is written in recordings: `Content-Type`. */
const headerName = (name: string): string =>
  name.toLowerCase().replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
