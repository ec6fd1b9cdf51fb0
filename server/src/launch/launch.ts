// Entry of both programs of the server: runs the bundle beside it, ready compiled where an earlier run has left that. The
// bundle is a function of what a module is given: put around it here, its text would be in memory twice.
// Knows neither program.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { Script } from "node:vm";
import { keepCode, keptFile, readKept } from "./codeCache.ts";
import { type Life, readFlags, settledFlags, v8Flags } from "./v8Flags.ts";

/**
 * Which bundle this is the start of, a hash of its text, its encoding, and how long a run of it goes on: set by the build.
 * A bundle that is ASCII alone is read as Latin-1, which takes a third of the time.
 */
declare const launchedProgram: string;
declare const launchedBuild: string;
declare const launchedEncoding: "latin1" | "utf8";
declare const launchedLife: Life;

/**
 * How long a program is taken to start and to read what is open. Then its code is kept, for a server that an editor kills
 * says no goodbye.
 */
const settledAfterMs = 10_000;

const setFlags = (flags: readonly string[]): void => {
  for (const flag of flags) setFlagsFromString(flag);
};

// Set before compiling: kept code is valid for equal flags.
const startFlags = v8Flags(process.versions.v8, launchedLife);
setFlags(startFlags);

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const filename = join(__dirname, `${launchedProgram}.main.js`);
const file = keptFile(launchedProgram, launchedBuild);
const kept = file === undefined ? undefined : readKept(file);
const text = readFileSync(filename, launchedEncoding);
const script = new Script(text, { filename, ...(kept && { cachedData: kept.data }) });

let known = kept && script.cachedDataRejected !== true ? { cpuMs: kept.cpuMs, bytes: kept.data.length } : undefined;

function keep(): void {
  if (file === undefined) return;
  setFlags(startFlags);
  known = keepCode(file, script, known, cpuMs());
}

process.on("exit", keep);
setTimeout(() => {
  if (!known) keep();
  setFlags(settledFlags(process.versions.v8, launchedLife));
}, settledAfterMs).unref();

/** For the program, on its `module`: to be called when all that its run is about has been read. */
const onRead = (): void => setFlags(readFlags(process.versions.v8, launchedLife));

script.runInThisContext()(exports, require, Object.assign(module, { onRead }), filename, __dirname);
