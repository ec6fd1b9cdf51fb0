// Runs the mocha suite of test/e2e/suite inside a real VS Code: a desktop one, or test/e2e/code.mjs in its place.
import { join } from "node:path";
import { cacheFolder } from "./cache.mjs";
import { removeRunFolder, runFolder } from "./codeServer.mjs";
import { root } from "./install.mjs";
import { nothing, readJson } from "./tally.mjs";
import { prepareWorkspace } from "./workspace.mjs";

/** @typedef {import("./tally.mjs").Tally} Tally */

/**
 * Which VS Code: the one named by VSCODE_EXECUTABLE; a downloaded one where it can be shown and be had; else ours.
 * @param {typeof import("@vscode/test-electron")} runner
 * @returns {Promise<string>} path of an executable that takes VS Code's arguments
 */
async function chooseEditor(runner) {
  const named = process.env.VSCODE_EXECUTABLE;
  if (named) return named;
  const substitute = join(root, "test/e2e/code.mjs");
  const hasDisplay = process.platform !== "linux" || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (!hasDisplay) {
    console.log(
      "No display here: the suite runs in code-server. VSCODE_EXECUTABLE=/path/to/code names another VS Code.",
    );
    return substitute;
  }
  try {
    return await runner.downloadAndUnzipVSCode({ cachePath: join(cacheFolder(), "desktop") });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    console.log(`Desktop VS Code cannot be downloaded (${why}): the suite runs in code-server.`);
    return substitute;
  }
}

/**
 * Runs the suite on a copy of the sample workspace and counts its tests.
 * The suite's results file is also its sign of life: an extension host that died has written none.
 * @returns {Promise<Tally>}
 */
export async function countSuite() {
  const runner = await import("@vscode/test-electron");
  const folder = await runFolder();
  const results = join(folder, "results.json");
  let code = 1;
  try {
    const workspace = await prepareWorkspace(join(folder, "sample"));
    code = await runner.runTests({
      vscodeExecutablePath: await chooseEditor(runner),
      extensionDevelopmentPath: root,
      extensionTestsPath: join(root, "dist/test/suite/index.js"),
      extensionTestsEnv: { DKRON_METRICS_TEST_RESULTS: results },
      launchArgs: [
        workspace,
        `--user-data-dir=${join(folder, "profile")}`,
        `--extensions-dir=${join(folder, "extensions")}`,
      ],
    });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  }
  const tally = await readJson(results);
  await removeRunFolder(folder);
  if (tally === undefined) return { ...nothing, failed: 1 };
  return { ...tally, failed: tally.failed > 0 || code === 0 ? tally.failed : 1 };
}
