// Puts the project's packages in place with npm, when they are missing or not the ones of the lock file.
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { PlainError } from "./plainError.mjs";
import { cleanEnvironment, npmCommand, run } from "./processes.mjs";

/** The checkout that the scripts belong to. */
export const root = resolve(import.meta.dirname, "../..");

/** Installs into the checkout unless what is there equals package-lock.json. */
export async function ensureInstalled() {
  if (isInstalled(root)) return;
  console.log("Installing the packages of package-lock.json …");
  await npm(root, ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], "the project's packages");
}

/**
 * Whether node_modules holds what the lock file names. npm writes its own list last, so a broken-off install has none.
 * @param {string} folder
 */
function isInstalled(folder) {
  const list = join(folder, "node_modules/.package-lock.json");
  if (!existsSync(list)) return false;
  const locked = packagesOf(join(folder, "package-lock.json"));
  const installed = packagesOf(list);
  return Object.entries(locked).every(([path, wanted]) => {
    if (path === "") return true;
    const found = installed[path];
    return found === undefined ? wanted.optional === true || wanted.peer === true : found.version === wanted.version;
  });
}

/** @param {string} file @returns {Record<string, { version?: string, optional?: boolean, peer?: boolean }>} */
function packagesOf(file) {
  return JSON.parse(readFileSync(file, "utf8")).packages ?? {};
}

const offline = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH)\b/;

/**
 * Runs npm in a folder, quietly.
 * @param {string} folder
 * @param {string[]} args
 * @param {string} what what is fetched, for the sentence that is told when it fails
 */
export async function npm(folder, args, what) {
  const { command, args: first, shell } = npmCommand();
  const patience = ["--fetch-retries=2", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"];
  const env = cleanEnvironment({ npm_config_update_notifier: "false" });
  const { code, output } = await run(command, [...first, ...args, ...patience], {
    cwd: folder,
    env,
    shell,
    capture: true,
  });
  if (code === 0) return;
  const cause = offline.exec(output)?.[1];
  if (cause !== undefined)
    throw new PlainError(
      `Could not fetch ${what}: the npm registry cannot be reached (${cause}). Check the network, or npm's registry and proxy settings, and run the same command again.`,
    );
  throw new PlainError(
    `Could not fetch ${what}: npm ended with code ${code}. It said:\n${output.trim().split("\n").slice(-20).join("\n")}`,
  );
}
