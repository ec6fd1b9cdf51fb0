// Finds desktop VS Code by its `code` command and opens it on the sample, with this checkout as the extension.
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { cacheFolder } from "./cache.mjs";
import { root } from "./install.mjs";
import { cleanEnvironment, ended, startChild } from "./processes.mjs";

/** @returns {string | undefined} the `code` command, where it is on the PATH */
export function findDesktop() {
  const names = process.platform === "win32" ? ["code.cmd"] : ["code"];
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isExecutable);
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Opens a window of its own, apart from the person's VS Code by a profile of its own, and waits until it is closed.
 * `--verbose` keeps the command attached to its window, so that ending one ends the other.
 * @param {string} code
 * @param {string} folder
 * @param {string} file shown in it
 */
export async function openDesktop(code, folder, file) {
  const profile = join(cacheFolder(), "desktop-profile");
  const args = [`--extensionDevelopmentPath=${root}`, `--user-data-dir=${profile}`, "--disable-workspace-trust"];
  const child = startChild(code, [...args, "--new-window", "--verbose", folder, file], {
    stdio: "ignore",
    env: cleanEnvironment(),
    shell: process.platform === "win32",
  });
  await ended(child);
}
