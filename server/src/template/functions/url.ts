// The server's external URL as Go's `net/url` reads and writes it. Knows no templates.
import { fromBytes, toBytes } from "../go/bytes.ts";

/** The text is one that Go's `url.Parse` takes: only its parts are told from one another here, nothing is refused. */
type Parts = {
  readonly scheme: string;
  /** What follows the scheme of a URL without slashes, such as `mailto:`. */
  readonly opaque: string;
  /** Undefined: no `//`. */
  readonly authority: string | undefined;
  readonly path: string;
  /** With its question mark. */
  readonly query: string;
  readonly fragment: string;
};

function partsOf(url: string): Parts {
  const [, beforeFragment = "", fragment = ""] = /^([^#]*)#?(.*)$/s.exec(url) ?? [];
  const [, named = "", rest = ""] = /^([A-Za-z][A-Za-z0-9+.-]*:)?(.*)$/s.exec(beforeFragment) ?? [];
  const [, beforeQuery = "", query = ""] = /^([^?]*)(.*)$/s.exec(rest) ?? [];
  const scheme = named.slice(0, -1).toLowerCase();
  const parts = { scheme, query, fragment, opaque: "", authority: undefined, path: beforeQuery };
  if (scheme !== "" && !beforeQuery.startsWith("/")) return { ...parts, opaque: beforeQuery, path: "" };
  if (!beforeQuery.startsWith("//") || (scheme === "" && beforeQuery.startsWith("///"))) return parts;
  const [, authority = "", path = ""] = /^\/\/([^/]*)(.*)$/s.exec(beforeQuery) ?? [];
  return { ...parts, authority, path };
}

/** What may stand unescaped beside letters, digits and `-_.~`. */
const path = /[$&+,/:;=@]/;
const user = /[$&+,;=]/;
const host = /[!$&'()*+,;=:[\]<>"]/;
const fragment = /[$&+,/:;=?@!()*]/;
/** What a path or fragment may hold as it was written: if there is nothing else in it, it stays as it is. */
const asWritten = /^[A-Za-z0-9\-_.~!$&'()*+,;=:@[\]%/]*$/;
const asWrittenFragment = /^[A-Za-z0-9\-_.~!$&'()*+,;=:@[\]%/?]*$/;

function decoded(text: string): string {
  const bytes = toBytes(text);
  const plain: number[] = [];
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    const digits = String.fromCharCode(bytes[i + 1] ?? 0, bytes[i + 2] ?? 0);
    if (byte !== 0x25 || !/^[0-9a-fA-F]{2}$/.test(digits)) plain.push(byte);
    else {
      plain.push(Number.parseInt(digits, 16));
      i += 2;
    }
  }
  return fromBytes(plain);
}

function escaped(text: string, allowed: RegExp): string {
  let result = "";
  for (const byte of toBytes(text)) {
    const char = String.fromCharCode(byte);
    if (/[A-Za-z0-9\-_.~]/.test(char) || allowed.test(char)) result += char;
    else result += `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return result;
}

const rewritten = (text: string, allowed: RegExp): string => escaped(decoded(text), allowed);

function authorityText(authority: string): string {
  const at = authority.lastIndexOf("@");
  const hostText = rewritten(authority.slice(at + 1), host);
  if (at < 0) return hostText;
  const [, name = "", password] = /^([^:]*)(?::(.*))?$/s.exec(authority.slice(0, at)) ?? [];
  const secret = password === undefined ? "" : `:${rewritten(password, user)}`;
  return `${rewritten(name, user)}${secret}@${hostText}`;
}

function pathText(written: string): string {
  return asWritten.test(written) || written === "*" ? written : rewritten(written, path);
}

/** Path of a URL, its percent signs decoded. */
export function pathOf(url: string): string {
  return decoded(partsOf(url).path);
}

/** The URL as Go writes it again: scheme in small letters, what needs it escaped, no empty fragment. */
export function urlText(url: string): string {
  const parts = partsOf(url);
  const scheme = parts.scheme === "" ? "" : `${parts.scheme}:`;
  const end = asWrittenFragment.test(parts.fragment) ? parts.fragment : rewritten(parts.fragment, fragment);
  const tail = parts.query + (end === "" ? "" : `#${end}`);
  if (parts.opaque !== "") return scheme + parts.opaque + tail;
  const { authority } = parts;
  const slashes = authority === undefined || (authority === "" && (scheme === "" || parts.path === "")) ? "" : "//";
  return scheme + slashes + authorityText(authority ?? "") + pathText(parts.path) + tail;
}
