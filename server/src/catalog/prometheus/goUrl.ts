// What Go's net/url says of a text. Knows no key.
import { goQuote } from "./goQuote.ts";

export type GoUrl = { readonly scheme: string; readonly host: string; readonly path: string };

/** The parts of a URL, or Go's error without the text that it is about. Source: `parse` in net/url/url.go. */
export function parseGoUrl(text: string): { readonly url: GoUrl } | { readonly reason: string } {
  if (/[\x00-\x1f\x7f]/.test(text)) return { reason: "net/url: invalid control character in URL" };
  const [beforeFragment = "", fragment] = cut(text, "#");
  const url = parseBody(beforeFragment);
  if ("reason" in url || fragment === undefined) return url;
  const bad = badEscape(fragment, "path");
  return bad ? { reason: bad } : url;
}

/** As `url.Parse` says it: `parse "…": reason`; undefined where nothing is wrong. */
export function goUrlError(text: string): string | undefined {
  const parsed = parseGoUrl(text);
  return "reason" in parsed ? `parse ${goQuote(text.split("#")[0] ?? "")}: ${parsed.reason}` : undefined;
}

type Parsed = { readonly url: GoUrl } | { readonly reason: string };

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
    const reason = authorityFault(authority);
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

function authorityFault(authority: string): string | undefined {
  const at = authority.lastIndexOf("@");
  const hostFault = hostFaultOf(authority.slice(at + 1));
  if (hostFault !== undefined || at === -1) return hostFault;
  const user = authority.slice(0, at);
  if (!/^[a-zA-Z0-9\-._:~!$&'()*+,;=%@]*$/.test(user)) return "net/url: invalid userinfo";
  return badEscape(user, "path");
}

function hostFaultOf(host: string): string | undefined {
  if (host.startsWith("[")) {
    const end = host.lastIndexOf("]");
    if (end < 0) return "missing ']' in host";
    return portFault(host.slice(end + 1)) ?? badEscape(host.slice(0, end + 1), "host");
  }
  const colon = host.lastIndexOf(":");
  if (colon !== -1) {
    const fault = portFault(host.slice(colon));
    if (fault !== undefined) return fault;
  }
  return badEscape(host, "host");
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
