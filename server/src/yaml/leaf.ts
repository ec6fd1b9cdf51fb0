// Reads one stretch of text with js-yaml in one go: nodes, or the first reason why not. Knows no splitting.
import { type Event, parseEvents, YAMLException } from "js-yaml";
import { type BuiltDocument, buildDocuments } from "./build.ts";
import { unclosed, withoutBreaks } from "./continued.ts";
import type { Draft } from "./draft.ts";
import { type LineTable, lineTable } from "./lineTable.ts";
import { quickBlock, quickDepth } from "./quickBlock.ts";
import { describeReason } from "./syntaxError.ts";
import { withoutTightComments } from "./tightComments.ts";

/** How deep collections may nest; beyond it a "depth" error stands for the rest. Go's parsers allow 10,000. */
export const maxDepth = 500;

/** js-yaml's reason and where, relative to the chunk. */
export type Failure = { readonly reason: string; readonly at: number };

export type Leaf =
  | { readonly ok: true; readonly documents: BuiltDocument[] }
  | { readonly ok: false; readonly failure: Failure };

/** How many forbidden characters of one chunk are named. */
const mostForbidden = 100;

/** What go-yaml's reader refuses: control characters but tab, line feed, carriage return and NEL; and halves of surrogate pairs. */
const forbidden =
  /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Reads `text`, which begins at column `pad` of its line, and fills `chunk`. `depth`: how many levels are above. */
export function readLeaf(text: string, pad: number, depth: number, chunk: Draft): Leaf {
  if (text === "") return { ok: true, documents: [] };
  const quick = depth < maxDepth - 2 * quickDepth ? quickBlock(text, pad, chunk) : undefined;
  return quick ? { ok: true, documents: quick } : slowLeaf(text, pad, depth, chunk);
}

/** `readLeaf` with js-yaml, whatever the text. */
export function slowLeaf(text: string, pad: number, depth: number, chunk: Draft): Leaf {
  // js-yaml does not count the blanks of a text's first line as indentation, so a blank line goes before them.
  const lead = pad > 0 || text.startsWith(" ") ? `\n${" ".repeat(pad)}` : "";
  const source = lead + text;
  const readable = withoutForbidden(source, lead.length, chunk);
  const events = readEvents(readable, maxDepth - depth);
  if (Array.isArray(events)) return built(source, events, chunk, lead.length);
  return secondReading(source, readable, events, lead.length, depth, chunk);
}

/** What js-yaml refuses and Go's parsers take, put in a way that js-yaml takes, at the same offsets. */
function secondReading(
  source: string,
  readable: string,
  failure: Failure,
  pad: number,
  depth: number,
  chunk: Draft,
): Leaf {
  if (/^unknown escape/.test(failure.reason)) {
    const events = readEvents(withoutQuoteEscapes(readable), maxDepth - depth);
    if (Array.isArray(events)) return built(withoutQuoteEscapes(source), events, chunk, pad);
  }
  const loose = withoutTightComments(readable);
  const read = loose === readable ? failure : readEvents(loose, maxDepth - depth);
  if (Array.isArray(read)) return built(source, read, chunk, pad);
  if (/^deficient indentation/.test(read.reason)) {
    const flat = withoutTabs(withoutBreaks(loose, linesOf(loose)));
    const events = readEvents(flat, maxDepth - depth);
    const written = (event: Event): Event => (event.type === 4 ? { ...event, fast: false } : event);
    if (Array.isArray(events)) return built(source, events.map(written), chunk, pad);
  }
  return { ok: false, failure: failureIn(source, read, pad) };
}

const built = (source: string, events: readonly Event[], chunk: Draft, pad: number): Leaf => ({
  ok: true,
  documents: buildDocuments(source, events, chunk, pad),
});

const linesOf = (text: string): LineTable => lineTable(text, 0, text.length, 0);

/** Go's parsers know the escape `\\'`; of the same length, and as harmless, is `\\"`. */
function withoutQuoteEscapes(text: string): string {
  return text.replace(/"(?:[^"\\]|\\[\s\S])*"/g, (part) => part.replace(/(?<!\\)((?:\\\\)*)\\'/g, '$1\\"'));
}

/** The text with a blank for each tab between words outside quotes: js-yaml refuses them between brackets, Go's parsers do not. */
function withoutTabs(text: string): string {
  return text.replace(/"(?:[^"\\\r\n]|\\.)*"|'[^'\r\n]*'|(?<=[^\s][^\S\r\n]*)\t/g, (part) =>
    part === "\t" ? " " : part,
  );
}

/** Where the text ends inside a value, js-yaml may call that deficient indentation. */
function failureIn(source: string, { reason, at }: Failure, pad: number): Failure {
  const isDeficient = /^deficient indentation/.test(reason);
  const ended = isDeficient && unclosed(source, linesOf(source)) !== undefined;
  return {
    reason: ended ? "unexpected end of the stream within a flow collection" : reason,
    at: Math.max(0, at - pad),
  };
}

/** The text with a stand-in for each character that YAML forbids, so that the rest can be read; each is an error of the chunk. */
function withoutForbidden(source: string, pad: number, chunk: Draft): string {
  // Only the file's first character can be a byte order mark; js-yaml would take it in front of any line.
  const first = chunk.base === 0 ? 1 : 0;
  const plain =
    source.indexOf("\ufeff", first) < 0
      ? source
      : source.slice(0, first) + source.slice(first).replaceAll("\ufeff", "\ufffd");
  forbidden.lastIndex = 0;
  if (!forbidden.test(plain)) return plain;
  const described = describeReason("null byte");
  return plain.replace(forbidden, (_, at: number) => {
    if (chunk.errors.length < mostForbidden) chunk.errors.push({ ...described, start: at - pad, end: at - pad + 1 });
    return "\ufffd";
  });
}

function readEvents(source: string, depth: number): Event[] | Failure {
  try {
    return parseEvents(source, { maxDepth: Math.max(1, depth) });
  } catch (error) {
    if (!(error instanceof YAMLException)) return { reason: String(error), at: 0 };
    return { reason: error.reason, at: Math.min(error.mark?.position ?? 0, source.length) };
  }
}
