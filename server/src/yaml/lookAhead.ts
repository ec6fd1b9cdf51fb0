// What Go's scanners make of the text behind what is read, which they are ahead of by some tokens. Knows no tree.
import { isScalarValue } from "./goReader.ts";
import { withLineFeeds } from "./otherBreaks.ts";
import { quoteEnd } from "./scan.ts";

/** Where something stands from `at` on that is neither blank, comment nor the marker of a document. */
export function contentFrom(text: string, at: number): number {
  const gap = /(?:[ \t\r\n\ufeff]+|#[^\n]*|(?<![^\r\n\ufeff])---(?=[ \t\r\n]))*/y;
  gap.lastIndex = at;
  gap.exec(text);
  return gap.lastIndex;
}

type Scanner = {
  readonly text: string;
  at: number;
  /** How many tokens are still to be made. */
  left: number;
  /** Whether a key or dash may stand here: at the beginning of a line, behind a dash or an opening bracket. */
  allowed: boolean;
  /** Whether something on this line may turn out to be a key, so that tokens are made up to its colon or the line's end. */
  pending: boolean;
  /** Column that the next lines of a plain value must reach. */
  indent: number;
  /** Brackets that are open. */
  depth: number;
};

/** Keys are no longer than this, and anchors, tags and headers are looked at no further. UTF-16 units. */
const longest = 1024;

/** Where the scanner stumbles when it makes so many tokens of the text from `start` on, the beginning of a line; undefined where it does not. */
export function stumble(written: string, start: number, tokens: number): number | undefined {
  const text = withLineFeeds(written);
  const s: Scanner = { text, at: start, left: tokens, allowed: true, pending: false, indent: 0, depth: 0 };
  while (s.at - start < 2 * longest) {
    const from = s.at;
    const at = contentFrom(text, from);
    const gap = text.slice(from, at);
    const tab =
      s.depth > 0 ? undefined : tabIn(gap, s.allowed, (place) => tokens > 1 && isPassedOver(text, from + place));
    if (/[\r\n]/.test(gap)) {
      s.allowed = true;
      s.pending = false;
    }
    if (/---[ \t]*$/.test(gap)) s.allowed = false;
    if (s.left <= 0 && !s.pending) return undefined;
    if (tab !== undefined) return from + tab;
    if (at >= text.length) return undefined;
    s.at = at;
    if (!takeToken(s)) return at;
  }
  return undefined;
}

/** Where a tab stands that leads a line, or stands where a key may. */
function tabIn(gap: string, allowed: boolean, isPassed: (place: number) => boolean): number | undefined {
  for (const { 0: lead, index } of gap.matchAll(allowed ? /(?:^|[\r\n]) *\t/g : /[\r\n] *\t/g)) {
    const place = index + lead.length - 1;
    if (!isPassed(place)) return place;
  }
  return undefined;
}

/** Whether a tab stands between two comments: behind one that has a line of its own yaml.v3 looks for the next one, whatever parts them. */
export function isPassedOver(text: string, tab: number): boolean {
  if (!/^\s*#/.test(text.slice(tab, tab + longestGap))) return false;
  const above = text.slice(0, tab).trimEnd();
  return /^[ \t]*#/.test(above.slice(above.lastIndexOf("\n") + 1));
}

/** How far yaml.v3 looks for a comment, in bytes. */
const longestGap = 512;

/** Goes behind the token at hand; says whether there is one. */
function takeToken(s: Scanner): boolean {
  const rest = s.text.slice(s.at, s.at + longest);
  const sign = rest.charAt(0);
  const isFirst = column(s) === 0;
  if (sign === "%") return isFirst && takeDirective(s, rest);
  if (isFirst && /^\.\.\.(?:\s|$)/.test(rest)) return take(s, 3, 1, false);
  if (/^[-?:](?:\s|$)/.test(rest)) return takeIndicator(s, sign);
  if (/[[{]/.test(sign)) {
    s.depth++;
    s.pending ||= s.allowed;
    return take(s, 1, 1, true);
  }
  if (/[\]},]/.test(sign)) {
    if (sign !== ",") s.depth = Math.max(0, s.depth - 1);
    return take(s, 1, 1, sign === ",");
  }
  if (/[|>]/.test(sign) && s.depth === 0) {
    // What follows is the value's text, as far as its indentation goes.
    s.left = 0;
    return take(s, 1, 0, false) && header.test(rest);
  }
  const length = valueLength(s, rest);
  if (length <= 0) return false;
  const isLong = /[\r\n]/.test(s.text.slice(s.at, s.at + length));
  s.pending = (s.pending || s.allowed) && !isLong;
  return take(s, length, 1, false);
}

const header = /^.(?:[-+][1-9]?|[1-9][-+]?)?[ \t]*(?:[\r\n]|$|(?<=[ \t])#)/;

function take(s: Scanner, length: number, tokens: number, allowed: boolean): true {
  s.at += length;
  s.left -= tokens;
  s.allowed = allowed;
  return true;
}

const column = ({ text, at }: Scanner): number => at - text.lastIndexOf("\n", at - 1) - 1;

/** A directive takes the break of its line with it, so that no key may begin on the next one. */
function takeDirective(s: Scanner, rest: string): boolean {
  const line = /^%(?:YAML[ \t]+\d+\.\d+|TAG[ \t]+!\S*[ \t]+\S+)[ \t]*(?:#.*)?(?:\r?\n|$)/.exec(rest)?.[0];
  return line !== undefined && take(s, line.length, 1, false);
}

/** A dash, `?` or `:` is two tokens with the beginning of its collection, and the `:` of a key brings two more. */
function takeIndicator(s: Scanner, sign: string): boolean {
  const isKeyed = sign === ":" && s.pending;
  if (!isKeyed && !s.allowed && s.depth === 0) return false;
  if (s.depth === 0) s.indent = column(s) + 1;
  s.pending = false;
  return take(s, 1, isKeyed ? 3 : 2, !isKeyed);
}

/** Length of a scalar, or of an anchor, alias or tag; 0 or less where none can be read. */
function valueLength(s: Scanner, rest: string): number {
  const sign = rest.charAt(0);
  if (/["']/.test(sign)) return quotedLength(s.text, s.at);
  if (/[&*]/.test(sign)) return /^.[\w-]+(?![^\s,?:[\]{}%@`])/.exec(rest)?.[0].length ?? 0;
  if (sign === "!") return /^(?:!<[^>\s]+>|!(?!<)[^\s,[\]{}]*)(?=[\s,\]}]|$)/.exec(rest)?.[0].length ?? 0;
  return /[@`%|>#]/.test(sign) ? 0 : plainLength(s);
}

/** Length of a plain value: up to a colon, a comment, a bracket or a line that is indented too little. */
function plainLength({ text, at, depth, indent }: Scanner): number {
  const line = /[^\r\n]*/y;
  const stop = depth > 0 ? /:(?=[\s,[\]{}]|$)|\s#|[,[\]{}]/ : /:(?=\s|$)|\s#/;
  let end = at;
  for (let from = at; from < text.length && from - at < longest; ) {
    line.lastIndex = from;
    const written = line.exec(text)?.[0] ?? "";
    const stopped = stop.exec(written);
    const length = written.slice(0, stopped?.index).trimEnd().length;
    if (length > 0) end = from + length;
    if (stopped) break;
    const next = /^\s*/.exec(text.slice(from + written.length, from + written.length + longest))?.[0].length ?? 0;
    from += written.length + next;
    const place = from - text.lastIndexOf("\n", from - 1) - 1;
    const isMarker = place === 0 && /^(?:---|\.\.\.)(?:\s|$)/.test(text.slice(from, from + 4));
    if (text.charAt(from) === "#" || isMarker || (depth === 0 && place < indent)) break;
  }
  return Math.max(end - at, 1);
}

/** Length of a quoted text; less than 0 where it is not closed, or holds escapes that Go does not know. */
function quotedLength(text: string, at: number): number {
  const end = quoteEnd(text, at, text.length);
  if (end < 0 || text.charAt(at) === "'") return end - at;
  const escapes = /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|[\s\S])/g;
  for (const [written, x, four, eight] of text.slice(at, end).matchAll(escapes)) {
    const code = x ?? four ?? eight;
    const isKnown = code === undefined ? known.test(written) : isScalarValue(Number.parseInt(code, 16));
    if (!isKnown) return -1;
  }
  return end - at;
}

const known = /^\\[0abt\tnvfre "'\\N_LP\r\n]/;
