// Which names of files an agent reads, by version: viper goes by the ending alone. Knows no content.
import { compareVersions } from "../versions.ts";

/** Endings that viper knows at all; upper case is another ending. */
const known = new Set([
  "json",
  "toml",
  "yaml",
  "yml",
  "properties",
  "props",
  "prop",
  "hcl",
  "tfvars",
  "dotenv",
  "env",
  "ini",
]);

/** Those that it can still decode since 1.20, which Dkron has since 4.0.5. */
const decoded = new Set(["json", "toml", "yaml", "yml", "dotenv", "env"]);

/** The last part of a path or URI behind its last dot; empty where there is none. */
export function endingOf(path: string): string {
  return /[^/\\]\.([^./\\]*)$/.exec(path)?.[1] ?? "";
}

/** Why an agent of this version ignores a file of that ending, in viper's words; undefined where it reads it. */
export function endingFault(ending: string, version: string): string | undefined {
  if (!known.has(ending)) return `Unsupported Config Type ${JSON.stringify(ending)}`;
  if (!decoded.has(ending) && compareVersions(version, "4.0.5") >= 0)
    return "While parsing config: decoder not found for this format";
  return undefined;
}

/** Whether a file of that ending holds YAML: what it is meant to be, if the ending is odd. */
export function isYaml(ending: string): boolean {
  return !known.has(ending) || ending === "yaml" || ending === "yml";
}

/** Whether it holds something that can be read as YAML, which JSON can, but for what breaks it. */
export function looksLikeYaml(ending: string): boolean {
  return isYaml(ending) || ending === "json";
}
