// The form of a recorded session, as text and as data: which files a folder holds and what a line of each says. Whoever
// records and whoever plays share it; it must not read or write files.

/** One scrape: what `/metrics` of a server said at a time, in a file of its own. */
export type RecordedBody = {
  /** Name of the body's file. */
  readonly file: string;
  /** Which agent: an address or a node's name. */
  readonly server: string;
  /** Seconds since the session began. */
  readonly at_s: number;
  readonly status: number;
  readonly content_type: string;
  readonly moment?: string;
};

/** `moments.json`: what was recorded, and each body. */
export type RecordedMoments = {
  readonly version: string;
  readonly scenario?: string;
  readonly moments: readonly RecordedBody[];
};

/** A line of `api.jsonl`: a request and its answer. Status 0: there was none. */
export type RecordedAnswer = {
  readonly name: string;
  /** Method and path with query, e.g. `GET /v1/jobs?_sort=name`. */
  readonly request: string;
  readonly server: string;
  readonly at_s: number;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The answer as its text says it, so that whole numbers beyond 2^53 stay as they are; undefined: no text. */
  readonly answer: string | undefined;
};

/** A line of `statsd*.jsonl` and `dogstatsd*.jsonl`: seconds since the beginning, and one packet. */
export type RecordedPacket = readonly [seconds: number, payload: string];

export const momentsFile = "moments.json";
export const answersFile = "api.jsonl";

/** Of which sink a file holds packets, and of which host where there are several; undefined: it is no such file. */
export function packetFile(
  name: string,
): { readonly sink: "statsd" | "dogstatsd"; readonly host?: string } | undefined {
  const match = /^(statsd|dogstatsd)(?:-(.+))?\.jsonl$/.exec(name);
  if (match === null) return undefined;
  const sink = match[1] as "statsd" | "dogstatsd";
  return match[2] === undefined ? { sink } : { sink, host: match[2] };
}

/** Name of the file that holds an agent's packets. */
export function packetFileName(sink: "statsd" | "dogstatsd", host?: string): string {
  return host === undefined ? `${sink}.jsonl` : `${sink}-${host}.jsonl`;
}

/** A line that does not read, from 1, and why. */
export class RecordingFormatError extends Error {
  override readonly name = "RecordingFormatError";
}

/** Bodies without a time are of another program's endpoint and are left out. Throws RecordingFormatError. */
export function parseMoments(text: string): RecordedMoments {
  const value = parseJson(text, `${momentsFile}`);
  if (!isRecord(value) || !Array.isArray(value.moments) || typeof value.version !== "string")
    throw new RecordingFormatError(`${momentsFile} has no "version" and "moments".`);
  for (const [index, moment] of value.moments.entries())
    if (!isRecord(moment) || typeof moment.file !== "string")
      throw new RecordingFormatError(`${momentsFile}: moments[${index}] has no "file".`);
  const moments = value.moments.filter((moment) => typeof (moment as RecordedBody).at_s === "number");
  return { ...(value as RecordedMoments), moments };
}

/** Throws RecordingFormatError with the line. */
export function parsePackets(text: string, file: string): RecordedPacket[] {
  return lines(text).map(([number, line]) => {
    const value = parseJson(line, `${file}:${number}`);
    if (!Array.isArray(value) || typeof value[0] !== "number" || typeof value[1] !== "string")
      throw new RecordingFormatError(`${file}:${number} is no [seconds, packet].`);
    return [value[0], value[1]];
  });
}

/** Throws RecordingFormatError with the line. */
export function parseAnswers(text: string): RecordedAnswer[] {
  return lines(text).map(([number, line]) => {
    const value = parseJson(line, `${answersFile}:${number}`);
    if (!isRecord(value) || typeof value.request !== "string" || typeof value.at_s !== "number")
      throw new RecordingFormatError(`${answersFile}:${number} has no "request" and "at_s".`);
    const headers = isRecord(value.headers) ? (value.headers as Record<string, string>) : {};
    return {
      name: String(value.name ?? ""),
      request: value.request,
      server: String(value.server ?? ""),
      at_s: value.at_s,
      status: Number(value.status ?? 0),
      headers,
      answer: answerText(line, value.answer, headers),
    };
  });
}

/** `parseMoments` reads it back. */
export function writeMoments(moments: RecordedMoments): string {
  return `${JSON.stringify(moments, undefined, 1)}\n`;
}

/** A line of a packet file. */
export function writePacket([seconds, payload]: RecordedPacket): string {
  return `${JSON.stringify([seconds, payload])}\n`;
}

/** A line of `api.jsonl`; a JSON answer is put in as it stands, any other as a text. */
export function writeAnswer({ answer, ...rest }: RecordedAnswer): string {
  const json = /json/.test(rest.headers["Content-Type"] ?? "") && answer !== undefined;
  const head = JSON.stringify({ ...rest }).slice(0, -1);
  return `${head}, "answer": ${json ? answer.trim() : JSON.stringify(answer ?? "")}}\n`;
}

/**
 * The text that was answered. JSON is cut out of the line, where it is the last value, and so stays what it was; an
 * answer of another type is the text itself.
 */
function answerText(line: string, value: unknown, headers: Readonly<Record<string, string>>): string | undefined {
  if (value === undefined) return undefined;
  if (!/json/.test(headers["Content-Type"] ?? "")) return typeof value === "string" ? value : JSON.stringify(value);
  const mark = /,\s*"answer"\s*:\s*/g;
  for (let match = mark.exec(line); match !== null; match = mark.exec(line)) {
    const rest = line.slice(match.index + match[0].length).trim();
    const text = rest.endsWith("}") ? rest.slice(0, -1).trim() : rest;
    if (isJson(text)) return text;
  }
  return JSON.stringify(value);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function lines(text: string): [number, string][] {
  return text.split("\n").flatMap((line, index): [number, string][] => (line.trim() === "" ? [] : [[index + 1, line]]));
}

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new RecordingFormatError(`${where} is no JSON: ${(error as Error).message}.`);
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
