// dkron/tags-size: tags that do not fit into what serf tells of a node.
import { serfFailed } from "../../../catalog/config/agentWords.ts";
import type { Report } from "../../check.ts";
import { type DkronFile, isServer, numberOf, textOf } from "../../dkronFile.ts";
import { dkronCheck, exits, keyRange, readable } from "./shared.ts";
import { tagTexts } from "./sharedTags.ts";

export const dkronTagsSize = dkronCheck({
  id: "dkron/tags-size",
  level: "error",
  title: "Tags of more than 512 bytes, with which the agent exits",
  *look({ file, version }): Iterable<Report> {
    const blamed = readable(file, "tag") ?? readable(file, "tags");
    if (!blamed) return;
    const atStart = encodedLength(allTags(file, version));
    if (atStart > 512) {
      const words = serfFailed("Encoded length of tags exceeds limit of 512 bytes");
      yield {
        range: keyRange(blamed),
        message: `With the agent's own these tags are ${atStart} bytes long, and 512 fit. ${exits(version, words)} Shorten them.`,
        fixes: [],
      };
      return;
    }
    const later = encodedLength(new Map([...allTags(file, version), ["port", "6868"], ["rpc_addr", "10.0.0.1:6868"]]));
    if (later <= 512) return;
    const words = "agent: Error setting tags: Encoded length of tags exceeds limit of 512 bytes";
    yield {
      range: keyRange(blamed),
      message: `With the agent's own, its address among them, these tags are ${later} bytes long, and 512 fit. ${exits(version, words)} Shorten them.`,
      fixes: [],
    };
  },
});

/** The node's tags when serf is created. Source: setupSerf in dkron/agent.go. */
function allTags(file: DkronFile, version: string): Map<string, string> {
  const expect = numberOf(file, "bootstrap-expect") ?? 0;
  return new Map([
    ...ownTags(file, version),
    ["role", "dkron"],
    ["dc", textOf(file, "datacenter") ?? "dc1"],
    ["region", textOf(file, "region") ?? "global"],
    ["version", version],
    ...(isServer(file) ? ([["server", "true"]] as const) : []),
    ...(file.settings.get("bootstrap")?.result.value === true ? ([["bootstrap", "1"]] as const) : []),
    ...(expect !== 0 ? ([["expect", String(expect)]] as const) : []),
  ]);
}

function ownTags(file: DkronFile, version: string): [string, string][] {
  const list = readable(file, "tag");
  const texts = list ? tagTexts(list, version) : [];
  if (texts.length > 0) return texts.map((text) => [text.replace(/=.*$/s, ""), text.replace(/^[^=]*=/, "")]);
  const tags = readable(file, "tags")?.result.value;
  return tags instanceof Map ? [...tags] : [];
}

/** Bytes of serf's encoding: a mark, then a msgpack map of texts, with three bytes for the length of the longer ones. */
function encodedLength(tags: ReadonlyMap<string, string>): number {
  const sizeOf = (text: string): number => {
    const bytes = new TextEncoder().encode(text).length;
    return bytes + (bytes < 32 ? 1 : 3);
  };
  let total = 1 + (tags.size < 16 ? 1 : 3);
  for (const [name, value] of tags) total += sizeOf(name) + sizeOf(value);
  return total;
}
