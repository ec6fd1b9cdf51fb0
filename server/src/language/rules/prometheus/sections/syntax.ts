// What is said of a prometheus.yml that is no YAML: of each error where to mend it. Judges nothing.
import { prometheusSchema } from "../../../../catalog/prometheus/schema.ts";
import type { Range } from "../../../../ranges.ts";
import type { YamlProblem } from "../../../../yaml/errors.ts";
import type { YamlFile } from "../../../../yaml/tree.ts";
import { colonFix, dashFix } from "./keyText.ts";
import { refusalOf, type Told } from "./told.ts";

/** Aliases in Go's words; other errors of syntax in ours. */
export function syntax(file: YamlFile, { code, message, range }: YamlProblem): Told {
  const above = /^(?:syntax|indentation)$/.test(code) ? lineAbove(file, range.start) : undefined;
  if (above) return above;
  if (code === "character") return refusalOf("syntax", range, "control characters are not allowed", message);
  if (code === "marker") return refusalOf("syntax", range, "did not find expected node content", message);
  if (code === "colon") return colonless(file, range, withNextKey(file, range), message);
  if (code !== "alias") return { topic: "syntax", range, message };
  const name = file.text.slice(range.start + 1, range.end);
  const words = message.includes("itself")
    ? `anchor '${name}' value contains itself`
    : message.includes("far more")
      ? "document contains excessive aliasing"
      : `unknown anchor '${name}' referenced`;
  return refusalOf("syntax", range, words, message);
}

/** The line above, where it is a key without its colon, or an entry without the blank behind its dash. */
function lineAbove(file: YamlFile, at: number): Told | undefined {
  const { text } = file;
  const first = text.lastIndexOf("\n", at - 1) + 1;
  const before = text.slice(Math.max(0, first - 2000), first);
  const [line] = /(?<=^|\n).+\r?\n(?:[ \t]*(?:#.*)?\r?\n)*$/.exec(before) ?? [];
  if (line === undefined) return undefined;
  const [, blanks = "", entry = ""] = /^([ \t]*)-([a-z_0-9]+):[ \r\n]/.exec(line) ?? [];
  if (isKey(entry)) return dashless(first - line.length + blanks.length, entry);
  const tight = blankless(text, first, before);
  if (tight) return colonless(file, tight, tight, colonWords);
  const [, dashes = "", name = ""] = /^([ \t]*(?:- +)*)([a-z_0-9]+)[ \t]*(?:#.*)?\r?\n/.exec(line) ?? [];
  const start = first - line.length + dashes.length;
  const range = { start, end: start + name.length };
  return isKey(name) ? colonless(file, range, range, colonWords) : undefined;
}

/** `job_name:a` and more such lines, which YAML reads as one text; `first` ends `before`. */
function blankless(text: string, first: number, before: string): Range | undefined {
  const [lines = "", dashes = ""] = /(?<=^|\n)([ \t]*(?:- +)*)(?:[ \t]*[a-z_0-9]+:\S.*\n)+$/.exec(before) ?? [];
  const range = { start: first - lines.length + dashes.length, end: first - 1 };
  return lines !== "" && colonFix(text, range, isKey) ? range : undefined;
}

const isKey = (name: string): boolean => [...prometheusSchema.objects.values()].some(({ keys }) => keys.has(name));

const colonWords = "A key must be followed by `:`; write it, or indent a line that continues the value above.";

/** `key`: the text that lacks something, within `range`. */
function colonless({ text }: YamlFile, key: Range, range: Range, words: string): Told {
  const fix = colonFix(text, key, isKey);
  const message = fix?.edits[0]?.text === " " ? "The `:` behind a key needs a blank after it." : words;
  return { topic: "syntax", range, message, fixes: fix ? [fix] : [] };
}

function dashless(start: number, name: string): Told {
  const range = { start, end: start + name.length + 1 };
  return { topic: "syntax", range, message: "The dash of an entry needs a blank after it.", fixes: [dashFix([start])] };
}

/** A key without its colon and the next one, which YAML reads as one key of two lines. */
function withNextKey({ text }: YamlFile, { start, end }: Range): Range {
  const next = /^[ \t]*(?:#.*)?\r?\n(?:[ \t]*(?:#.*)?\r?\n)*[ \t]*[\w"'-]+(?=:)/.exec(text.slice(end, end + 2000))?.[0];
  return { start, end: end + (next?.length ?? 0) };
}
