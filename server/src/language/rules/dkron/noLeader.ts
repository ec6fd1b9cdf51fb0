// dkron/no-leader: servers that will wait for a leader for ever, or each have one of their own.
import { hostKind, isMissingPort, plainHost, resolvedText, splitHostPort } from "../../../catalog/config/address.ts";
import { compareVersions } from "../../../catalog/versions.ts";
import type { Report } from "../../check.ts";
import { isServer, isSet, numberOf, textOf } from "../../dkronFile.ts";
import { addPair, dkronCheck, keyRange, type Look, readable, replaceValue, valueRange } from "./shared.ts";

export const dkronNoLeader = dkronCheck({
  id: "dkron/no-leader",
  level: "warning",
  title: "A server that cannot get a leader",
  *look(look): Iterable<Report> {
    if (isServer(look.file) !== true || look.file.settings.get("devmode")?.result.value === true) return;
    const expect = readable(look.file, "bootstrap-expect");
    if (!isSet(look.file, "bootstrap-expect")) yield* unprepared(look);
    else if (expect) yield* ofExpect(look, numberOf(look.file, "bootstrap-expect") ?? 0);
    yield* notFound(look);
  },
});

const joins = ({ file }: Look): boolean => isSet(file, "join") || isSet(file, "retry-join");

function* unprepared(look: Look): Iterable<Report> {
  const { file, text } = look;
  const server = file.settings.get("server");
  const expected = file.settings.get("bootstrap-expect");
  if (!server || joins(look) || isSet(file, "bootstrap")) return;
  yield {
    range: keyRange(server),
    message:
      "This server neither starts a cluster nor joins one, so it never has a leader and no job runs. Add `bootstrap-expect: 1` for a single server, the number of servers for a cluster, or `retry-join`.",
    fixes: expected
      ? replaceValue(expected, "1", "Write 1", false)
      : addPair(file, server.pair, "bootstrap-expect: 1", text, "Add bootstrap-expect: 1", false),
  };
}

function* ofExpect(look: Look, expect: number): Iterable<Report> {
  const setting = look.file.settings.get("bootstrap-expect");
  if (!setting) return;
  const range = valueRange(setting);
  if (expect < 0 && !isSet(look.file, "bootstrap"))
    yield {
      range,
      message: `${expect} servers never come together, so there is never a leader. Write the number of servers, such as \`1\` or \`3\`.`,
      fixes: [],
    };
  else if (expect > 1 && !joins(look) && !isSet(look.file, "bootstrap"))
    yield {
      range,
      message: `Without \`retry-join\` this server knows no other, and waits for ${expect} of them without a leader unless they all join it. Add \`retry-join\` with the servers' addresses, or write \`1\` for a single server.`,
      fixes: replaceValue(setting, "1", "Write 1", false),
    };
  else if (expect === 1 && isSet(look.file, "retry-join"))
    yield {
      range,
      message:
        "A server that expects only itself has nobody to wait for, and `retry-join` keeps it without HTTP and leader until somebody answers; on several servers it makes as many clusters. Write the number of servers, or remove `retry-join`.",
      fixes: [],
    };
  if (expect > 1 && expect % 2 === 0)
    yield {
      range,
      severity: "information",
      message: `${expect} servers bear no more failures than ${expect - 1}, because a majority must be left. Write an odd number.`,
      fixes: [],
    };
}

/**
 * Up to 4.1.2 a server looks for the leader by the address that raft listens on, and members have the one that they are told.
 * Source: leaderMember in dkron/agent.go, Addr in dkron/raft_grpc.go; issue 992, mended by 2040.
 */
function* notFound({ file, version }: Look): Iterable<Report> {
  const bind = readable(file, "bind-addr");
  const own = hostOf(textOf(file, "bind-addr"));
  const told = hostOf(textOf(file, "advertise-addr"));
  if (!bind || own === undefined || compareVersions(version, "4.1.2") > 0) return;
  const kind = hostKind(own);
  if (kind !== "any" && (told === undefined || own === told || kind === "unknown" || hostKind(told) === "unknown"))
    return;
  if (kind === "any" && told === undefined && isSet(file, "advertise-addr")) return;
  const other = told === undefined ? "the address that they are told" : `\`advertise-addr\`, ${told}`;
  yield {
    range: valueRange(bind),
    message: `Raft knows this server by \`bind-addr\`, ${own}, and members by ${other}: while it leads, \`/v1/leader\` and the web UI find no leader. Bind to the address that members are told, such as \`"{{ GetPrivateIP }}:8946"\`.`,
    fixes: [],
  };
}

/** The IP address in a `host:port`, as Go writes it; undefined where it is a name, nothing, or known to the host alone. */
function hostOf(text: string | undefined): string | undefined {
  if (!text) return undefined;
  const resolved = resolvedText(text);
  const read = splitHostPort(resolved);
  const written = read.ok ? read.value.host : isMissingPort(read.error) ? resolved.replace(/^\[|\]$/g, "") : resolved;
  const host = plainHost(written);
  return ["any", "loopback", "address"].includes(hostKind(host)) ? host : undefined;
}
