// Functions on texts: case, escapes, addresses, links. Knows no values but texts.

import { isNewerThanGo } from "../../newPoints.ts";
import { codePoint, isLooseByte, toBytes } from "../go/bytes.ts";
import { isPrint, toTitle } from "../go/unicode.ts";

// The patterns stand where they are used: few templates ask for a title, and each of these classes takes a while to make.

function hasCase(point: string): boolean {
  return /^[\p{Lowercase}\p{Uppercase}\p{Lt}\u0295]$/u.test(point);
}

/** Scripts that are written without blanks, in which every letter ends a word. */
function isUnspaced(point: string): boolean {
  const unspaced =
    /^[\p{Ideographic}\p{Script=Katakana}\p{Script=Hiragana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tai_Le}\p{Script=New_Tai_Lue}\p{Script=Tai_Tham}\p{Script=Tai_Viet}\p{Script=Ahom}\u3031-\u3035\u30fc\uff70]$/u;
  return unspaced.test(point);
}

/** What may stand within a word whatever the script: digits, marks, signs that show nothing, underscores. */
function isJoining(point: string): boolean {
  return /^[\p{Nd}\p{Grapheme_Extend}\p{Mc}\p{Emoji_Modifier}\p{Cf}\p{Pc}\u066b\u202f]$/u.test(point);
}

/** Letters by Unicode's word boundaries, some modifiers and marks that are no letters otherwise among them. */
function isWordLetter(point: string): boolean {
  const letter =
    /^[\p{Alphabetic}\u02c2-\u02c5\u02d2-\u02d7\u02de\u02df\u02e5-\u02eb\u02ed\u02ef-\u02ff\u055a-\u055c\u055e\u058a\u05f3\ua708-\ua716\ua720\ua721\ua789\ua78a\uab5b]$/u;
  return letter.test(point);
}

/** A word goes on behind one of these, not behind two. */
const midWord = /^[.:'\u00b7\u0387\u055f\u05f4\u2018\u2019\u2024\u2027\ufe13\ufe52\ufe55\uff07\uff0e\uff1a]$/u;

function staysWithinWord(point: string): boolean {
  if (point === "\u200b" || isNewerThanGo(point.codePointAt(0) ?? 0)) return false;
  return isJoining(point) || (isWordLetter(point) && !isUnspaced(point));
}

function isCased(point: string): boolean {
  return hasCase(point) && !isNewerThanGo(point.codePointAt(0) ?? 0);
}

/** The first letter of each word in title case, the others as they are. */
export function titleText(text: string): string {
  let title = "";
  let inWord = false;
  let afterMid = false;
  for (const point of text) {
    const isMid = midWord.test(point);
    if (afterMid && isMid) inWord = false;
    afterMid = isMid;
    if (isCased(point)) {
      title += inWord ? point : titlePoint(point);
      inWord = true;
      continue;
    }
    title += point;
    if (!isMid && !staysWithinWord(point)) inWord = false;
  }
  return title;
}

/** Full mapping: a ligature opens up into a capital and small letters, an iota written below stays there. */
function titlePoint(point: string): string {
  const simple = toTitle(point);
  if (simple !== point || /\p{Lt}/u.test(point)) return simple;
  const upper = [...point.toUpperCase()];
  if (upper.length === 1) return simple;
  const first = upper.findIndex(hasCase);
  const lower = (letter: string): string =>
    /\p{Script=Greek}/u.test(point) && letter === "\u0399" ? "\u0345" : letter.toLowerCase();
  return upper.map((letter, i) => (i > first ? lower(letter) : letter)).join("");
}

/** For the query of a URL: letters, digits and `-_.~` stay, a blank becomes `+`. */
export function queryEscape(text: string): string {
  let escaped = "";
  for (const byte of toBytes(text)) {
    const char = String.fromCharCode(byte);
    if (/[A-Za-z0-9\-_.~]/.test(char)) escaped += char;
    else if (char === " ") escaped += "+";
    else escaped += `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return escaped;
}

const htmlEscapes: Readonly<Record<string, string>> = {
  "\0": "\ufffd",
  '"': "&#34;",
  "'": "&#39;",
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
};

export function htmlEscape(text: string): string {
  return text.replace(/[\0"'&<>]/g, (char) => htmlEscapes[char] ?? char);
}

/** Quotes and backslashes with a backslash, other signs and what can't be printed as `\uXXXX`. */
export function jsEscape(text: string): string {
  let escaped = "";
  for (const point of text) {
    const code = codePoint(point, 0);
    if (/[\\'"]/.test(point)) escaped += `\\${point}`;
    else if (/[<>&=]/.test(point) || code < 0x20) escaped += hexEscape(code);
    else if (code < 0x80 || isPrint(code)) escaped += point;
    else escaped += hexEscape(isLooseByte(code) ? 0xfffd : code);
  }
  return escaped;
}

function hexEscape(code: number): string {
  return `\\u${code.toString(16).toUpperCase().padStart(4, "0")}`;
}

/** Host and port of `host:port` or `[host]:port`; undefined if the text is no such address. */
export function splitHostPort(address: string): { host: string; port: string } | undefined {
  const colon = address.lastIndexOf(":");
  if (colon < 0) return undefined;
  const port = address.slice(colon + 1);
  if (!address.startsWith("[")) {
    const host = address.slice(0, colon);
    return /[:[\]]/.test(host) || /[[\]]/.test(port) ? undefined : { host, port };
  }
  const close = address.indexOf("]");
  if (close < 0 || close + 1 !== colon) return undefined;
  const host = address.slice(1, close);
  return host.includes("[") || /[[\]]/.test(port) ? undefined : { host, port };
}

export function stripPort(address: string): string {
  return splitHostPort(address)?.host ?? address;
}

/** The host up to its first dot, with the port if there is one; IP addresses stay. */
export function stripDomain(address: string): string {
  const { host, port } = splitHostPort(address) ?? { host: address, port: "" };
  if (isAddress(host)) return address;
  const [name = ""] = host.split(".", 1);
  if (port === "") return name;
  return name.includes(":") ? `[${name}]:${port}` : `${name}:${port}`;
}

function isIPv4(text: string): boolean {
  const parts = text.split(".");
  return parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}

/** IPv4 without leading zeros, or IPv6 without a zone. */
function isAddress(text: string): boolean {
  if (!text.includes(":")) return isIPv4(text);
  const last = text.slice(text.lastIndexOf(":") + 1);
  const groups = last.includes(".") ? 6 : 8;
  if (last.includes(".") && !isIPv4(last)) return false;
  const rest = last.includes(".") ? text.slice(0, text.length - last.length).replace(/([^:]):$/, "$1") : text;
  const halves = rest.split("::");
  if (halves.length > 2) return false;
  const counted = halves.flatMap((half) => (half === "" ? [] : half.split(":")));
  if (!counted.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return false;
  return halves.length === 2 ? counted.length < groups : counted.length === groups;
}
