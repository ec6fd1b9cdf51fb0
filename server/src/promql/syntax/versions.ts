// Versions of Prometheus, `major.minor`. Knows nothing of PromQL.

/** The newest version whose language is described here, and what a text is taken to be written for. */
export const newestVersion = "3.14";

function parts(version: string): [major: number, minor: number] {
  const [major = "0", minor = "0"] = version.replace(/^v/, "").split(".");
  return [Number.parseInt(major, 10) || 0, Number.parseInt(minor, 10) || 0];
}

/** Whether `version` (default: the newest) has what came with `since`. */
export function isAtLeast(version: string | undefined, since: string): boolean {
  const [major, minor] = parts(version ?? newestVersion);
  const [sinceMajor, sinceMinor] = parts(since);
  return major > sinceMajor || (major === sinceMajor && minor >= sinceMinor);
}
