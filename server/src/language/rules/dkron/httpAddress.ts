// dkron/http-address: an http-addr that leaves the agent without API, UI and /metrics.
import {
  hostKind,
  plainHost,
  portFault,
  resolvedText,
  samePort,
  splitHostPort,
} from "../../../catalog/config/address.ts";
import { templateFault } from "../../addressTemplate.ts";
import type { Report } from "../../check.ts";
import { isServer, numberOf, type Setting, textOf } from "../../dkronFile.ts";
import type { Fix } from "../../finding.ts";
import {
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

export const dkronHttpAddress = dkronCheck({
  id: "dkron/http-address",
  level: "warning",
  title: "An http-addr that leaves the agent without HTTP",
  *look(look): Iterable<Report> {
    const { file, version } = look;
    if (!file.settings.has("http-addr")) yield* besideDefault(look);
    const setting = readable(file, "http-addr");
    const text = setting?.result.value;
    if (!setting || typeof text !== "string") return;
    const template = templateFault(text);
    if (template !== undefined) {
      const words = `HTTP address resolution failed: ${template}`;
      yield {
        range: keyRange(setting),
        severity: "error",
        message: `\`${text}\` is no address. ${exits(version, words)} ${advice}`,
        fixes: mendedTemplate(setting, text),
      };
    } else if (isServer(file) !== false) yield* ofServer(setting, text, look);
  },
});

const advice = 'Write a port with a colon before it, such as `":8080"`, with or without a host.';

function* ofServer(setting: Setting, text: string, { file, version }: Look): Iterable<Report> {
  const range = valueRange(setting);
  const words = listenFault(resolvedText(text));
  if (words) {
    const message = `Dkron ${version} cannot listen here: it logs \`api: Error starting HTTP server | ${words}\` and goes on without API, web UI and \`/metrics\`. ${advice}`;
    yield { range, message, fixes: fixesOf(setting, text) };
    return;
  }
  if (text === "") {
    yield {
      range,
      message: `An empty \`http-addr\` is port 80 on all addresses. ${advice}`,
      fixes: replaceValue(setting, '":8080"', "Write :8080", false),
    };
    return;
  }
  const taken = takenBy(text, file);
  if (taken)
    yield {
      range,
      message: `\`${taken}\` has this port already, so HTTP cannot be served: the agent logs \`api: Error starting HTTP server\` and goes on without API, web UI and \`/metrics\`. Write another port.`,
      fixes: [],
    };
}

/** Without `http-addr` HTTP wants port 8080, which another key may have. */
function* besideDefault({ file }: Look): Iterable<Report> {
  const taken = isServer(file) === true ? takenBy(":8080", file) : undefined;
  const setting = taken === undefined ? undefined : file.settings.get(taken);
  if (!setting) return;
  yield {
    range: valueRange(setting),
    message: `8080 is the port of HTTP unless \`http-addr\` says otherwise, so HTTP cannot be served: the agent logs \`api: Error starting HTTP server\` and goes on without API, web UI and \`/metrics\`. Write another port, or another \`http-addr\`.`,
    fixes: [],
  };
}

/** Go's words for an address that cannot be listened on, behind `listen tcp: `. */
function listenFault(text: string): string | undefined {
  if (text === "") return undefined;
  const read = splitHostPort(text);
  if (!read.ok) return `listen tcp: ${read.error}`;
  const wrong = portFault(read.value.port, "tcp");
  if (wrong) return `listen tcp: ${wrong}`;
  return hostKind(read.value.host) === "impossible" ? `listen tcp: lookup ${read.value.host}: no such host` : undefined;
}

function fixesOf(setting: Setting, text: string): Fix[] {
  const bare = text.replace(/^[a-z]+:\/\/|\/.*$/gi, "");
  const candidates = /^\d{1,5}$/.test(bare) ? [`:${bare}`] : [bare, `${bare}:8080`, `[${bare}]:8080`];
  const good = candidates.find(
    (candidate) => candidate !== text && candidate !== "" && !listenFault(resolvedText(candidate)),
  );
  return good ? replaceValue(setting, quoted(good), `Write ${good}`, good === `:${bare}` || good === bare) : [];
}

/** Gossip and RPC listen on the address of bind-addr, HTTP on its own or on all: the same port is taken if they meet. */
function takenBy(text: string, file: Look["file"]): string | undefined {
  const http = splitHostPort(resolvedText(text));
  if (!http.ok) return undefined;
  const bind = splitHostPort(resolvedText(textOf(file, "bind-addr") ?? "{{ GetPrivateIP }}:8946"));
  const host = bind.ok ? bind.value.host : resolvedText(textOf(file, "bind-addr") ?? "");
  const apart = (kind: string): boolean => kind === "loopback" || kind === "address";
  if (plainHost(http.value.host) !== plainHost(host) && apart(hostKind(http.value.host)) && apart(hostKind(host)))
    return undefined;
  if (samePort(http.value.port, bind.ok ? bind.value.port : "8946")) return "bind-addr";
  return samePort(http.value.port, String(numberOf(file, "rpc-port") ?? 6868)) ? "rpc-port" : undefined;
}
