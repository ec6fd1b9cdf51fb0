// dkron/bind-address: a bind-addr on which the agent cannot start.
import {
  type HostPort,
  hasTemplate,
  hostKind,
  isMissingPort,
  portFault,
  resolvedText,
  splitHostPort,
} from "../../../catalog/config/address.ts";
import { noBindAddress, serfFailed } from "../../../catalog/config/agentWords.ts";
import { templateFault } from "../../addressTemplate.ts";
import type { Report } from "../../check.ts";
import type { Setting } from "../../dkronFile.ts";
import type { Fix } from "../../finding.ts";
import { dkronCheck, exits, keyRange, mendedTemplate, quoted, readable, replaceValue } from "./shared.ts";

export const dkronBindAddress = dkronCheck({
  id: "dkron/bind-address",
  level: "error",
  title: "A bind-addr that makes the agent exit",
  *look({ file, version }): Iterable<Report> {
    const setting = readable(file, "bind-addr");
    const text = setting?.result.value;
    if (!setting || typeof text !== "string") return;
    const fault = templateFault(text);
    if (fault !== undefined) {
      const words = `bind address resolution failed: ${fault}`;
      yield {
        range: keyRange(setting),
        message: `\`${text}\` is no address. ${exits(version, words)} ${advice}`,
        fixes: mendedTemplate(setting, text),
      };
      return;
    }
    const found = bindFault(resolvedText(text));
    if (!found) return;
    const { why, words } = found;
    yield {
      range: keyRange(setting),
      message: `${why} ${exits(version, words)} ${advice}`,
      fixes: fixesOf(setting, text),
    };
  },
});

const advice =
  'Write an IP address with the gossip port, such as `"10.0.0.5:8946"`, or a template in quotes, `"{{ GetPrivateIP }}:8946"`.';

type Fault = { readonly why: string; readonly words: string };

/** The steps of AddrParts in dkron/config.go: port 8946 where none is written, then the look-up of both parts. */
function bindFault(text: string): Fault | undefined {
  const written = splitHostPort(text);
  if (!written.ok && isMissingPort(written.error)) return partsFault(splitHostPort(`${text}:8946`), text);
  return partsFault(written, text);
}

function partsFault(read: ReturnType<typeof splitHostPort>, text: string): Fault | undefined {
  if (!read.ok) return { why: whyColons(text), words: serfFailed(`invalid bind address: ${read.error}`) };
  return portOrHostFault(read.value);
}

function portOrHostFault({ host, port }: HostPort): Fault | undefined {
  const wrong = portFault(port, "tcp");
  if (wrong) return { why: `There is no port \`${port}\`.`, words: serfFailed(`invalid bind address: ${wrong}`) };
  switch (hostKind(host)) {
    case "empty":
      return { why: "The address has no host to bind to.", words: noBindAddress };
    case "impossible":
      return {
        why: `There can be no host \`${host}\`.`,
        words: serfFailed(`invalid bind address: lookup ${host}: no such host`),
      };
    default:
      return undefined;
  }
}

function whyColons(text: string): string {
  if (/^[a-z]+:\/\//i.test(text)) return "The address must stand without a scheme.";
  return /^[0-9a-f:]*:[0-9a-f:]*:/i.test(text) ? "An IPv6 address needs brackets." : `\`${text}\` is no address.`;
}

function fixesOf(setting: Setting, text: string): Fix[] {
  if (hasTemplate(text)) return [];
  const bare = text.replace(/^[a-z]+:\/\/|\/+$/gi, "");
  const candidates =
    bare === "" || bare.startsWith(":")
      ? [`{{ GetPrivateIP }}${bare}`]
      : /^\d{1,5}$/.test(bare)
        ? [`{{ GetPrivateIP }}:${bare}`]
        : [bare, `[${bare}]:8946`];
  return candidates
    .filter((candidate) => candidate !== text && bindFault(resolvedText(candidate)) === undefined)
    .slice(0, 2)
    .flatMap((candidate) => replaceValue(setting, quoted(candidate), `Write ${candidate}`, candidate === bare));
}
