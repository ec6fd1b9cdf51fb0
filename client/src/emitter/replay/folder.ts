// Reads a recorded session from its folder. It must not know how it is played.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  answersFile,
  momentsFile,
  packetFile,
  parseAnswers,
  parseMoments,
  parsePackets,
  type RecordedAnswer,
  type RecordedBody,
  type RecordedPacket,
  RecordingFormatError,
} from "../../../../server/src/catalog/recordingFormat.ts";
import { EmitterError } from "../addresses.ts";
import { beganAt } from "./recordedTime.ts";

export type Recording = {
  readonly version: string;
  /** The agents that answered, in the order of their first answer. */
  readonly servers: readonly RecordedServer[];
  /** Packets of all agents, oldest first. */
  readonly packets: { readonly statsd: readonly RecordedPacket[]; readonly dogstatsd: readonly RecordedPacket[] };
  /** Seconds from the first to the last thing that was recorded. */
  readonly length: number;
};

export type RecordedServer = {
  readonly name: string;
  /** Oldest first. */
  readonly bodies: readonly (RecordedBody & { readonly text: Buffer })[];
  readonly answers: readonly RecordedAnswer[];
  /** ms since 1970 by its own clock; undefined where its answers do not tell. */
  readonly began: number | undefined;
};

/** Throws EmitterError when the folder is not there or holds no session; the message says which file and line. */
export function readFolder(folder: string): Recording {
  if (!existsSync(join(folder, momentsFile)))
    throw new EmitterError(
      "bad-recording",
      `${folder} holds no ${momentsFile}: give the folder of one recorded session.`,
    );
  try {
    return readSession(folder);
  } catch (error) {
    if (error instanceof RecordingFormatError) throw new EmitterError("bad-recording", `${folder}: ${error.message}`);
    throw new EmitterError("bad-recording", `Cannot read the recording in ${folder} (${(error as Error).message}).`);
  }
}

function readSession(folder: string): Recording {
  const text = (file: string): string => readFileSync(join(folder, file), "utf8");
  const { version, moments } = parseMoments(text(momentsFile));
  const bodies = [...moments].sort((a, b) => a.at_s - b.at_s);
  const answers = existsSync(join(folder, answersFile)) ? parseAnswers(text(answersFile)) : [];
  const packets: Record<"statsd" | "dogstatsd", RecordedPacket[]> = { statsd: [], dogstatsd: [] };
  for (const file of readdirSync(folder).sort()) {
    const sink = packetFile(file)?.sink;
    if (sink !== undefined) packets[sink].push(...parsePackets(text(file), file));
  }
  for (const list of Object.values(packets)) list.sort((a, b) => a[0] - b[0]);
  const servers = serversOf(bodies, answers).map((names) => {
    const own = answers.filter(({ server }) => names.includes(server)).sort((a, b) => a.at_s - b.at_s);
    return {
      name: names[0] ?? "",
      bodies: bodies
        .filter(({ server }) => names.includes(server))
        .map((body) => ({ ...body, text: readFileSync(join(folder, body.file)) })),
      answers: own,
      began: beganAt(own),
    };
  });
  const times = [...bodies, ...answers].map(({ at_s }) => at_s);
  for (const list of Object.values(packets)) times.push(...list.slice(-1).map(([second]) => second));
  if (times.length === 0) throw new RecordingFormatError("the session holds nothing to play.");
  return { version, servers, packets, length: Math.max(...times) };
}

/**
 * Names of each server. In a session of one agent, bodies and answers name it by address here and by node there: all of
 * them are that agent, even with one more body of another process of it.
 */
function serversOf(bodies: readonly RecordedBody[], answers: readonly RecordedAnswer[]): string[][] {
  const scraped = [...new Set(bodies.map(({ server }) => server))];
  const asked = [...new Set(answers.map(({ server }) => server))];
  if (scraped.length === 0 && asked.length === 0) return [];
  if (scraped.length > 1) return [...new Set([...scraped, ...asked])].sort().map((name) => [name]);
  return [[...new Set([...asked.filter((name) => !/^[\d.]+$/.test(name)), ...scraped, ...asked])]];
}
