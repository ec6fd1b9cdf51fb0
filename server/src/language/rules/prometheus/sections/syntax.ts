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
  if (/^(?:indentation|colon)$/.test(code) && /^-["'\w]/.test(file.text.slice(range.start, range.start + 2)))
    return dashless(range);
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
  if (isKey(entry)) {
    const start = first - line.length + blanks.length;
    return dashless({ start, end: start + 1 + entry.length });
  }
  const tight = blankless(text, first, before);
  if (tight) return colonless(file, tight, tight, colonWords);
  const bare = bareKey(first, before);
  return bare && colonless(file, bare, bare, colonWords);
}

/** A key without its colon, above this place or above the list that stands above it; `first` ends `before`. */
function bareKey(first: number, before: string): Range | undefined {
  const [lines = "", dashes = "", name = "", list = ""] =
    /(?<=^|\n)([ \t]*(?:- +)*)([a-z_0-9]+)[ \t]*(?:#.*)?\r?\n((?:[ \t]*- .*\r?\n)*)(?:[ \t]*(?:#.*)?\r?\n)*$/.exec(
      before,
    ) ?? [];
  if (!isKey(name) || list.split("\n").some((line) => line !== "" && line.indexOf("-") < dashes.length))
    return undefined;
  const start = first - lines.length + dashes.length;
  return { start, end: start + name.length };
}

/** `job_name:a` and more such lines, which YAML reads as one text; `first` ends `before`. */
function blankless(text: string, first: number, before: string): Range | undefined {
  const [lines = "", dashes = ""] = /(?<=^|\n)([ \t]*(?:- +)*)(?:[ \t]*[a-z_0-9]+:\S.*\n)+$/.exec(before) ?? [];
  const range = { start: first - lines.length + dashes.length, end: first - 1 };
  return lines !== "" && colonFix(text, range, isKey) ? range : undefined;
}

/** A name that some section has, or one with a list, a section or a quote close behind its colon. */
const isKey = (name: string, behind = ""): boolean =>
  /^[[{"']/.test(behind) || [...prometheusSchema.objects.values()].some(({ keys }) => keys.has(name));

const colonWords = "A key must be followed by `:`; write it, or indent a line that continues the value above.";

/** `key`: the text that lacks something, within `range`. */
function colonless({ text }: YamlFile, key: Range, range: Range, words: string): Told {
  const fix = colonFix(text, key, isKey);
  const message = fix?.edits[0]?.text === " " ? "The `:` behind a key needs a blank after it." : words;
  return { topic: "syntax", range, message, fixes: fix ? [fix] : [] };
}

function dashless(range: Range): Told {
  const fixes = [dashFix([range.start])];
  return { topic: "syntax", range, message: "The dash of an entry needs a blank after it.", fixes };
}

/** A key without its colon and the next one, which YAML reads as one key of two lines. */
function withNextKey({ text }: YamlFile, { start, end }: Range): Range {
  const next = /^[ \t]*(?:#.*)?\r?\n(?:[ \t]*(?:#.*)?\r?\n)*[ \t]*[\w"'-]+(?=:)/.exec(text.slice(end, end + 2000))?.[0];
  return { start, end: end + (next?.length ?? 0) };
}
