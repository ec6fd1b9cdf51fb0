// Patterns as nearly all matchers have them, `a|b`, `node.*`, `5..`: matched without compiling an expression of RE2,
// which takes longer than the rest of a check. Linear in the value for each alternative. Knows no other pattern.

/** Plain characters, alternatives, and `.` with `*`, `+` or nothing behind it. */
const plain = /^(?:[\w\-:/ ,|]|\.[*+]?(?![*+?]))*$/;

/**
 * Of a plain pattern: whether it matches all of a value, `.` also a line end; `undefined` for a value with letters that take
 * two UTF-16 units. Of any other pattern `undefined`.
 */
export function plainMatcher(pattern: string): ((value: string) => boolean | undefined) | undefined {
  if (!plain.test(pattern)) return undefined;
  const alternatives = pattern.replaceAll(".+", "..*").split("|");
  return (value) =>
    /[\ud800-\udfff]/.test(value) ? undefined : alternatives.some((alternative) => matches(alternative, value));
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
