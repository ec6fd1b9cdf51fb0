// The cache folder outside the checkout: what is large and fetched once (an editor, a browser), whole or not at all.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { copyFile, mkdir, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

/** `$XDG_CACHE_HOME/dkron-metrics`, else `~/.cache/dkron-metrics`. */
export function cacheFolder() {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "dkron-metrics");
}

/**
 * The cached folder made from a manifest (package.json and its lock file): made by `fill` when it is not there.
 * It is filled beside its place and renamed when whole, so that an interruption leaves nothing that looks complete.
 * @param {string} manifest folder with package.json and package-lock.json; a change of either makes a new cache entry
 *   (so raise its version when `fill` changes)
 * @param {string} name how the entry is called
 * @param {(folder: string) => Promise<void>} fill gets a folder that holds copies of both files
 * @returns {Promise<string>} the entry's folder
 */
export async function cached(manifest, name, fill) {
  const files = ["package.json", "package-lock.json"];
  const hash = createHash("sha256");
  for (const file of files) hash.update(readFileSync(join(manifest, file)));
  const place = join(cacheFolder(), `${name}-${hash.digest("hex").slice(0, 12)}`);
  if (existsSync(place)) return place;

  await mkdir(cacheFolder(), { recursive: true });
  sweep(place);
  const partial = `${place}.partial-${process.pid}`;
  const drop = () => rmSync(partial, { recursive: true, force: true });
  process.once("exit", drop);
  try {
    await mkdir(partial);
    for (const file of files) await copyFile(join(manifest, file), join(partial, file));
    await fill(partial);
    await rename(partial, place).catch((error) => {
      if (!existsSync(place)) throw error; // Otherwise another run was first, and its entry is as good.
    });
  } finally {
    await rm(partial, { recursive: true, force: true });
    process.off("exit", drop);
  }
  return place;
}

/**
 * Removes what killed runs left of an entry.
 * @param {string} place
 */
function sweep(place) {
  for (const name of readdirSync(cacheFolder())) {
    const [entry, pid] = name.split(".partial-");
    if (pid === undefined || !place.endsWith(`/${entry}`) || isRunning(Number(pid))) continue;
    rmSync(join(cacheFolder(), name), { recursive: true, force: true });
  }
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
