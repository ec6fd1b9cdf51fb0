// dkron/encrypt-key: a gossip key that is not base64 of 16, 24 or 32 bytes.
import { memberlistFailed, serfFailed } from "../../../catalog/config/agentWords.ts";
import { base64Length } from "../../../catalog/config/goText.ts";
import type { Report } from "../../check.ts";
import { type Setting, textOf } from "../../dkronFile.ts";
import type { Fix } from "../../finding.ts";
import { dkronCheck, exits, keyRange, readable, replaceValue } from "./shared.ts";
import { isGossipKey, isKeySize, repaired } from "./sharedGossipKey.ts";

export const dkronEncryptKey = dkronCheck({
  id: "dkron/encrypt-key",
  level: "error",
  title: "A gossip key that makes the agent exit",
  *look({ file, version }): Iterable<Report> {
    const setting = readable(file, "encrypt");
    const text = textOf(file, "encrypt");
    if (!setting || !text) return;
    const length = base64Length(text);
    if (length.ok && (length.value === 0 || isKeySize(length.value))) return;
    const words = length.ok
      ? memberlistFailed("key size must be 16, 24 or 32 bytes")
      : serfFailed(`invalid encryption key: ${length.error}`);
    const why = length.ok
      ? `The key is ${length.value} bytes long, and gossip wants 16, 24 or 32.`
      : "The key is not base64 with its padding.";
    yield {
      range: keyRange(setting),
      message: `${why} ${exits(version, words)} Take the one that \`dkron keygen\` prints, the same on all nodes.`,
      fixes: length.ok ? [] : padded(setting, text),
    };
  },
});

/** The key with the `=` that got lost, or in the alphabet that Go expects. */
function padded(setting: Setting, text: string): Fix[] {
  return isGossipKey(text) ? replaceValue(setting, repaired(text), "Add the padding", true) : [];
}
