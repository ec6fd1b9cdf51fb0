// Matches a name against elements with holes and says what is in the holes. Knows no metric and no sink.
import type { NamePart } from "./names.ts";

/**
 * Values of the holes when the elements, joined by `separator`, spell `name`; undefined when they can't. A hole takes at
 * least one character and may hold separators. `known` is tried first; then shorter values of earlier holes come first.
 */
export function matchName(
  parts: readonly NamePart[],
  name: string,
  separator: string,
  clean: (text: string) => string,
  known: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> | undefined {
  const values: Record<string, string> = {};
  const match = (index: number, at: number): boolean => {
    const part = parts[index];
    if (part === undefined) return at === name.length + separator.length;
    for (const value of candidates(part, index, at)) {
      if (!name.startsWith(value, at)) continue;
      const next = at + value.length;
      if (next !== name.length && !name.startsWith(separator, next)) continue;
      if (!match(index + 1, next + separator.length)) continue;
      if (typeof part !== "string") values[part.hole] = value;
      return true;
    }
    return false;
  };
  const candidates = (part: NamePart, index: number, at: number): Iterable<string> => {
    if (typeof part === "string") return [clean(part)];
    if (part.values) return part.values.map(clean);
    const first = known[part.hole];
    const rest =
      index === parts.length - 1 ? [name.slice(at)].filter((text) => text !== "") : prefixes(name, at, separator);
    return first === undefined ? rest : [clean(first), ...rest];
  };
  return match(0, 0) ? values : undefined;
}

/** The pieces of the name from `at` to each later separator, shortest first. */
function prefixes(name: string, at: number, separator: string): string[] {
  const found: string[] = [];
  for (let end = name.indexOf(separator, at + 1); end !== -1; end = name.indexOf(separator, end + 1))
    found.push(name.slice(at, end));
  return found;
}
