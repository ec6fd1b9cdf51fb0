// Counts of checks, and how each kind of runner is run and counted. A runner that leaves no count is one failure.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./install.mjs";
import { cleanEnvironment, run } from "./processes.mjs";

/** @typedef {{ passed: number, failed: number, skipped: number }} Tally */

/** @type {Tally} */
export const nothing = { passed: 0, failed: 0, skipped: 0 };

/** @param {Tally} a @param {Tally} b @returns {Tally} */
export function sum(a, b) {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/**
 * The closing line.
 * @param {Tally} tally
 */
export function line({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/**
 * Runs a script of a package of the project (its `bin`), with its output shown.
 * @param {string} file path below node_modules
 * @param {string[]} args
 * @param {Record<string, string>} [extra] environment
 */
function runBin(file, args, extra) {
  return run(process.execPath, [join(root, "node_modules", file), ...args], {
    cwd: root,
    env: cleanEnvironment(extra),
  });
}

/**
 * A command that is one check: it ends with 0 or it does not.
 * @param {string} file
 * @param {string[]} args
 * @returns {Promise<Tally>}
 */
export async function countCommand(file, args) {
  const { code } = await runBin(file, args);
  return { ...nothing, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
}

/**
 * An npm script whose output marks each file with ✓ or ✖ at the start of a line.
 * @param {string} script
 * @returns {Promise<Tally>}
 */
export async function countMarks(script) {
  const { scripts } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const path = `${join(root, "node_modules/.bin")}${process.platform === "win32" ? ";" : ":"}${process.env.PATH}`;
  const { code, output } = await run(scripts[script], [], {
    cwd: root,
    env: cleanEnvironment({ PATH: path }),
    capture: true,
    shell: true,
  });
  console.log(output.trimEnd());
  const passed = output.match(/^\s*✓/gm)?.length ?? 0;
  const failed = output.match(/^\s*✖/gm)?.length ?? 0;
  return { ...nothing, passed, failed: failed > 0 || (code === 0 && passed > 0) ? failed : 1 };
}

/**
 * A vitest run. A file that does not load counts as one failure.
 * @param {string} config path from the root
 * @param {string[]} [filters]
 * @param {Record<string, string>} [extra] environment
 * @returns {Promise<Tally>}
 */
export async function countVitest(config, filters = [], extra = {}) {
  const folder = await mkdtemp(join(tmpdir(), "dkm-vitest-"));
  const file = join(folder, "results.json");
  const args = ["run", "--config", config, "--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const { code } = await runBin("vitest/vitest.mjs", [...args, ...filters], extra);
  const report = await readJson(file);
  await rm(folder, { recursive: true });
  if (report === undefined) return { ...nothing, failed: 1 };
  const unloaded = report.testResults.filter(
    (/** @type {{ status: string, assertionResults: unknown[] }} */ { status, assertionResults }) =>
      status === "failed" && assertionResults.length === 0,
  ).length;
  const failed = report.numFailedTests + unloaded;
  return {
    passed: report.numPassedTests,
    failed: failed > 0 || code === 0 ? failed : 1,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * What a file with JSON says; undefined where there is none that can be read.
 * @param {string} file
 */
export async function readJson(file) {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch {
    return undefined;
  }
}
