// What is said of a prometheus.yml that is no YAML: of each error where to mend it. Judges nothing.
import { prometheusSchema } from "../../../../catalog/prometheus/schema.ts";
import type { Range } from "../../../../ranges.ts";
import type { YamlProblem } from "../../../../yaml/errors.ts";
import type { YamlFile } from "../../../../yaml/tree.ts";
import type { Fix } from "../../../finding.ts";
import { refusalOf, type Told } from "./told.ts";

/** Aliases in Go's words; other errors of syntax in ours. */
export function syntax(file: YamlFile, { code, message, range }: YamlProblem): Told {
  const above = /^(?:syntax|indentation)$/.test(code) ? keyAbove(file, range.start) : undefined;
  if (above) return { topic: "syntax", range: above, message: colonWords, fixes: colonFixes(file, above) };
  if (code === "character") return refusalOf("syntax", range, "control characters are not allowed", message);
  if (code === "marker") return refusalOf("syntax", range, "did not find expected node content", message);
  if (code === "colon")
    return { topic: "syntax", range: withNextKey(file, range), message, fixes: colonFixes(file, range) };
  if (code !== "alias") return { topic: "syntax", range, message };
  const name = file.text.slice(range.start + 1, range.end);
  const words = message.includes("itself")
    ? `anchor '${name}' value contains itself`
    : message.includes("far more")
      ? "document contains excessive aliasing"
      : `unknown anchor '${name}' referenced`;
  return refusalOf("syntax", range, words, message);
}

const colonWords = "A key must be followed by `:`; write it, or indent a line that continues the value above.";

/** The line above, where it is a key without its colon: what follows is then no text that goes on. */
function keyAbove({ text }: YamlFile, at: number): Range | undefined {
  const before = text.slice(Math.max(0, at - 2000), text.lastIndexOf("\n", at - 1) + 1);
  const [line, dashes = "", name = ""] =
    /(?<=^|\n)([ \t]*(?:- +)*)([a-z_0-9]+)[ \t]*(?:#.*)?\r?\n(?:[ \t]*(?:#.*)?\r?\n)*$/.exec(before) ?? [];
  if (line === undefined || !isKey(name)) return undefined;
  const start = text.lastIndexOf("\n", at - 1) + 1 - line.length + dashes.length;
  return { start, end: start + name.length };
}

const isKey = (name: string): boolean => [...prometheusSchema.objects.values()].some(({ keys }) => keys.has(name));

/** `scrape_interval 15s`, where the first word is a key. */
function colonFixes({ text }: YamlFile, { start, end }: Range): Fix[] {
  const [, name, value] = /^([a-z_0-9]+)(?: +(\S.*))?$/.exec(text.slice(start, end)) ?? [];
  if (name === undefined || !isKey(name)) return [];
  const at = start + name.length;
  const title = `Write ${value === undefined ? `${name}:` : `${name}: ${value}`}`;
  return [{ title, safe: true, edits: [{ range: { start: at, end: at }, text: ":" }] }];
}

/** A key without its colon and the next one, which YAML reads as one key of two lines. */
function withNextKey({ text }: YamlFile, { start, end }: Range): Range {
  const next = /^[ \t]*(?:#.*)?\r?\n(?:[ \t]*(?:#.*)?\r?\n)*[ \t]*[\w"'-]+(?=:)/.exec(text.slice(end, end + 2000))?.[0];
  return { start, end: end + (next?.length ?? 0) };
}
