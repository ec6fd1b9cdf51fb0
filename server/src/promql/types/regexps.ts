// Regular expressions of matchers, in the RE2 syntax that Prometheus takes. Knows no tree.
import { RE2JS } from "re2js";
import { keptByText } from "../../kept.ts";
import { plainMatcher } from "./plainPatterns.ts";

/**
 * Patterns without anything that could be wrong: no metacharacter but `|` (Prometheus does not even parse these), `.` with
 * at most one `*`, `+` or `?`, and both in groups that hold no other.
 */
const surelyValid =
  /^(?:[^\\.+*?()|[\]{}^$]|\|)*$|^(?:[\w\-:/ ,|]|\.[*+?]?|\\[.\-/]|\((?:[\w\-:/ ,|]|\.[*+?]?|\\[.\-/])*\)[*+?]?)*$/;

/** How many patterns: rules repeat theirs, and editors ask at every keystroke. */
const mostPatterns = 1000;

const errorOf = keptByText(findError, mostPatterns);
const matcherOf = keptByText(compile, mostPatterns);
const plainOf = keptByText(plainMatcher, mostPatterns);

/** What Prometheus says of a pattern that it refuses, undefined of one that it takes. */
export function regexpError(pattern: string): string | undefined {
  return surelyValid.test(pattern) ? undefined : errorOf(pattern);
}

/** Whether a pattern matches all of `value`, the way matchers do: anchored at both ends, `.` also a line end. */
export function regexpMatches(pattern: string, value: string): boolean {
  return plainOf(pattern)?.(value) ?? compiledMatches(pattern, value);
}

/** The same by the expression compiled, for patterns of any make. */
export function compiledMatches(pattern: string, value: string): boolean {
  return matcherOf(pattern)?.matches(value) ?? false;
}

function findError(pattern: string): string | undefined {
  if (!pattern.isWellFormed()) {
    const at = pattern.search(/\p{Surrogate}/u);
    const earlier = at > 0 ? regexpError(pattern.slice(0, at)) : undefined;
    if (earlier !== undefined && !earlier.includes("missing closing")) return earlier;
    const rest = pattern.slice(at).replace(/\p{Surrogate}/gu, "\ufffd");
    return `error parsing regexp: invalid UTF-8: \`${rest}\``;
  }
  return compileError(pattern) ?? (pattern.length > DEEP ? compileError(`^(?s:${pattern})$`) : undefined);
}

/** A shorter pattern cannot nest so deeply that the group and the anchors which Prometheus puts around it are too much. */
const DEEP = 900;

function compileError(pattern: string): string | undefined {
  try {
    RE2JS.compile(withDistinctNames(pattern));
    return undefined;
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const plain = said.endsWith("class range: `[:]`") ? withLoneColons(pattern) : pattern;
    if (plain !== pattern) return compileError(plain)?.replaceAll("\\x5b:]", "[:]");
    const message = said.replace(/(\(\?P?<\w+?)__again\d+(?=>)/g, "$1");
    if (message.endsWith("expression nests too deeply")) return `${message}: \`${pattern}\``;
    return message.endsWith("trailing backslash at end of expression") ? `${message}: \`\`` : message;
  }
}

function compile(pattern: string): RE2JS | undefined {
  try {
    return RE2JS.compile(pattern, RE2JS.DOTALL);
  } catch {
    if (regexpError(pattern) !== undefined) return undefined;
    const plain = pattern.includes("[:]") ? withLoneColons(pattern) : pattern;
    return RE2JS.compile(withoutNames(plain), RE2JS.DOTALL);
  }
}

/**
 * `[:` in a class begins a class name only if `:]` ends it further on: RE2JS takes the colon of `[:]` for both. There the
 * bracket is escaped.
 */
function withLoneColons(pattern: string): string {
  let result = "";
  let inClass = false;
  for (let i = 0; i < pattern.length; ) {
    let piece = pattern[i] ?? "";
    if (piece === "\\") piece = /\\(?:Q.*?(?:\\E|$)|.?)/sy.exec(pattern.slice(i))?.[0] ?? piece;
    else if (!inClass && piece === "[") {
      piece = /\[\^?\]?/y.exec(pattern.slice(i))?.[0] ?? piece;
      inClass = true;
    } else if (inClass && pattern.startsWith("[:", i)) {
      const end = pattern.indexOf(":]", i + 2);
      piece = end < 0 ? "[" : pattern.slice(i, end + 2);
      result += end < 0 ? "\\x5b" : piece;
      i += piece.length;
      continue;
    } else if (piece === "]") inClass = false;
    result += piece;
    i += piece.length;
  }
  return result;
}

/** Group names that stand twice made different, so that messages can show them as they were. */
function withDistinctNames(pattern: string): string {
  const seen = new Set<string>();
  return pattern.replace(/(\(\?P?<)(\w+)>/g, (group, opening: string, name: string) => {
    if (!seen.has(name)) {
      seen.add(name);
      return group;
    }
    seen.add(`${name}__again${seen.size}`);
    return `${opening}${name}__again${seen.size}>`;
  });
}

/** Prometheus takes a group name twice, RE2JS does not: a name that comes again is left out. */
function withoutNames(pattern: string): string {
  const seen = new Set<string>();
  return pattern.replace(/\(\?P?<(\w+)>/g, (group, name: string) => {
    if (seen.has(name)) return "(";
    seen.add(name);
    return group;
  });
}

/** What `label_replace` writes: `template` with `$1`, `${name}` filled from the groups; "" where nothing matches. */
export function expandReplacement(pattern: string, value: string, template: string): string {
  const matcher = matcherOf(pattern)?.matcher(value);
  if (!matcher?.matches()) return "";
  return template.replace(/\$(?:\$|(\w+)|\{(\w+)\})/g, (part, plain?: string, braced?: string) => {
    if (part === "$$") return "$";
    const group = plain ?? braced ?? "";
    try {
      return matcher.group(/^\d+$/.test(group) ? Number(group) : group) ?? "";
    } catch {
      return "";
    }
  });
}
