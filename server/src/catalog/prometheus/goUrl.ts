// What Go's net/url says of a text. Knows no key.
import { goQuote } from "./goQuote.ts";

export type GoUrl = { readonly scheme: string; readonly host: string; readonly path: string };

type Parsed = { readonly url: GoUrl } | { readonly reason: string };

/**
 * The parts of a URL, or Go's error and the text that it is about: the fragment is cut off first and read last.
 * Source: `Parse` in net/url/url.go.
 */
export function parseGoUrl(text: string): { readonly url: GoUrl } | { readonly reason: string; readonly of: string } {
  const [beforeFragment = "", fragment] = cut(text, "#");
  const url = /[\x00-\x1f\x7f]/.test(beforeFragment)
    ? { reason: "net/url: invalid control character in URL" }
    : parseBody(beforeFragment);
  if ("reason" in url) return { ...url, of: beforeFragment };
  const bad = badEscape(fragment ?? "", "path");
  return bad ? { reason: bad, of: text } : url;
}

/** As `url.Parse` says it: `parse "…": reason`; undefined where nothing is wrong. */
export function goUrlError(text: string): string | undefined {
  const parsed = parseGoUrl(text);
  return "reason" in parsed ? `parse ${goQuote(parsed.of)}: ${parsed.reason}` : undefined;
}

function parseBody(text: string): Parsed {
  if (text === "*") return { url: { scheme: "", host: "", path: "*" } };
  const split = schemeOf(text);
  if (split === undefined) return { reason: "missing protocol scheme" };
  const { scheme } = split;
  let rest = cut(split.rest, "?")[0] ?? "";
  if (!rest.startsWith("/")) {
    if (scheme !== "") return { url: { scheme, host: "", path: "" } };
    if ((rest.split("/")[0] ?? "").includes(":")) return { reason: "first path segment in URL cannot contain colon" };
  }
  let host = "";
  if ((scheme !== "" || !rest.startsWith("///")) && rest.startsWith("//")) {
    const slash = rest.indexOf("/", 2);
    const authority = slash === -1 ? rest.slice(2) : rest.slice(2, slash);
    rest = slash === -1 ? "" : rest.slice(slash);
    const reason = authorityFault(scheme, authority);
    if (reason !== undefined) return { reason };
    host = authority.slice(authority.lastIndexOf("@") + 1);
  }
  const bad = badEscape(rest, "path");
  return bad ? { reason: bad } : { url: { scheme, host, path: rest } };
}

/** `getScheme`: undefined where a colon comes first. */
function schemeOf(text: string): { scheme: string; rest: string } | undefined {
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    if (/[a-zA-Z]/.test(character)) continue;
    if (/[0-9+\-.]/.test(character)) {
      if (i === 0) return { scheme: "", rest: text };
      continue;
    }
    if (character !== ":") return { scheme: "", rest: text };
    return i === 0 ? undefined : { scheme: text.slice(0, i).toLowerCase(), rest: text.slice(i + 1) };
  }
  return { scheme: "", rest: text };
}

function authorityFault(scheme: string, authority: string): string | undefined {
  const at = authority.lastIndexOf("@");
  const hostFault = hostFaultOf(scheme, authority.slice(at + 1));
  if (hostFault !== undefined || at === -1) return hostFault;
  const user = authority.slice(0, at);
  if (!/^[a-zA-Z0-9\-._:~!$&'()*+,;=%@]*$/.test(user)) return "net/url: invalid userinfo";
  return badEscape(user, "path");
}

/** In a URL of http or https the port begins at the first colon, elsewhere at the last. */
function hostFaultOf(scheme: string, host: string): string | undefined {
  const bracket = host.lastIndexOf("[");
  if (bracket > 0) return "invalid IP-literal";
  if (bracket === 0) return literalFault(host);
  const colon = /^https?$/.test(scheme) ? host.indexOf(":") : host.lastIndexOf(":");
  const fault = colon === -1 ? undefined : portFault(host.slice(colon));
  return fault ?? badEscape(host, "host");
}

/** An address in brackets: of IPv6 only, with a zone behind `%25`. */
function literalFault(host: string): string | undefined {
  const end = host.lastIndexOf("]");
  if (end < 0) return "missing ']' in host";
  const [address = "", zone] = cut(host.slice(1, end), "%25");
  const fault = portFault(host.slice(end + 1)) ?? badEscape(address, "host") ?? badEscape(zone ?? "", "path");
  if (fault !== undefined) return fault;
  if (/^\d+(?:\.\d+){3}$/.test(address)) return "invalid IP-literal";
  return isIpv6(address) ? undefined : `invalid host: ParseAddr(${goQuote(address)}): unable to parse IP`;
}

function isIpv6(address: string): boolean {
  const plain = address.replace(/(?<=:)\d{1,3}(?:\.\d{1,3}){3}$/, "0:0");
  const [before = "", after, ...more] = plain.split("::");
  const groups = [before, after ?? ""].flatMap((part) => (part === "" ? [] : part.split(":")));
  const isFull = after === undefined ? groups.length === 8 : groups.length <= 7;
  return more.length === 0 && isFull && groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group));
}

function portFault(port: string): string | undefined {
  return port === "" || /^:\d*$/.test(port) ? undefined : `invalid port ${goQuote(port)} after host`;
}

/** `unescape`: the first bad `%…`, or in a host a character that may not stand there. */
function badEscape(text: string, part: "path" | "host"): string | undefined {
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    if (character === "%") {
      const encoded = text.slice(i, i + 3);
      if (!/^%[0-9a-fA-F]{2}$/.test(encoded)) return `invalid URL escape ${goQuote(encoded)}`;
      if (part === "host" && /^%[0-7]/.test(encoded) && encoded !== "%25")
        return `invalid URL escape ${goQuote(encoded)}`;
      i += 2;
    } else if (part === "host" && character < "\x80" && !/[a-zA-Z0-9\-_.~!$&'()*+,;=:[\]<>"]/.test(character)) {
      return `invalid character ${goQuote(character)} in host name`;
    }
  }
  return undefined;
}

function cut(text: string, sign: string): [string, string | undefined] {
  const at = text.indexOf(sign);
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
