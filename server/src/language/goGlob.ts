// Patterns of Go's filepath.Match, with which Prometheus finds files: `*` and `?` stop at slashes. Knows no file.

/** The pattern as a regular expression on whole paths; one that matches nothing where the pattern cannot be read. */
export function globPattern(glob: string): RegExp {
  const source = glob.replace(
    /\\(.)|(\[\^?(?:\\.|[^\]\\])+\])|([*])|([?])|(.)/gs,
    (_, escaped, set, star, one, other) => {
      if (set !== undefined) return set;
      if (star !== undefined) return "[^/]*";
      if (one !== undefined) return "[^/]";
      return literal(escaped ?? other);
    },
  );
  try {
    return new RegExp(`^${source}$`, "u");
  } catch {
    return /(?!)/;
  }
}

/**
 * Whether Go says `syntax error in pattern`. Of one with a backslash nobody knows: on Windows it is a separator.
 * Source: path/filepath/match.go, `matchChunk` and `getEsc`.
 */
export function isBadGlob(glob: string): boolean {
  if (glob.includes("\\")) return false;
  return !/^(?:\[\^?(?!\^\])(?:[^\]-](?:-[^\]-])?)+\]|[^[])*$/su.test(glob);
}

const literal = (character: string): string => character.replace(/[.*+?^${}()|[\]\\/]/, "\\$&");

/** Whether a path means more than one file. */
export const isGlob = (path: string): boolean => /[*?[]/.test(path);
