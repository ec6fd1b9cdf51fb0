// Runs one code-server on loopback: a real VS Code with a Node extension host, shown in a browser. Knows no test.
import { existsSync, openSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./install.mjs";
import { PlainError } from "./plainError.mjs";
import { cleanEnvironment, ended, endTree, run, startChild } from "./processes.mjs";
import { vscodeHost } from "./vscodeHost.mjs";

/** What a new profile starts with: an editor that is quiet, shows the files alone and asks nothing. */
export const quietSettings = {
  "chat.disableAIFeatures": true,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "git.enabled": false,
  "telemetry.telemetryLevel": "off",
  "workbench.colorTheme": "Dark Modern",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
};

/**
 * A folder for one run, with a short path because sockets live in it. Remove it with `rm` at the end.
 * @returns {Promise<string>}
 */
export function runFolder() {
  // A Mac's own temporary folder has a name too long for that.
  return mkdtemp(join(process.platform === "darwin" ? "/tmp" : tmpdir(), "dkm-"));
}

/**
 * Makes a profile folder ready: settings only where there are none yet, so that a person's own choices stay.
 * @param {string} profile
 * @param {Record<string, unknown>} [settings]
 */
export async function prepareProfile(profile, settings = quietSettings) {
  const file = join(profile, "User/settings.json");
  if (existsSync(file)) return;
  await mkdir(join(profile, "User"), { recursive: true });
  await writeFile(file, `${JSON.stringify(settings, null, 2)}\n`);
}

/**
 * Makes an extensions folder that holds nothing but this checkout, by a link: VS Code takes it for installed.
 * @param {string} extensions
 */
export async function linkExtension(extensions) {
  const { publisher, name, version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  await mkdir(extensions, { recursive: true });
  await symlink(root, join(extensions, `${publisher}.${name}-${version}`), "dir");
}

/**
 * @typedef {object} CodeServerOptions
 * @property {string} run folder for sockets, logs and temporary files; see `runFolder`
 * @property {string} profile user data folder
 * @property {string} extensions extensions folder
 * @property {number} [port] 0 (any free one) where absent
 * @property {boolean} [testDriver] lets a page name the extension and suite under test (and silences dialogs and toasts)
 * @property {Record<string, string | undefined>} [env] seen by the extension host too
 */

/**
 * Starts code-server and waits until it listens.
 * @param {CodeServerOptions} options
 * @returns {Promise<{ url: string, authority: string, ended: Promise<void>, stop: () => Promise<void> }>}
 */
export async function startCodeServer(options) {
  const { node, entry } = await vscodeHost();
  const child = startChild(node, [entry, ...(await serverArguments(options))], {
    stdio: ["ignore", "pipe", openSync(join(options.run, "server.log"), "a")],
    env: serverEnvironment(options.run, options.env),
  });
  const over = ended(child);
  try {
    const authority = await listening(child, over, options);
    return { url: `http://${authority}/`, authority, ended: over, stop: () => endTree(child) };
  } catch (error) {
    await endTree(child);
    throw error;
  }
}

/**
 * Installs a VSIX the way a person does, into folders of its own.
 * @param {string} vsix
 * @param {{ run: string, profile: string, extensions: string }} where
 */
export async function installVsix(vsix, where) {
  const { node, entry } = await vscodeHost();
  const args = [entry, ...(await serverArguments(where)), "--install-extension", vsix];
  const { code, output } = await run(node, args, { env: serverEnvironment(where.run), capture: true });
  if (code !== 0) throw new PlainError(`code-server does not install ${vsix}: it ended with code ${code}.\n${output}`);
}

/** @param {CodeServerOptions} options */
async function serverArguments({ run: folder, profile, extensions, port = 0, testDriver }) {
  const config = join(folder, "config.yaml");
  await writeFile(config, ""); // Without one of its own it would write ~/.config/code-server/config.yaml.
  await prepareProfile(profile);
  await mkdir(extensions, { recursive: true });
  return [
    ...["--config", config, "--bind-addr", `127.0.0.1:${port}`, "--auth", "none"],
    ...["--user-data-dir", profile, "--extensions-dir", extensions, "--session-socket", join(folder, "session.sock")],
    ...[
      "--disable-telemetry",
      "--disable-update-check",
      "--disable-workspace-trust",
      "--disable-getting-started-override",
    ],
    ...(testDriver ? ["--vscode-option", "enable-smoke-test-driver"] : []),
  ];
}

/** @param {string} folder @param {Record<string, string | undefined>} [extra] */
function serverEnvironment(folder, extra = {}) {
  return cleanEnvironment({
    ...extra,
    TMPDIR: folder,
    XDG_DATA_HOME: folder,
    EXTENSIONS_GALLERY: '{"serviceUrl":"","itemUrl":"","resourceUrlTemplate":""}', // No calls to a gallery.
  });
}

/**
 * Waits for the line in which code-server says where it listens.
 * @param {import("node:child_process").ChildProcess} child
 * @param {Promise<void>} over
 * @param {CodeServerOptions} options
 * @returns {Promise<string>} host and port
 */
async function listening(child, over, options) {
  let said = "";
  const address = new Promise((resolve) => {
    child.stdout?.setEncoding("utf8").on("data", (text) => {
      said += text;
      const match = /listening on http:\/\/(127\.0\.0\.1:\d+)/.exec(said);
      if (match) resolve(match[1]);
    });
  });
  const first = await Promise.race([address, over.then(() => undefined)]);
  if (first !== undefined) return first;
  const log = said + (await readFile(join(options.run, "server.log"), "utf8"));
  if (log.includes("EADDRINUSE"))
    throw new PlainError(
      `Port ${options.port} of 127.0.0.1 is taken by another program: choose a free one with \`npm start -- --port N\`.`,
    );
  throw new PlainError(
    `code-server ended before it listened. It said:\n${log.trim().split("\n").slice(-15).join("\n")}`,
  );
}

/**
 * Removes a run's folder. What still writes there for a moment (sockets, logs) is waited for.
 * @param {string} folder
 */
export function removeRunFolder(folder) {
  return rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
