// Child processes of the scripts: started with a clean environment, waited for, and ended with all their descendants.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";

/** What npm, an editor's terminal or a test runner leaves in the environment and what would steer our children. */
const foreign =
  /^(npm_(?!config_)|npm_config_(local_prefix|prefix)$|INIT_CWD$|VSCODE_|ELECTRON_|CODE_SERVER_|VITEST|NODE_OPTIONS$|NODE_ENV$|PORT$|(HASHED_)?PASSWORD$)/i;

/**
 * The environment for a child: ours without what is foreign, with `extra` on top.
 * @param {Record<string, string | undefined>} [extra]
 * @returns {Record<string, string>}
 */
export function cleanEnvironment(extra = {}) {
  const kept = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  const all = [...kept, ...Object.entries(extra)].filter((entry) => entry[1] !== undefined);
  return /** @type {Record<string, string>} */ (Object.fromEntries(all));
}

/** How to call npm itself: the one that runs us where there is one, so that a version manager's choice holds. */
export function npmCommand() {
  const script = process.env.npm_execpath;
  if (script?.endsWith("js")) return { command: process.execPath, args: [script], shell: false };
  return { command: process.platform === "win32" ? "npm.cmd" : "npm", args: [], shell: process.platform === "win32" };
}

/**
 * Runs a command to its end. Output goes to ours unless `capture` is set, then it is returned.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string>, capture?: boolean, shell?: boolean, timeoutMs?: number }} [options]
 * @returns {Promise<{ code: number, output: string }>} code 127 where the command could not be started, 124 on time-out
 */
export async function run(command, args, { cwd, env = cleanEnvironment(), capture, shell, timeoutMs } = {}) {
  const child = spawn(command, args, {
    cwd,
    env,
    shell: shell ?? false,
    stdio: capture ? ["ignore", "pipe", "pipe"] : ["ignore", "inherit", "inherit"],
    detached,
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (/** @type {string} */ text) => {
      output += text;
    });
  }
  return withLeash(child, async () => {
    const late = timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs);
    late?.addEventListener("abort", () => void endTree(child));
    const code = await new Promise((resolve) => {
      child.once("error", (error) => {
        output += error.message;
        resolve(127);
      });
      child.once("close", (status, signal) => resolve(status ?? (signal === "SIGINT" ? 130 : 1)));
    });
    return { code: late?.aborted && code !== 0 ? 124 : code, output };
  });
}

/**
 * Children are out of the terminal's reach: Ctrl-C reaches us alone, and `endTree` finds what is below a child only
 * while that child lives.
 */
const detached = process.platform !== "win32";

/** Children that must not outlive us. */
const leashed = new Set();

/**
 * Holds a child on the leash while `work` goes on.
 * @template T
 * @param {import("node:child_process").ChildProcess} child
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
async function withLeash(child, work) {
  leashed.add(child);
  try {
    return await work();
  } finally {
    leashed.delete(child);
  }
}

/**
 * Starts a child that lives until `endTree`, or until we end.
 * @param {string} command
 * @param {string[]} args
 * @param {import("node:child_process").SpawnOptions} options
 */
export function startChild(command, args, options) {
  const child = spawn(command, args, { ...options, detached });
  void withLeash(child, () => ended(child));
  return child;
}

/**
 * Resolves when a child has ended or could not be started.
 * @param {import("node:child_process").ChildProcess} child
 * @returns {Promise<void>}
 */
export async function ended(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await Promise.race([once(child, "exit"), new Promise((resolve) => child.once("error", resolve))]);
}

/**
 * Ends a child and everything below it: politely first, by force after `graceMs`.
 * A process that left its group (VS Code's launcher does that) is still found, by its parent.
 * @param {import("node:child_process").ChildProcess} child
 * @param {number} [graceMs]
 */
export async function endTree(child, graceMs = 3000) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const tree = [child.pid, ...descendants(child.pid)];
  signal(tree, "SIGTERM");
  const deadline = Date.now() + graceMs;
  while (tree.some(alive) && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
  signal(tree.filter(alive), "SIGKILL");
  await ended(child);
}

/** Ends every child on the leash. For the last moments of a script. */
export async function endAll() {
  await Promise.all([...leashed].map((child) => endTree(child)));
}

let asked = false;

/** Whether we have been told to stop: what fails from then on fails because of that, and is no news. */
export function isStopping() {
  return asked;
}

/**
 * Runs `stop` once, on Ctrl-C, a closed terminal or a polite kill.
 * @param {(signal: NodeJS.Signals) => Promise<void>} stop
 */
export function onStop(stop) {
  for (const name of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(name, () => {
      // npm passes on the signal that the terminal has sent already: the same one twice is one.
      if (asked) return;
      asked = true;
      void stop(name);
    });
  }
}

/**
 * Everything below a process, at this moment.
 * @param {number} pid
 * @returns {number[]}
 */
function descendants(pid) {
  const table = parents();
  /** @type {number[]} */
  const found = [];
  const open = [pid];
  for (let parent = open.pop(); parent !== undefined; parent = open.pop()) {
    const children = table.filter((row) => row.parent === parent).map((row) => row.pid);
    found.push(...children);
    open.push(...children);
  }
  return found;
}

/** Who started whom: from /proc on Linux (a bare container has no ps), from ps elsewhere; empty on Windows. */
function parents() {
  if (process.platform === "win32") return [];
  if (process.platform === "linux")
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .flatMap(parentOf);
  const rows = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
  return rows.map((row) => row.trim().split(/\s+/).map(Number)).map(([pid = 0, parent = 0]) => ({ pid, parent }));
}

/** @param {string} pid */
function parentOf(pid) {
  try {
    // "pid (name) state ppid …": the name may hold spaces and brackets.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [state, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return state === "Z" ? [] : [{ pid: Number(pid), parent: Number(parent) }];
  } catch {
    return []; // It ended while we looked.
  }
}

/** @param {number[]} pids @param {NodeJS.Signals} name */
function signal(pids, name) {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch {
      // It has ended already.
    }
  }
}

/** @param {number} pid */
function alive(pid) {
  if (process.platform === "linux") return parentOf(String(pid)).length > 0;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
