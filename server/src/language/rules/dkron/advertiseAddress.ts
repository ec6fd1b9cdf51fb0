// dkron/advertise-address: an advertise-addr that cannot be told to others, or a bind-addr that needs one.
import {
  hostKind,
  isMissingPort,
  portFault,
  resolvedText,
  splitHostPort,
  unknownHost,
} from "../../../catalog/config/address.ts";
import { noAdvertiseAddress, serfFailed } from "../../../catalog/config/agentWords.ts";
import { compareVersions } from "../../../catalog/versions.ts";
import { templateFault } from "../../addressTemplate.ts";
import type { Report } from "../../check.ts";
import { isSet, type Setting } from "../../dkronFile.ts";
import type { Fix } from "../../finding.ts";
import {
  addPair,
  dkronCheck,
  exits,
  keyRange,
  type Look,
  mendedTemplate,
  quoted,
  readable,
  replaceValue,
  valueRange,
} from "./shared.ts";

export const dkronAdvertiseAddress = dkronCheck({
  id: "dkron/advertise-address",
  level: "error",
  title: "An address that other members cannot be told",
  *look(look): Iterable<Report> {
    const setting = readable(look.file, "advertise-addr");
    const text = setting?.result.value;
    if (setting && typeof text === "string" && text !== "") yield* ofWritten(setting, text, look);
    else if (!isSet(look.file, "advertise-addr")) yield* ofDerived(look);
  },
});

const advice = 'Write the address that other members reach, such as `"203.0.113.7:8946"`.';

function* ofWritten(setting: Setting, text: string, { version, file }: Look): Iterable<Report> {
  if (/^\[[^\]]*[:%][^\]]*\]$/.test(text)) {
    yield {
      range: keyRange(setting),
      severity: "warning",
      message: `An IPv6 address in brackets without a port keeps Dkron ${version} busy for ever before it starts. Write the port too: \`"${text}:8946"\`.`,
      fixes: replaceValue(setting, quoted(`${text}:8946`), `Write ${text}:8946`, true),
    };
    return;
  }
  const found = writtenFault(text, version, file.settings.get("bind-addr")?.result.value);
  if (found)
    yield {
      range: keyRange(setting),
      message: `${found.why} ${exits(version, found.words)} ${advice}`,
      fixes: fixesOf(setting, text, version),
    };
}

type Fault = { readonly why: string; readonly words: string };

/** normalizeAdvertise of dkron/config.go: what is no `host:port` becomes a host and gets port 8946. */
function writtenFault(text: string, version: string, bind: unknown): Fault | undefined {
  const failed = (reason: string): string =>
    `failed to parse advertise address (${text}, ${typeof bind === "string" ? bind : "…"}, 8946, false): ${reason}`;
  const template = templateFault(text);
  if (template !== undefined)
    return {
      why: `\`${text}\` is no address.`,
      words: failed(`Error parsing advertise address template: ${template}`),
    };
  const resolved = resolvedText(text);
  if (resolved === "") return undefined;
  const read = splitHostPort(resolved);
  if (!read.ok && !isMissingPort(read.error) && !read.error.endsWith("too many colons in address"))
    return {
      why: `\`${text}\` is no address.`,
      words: failed(`Error parsing advertise address ${JSON.stringify(text)}: ${read.error}`),
    };
  const joined = read.ok ? read : splitHostPort(/[:%]/.test(resolved) ? `[${resolved}]:8946` : `${resolved}:8946`);
  if (!joined.ok)
    return { why: `\`${text}\` is no address.`, words: serfFailed(`invalid advertise address: ${joined.error}`) };
  const { host, port } = joined.value;
  const wrong = portFault(port, "tcp");
  if (wrong) return { why: `There is no port \`${port}\`.`, words: serfFailed(`invalid advertise address: ${wrong}`) };
  const kind = hostKind(host);
  if (kind === "impossible")
    return { why: whyImpossible(host), words: serfFailed(`invalid advertise address: lookup ${host}: no such host`) };
  if (kind === "empty")
    return {
      why: "The address has no host.",
      words: noAdvertiseAddress(version),
    };
  return undefined;
}

const whyImpossible = (host: string): string =>
  /^[a-z]+:\/\//i.test(host) ? "The address must stand without a scheme." : `There can be no host \`${host}\`.`;

function fixesOf(setting: Setting, text: string, version: string): Fix[] {
  if (templateFault(text) !== undefined) return mendedTemplate(setting, text);
  const bare = text.trim().replace(/^[a-z]+:\/\/|\/+$/gi, "");
  if (bare === text || bare === "" || writtenFault(bare, version, "")) return [];
  return replaceValue(setting, quoted(bare), `Write ${bare}`, true);
}

/** Without an advertise-addr it is made of bind-addr: never of a loopback address, and since 4.0.9 always with port 8946. */
function* ofDerived({ file, version, text }: Look): Iterable<Report> {
  const setting = readable(file, "bind-addr");
  const bind = setting?.result.value;
  if (!setting || typeof bind !== "string" || templateFault(bind) !== undefined) return;
  const resolved = resolvedText(bind);
  const read = splitHostPort(resolved);
  const strict = compareVersions(version, "4.0.9") >= 0;
  const host = read.ok ? read.value.host : strict ? resolved.replace(/^\[|\]$/g, "") : resolved;
  if (read.ok && !strict) return;
  if (hostKind(host) === "loopback" && file.settings.get("devmode")?.result.value !== true) {
    const words = `failed to parse advertise address (, ${bind}, 8946, false): defaulting advertise to localhost is unsafe, please set advertise manually`;
    const entry = `advertise-addr: ${quoted(bind)}`;
    yield {
      range: keyRange(setting),
      message: `A loopback address is not told to other members unless \`advertise-addr\` says so. ${exits(version, words)} Add \`${entry}\`.`,
      fixes: addPair(file, setting.pair, entry, text, "Add advertise-addr", true),
    };
    return;
  }
  if (
    !strict ||
    !read.ok ||
    portFault(read.value.port, "tcp") ||
    /^(?:\+?0*8946|0|)$/.test(read.value.port) ||
    read.value.port.includes(unknownHost) ||
    file.settings.get("devmode")?.result.value === true ||
    hostKind(host) === "impossible" ||
    hostKind(host) === "empty"
  )
    return;
  const entry = `advertise-addr: ${quoted(bind)}`;
  yield {
    range: valueRange(setting),
    severity: "warning",
    message: `Since 4.0.9 an agent without \`advertise-addr\` tells others port 8946 whatever the port of \`bind-addr\` is, so members cannot reach port ${read.value.port}. Add \`${entry}\`.`,
    fixes: hostKind(host) === "any" ? [] : addPair(file, setting.pair, entry, text, "Add advertise-addr", true),
  };
}
