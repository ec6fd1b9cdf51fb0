// Which files a configuration leaves alone: its globs on paths below its folder. Knows no disk.
import picomatch from "picomatch";
import type { Configuration } from "./configuration.ts";

const kept = new WeakMap<Configuration, (path: string) => boolean>();

/** `path` is that of the file, from the folder of the configuration on, parted by `/`. A folder's name means all below it. */
export function isIgnored(configuration: Configuration, path: string): boolean {
  if (configuration.ignore.length === 0) return false;
  let matches = kept.get(configuration);
  if (!matches) {
    const globs = configuration.ignore.map((glob) => glob.replace(/^\.\//, "").replace(/\/$/, ""));
    matches = picomatch([...globs, ...globs.map((glob) => `${glob}/**`)], { dot: true });
    kept.set(configuration, matches);
  }
  return matches(path);
}
