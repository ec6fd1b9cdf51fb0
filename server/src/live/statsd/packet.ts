// Reads StatsD and DogStatsD packets, line by line, from their bytes. It knows the two dialects' grammar and nothing of what is done
// with a sample. Never throws: a line that is none is counted, with its reason.
import { parseValueBytes } from "../exposition/numbers.ts";
import { viewOf } from "../words.ts";

/** `h` and `d` are DogStatsD's; both are read as timers are. */
export type StatsdType = "c" | "g" | "ms" | "h" | "d" | "s";

export type BadLine = "noName" | "noValue" | "noType" | "unknownType" | "keyValue" | "badNumber" | "badRate";

/**
 * One value of a line, by byte offsets into its packet. The same object is used for every value: copy what is to be kept.
 * `signed`: the value is written with a sign, which for a gauge can mean a change.
 */
export type StatsdSample = {
  bytes: Buffer;
  /** The same bytes. */
  view: DataView;
  nameFrom: number;
  nameTo: number;
  type: StatsdType;
  value: number;
  signed: boolean;
  /** Of the value's text: the member of a set. */
  valueFrom: number;
  valueTo: number;
  /** Share of the events that were sent, above 0 and up to 1. */
  rate: number;
  /** Without `#`; equal if there are none. */
  tagsFrom: number;
  tagsTo: number;
  /** Seconds since the epoch, of DogStatsD's `|T`; 0: none. */
  time: number;
};

export type PacketSink = {
  sample(sample: StatsdSample): void;
  bad(reason: BadLine, line: Buffer): void;
  /** DogStatsD's events and service checks. */
  other(): void;
};

const colon = 0x3a;
const pipe = 0x7c;

const sample: StatsdSample = {
  bytes: Buffer.alloc(0),
  view: new DataView(new ArrayBuffer(0)),
  nameFrom: 0,
  nameTo: 0,
  type: "c",
  value: 0,
  signed: false,
  valueFrom: 0,
  valueTo: 0,
  rate: 1,
  tagsFrom: 0,
  tagsTo: 0,
  time: 0,
};

/** Reads all lines of a packet and gives how many there were. */
export function readPacket(bytes: Buffer, sink: PacketSink): number {
  let lines = 0;
  let from = 0;
  sample.bytes = bytes;
  sample.view = viewOf(bytes);
  while (from < bytes.length) {
    let to = bytes.indexOf(0x0a, from);
    if (to < 0) to = bytes.length;
    const end = to > from && bytes[to - 1] === 0x0d ? to - 1 : to;
    if (end > from) {
      lines++;
      const bad = readLine(bytes, from, end, sink);
      if (bad !== undefined) sink.bad(bad, bytes.subarray(from, end));
    }
    from = to + 1;
  }
  return lines;
}

/** `name:value[:value…]|type[|@rate][|#tags][|T…]`, or Etsy's `name:value|type[|@rate]:value|type…`. */
function readLine(bytes: Buffer, from: number, end: number, sink: PacketSink): BadLine | undefined {
  if (bytes[from] === 0x5f && isEventOrCheck(bytes, from)) {
    sink.other();
    return undefined;
  }
  let at = from;
  while (at < end && bytes[at] !== colon && bytes[at] !== pipe) at++;
  if (at === from) return "noName";
  if (at === end || bytes[at] === pipe) return "noValue";
  sample.nameFrom = from;
  sample.nameTo = at;
  let valuesFrom = at + 1;
  for (;;) {
    let typeFrom = valuesFrom;
    while (typeFrom < end && bytes[typeFrom] !== pipe) typeFrom++;
    if (typeFrom === valuesFrom) return "noValue";
    if (typeFrom === end) return "noType";
    const behind = readSections(bytes, typeFrom + 1, end);
    if (typeof behind === "string") return behind;
    const bad = readValues(bytes, valuesFrom, typeFrom, sink);
    if (bad !== undefined) return bad;
    if (behind >= end) return undefined;
    valuesFrom = behind + 1;
  }
}

const isEventOrCheck = (bytes: Buffer, from: number): boolean =>
  (bytes[from + 1] === 0x65 && bytes[from + 2] === 0x7b) || (bytes[from + 1] === 0x73 && bytes[from + 2] === 0x63);

/** The type and what follows it; gives where this value's part of the line ends, which is a `:` if another value follows. */
function readSections(bytes: Buffer, from: number, end: number): number | BadLine {
  let at = from;
  while (at < end && bytes[at] !== pipe && bytes[at] !== colon) at++;
  const type = typeOf(bytes, from, at);
  if (type !== "c" && type !== "g" && type !== "ms" && type !== "h" && type !== "d" && type !== "s") return type;
  sample.type = type;
  sample.rate = 1;
  sample.time = 0;
  sample.tagsFrom = sample.tagsTo = end;
  while (at < end && bytes[at] === pipe) {
    const mark = bytes[at + 1];
    const sectionFrom = at + 2;
    at++;
    // tags and a container's or an origin's id hold colons; elsewhere one begins the next value
    const colons = mark === 0x23 || bytes[at + 1] === colon || mark === 0x63;
    while (at < end && bytes[at] !== pipe && (colons || bytes[at] !== colon)) at++;
    if (mark === 0x23) {
      sample.tagsFrom = sectionFrom;
      sample.tagsTo = at;
    } else if (mark === 0x40) {
      const rate = parseValueBytes(bytes, sectionFrom, at);
      if (rate === undefined || !(rate > 0 && rate <= 1)) return "badRate";
      sample.rate = rate;
    } else if (mark === 0x54) {
      const time = parseValueBytes(bytes, sectionFrom, at);
      if (time === undefined) return "badNumber";
      sample.time = time;
    }
  }
  return at;
}

function typeOf(bytes: Buffer, from: number, to: number): StatsdType | BadLine {
  if (to === from) return "noType";
  const first = bytes[from];
  if (to - from === 1) {
    if (first === 0x63) return "c";
    if (first === 0x67) return "g";
    if (first === 0x68) return "h";
    if (first === 0x64) return "d";
    if (first === 0x73) return "s";
  } else if (to - from === 2) {
    if (first === 0x6d && bytes[from + 1] === 0x73) return "ms";
    if (first === 0x6b && bytes[from + 1] === 0x76) return "keyValue";
  }
  return "unknownType";
}

function readValues(bytes: Buffer, from: number, to: number, sink: PacketSink): BadLine | undefined {
  let at = from;
  for (;;) {
    let end = at;
    while (end < to && bytes[end] !== colon) end++;
    if (end === at) return "noValue";
    sample.valueFrom = at;
    sample.valueTo = end;
    if (sample.type !== "s") {
      const value = parseValueBytes(bytes, at, end);
      if (value === undefined || !Number.isFinite(value)) return "badNumber";
      sample.value = value;
      sample.signed = bytes[at] === 0x2d || bytes[at] === 0x2b;
    }
    sink.sample(sample);
    if (end === to) return undefined;
    at = end + 1;
  }
}
