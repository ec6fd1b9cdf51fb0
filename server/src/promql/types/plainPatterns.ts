// Patterns as nearly all matchers have them, `a|b`, `node.*`, `5..`, `.*(a|b).*`: matched without compiling an expression of RE2,
// which takes longer than the rest of a check. Linear in the value for each alternative. Knows no other pattern.

/** Plain characters, alternatives, `.` with `*`, `+` or nothing behind it, and groups of these that nothing repeats. */
const plain = /^(?:[\w\-:/ ,|]|\.[*+]?(?![*+?])|\((?:[\w\-:/ ,|]|\.[*+]?(?![*+?]))*\)(?![*+?]))*$/;

/** Groups multiply each other: more alternatives than that are left to whoever compiles. */
const mostAlternatives = 100;

/**
 * Of a plain pattern: whether it matches all of a value, `.` also a line end; `undefined` for a value with letters that take
 * two UTF-16 units. Of any other pattern `undefined`.
 */
export function plainMatcher(pattern: string): ((value: string) => boolean | undefined) | undefined {
  if (!plain.test(pattern)) return undefined;
  const alternatives = alternativesOf(pattern.replaceAll(".+", "..*"));
  if (!alternatives) return undefined;
  return (value) =>
    /[\ud800-\udfff]/.test(value) ? undefined : alternatives.some((alternative) => matches(alternative, value));
}

/** What a pattern can be, each without a bar or a group; undefined where groups make too many of them. */
function alternativesOf(pattern: string): readonly string[] | undefined {
  if (!pattern.includes("(")) return pattern.split("|");
  const found: string[] = [];
  const open = outsideGroups(pattern);
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    const group = /\(([^)]*)\)/.exec(one);
    const inner = group?.[1]?.split("|") ?? [];
    if (found.length + open.length + inner.length > mostAlternatives) return undefined;
    if (!group) found.push(one);
    const before = one.slice(0, group?.index);
    const behind = one.slice(before.length + (group?.[0].length ?? 0));
    for (const piece of inner) open.push(before + piece + behind);
  }
  return found;
}

/** The pattern cut at the bars that stand in no group. */
function outsideGroups(pattern: string): string[] {
  const parts: string[] = [];
  let from = 0;
  let depth = 0;
  for (let at = 0; at < pattern.length; at++) {
    if (pattern[at] === "(") depth++;
    else if (pattern[at] === ")") depth--;
    else if (pattern[at] === "|" && depth === 0) {
      parts.push(pattern.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, pattern.slice(from)];
}

/** Goes back to the last `.*` only: what stands before it fits wherever it fits first. */
function matches(pattern: string, value: string): boolean {
  let p = 0;
  let v = 0;
  let star = -1;
  let behindStar = 0;
  while (v < value.length) {
    if (pattern.startsWith(".*", p)) {
      star = p;
      behindStar = v;
      p += 2;
    } else if (pattern[p] === "." || pattern[p] === value[v]) {
      p++;
      v++;
    } else if (star >= 0) {
      behindStar++;
      v = behindStar;
      p = star + 2;
    } else return false;
  }
  while (pattern.startsWith(".*", p)) p += 2;
  return p === pattern.length;
}
