#!/usr/bin/env node
// Behaves like desktop VS Code's `code` executable, over code-server and a headless Chromium: arguments in, the exit
// code of the suite out. For `@vscode/test-electron` and `@vscode/test-cli`, or by hand:
//
//   test/e2e/code.mjs --extensionDevelopmentPath=DIR --extensionTestsPath=FILE.js [folder]
//
// Exit codes: the suite's own (0 passed, 1 failed) · 70 the extension host died before the suite wrote its results
// (VS Code itself says 0 then) · 124 nothing ended within CODE_TIMEOUT_MS (default 180000) · 130 stopped by a signal.
// The suite's last act must be to write the file that DKRON_METRICS_TEST_RESULTS names.
import { appendFileSync, existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { format, parseArgs } from "node:util";
import { launchBrowser } from "../../.scripts/lib/browser.mjs";
import { removeRunFolder, runFolder, startCodeServer } from "../../.scripts/lib/codeServer.mjs";
import { tell } from "../../.scripts/lib/plainError.mjs";
import { endAll, onStop } from "../../.scripts/lib/processes.mjs";

const exit = { hostDied: 70, late: 124, stopped: 130 };

/** What the workbench says of itself, not of the suite: kept in a file beside the server's log. */
const noise =
  /workbench\/workbench\.js|spdlog|native-watchdog|^Creating a socket|^Resolv(ing|ed) connection token|reconnection-grace-time|^\[(remote-connection|Service Worker|AgentHost)|additional builtin extensions|AccountPolicyGate/;

const run = await runFolder();
const results = process.env.DKRON_METRICS_TEST_RESULTS ?? join(run, "results.json");
const limit = Number(process.env.CODE_TIMEOUT_MS ?? 180_000);
const given = readArguments();

/** VS Code takes many options; those that do not matter here are let through unread. */
function readArguments() {
  const text = /** @type {const} */ ({ type: "string" });
  const { values, positionals } = parseArgs({
    args: process.argv.slice(2),
    options: {
      extensionDevelopmentPath: text,
      extensionTestsPath: text,
      "user-data-dir": text,
      "extensions-dir": text,
    },
    strict: false,
    allowPositionals: true,
  });
  return { values: /** @type {Record<string, string | undefined>} */ (values), folder: positionals[0] };
}

/** The address of the workbench with the extension under test and its suite. */
function workbenchUrl(/** @type {{ url: string, authority: string }} */ server) {
  const { values, folder } = given;
  const remote = (/** @type {string} */ path) => `vscode-remote://${server.authority}${resolve(path)}`;
  const { extensionDevelopmentPath: extension, extensionTestsPath: tests } = values;
  const payload = [
    ...(extension ? [["extensionDevelopmentPath", remote(extension)]] : []),
    ...(tests ? [["extensionTestsPath", remote(tests)]] : []),
  ];
  const query = new URLSearchParams({ payload: JSON.stringify(payload) });
  if (folder) query.set("folder", resolve(folder));
  return `${server.url}?${query}`;
}

/** Opens the workbench and resolves with the code that it reports when the suite has ended. */
async function runSuite() {
  const server = await startCodeServer({
    run,
    profile: given.values["user-data-dir"] ?? join(run, "profile"),
    extensions: given.values["extensions-dir"] ?? join(run, "extensions"),
    testDriver: true,
    env: { DKRON_METRICS_TEST_RESULTS: results },
  });
  const browser = await launchBrowser(run);
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const ended = new Promise((done) => page.exposeFunction("codeAutomationExit", done));
    await page.exposeFunction("codeAutomationLog", log);
    await page.goto(workbenchUrl(server));
    const gone = server.ended.then(() => {
      throw new Error("code-server ended before the suite did");
    });
    return Number(await Promise.race([ended, gone]));
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** The suite's output arrives as printf-like arguments, mixed with the workbench's own. */
function log(/** @type {string} */ type, /** @type {unknown[]} */ args) {
  const text = `${format(...(args ?? []))}\n`;
  if (noise.test(text)) appendFileSync(join(run, "workbench.log"), text);
  else (type === "error" ? process.stderr : process.stdout).write(text);
}

let leaving = false;

/** Ends everything, then this process: nothing that was started here outlives it. The first reason to leave counts. */
async function leave(/** @type {number} */ code, /** @type {string} */ why = "") {
  if (leaving) return;
  leaving = true;
  if (why) console.error(why);
  await endAll();
  if (code === exit.hostDied || code === exit.late) console.error(`The logs of this run are in ${run}`);
  else await removeRunFolder(run);
  process.exit(code);
}

onStop((signal) => leave(exit.stopped, `Stopped by ${signal}.`));
setTimeout(() => leave(exit.late, `The suite did not end within ${limit / 1000} s.`), limit);
try {
  const code = await runSuite();
  const died = code === 0 && given.values.extensionTestsPath !== undefined && !existsSync(results);
  if (died) await leave(exit.hostDied, "The extension host ended before the suite wrote its results.");
  else await leave(code);
} catch (error) {
  if (!leaving) tell(error);
  await leave(1);
}
