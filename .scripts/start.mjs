// `npm start`: installs, builds, and opens a real VS Code with the extension on the sample workspace.
// Desktop VS Code where `code` is on the PATH, else code-server on loopback: `npm start -- --port N`, `-- --no-open`.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { cacheFolder } from "./lib/cache.mjs";
import { linkExtension, removeRunFolder, runFolder, startCodeServer } from "./lib/codeServer.mjs";
import { findDesktop, openDesktop } from "./lib/desktop.mjs";
import { ensureInstalled, root } from "./lib/install.mjs";
import { PlainError, tell } from "./lib/plainError.mjs";
import { endAll, isStopping, onStop, run } from "./lib/processes.mjs";
import { firstFile, refreshPlayground } from "./lib/workspace.mjs";

/** Where code-server is looked for when no port is asked for: the same address each time, so a browser tab finds it. */
const usualPort = 8421;

/** @type {string | undefined} */
let folder;

function options() {
  const { values } = parseArgs({
    options: { port: { type: "string" }, open: { type: "boolean", default: true } },
    allowNegative: true,
  });
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port < 65536))
    throw new PlainError(`--port takes a number from 0 (any free port) to 65535, not "${values.port}".`);
  return { port, open: values.open };
}

async function build() {
  const { code } = await run(process.execPath, [join(root, ".scripts/build.mjs")], { cwd: root });
  if (code !== 0) throw new PlainError("The build failed: see above.");
}

/**
 * Serves VS Code on loopback until it is stopped.
 * @param {{ port: number | undefined, open: boolean }} options
 * @param {string} workspace
 */
async function serve({ port, open }, workspace) {
  folder = await runFolder();
  const extensions = join(folder, "extensions");
  await linkExtension(extensions);
  const where = { run: folder, profile: join(cacheFolder(), "profile"), extensions };
  const server = await startCodeServer({ ...where, port: port ?? usualPort }).catch((error) => {
    if (port !== undefined || !(error instanceof PlainError) || !/ is taken /.test(error.message)) throw error;
    console.log(`Port ${usualPort} is taken by another program: using a free one.`);
    return startCodeServer(where);
  });
  const file = `vscode-remote://${server.authority}${join(workspace, firstFile)}`;
  const address = `${server.url}?${new URLSearchParams({ folder: workspace, payload: JSON.stringify([["openFile", file]]) })}`;
  console.log(`\nVS Code with Dkron Metrics: ${address}\nCtrl-C stops it.`);
  if (open) openBrowser(address);
  await server.ended;
  throw new PlainError("VS Code has ended by itself: start it again with `npm start`.");
}

/**
 * Shows the address where there is a display; the printed address is enough where there is none.
 * @param {string} address
 */
function openBrowser(address) {
  const hasDisplay = process.platform !== "linux" || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (!hasDisplay) return;
  const command = process.platform === "darwin" ? "open" : process.platform === "win32" ? "explorer" : "xdg-open";
  spawn(command, [address], { stdio: "ignore", detached: true })
    .on("error", () => {}) // No such command: the person opens the printed address.
    .unref();
}

/** Ends all that was started and leaves no temporary file. */
async function leave(/** @type {number} */ code) {
  await endAll();
  if (folder !== undefined) await removeRunFolder(folder);
  process.exit(code);
}

onStop(async () => {
  await leave(0); // Ctrl-C is how this ends: no failure.
});

try {
  const given = options();
  await ensureInstalled();
  await build();
  const desktop = given.port === undefined ? findDesktop() : undefined;
  const workspace = await refreshPlayground(join(cacheFolder(), "sample"));
  if (desktop === undefined) await serve(given, workspace);
  else {
    console.log("VS Code opens in a window of its own. Closing it, or Ctrl-C here, ends this.");
    await openDesktop(desktop, workspace, join(workspace, firstFile));
  }
  await leave(0);
} catch (error) {
  if (!isStopping()) {
    tell(error);
    await leave(1);
  }
}
