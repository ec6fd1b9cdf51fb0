// Where the tests of the live room find material that is not part of the repository: ../shared, which may be absent.
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../../../shared");

/** A path below ../shared; undefined, with a line printed, where the folder is absent. */
export function sharedPath(...parts: string[]): string | undefined {
  const path = join(root, ...parts);
  if (existsSync(path)) return path;
  console.log(`skipped: ../shared/${parts.join("/")} is not here`);
  return undefined;
}

/** The objects of a file with one JSON object a line. */
export function readJsonLines<Row>(path: string): Row[] {
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Row);
}
