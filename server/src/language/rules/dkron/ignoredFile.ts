// dkron/ignored-file: a file that the agent cannot read, so that it starts as if there were none.
import { fileIgnored } from "../../../catalog/config/agentWords.ts";
import { endingFault, endingOf, looksLikeYaml } from "../../../catalog/config/fileTypes.ts";
import { lineAt, lineStarts } from "../../../lines.ts";
import { resolveAlias } from "../../../yaml/alias.ts";
import { documentErrors } from "../../../yaml/errors.ts";
import { isMerge, mergedPairs } from "../../../yaml/keys.ts";
import { resolveScalar } from "../../../yaml/resolve.ts";
import { type Mapping, rangeOf, startOf, walk, type YamlNode } from "../../../yaml/tree.ts";
import type { FileCheck, Report } from "../../check.ts";
import { dkronFile, engineOf } from "../../dkronFile.ts";
import type { Document } from "../../document.ts";

export const dkronIgnoredFile: FileCheck = {
  id: "dkron/ignored-file",
  level: "error",
  title: "A file that the agent ignores as a whole",
  kinds: ["dkron-config"],
  *check(document, { dkronVersion }): Iterable<Report> {
    const fault = named(document) ? endingFault(endingOf(document.uri), dkronVersion) : undefined;
    if (fault) {
      yield {
        range: firstLine(document.text),
        message: `${fileIgnored(dkronVersion, fault)} Name the file dkron.yml.`,
      };
      return;
    }
    if (endingOf(document.uri) === "json") yield* ofJson(document, dkronVersion);
    else if (looksLikeYaml(endingOf(document.uri)) && !dkronFile(document.yaml, dkronVersion).templated)
      yield* ofYaml(document, dkronVersion);
  },
};

/** What has not been saved yet, or will be written to another name, has no name that counts. */
const named = ({ uri }: Document): boolean =>
  !/^(?:untitled|inmemory|vscode-\w+):|\.(?:j2|jinja2?|tmpl|tpl|gotmpl|ctmpl|erb|template|in|example|sample|dist)$/.test(
    uri,
  );

function firstLine(text: string): { start: number; end: number } {
  const end = text.search(/\r?\n|$/);
  return { start: 0, end };
}

function* ofJson({ text, yaml }: Document, version: string): Iterable<Report> {
  try {
    const value: unknown = JSON.parse(text);
    const type = Array.isArray(value) ? "array" : typeof value === "object" ? undefined : goKind(value);
    if (type === undefined) return;
    const reason = `While parsing config: json: cannot unmarshal ${type} into Go value of type map[string]interface {}`;
    yield {
      range: firstLine(text),
      message: `A dkron.json is an object of keys. ${fileIgnored(version, reason)} Write \`{"key": value}\`.`,
    };
  } catch {
    const [first] = yaml.documents;
    const problem = first && documentErrors(yaml, first, engineOf(version))[0];
    // Of brackets and commas the two languages think alike; Go's words depend on what comes next.
    const shared = problem?.code === "flow";
    const reason = `While parsing config: ${shared ? "" : "invalid character "}…`;
    const advice = shared
      ? problem.message
      : "JSON has no comments and no trailing commas; write YAML, or take them out.";
    yield { range: problem?.range ?? firstLine(text), message: `${fileIgnored(version, reason)} ${advice}` };
  }
}

const goKind = (value: unknown): string => (typeof value === "boolean" ? "bool" : typeof value);

function* ofYaml(document: Document, version: string): Iterable<Report> {
  const { yaml, text } = document;
  const { end } = dkronFile(yaml, version);
  const root = yaml.documents[0]?.root;
  if (!root || root.kind === "empty" || root.kind === "broken" || isNull(root)) return;
  const starts = lineStarts(text);
  const line = (node: YamlNode): number => lineAt(starts, startOf(node)) + 1;
  if (root.kind !== "mapping") {
    const kind =
      root.kind === "sequence"
        ? "!!seq"
        : root.kind === "scalar"
          ? `!!str \`${root.value.slice(0, 7)}${root.value.length > 10 ? "..." : root.value.slice(7)}\``
          : "";
    const reason = `While parsing config: yaml: unmarshal errors: line ${line(root)}: cannot unmarshal ${kind} into map[string]interface {}`;
    yield {
      range: rangeOf(root),
      message: `A dkron.yml is a mapping of keys. ${fileIgnored(version, reason)} Write \`key: value\` lines.`,
    };
    return;
  }
  for (const node of walk(root)) {
    if (startOf(node) >= end) continue;
    const problem = node.kind === "scalar" ? resolveScalar(node, engineOf(version)).problem : undefined;
    if (problem)
      yield {
        range: rangeOf(node),
        message: `The value is not of the type that its tag says. ${fileIgnored(version, `While parsing config: ${problem}`)} Remove the tag.`,
      };
    if (node.kind !== "mapping") continue;
    for (const { key } of node.pairs) {
      const target = resolveAlias(yaml, key);
      if (target?.kind === "mapping" || target?.kind === "sequence") {
        const outer = node === root;
        const type = target.kind === "mapping" ? "!!map" : "!!seq";
        const reason = outer
          ? `While parsing config: yaml: unmarshal errors: line ${line(key)}: cannot unmarshal ${type} into string`
          : "While parsing config: yaml: invalid map key";
        yield {
          range: rangeOf(key),
          message: `A key must be a text. ${fileIgnored(version, reason)} Quote it.`,
          fixes: quoteBraces(key, text),
        };
      }
    }
    yield* badMerges(document, node, version);
  }
}

/** `null` and `~` are an empty file. */
const isNull = (root: YamlNode): boolean => root.kind === "scalar" && resolveScalar(root, "yaml3").type === "null";

function* badMerges({ yaml }: Document, node: Mapping, version: string): Iterable<Report> {
  if (!node.pairs.some(isMerge)) return;
  const effect = fileIgnored(
    version,
    "While parsing config: yaml: map merge requires map or sequence of maps as the value",
  );
  const { end } = dkronFile(yaml, version);
  for (const value of mergedPairs(yaml, node).refused.filter((refused) => startOf(refused) < end))
    yield { range: rangeOf(value), message: `Only a mapping can be merged. ${effect} Name an anchor of one.` };
}

/** `{{ GetPrivateIP }}` without quotes is a mapping in a mapping. */
function quoteBraces(key: YamlNode, text: string) {
  const { start } = rangeOf(key);
  const lineStart = text.lastIndexOf("\n", start) + 1;
  const lineEnd = text.slice(lineStart).search(/\r?\n|$/) + lineStart;
  const match = /^(\s*(?:- |[\w-]+:\s+))(\{\{.*\}\}\S*)\s*$/.exec(text.slice(lineStart, lineEnd));
  if (!match) return [];
  const range = {
    start: lineStart + (match[1] ?? "").length,
    end: lineStart + (match[1] ?? "").length + (match[2] ?? "").length,
  };
  return [{ title: "Quote it", safe: true, edits: [{ range, text: JSON.stringify(match[2]) }] }];
}
