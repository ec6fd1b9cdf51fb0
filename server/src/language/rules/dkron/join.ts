// dkron/join: members to join that can never be joined.
import { hasTemplate, hostKind, resolvedText, splitHostPort, unknownHost } from "../../../catalog/config/address.ts";
import { providers } from "../../../catalog/config/values.ts";
import { templateFault } from "../../addressTemplate.ts";
import type { Report } from "../../check.ts";
import { listOf } from "../../dkronFile.ts";
import { dkronCheck, inWords, readable, valueRange } from "./shared.ts";
import { itemRange } from "./sharedTags.ts";

export const dkronJoin = dkronCheck({
  id: "dkron/join",
  level: "warning",
  title: "A member that can never be joined",
  *look({ file }): Iterable<Report> {
    for (const key of ["join", "retry-join"]) {
      const setting = readable(file, key);
      if (!setting) continue;
      for (const [index, text] of (listOf(file, key) ?? []).entries()) {
        if (setting.value.kind === "string" && text !== text.trim()) continue;
        const fault = key === "join" ? plainFault(text) : retryFault(text);
        if (fault) yield { range: itemRange(setting, index) ?? valueRange(setting), message: fault, fixes: [] };
      }
    }
  },
});

const waits = "so the agent waits here for ever, without HTTP and without a leader, unless another entry answers";

/** `join` knows addresses only. */
function plainFault(text: string): string | undefined {
  if (text.includes("provider="))
    return "`join` knows no cloud discovery, and the join fails. Write it under `retry-join`.";
  if (hasTemplate(text)) return "`join` knows no address templates, and the join fails. Write it under `retry-join`.";
  const fault = addressFault(text);
  return fault && `Nobody can be joined at \`${text}\` (${fault}), and the agent goes on alone. Write \`host:port\`.`;
}

function retryFault(text: string): string | undefined {
  if (text.includes("provider=")) return providerFault(text);
  const template = templateFault(text);
  if (template)
    return `\`${text}\` is no address template (\`${template.replace(/^.*sockaddr\.Parse:1: /, "")}\`), ${waits}. Write one as in \`"{{ GetPrivateIP }}:8946"\`.`;
  const fault = addressFault(resolvedText(text));
  return fault && `Nobody can be joined at \`${text}\` (${fault}), ${waits}. Write \`host:port\`.`;
}

function providerFault(text: string): string | undefined {
  const name = /(?:^|\s)provider=("?)([^\s"]*)\1/.exec(text)?.[2];
  if (name === undefined || providers.includes(name)) return undefined;
  return `There is no discovery provider \`${name}\`: the agent logs \`discover: unknown provider ${name}\`, ${waits}. Write one of ${inWords(providers, "or")}.`;
}

/** The steps of memberlist's `resolveAddr`: a node's name in front of a slash, and a port where none is written. */
function addressFault(text: string): string | undefined {
  if (text === "") return "it is empty";
  const slash = text.indexOf("/");
  if (slash === 0) return "empty node name provided";
  const read = splitHostPort(withPort(text.slice(slash + 1)));
  if (!read.ok) return read.error;
  const { host, port } = read.value;
  if (!port.includes(unknownHost) && !/^\d+$/.test(port))
    return `strconv.ParseUint: parsing ${JSON.stringify(port)}: invalid syntax`;
  if (Number(port) > 65535) return `strconv.ParseUint: parsing ${JSON.stringify(port)}: value out of range`;
  const kind = hostKind(host);
  return kind === "impossible" || kind === "empty" ? `lookup ${host}: no such host` : undefined;
}

/** An IPv6 address needs no brackets here: of more than one colon none is in front of a port. */
function withPort(text: string): string {
  const hasPort =
    text.lastIndexOf("[") === 0 ? text.lastIndexOf(":") > text.lastIndexOf("]") : /^[^:]*:[^:]*$/.test(text);
  if (hasPort) return text;
  const host = text.replace(/^[[\]]+|[[\]]+$/g, "");
  return host.includes(":") ? `[${host}]:8946` : `${host}:8946`;
}
