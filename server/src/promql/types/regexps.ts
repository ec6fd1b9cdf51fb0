// Regular expressions of matchers, in the RE2 syntax that Prometheus takes. Knows no tree.
import { RE2JS } from "re2js";

/** Patterns without anything that could be wrong: plain characters, `|`, and `.` with at most one `*`, `+` or `?`. */
const surelyValid = /^(?:[\w\-:/ ,|@#%&=!~"'<>;]|\.[*+?]?|\\[.\-/])*$/;

const broken = /\p{Surrogate}/u;

type Compiled = { readonly error: string | undefined; readonly whole: RE2JS | undefined };

const KEPT = 1000;
const kept = new Map<string, Compiled>();

/** What Prometheus says of a pattern that it refuses, undefined of one that it takes. */
export function regexpError(pattern: string): string | undefined {
  return surelyValid.test(pattern) ? undefined : compiled(pattern).error;
}

/** Whether a pattern matches all of `value`, the way matchers do: anchored at both ends, `.` also a line end. */
export function regexpMatches(pattern: string, value: string): boolean {
  return compiled(pattern).whole?.matches(value) ?? false;
}

function compiled(pattern: string): Compiled {
  let found = kept.get(pattern);
  if (!found) {
    found = compile(pattern);
    if (kept.size >= KEPT) kept.clear();
    kept.set(pattern, found);
  }
  return found;
}

function compile(pattern: string): Compiled {
  const bad = broken.exec(pattern);
  if (bad) {
    const rest = pattern.slice(bad.index).replace(/\p{Surrogate}/gu, "\ufffd");
    return { error: `error parsing regexp: invalid UTF-8: \`${rest}\``, whole: undefined };
  }
  try {
    RE2JS.compile(pattern);
    return { error: undefined, whole: RE2JS.compile(`^(?s:${pattern})$`) };
  } catch (error) {
    return explain(pattern, error instanceof Error ? error.message : String(error));
  }
}

/** Prometheus takes a group name twice; RE2JS does not, so the names go, which changes nothing in what is matched. */
function explain(pattern: string, message: string): Compiled {
  if (message.includes("duplicate capture group name")) return compile(pattern.replace(/\(\?P?<\w+>/g, "("));
  const isTrailing = message.endsWith("trailing backslash at end of expression");
  return { error: isTrailing ? `${message}: \`\`` : message, whole: undefined };
}

/** What `label_replace` writes: `template` with `$1`, `${name}` filled from the groups; "" where nothing matches. */
export function expandReplacement(pattern: string, value: string, template: string): string {
  const matcher = compiled(pattern).whole?.matcher(value);
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
