// What the checks of dkron.yml have in common: who is spared, where a finding stands, and the edits of their fixes.
import { endingOf, looksLikeYaml } from "../../../catalog/config/fileTypes.ts";
import type { Edit } from "../../../edits.ts";
import type { Range } from "../../../ranges.ts";
import { endOf, type Pair, rangeOf, startOf, type YamlNode } from "../../../yaml/tree.ts";
import type { CheckContext, FileCheck, Report } from "../../check.ts";
import { type DkronFile, dkronFile, type Setting } from "../../dkronFile.ts";
import type { Document } from "../../document.ts";
import type { Fix } from "../../finding.ts";
import { mendTemplate } from "../../mendAddress.ts";

/** What a check of dkron.yml looks at. */
export type Look = {
  readonly file: DkronFile;
  /** Version of the agent. */
  readonly version: string;
  readonly text: string;
  readonly document: Document;
  readonly context: CheckContext;
};

type Spec = {
  readonly id: string;
  readonly level: FileCheck["level"];
  readonly title: string;
  readonly look: (look: Look) => Iterable<Report>;
};

/** A check of dkron.yml. Files that another tool renders first are none of its business. */
export function dkronCheck({ id, level, title, look }: Spec): FileCheck {
  return {
    id,
    level,
    title,
    kinds: ["dkron-config"],
    *check(document, context): Iterable<Report> {
      const version = context.dkronVersion;
      const file = dkronFile(document.yaml, version);
      if (!file.templated && isConfig(document, file))
        yield* look({ file, version, text: document.text, document, context });
    },
  };
}

/** A file of another format is not YAML; a JSON file is one of ours only if most of its keys are Dkron's. */
function isConfig({ uri }: Document, file: DkronFile): boolean {
  const ending = endingOf(uri);
  return looksLikeYaml(ending) && (ending !== "json" || file.settings.size * 2 > file.entries.length);
}

export const keyRange = ({ pair }: Setting): Range => rangeOf(pair.key);

/** Where the value stands: the alias, if it is one; the key, if nothing is written. */
export function valueRange({ pair }: Setting): Range {
  const range = rangeOf(pair.value);
  return range.end > range.start ? range : rangeOf(pair.key);
}

/** `Dkron 4.1.2 exits with …`: the agent's words stand as it logs them. */
export function exits(version: string, words: string): string {
  return `Dkron ${version} exits with \`${words}\`.`;
}

/** The setting of a key, unless another tool fills its value in, it could not be decoded, or this version does not look. */
export function readable(file: DkronFile, key: string): Setting | undefined {
  const setting = file.settings.get(key);
  if (!setting || setting.substituted || setting.result.errors.length > 0) return undefined;
  return setting.key.target !== undefined && setting.result.value === undefined ? undefined : setting;
}

/** Settings of certain types, by the name of the scalar: `duration`, `address` … */
export function* settingsOf(file: DkronFile, ...scalars: string[]): Iterable<Setting> {
  for (const setting of file.settings.values()) {
    const { type } = setting.key;
    if (type.kind === "scalar" && scalars.includes(type.scalar)) yield setting;
  }
}

export function replaceValue(setting: Setting, text: string, title: string, safe: boolean): Fix[] {
  if (setting.pair.value.kind === "alias" || setting.pair.value.kind === "empty") return [];
  return [{ title, safe, edits: [{ range: rangeOf(setting.pair.value), text }] }];
}

/** An address template with its slip mended, if there is one that a machine can tell. */
export function mendedTemplate(setting: Setting, text: string): Fix[] {
  const mended = mendTemplate(text);
  return mended === undefined ? [] : replaceValue(setting, quoted(mended), `Write ${mended}`, mended === text.trim());
}

export function renameKey(pair: Pair, to: string, safe: boolean): Fix[] {
  if (pair.key.kind !== "scalar") return [];
  return [{ title: `Write ${to}`, safe, edits: [{ range: rangeOf(pair.key), text: to }] }];
}

/** Takes a pair out, with its whole lines. Only in block style: in flow style commas would be left behind. */
export function removePair(file: DkronFile, pair: Pair, text: string, title: string, safe: boolean): Fix[] {
  const { root } = file;
  if (root?.kind !== "mapping" || root.flow || !root.pairs.includes(pair) || pair.value.anchor) return [];
  const start = text.lastIndexOf("\n", startOf(pair) - 1) + 1;
  if (text.slice(start, startOf(pair)).trim() !== "") return [];
  const last = text.indexOf("\n", Math.max(endOf(pair) - 1, startOf(pair)));
  const end = last === -1 ? text.length : last + 1;
  return [{ title, safe, edits: [{ range: { start, end }, text: "" }] }];
}

/** A new entry below a pair of the outermost mapping. */
export function addPair(
  file: DkronFile,
  below: Pair,
  entry: string,
  text: string,
  title: string,
  safe: boolean,
): Fix[] {
  const { root } = file;
  if (root?.kind !== "mapping" || root.flow || !root.pairs.includes(below)) return [];
  return [{ title, safe, edits: [lineBelow(below, entry, text)] }];
}

function lineBelow(pair: Pair, entry: string, text: string): Edit {
  const lineStart = text.lastIndexOf("\n", startOf(pair) - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(lineStart, startOf(pair)))?.[0] ?? "";
  const last = text.indexOf("\n", Math.max(endOf(pair) - 1, startOf(pair)));
  if (last === -1) return { range: { start: text.length, end: text.length }, text: `\n${indent}${entry}` };
  const end = text[last - 1] === "\r" ? last - 1 : last;
  const newline = text[last - 1] === "\r" ? "\r\n" : "\n";
  return { range: { start: end, end }, text: `${newline}${indent}${entry}` };
}

/** A text as YAML that is read as that very text. */
export function quoted(text: string): string {
  return text.includes("\\") || /[\x00-\x1f]/.test(text) || !text.includes('"')
    ? JSON.stringify(text)
    : `'${text.replaceAll("'", "''")}'`;
}

/** What is written for a node, from its first to its last character. */
export function written(node: YamlNode, text: string): string {
  return text.slice(startOf(node), endOf(node));
}

/** A text of the file in a message. */
export function shown(text: string): string {
  return `\`${text === "" ? '""' : text}\``;
}

/** `a`, `a and b`, `a, b and c`. */
export function inWords(words: readonly string[], last = "and"): string {
  return words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
}
