// dkron/no-leader: servers that will wait for a leader for ever, or each have one of their own.
import type { Report } from "../../check.ts";
import { isServer, isSet, numberOf } from "../../dkronFile.ts";
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
  if (expect < 0)
    yield {
      range,
      message: `${expect} servers never come together, so there is never a leader. Write the number of servers, such as \`1\` or \`3\`.`,
      fixes: [],
    };
  else if (expect > 1 && !joins(look) && !isSet(look.file, "bootstrap"))
    yield {
      range,
      message: `Without \`retry-join\` this server knows no other, and waits for ${expect} of them without a leader unless they all join it. Add \`retry-join\` with the servers' addresses, or write \`1\` for a single server.`,
      fixes: addPair(look.file, setting.pair, "retry-join: []", look.text, "Add retry-join", false),
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
