// `match` and `reReplaceAll`: RE2 patterns, with Go's replacement texts. Knows no other functions.
import { RE2JS } from "re2js";
import { codePoint } from "../go/bytes.ts";
import { canBackquote, quote } from "../go/quote.ts";
import { isAlphaNumeric } from "../go/unicode.ts";
import { FunctionFailure } from "./context.ts";

/** Group names that stand twice, which Prometheus allows, made different from the second on. */
function withDistinctNames(pattern: string): string {
  const seen = new Map<string, number>();
  return pattern.replace(/\\[\s\S]|(\(\?P?<)(\w+)>/g, (piece, opening: string | undefined, name = "") => {
    if (opening === undefined) return piece;
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    return count === 0 ? piece : `${opening}${name}${twin}${count}>`;
  });
}

/** Joins a group's name and the number of its repetition. */
const twin = "__again";

/** The pattern, or Go's sentence on why it is none. */
function compiled(pattern: string): RE2JS | string {
  if (/[\udc80-\udcff]/.test(pattern.replace(/[\ud800-\udbff][\udc00-\udfff]/g, ""))) {
    return `error parsing regexp: invalid UTF-8: \`${pattern}\``;
  }
  try {
    return RE2JS.compile(withDistinctNames(pattern));
  } catch (thrown) {
    const said = thrown instanceof Error ? thrown.message : String(thrown);
    const message = said.replace(/(\(\?P?<\w+?)__again\d+(?=>)/g, "$1");
    // Go names the culprit always, also where it is an empty text.
    return message.endsWith("`") ? message : `${message}: \`\``;
  }
}

/** Whether the pattern is found anywhere. */
export function matches(pattern: string, text: string): boolean {
  const expression = compiled(pattern);
  if (typeof expression === "string") throw new FunctionFailure(expression);
  return expression.matcher(text).find();
}

/** Why a pattern is none, or undefined if it is one: what fails in `match` whatever the text. */
export function patternError(pattern: string): string | undefined {
  const expression = compiled(pattern);
  return typeof expression === "string" ? expression : undefined;
}

type Groups = { readonly texts: readonly (string | null)[]; readonly names: Readonly<Record<string, number>> };

/** Every match replaced; an empty one right behind another is none. */
export function replaceAll(pattern: string, replacement: string, text: string): string {
  const expression = compiled(pattern);
  if (typeof expression === "string") {
    const shown = canBackquote(pattern) ? `\`${pattern}\`` : quote(pattern);
    throw new FunctionFailure(`regexp: Compile(${shown}): ${expression}`);
  }
  const matcher = expression.matcher(text);
  const names = expression.namedGroups();
  let replaced = "";
  let copied = 0;
  let position = 0;
  while (position <= text.length && matcher.find(position)) {
    const start = matcher.start();
    const end = matcher.end();
    replaced += text.slice(copied, start);
    if (end > copied || start === 0) {
      const texts = Array.from({ length: matcher.groupCount() + 1 }, (_, i) => matcher.group(i));
      replaced += filled(replacement, { texts, names });
    }
    copied = end;
    const width = codePoint(text, position) > 0xffff ? 2 : 1;
    position = Math.max(end, position + width);
  }
  return replaced + text.slice(copied);
}

/** `$1`, `${1}`, `$name`, `${name}` and `$$` filled in; a name is as long as it can be. */
function filled(replacement: string, groups: Groups): string {
  let text = "";
  for (let i = 0; i < replacement.length; ) {
    if (replacement[i] !== "$") {
      text += replacement[i++];
      continue;
    }
    if (replacement[i + 1] === "$") {
      text += "$";
      i += 2;
      continue;
    }
    const reference = referenceAt(replacement, i + 1);
    text += reference === undefined ? "$" : groupText(groups, reference.name);
    i = reference?.end ?? i + 1;
  }
  return text;
}

function referenceAt(replacement: string, start: number): { name: string; end: number } | undefined {
  const braced = replacement[start] === "{";
  const from = braced ? start + 1 : start;
  let end = from;
  while (end < replacement.length) {
    const code = codePoint(replacement, end);
    if (!isAlphaNumeric(code)) break;
    end += code > 0xffff ? 2 : 1;
  }
  if (end === from || (braced && replacement[end] !== "}")) return undefined;
  return { name: replacement.slice(from, end), end: braced ? end + 1 : end };
}

/** Of groups with one name the first that took part. */
function groupText({ texts, names }: Groups, name: string): string {
  if (/^(?:0|[1-9]\d{0,8})$/.test(name)) return texts[Number(name)] ?? "";
  for (let count = 0; ; count++) {
    const index = names[count === 0 ? name : `${name}${twin}${count}`];
    if (typeof index !== "number") return "";
    const text = texts[index];
    if (typeof text === "string") return text;
  }
}
