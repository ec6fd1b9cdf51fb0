// Addresses as Go and go-sockaddr read them: what is wrong with one, in their words. Knows no key and resolves no name.
import type { Read } from "./goText.ts";

/** Functions of go-sockaddr's templates, each with the number of its arguments: what a bar hands on is the last of them. */
export const addressFunctions: ReadonlyMap<string, number> = new Map([
  ["GetAllInterfaces", 0],
  ["GetDefaultInterfaces", 0],
  ["GetPrivateInterfaces", 0],
  ["GetPublicInterfaces", 0],
  ["GetPrivateIP", 0],
  ["GetPrivateIPs", 0],
  ["GetPublicIP", 0],
  ["GetPublicIPs", 0],
  ["GetInterfaceIP", 1],
  ["GetInterfaceIPs", 1],
  ["sort", 2],
  ["exclude", 3],
  ["include", 3],
  ["attr", 2],
  ["join", 3],
  ["limit", 2],
  ["offset", 2],
  ["unique", 2],
  ["math", 3],
]);

export function hasTemplate(text: string): boolean {
  return text.includes("{{");
}

/** Stands for an address that only the host knows. */
export const unknownHost = "<address>";

/** The text with each template replaced by what it gives: nothing for the loopback interface, otherwise `unknownHost`. */
export function resolvedText(text: string): string {
  return text.replace(/\{\{(?:"(?:[^"\\]|\\.)*"|`[^`]*`|[^}"`])*\}\}/g, (action) =>
    /GetInterfaceIPs?\s+["`]lo["`]/.test(action) ? "" : unknownHost,
  );
}

export type HostPort = { readonly host: string; readonly port: string };

/** Go's `net.SplitHostPort`; the error is its own, `address X: missing port in address`. */
export function splitHostPort(text: string): Read<HostPort> {
  const bad = (why: string): Read<HostPort> => ({
    ok: false,
    error: text === "" ? why : `address ${text}: ${why}`,
  });
  const colon = text.lastIndexOf(":");
  if (colon === -1) return bad("missing port in address");
  const port = text.slice(colon + 1);
  let host = text.slice(0, colon);
  let open = 0;
  let close = 0;
  if (text.startsWith("[")) {
    const end = text.indexOf("]");
    if (end === -1) return bad("missing ']' in address");
    if (end + 1 === text.length) return bad("missing port in address");
    if (end + 1 !== colon) return bad(text[end + 1] === ":" ? "too many colons in address" : "missing port in address");
    host = text.slice(1, end);
    open = 1;
    close = end + 1;
  } else if (host.includes(":")) return bad("too many colons in address");
  if (text.indexOf("[", open) !== -1) return bad("unexpected '[' in address");
  if (text.indexOf("]", close) !== -1) return bad("unexpected ']' in address");
  return { ok: true, value: { host, port } };
}

export function isMissingPort(error: string): boolean {
  return error.endsWith("missing port in address");
}

/** Service names that every resolver knows; of others nothing is said. */
const services =
  /^(?:http|https|ssh|smtp|domain|ftp|ftps|telnet|ntp|snmp|syslog|ldap|ldaps|imap|imaps|pop3|pop3s|submission)$/i;

/** Go's words for a port that cannot be, `address 99999: invalid port` or `lookup tcp/abc: unknown port`. */
export function portFault(port: string, network: "tcp" | "udp"): string | undefined {
  if (port === "" || port.includes(unknownHost)) return undefined;
  if (/^[+-]?\d+$/.test(port)) {
    const number = Number(port);
    return number < 0 || number > 65535 ? `address ${port}: invalid port` : undefined;
  }
  return services.test(port) ? undefined : `lookup ${network}/${port}: unknown port`;
}

/** The number of a port, where it is one: Go takes a sign and leading zeros. */
export function samePort(one: string, other: string): boolean {
  return one === other || (/^[+-]?\d+$/.test(one) && /^[+-]?\d+$/.test(other) && Number(one) === Number(other));
}

/** A host as Go writes it: IPv6 addresses shortened, an IPv4 address in IPv6 form and `localhost` as IPv4. */
export function plainHost(host: string): string {
  const bare = host.toLowerCase();
  if (bare === "localhost") return "127.0.0.1";
  return bare.replace(/^::ffff:(?=\d+(?:\.\d+){3}$)/, "").includes(":")
    ? shortened(bare)
    : bare.replace(/^::ffff:/, "");
}

function shortened(address: string): string {
  const [plain = "", zone] = address.split("%");
  try {
    const short = new URL(`http://[${plain}]/`).hostname.slice(1, -1);
    return zone === undefined ? short : `${short}%${zone}`;
  } catch {
    return address;
  }
}

/** What the text of a host says about it, without asking any resolver. */
export type HostKind = "empty" | "loopback" | "any" | "address" | "name" | "impossible" | "unknown";

export function hostKind(host: string): HostKind {
  if (host === "") return "empty";
  if (host.includes(unknownHost)) return "unknown";
  if (isIpv4(host)) return host.startsWith("127.") ? "loopback" : host === "0.0.0.0" ? "any" : "address";
  const plain = host.replace(/%.*$/, "");
  if (isIpv6(plain)) return /^(?:0*:)*:?0*1$/.test(plain) ? "loopback" : /^[0:]+$/.test(plain) ? "any" : "address";
  if (host.toLowerCase() === "localhost") return "loopback";
  if (!/^[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_.])?$/.test(host) || host.includes("..")) return "impossible";
  return /^[\d.]+$/.test(host) || /\.invalid\.?$/i.test(host) ? "impossible" : "name";
}

function isIpv4(text: string): boolean {
  const parts = text.split(".");
  return parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256);
}

function isIpv6(text: string): boolean {
  if (!/^[0-9a-f:]*(?:(?:\d{1,3}\.){3}\d{1,3})?$/i.test(text) || !text.includes(":")) return false;
  const halves = text.split("::");
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === "" ? [] : half.split(":")));
  const count = groups.reduce((sum, group) => sum + (group.includes(".") ? 2 : 1), 0);
  const good = groups.every((group) => (group.includes(".") ? isIpv4(group) : /^[0-9a-f]{1,4}$/i.test(group)));
  return good && (halves.length === 2 ? count < 8 : count === 8);
}
