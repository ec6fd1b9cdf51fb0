// dkron/reserved-tag: tags that the agent sets itself, so that what is written is lost.
import type { Range } from "../../../ranges.ts";
import { rangeOf } from "../../../yaml/tree.ts";
import type { Report } from "../../check.ts";
import { dkronCheck, type Look, readable, valueRange } from "./shared.ts";
import { itemRange, tagTexts } from "./sharedTags.ts";

export const dkronReservedTag = dkronCheck({
  id: "dkron/reserved-tag",
  level: "warning",
  title: "A tag that the agent overwrites",
  *look(look): Iterable<Report> {
    for (const { name, range } of named(look)) {
      const from = sources[name];
      if (!from || !overwritten(name, look)) continue;
      yield {
        range,
        message: `The tag \`${name}\` is the agent's own${from.says}: what is written here is lost, and jobs cannot choose by it. Write another name, such as \`app-${name}\`${from.key ? `, or set \`${from.key}\`` : ""}.`,
        fixes: [],
      };
    }
  },
});

/** The tags that the agent sets, and the key that their value comes from. Source: setupSerf in dkron/agent.go. */
const sources: Record<string, { readonly says: string; readonly key?: string }> = {
  role: { says: " (always `dkron`)" },
  dc: { says: " (from `datacenter`)", key: "datacenter" },
  region: { says: " (from `region`)", key: "region" },
  version: { says: " (its version)" },
  server: { says: " (from `server`)", key: "server" },
  bootstrap: { says: " (from `bootstrap`)" },
  expect: { says: " (from `bootstrap-expect`)", key: "bootstrap-expect" },
  port: { says: " (from `rpc-port`)", key: "rpc-port" },
  rpc_addr: { says: " (from `bind-addr` and `rpc-port`)" },
};

/** Three of them are set only where the key has a value; otherwise what is written stays, and says what is not so. */
function overwritten(name: string, { file }: Look): boolean {
  if (name !== "server" && name !== "bootstrap" && name !== "expect") return true;
  return file.settings.has(name === "expect" ? "bootstrap-expect" : name);
}

function* named({ file, version }: Look): Iterable<{ name: string; range: Range }> {
  const list = readable(file, "tag");
  const items = list ? tagTexts(list, version) : [];
  if (list && items.length > 0) {
    for (const [index, text] of items.entries())
      yield { name: text.split("=")[0] ?? "", range: itemRange(list, index) ?? valueRange(list) };
    return;
  }
  const map = readable(file, "tags");
  if (map) for (const { name, pair } of map.entries) yield { name: name.toLowerCase(), range: rangeOf(pair.key) };
}
