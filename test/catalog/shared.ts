// The recordings and facts beside the repository: read in place, skipped with a printed line where they are absent.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../../../shared");

/** Whether the material is there; says so once where it is not. */
export function sharedIsHere(what: string): boolean {
  if (existsSync(root)) return true;
  console.log(`../shared is absent: ${what} skipped`);
  return false;
}

export const sharedText = (path: string): string => readFileSync(join(root, path), "utf8");

export type Moment = { readonly file: string; readonly server: string; readonly at_s: number; readonly moment: string };

export type Recording = {
  readonly version: string;
  readonly scenario: "solo" | "cluster";
  readonly folder: string;
  readonly files: readonly string[];
  readonly moments: readonly Moment[];
};

/** Every recorded version and scenario that has scrape bodies. */
export function recordings(): Recording[] {
  const found: Recording[] = [];
  if (!existsSync(join(root, "recordings"))) return found;
  for (const version of readdirSync(join(root, "recordings")).sort()) {
    for (const scenario of ["solo", "cluster"] as const) {
      const folder = `recordings/${version}/${scenario}`;
      if (!existsSync(join(root, folder, "moments.json"))) continue;
      const { moments } = JSON.parse(sharedText(`${folder}/moments.json`)) as { moments: Moment[] };
      found.push({ version, scenario, folder, files: readdirSync(join(root, folder)).sort(), moments });
    }
  }
  return found;
}
