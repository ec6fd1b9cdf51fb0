// Versions of Prometheus, `major.minor`. Knows nothing of PromQL.

/** The newest version whose language is described here, and what a text is taken to be written for. */
export const newestVersion = "3.14";

/** Few versions are ever asked for, and one of them for every piece of every expression. */
const known = new Map<string, Parts>();

type Parts = { readonly major: number; readonly minor: number };

function parts(version: string): Parts {
  const before = known.get(version);
  if (before) return before;
  const [major = "0", minor = "0"] = version.replace(/^v/, "").split(".");
  const read = { major: Number.parseInt(major, 10) || 0, minor: Number.parseInt(minor, 10) || 0 };
  if (known.size < 100) known.set(version, read);
  return read;
}

/** Whether `version` (default: the newest) has what came with `since`. */
export function isAtLeast(version: string | undefined, since: string): boolean {
  if (version === since) return true;
  const { major, minor } = parts(version ?? newestVersion);
  const first = parts(since);
  return major > first.major || (major === first.major && minor >= first.minor);
}
