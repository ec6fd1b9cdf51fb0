// Hover in dkron.yml: what is known of the key or value at the mark `|`.
import { expect, test } from "vitest";
import { configKeys } from "../../../server/src/catalog/config/keys.ts";
import { openDocument } from "../../../server/src/language/document.ts";
import { hover } from "../../../server/src/language/features/hover.ts";
import { newContext } from "../context.ts";
import { newest } from "./check.ts";

function hovered(marked: string, version = newest): { on: string; markdown: string } | undefined {
  const offset = marked.indexOf("|");
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const document = openDocument("file:///etc/dkron/dkron.yml", "", 0, text);
  const context = newContext({ dkronVersion: version });
  const found = hover(document, offset, context);
  return found && { on: text.slice(found.range.start, found.range.end), markdown: found.markdown };
}

test.each(configKeys().map((key) => [key.name, key] as const))(
  "%s: default, environment, flag, since, traps",
  (name, key) => {
    const { on, markdown } = hovered(`|${name}: x`) ?? { on: "", markdown: "" };
    expect(on).toBe(name);
    expect(markdown).toContain(`| Since | ${key.since} |`);
    if (key.default !== undefined) expect(markdown).toContain(`| Default | \`${key.default}\` |`);
    if (key.flag) expect(markdown).toContain(`| Flag | \`${key.flag}\` |`);
    if (key.env) expect(markdown).toContain(`| Environment | \`${key.env}\` |`);
    for (const note of key.notes ?? []) expect(markdown).toContain(`- ${note}`);
  },
);

test.each([
  ["log-level: de|bug", "debug", "Everything, with gossip, raft and HTTP."],
  ["profile: |wan", "wan", "Nodes far apart"],
  ["node-name: 1.|10", "1.10", "Dkron 4.1.2 reads `1.1` here."],
  ["retry-interval: 3|0", "30", "Dkron 4.1.2 reads `30ns` here."],
  ["mail-port: 700|00", "70000", "Dkron 4.1.2 reads `4464` here."],
  ["tags: {z|one: a}", "zone", "**tags**"],
  ["join:\n  - a|", "a", "**join**"],
  ["SERV|ER: true", "SERVER", "**server**"],
  ["backe|nd: etcd", "backend", "1.2.5 was the last to read it"],
  ["cert-|file: x", "cert-file", "Only Dkron Pro"],
  ["prome|theus: true", "prometheus", "Write `enable-prometheus`"],
  ["webhook-u|rl: x", "webhook-url", "**Not read by Dkron 4.1.2:** 3.1.11 was the last."],
])("%j on %s says %j", (marked, on, says) => {
  expect(hovered(marked)?.on).toBe(on);
  expect(hovered(marked)?.markdown).toContain(says);
});

test("a key that the version does not know yet", () => {
  expect(hovered("otel-|endpoint: x", "3.2.7")?.markdown).toContain("**Not read by Dkron 3.2.7:** it came with 4.0.6.");
});

test.each(["# ser|ver", "- ser|ver", "col|our: blue", "|"])("nothing on %j", (marked) => {
  expect(hovered(marked)).toBeUndefined();
});
