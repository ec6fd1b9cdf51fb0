// dkron/duplicate-key: a key that is written twice, on account of which the agent ignores the file, or all of them but the last.
import { fileIgnored } from "../../../catalog/config/agentWords.ts";
import { endingOf } from "../../../catalog/config/fileTypes.ts";
import { compareVersions } from "../../../catalog/versions.ts";
import { lineAt, lineStarts } from "../../../lines.ts";
import { duplicateKeys, isMerge } from "../../../yaml/keys.ts";
import { keyOf, type Mapping, type Pair, rangeOf, startOf, walk } from "../../../yaml/tree.ts";
import type { Report } from "../../check.ts";
import { dkronCheck, type Look, removePair } from "./shared.ts";

export const dkronDuplicateKey = dkronCheck({
  id: "dkron/duplicate-key",
  level: "error",
  title: "A key that is written twice, so that the agent ignores the file",
  *look(look): Iterable<Report> {
    const { root } = look.file;
    if (!root) return;
    for (const node of walk(root)) {
      if (node.kind !== "mapping" || startOf(node) >= look.file.end) continue;
      yield* twice(node, look);
      if (node === root) yield* inTwoCases(node);
    }
  },
});

function* twice(node: Mapping, { version, file, text, document }: Look): Iterable<Report> {
  const starts = lineStarts(text);
  // Go's reader of JSON says nothing of it either.
  const json = endingOf(document.uri) === "json";
  const lastCounts = json || compareVersions(version, "3.2.0") < 0;
  const [merge, ...more] = node.pairs.filter(isMerge);
  const merges = merge ? more.map((second) => ({ first: merge, second })) : [];
  for (const { first: before, second: pair } of [...duplicateKeys(node), ...merges]) {
    if (startOf(pair) >= file.end) break;
    const name = keyOf(pair) ?? "";
    const written = name === "" ? "An empty key" : `\`${name}\``;
    const [line, earlier] = [pair, before].map((each) => lineAt(starts, startOf(each)) + 1);
    const effect = fileIgnored(
      version,
      `While parsing config: yaml: unmarshal errors: line ${line}: mapping key ${JSON.stringify(name)} already defined at line ${earlier}`,
    );
    yield {
      range: pair.key.kind === "empty" ? rangeOf(pair) : rangeOf(pair.key),
      ...(lastCounts && { severity: "warning" as const }),
      message: lastCounts
        ? `${written} is written in line ${earlier} already, and the last one counts${json ? "" : "; since 3.2.0 the whole file is ignored"}. Remove one of the two.`
        : `${written} is written in line ${earlier} already. ${effect} Remove one of the two.`,
      fixes: [
        ...removePair(file, pair, text, "Remove this one", false),
        ...removePair(file, before, text, "Remove the other one", false),
      ],
      related: [{ range: rangeOf(before.key), message: "the other one" }],
    };
  }
}

/** `ui` and `UI` are one key to viper, and which of the two counts is chance. */
function* inTwoCases(root: Mapping): Iterable<Report> {
  const first = new Map<string, Pair>();
  for (const pair of root.pairs) {
    const name = keyOf(pair);
    if (name === undefined) continue;
    const before = first.get(name.toLowerCase());
    if (before && keyOf(before) !== name)
      yield {
        range: rangeOf(pair.key),
        severity: "warning",
        message: `\`${keyOf(before)}\` and \`${name}\` are one key to the agent, and chance decides which of them counts. Remove one of the two.`,
        fixes: [],
        related: [{ range: rangeOf(before.key), message: "the other one" }],
      };
    else if (!before) first.set(name.toLowerCase(), pair);
  }
}
