// What Go's parsers meet of text that they do not read, since their scanners are ahead: yaml.v2's by a token, yaml.v3's by two.
import { isScalarValue, longestKey } from "./goReader.ts";
import { quoteEnd } from "./scan.ts";

/** Where something stands from `at` on that is neither blank, comment nor the marker of a document. */
export function contentFrom(text: string, at: number): number {
  const gap = /(?:[ \t\r\n\ufeff]+|#[^\n]*|---(?=[ \t\r\n]))*/y;
  gap.lastIndex = at;
  gap.exec(text);
  return gap.lastIndex;
}

/**
 * Where the scanner stumbles over the text from `start` on, which stands behind what is read; undefined where it makes
 * tokens of it. It looks at the first token, and with `further` at the next one behind a dash, `?`, `:` or directive.
 */
export function stumble(text: string, start: number, further: boolean): number | undefined {
  let from = start;
  let at = contentFrom(text, from);
  const mark = further && isTokenAt(text, at) ? /^(?:[-?:](?=\s|$)|%.*)/.exec(text.slice(at, at + longest)) : undefined;
  if (mark) {
    from = at + mark[0].length;
    at = contentFrom(text, from);
  }
  // Tabs may part words, but lead no line and follow no dash.
  const tab = /(?:^|[\r\n]) *\t/.exec(text.slice(from, at));
  if (tab && at < text.length) return from + tab.index + tab[0].length - 1;
  return isTokenAt(text, at) ? undefined : at;
}

/** How far anchors, tags and headers are looked at, in UTF-16 units. */
const longest = 1000;

/** What may be the beginning of a key, up to `limit`, is a token when the next one on its line is one. */
function isTokenAt(text: string, at: number, limit = at + longestKey): boolean {
  if (at > limit) return true;
  const rest = text.slice(at, at + longest);
  const sign = rest.charAt(0);
  if (/[@`]/.test(sign)) return false;
  if (sign === "%") return (at === 0 || /[\r\n]/.test(text.charAt(at - 1))) && /^%(?:YAML|TAG)[ \t]/.test(rest);
  if (/[|>]/.test(sign)) return /^.(?:[-+][1-9]?|[1-9][-+]?)?[ \t]*(?:[\r\n]|$|(?<=[ \t])#)/.test(rest);
  const end = at + (/["']/.test(sign) ? quotedLength(text, at) : markLength(rest));
  if (end < at) return false;
  const next = end + (/^[ \t]*/.exec(text.slice(end, end + longest))?.[0].length ?? 0);
  return end === at || /^(?:$|[\r\n:#])/.test(text.slice(next, next + 1)) || isTokenAt(text, next, limit);
}

/** Length of a bracket, anchor, alias or tag that a text begins with; 0 where none does, and less where it has no name. */
function markLength(rest: string): number {
  if (!/^[[{&*!]/.test(rest)) return 0;
  return /^(?:[[{]|[&*][\w-]+(?![^\s,?:[\]{}%@`])|!<[^>\s]+>|!(?!<)[^\s,[\]{}]*)/.exec(rest)?.[0].length ?? -1;
}

/** Length of a quoted text; less than 0 where it is not closed, or holds escapes that Go does not know. */
function quotedLength(text: string, at: number): number {
  const end = quoteEnd(text, at, text.length);
  const escapes = /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|[\s\S])/g;
  for (const [written, x, four, eight] of text.charAt(at) === "'"
    ? []
    : text.slice(at, Math.max(at, end)).matchAll(escapes)) {
    const code = x ?? four ?? eight;
    const isKnown = code === undefined ? known.test(written) : isScalarValue(Number.parseInt(code, 16));
    if (!isKnown) return -1;
  }
  return end < 0 ? -1 : end - at;
}

const known = /^\\[0abt\tnvfre "'\\N_LP\r\n]/;
