// Code that V8 compiled in an earlier run, kept for the next start: half of a start is compiling otherwise. Knows no
// program, and never stands in a program's way: where nothing can be read or written, the program starts as without it.
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { cachedDataVersionTag } from "node:v8";
import type { Script } from "node:vm";

/** What a run keeps: V8's bytes, and the CPU time in ms that the run had used, for the more it did the more is in them. */
export type KeptCode = { readonly cpuMs: number; readonly data: Buffer };

/** What is known of kept code while a program runs, for which its bytes need not be held. */
export type KnownCode = { readonly cpuMs: number; readonly bytes: number };

/** A kept file starts with the CPU time as an unsigned number of 32 bits; the rest is V8's. */
const headerBytes = 8;

/**
 * A run that took so long has compiled what most runs need. What a longer one has beside would have to be read at each start,
 * and make the memory so full that it is tidied up in runs that are over before that pays.
 */
const settledMs = 300;

/** Two programs for some editors and versions of node; the oldest files beyond that are of builds that are gone. */
const mostFiles = 8;

/**
 * The file for a program's code: one for each build, version of V8 and processor. `undefined` where the user has turned
 * such caches off, with the variable that node itself heeds, and for a build without a name, which changes any time.
 */
export function keptFile(program: string, build: string, environment = process.env): string | undefined {
  if (build === "" || environment.NODE_DISABLE_COMPILE_CACHE) return undefined;
  const folder = cacheFolder(environment);
  return folder && join(folder, `${program}-${build}-${cachedDataVersionTag().toString(16)}-${process.arch}.bin`);
}

/** A folder of the user's own, where nobody else can put code: never the folder for temporary files. */
function cacheFolder(environment: NodeJS.ProcessEnv): string | undefined {
  if (process.platform === "win32")
    return environment.LOCALAPPDATA && join(environment.LOCALAPPDATA, "dkron-metrics", "Cache");
  if (environment.XDG_CACHE_HOME) return join(environment.XDG_CACHE_HOME, "dkron-metrics");
  const home = environment.HOME;
  return home && join(home, process.platform === "darwin" ? "Library/Caches" : ".cache", "dkron-metrics");
}

/** What an earlier run has kept, or `undefined`. Whether V8 takes it is V8's to say. */
export function readKept(file: string): KeptCode | undefined {
  try {
    const bytes = readFileSync(file);
    if (bytes.length <= headerBytes) return undefined;
    return { cpuMs: bytes.readUInt32LE(0), data: bytes.subarray(headerBytes) };
  } catch {
    return undefined;
  }
}

/**
 * Keeps the script's code if this run has done clearly more than the one whose code is kept, and compiled more by that: a
 * run of `--version` must not be what all later ones start from, and one over a whole repository need not be. Gives what is
 * kept from then on. Writes aside and renames, so that a reader sees a whole file or none.
 */
export function keepCode(
  file: string,
  script: Script,
  known: KnownCode | undefined,
  cpuMs: number,
): KnownCode | undefined {
  if (known && (known.cpuMs >= settledMs || cpuMs < known.cpuMs * 2)) return known;
  const data = script.createCachedData();
  if (known && data.length <= known.bytes) return known;
  const header = Buffer.alloc(headerBytes);
  header.writeUInt32LE(Math.min(Math.round(cpuMs), 0xffffffff), 0);
  const aside = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(aside, Buffer.concat([header, data]), { mode: 0o600 });
    renameSync(aside, file);
    removeOldest(dirname(file));
    return { cpuMs, bytes: data.length };
  } catch {
    quietly(() => rmSync(aside, { force: true }));
    return known;
  }
}

function quietly(act: () => void): void {
  try {
    act();
  } catch {
    // A cache that cannot be kept in order is no reason to say anything.
  }
}

function removeOldest(folder: string): void {
  const files = readdirSync(folder)
    .filter((name) => /\.bin(\.\d+)?$/.test(name))
    .map((name) => join(folder, name))
    .map((file) => ({ file, at: statSync(file).mtimeMs }))
    .sort((a, b) => b.at - a.at);
  for (const { file } of files.slice(mostFiles)) rmSync(file, { force: true });
}
