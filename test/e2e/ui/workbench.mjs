// Drives a plain VS Code as a person does: keys, the command palette, what is seen. The extension in it is the VSIX,
// installed into clean folders. Used by the UI tests and by the script that makes the README's pictures.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { launchBrowser } from "../../../.scripts/lib/browser.mjs";
import {
  installVsix,
  prepareProfile,
  quietSettings,
  removeRunFolder,
  runFolder,
  startCodeServer,
} from "../../../.scripts/lib/codeServer.mjs";
import { root } from "../../../.scripts/lib/install.mjs";
import { PlainError } from "../../../.scripts/lib/plainError.mjs";
import { run } from "../../../.scripts/lib/processes.mjs";
import { prepareWorkspace } from "../../../.scripts/lib/workspace.mjs";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("playwright-core").FrameLocator} FrameLocator */

/**
 * @typedef {object} Workbench
 * @property {Page} page
 * @property {string} folder the copy of the sample workspace that is open
 * @property {() => Promise<void>} stop ends everything and removes its files
 */

/**
 * Packages the extension, installs it into a clean code-server and opens the sample workspace in it.
 * @param {{ settings?: Record<string, unknown>, width?: number, height?: number, scale?: number }} [look]
 * @returns {Promise<Workbench>}
 */
export async function openWorkbench({ settings, width = 1280, height = 800, scale = 1 } = {}) {
  const folder = await runFolder();
  const where = { run: folder, profile: join(folder, "profile"), extensions: join(folder, "extensions") };
  /** @type {(() => Promise<void>)[]} */
  const endings = [() => removeRunFolder(folder)];
  const stop = async () => {
    for (const end of endings.splice(0).reverse()) await end();
  };
  try {
    const vsix = join(folder, "dkron-metrics.vsix");
    await makeVsix(vsix);
    await prepareProfile(where.profile, { ...quietSettings, ...settings });
    await installVsix(vsix, where);
    const workspace = await prepareWorkspace(join(folder, "sample"));
    const server = await startCodeServer(where);
    endings.push(server.stop);
    const browser = await launchBrowser(folder);
    endings.push(() => browser.close());
    // A headless browser takes its language from the machine, where "C" becomes a tag that Intl refuses.
    const page = await browser.newPage({ viewport: { width, height }, deviceScaleFactor: scale, locale: "en-US" });
    await page.goto(`${server.url}?folder=${encodeURIComponent(workspace)}`);
    await page.locator(".explorer-folders-view .monaco-list-row").first().waitFor({ timeout: 60_000 });
    return { page, folder: workspace, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** @param {string} file */
async function makeVsix(file) {
  const script = join(root, ".scripts/package.mjs");
  const { code, output } = await run(process.execPath, [script, "--out", file], { cwd: root, capture: true });
  if (code !== 0) throw new PlainError(`npm run package ends with code ${code}:\n${output}`);
}

/**
 * Opens a file by its name and puts the cursor into it.
 * @param {Page} page
 * @param {string} name
 */
export async function openFile(page, name) {
  await quickInput(page, name);
  await page.locator(`.tab.active[aria-label*="${name}"]`).waitFor();
  await page.locator(".editor-instance .view-line").first().waitFor();
}

/**
 * Runs a command by its title in the command palette.
 * @param {Page} page
 * @param {string} title
 */
export async function runCommand(page, title) {
  await quickInput(page, `>${title}`);
}

/**
 * Puts the cursor at the end of a line, counted from 1.
 * @param {Page} page
 * @param {number} line
 */
export async function goToEndOfLine(page, line) {
  await quickInput(page, `:${line}`);
  await page.keyboard.press("End");
}

/**
 * Types at a person's pace, at which the editor answers between the keys.
 * @param {Page} page
 * @param {string} text
 */
export async function type(page, text) {
  await page.keyboard.type(text, { delay: 50 });
}

/**
 * Fills VS Code's input box and takes its first row once that answers the text. `>` begins a command, `:` a line.
 * A window that has just opened may not hear the key, or not know its commands yet: then it is tried again.
 * @param {Page} page
 * @param {string} text
 */
async function quickInput(page, text) {
  const box = page.locator(".quick-input-widget:visible");
  const input = box.locator("input[aria-controls]");
  const row = box.locator(".monaco-list-row.focused", { hasText: text.replace(/^>/, "") });
  for (let tries = 15; ; tries--) {
    if (tries === 0) throw new Error(`VS Code's input box has no row for "${text}"`);
    await page.keyboard.press("F1");
    if (!(await appears(input))) continue;
    if (!(await succeeds(input.fill(text, { timeout: 2000 })))) continue; // A webview that opens takes the focus, and the box closes.
    if (text.startsWith(":") || (await appears(row))) break;
  }
  await page.keyboard.press("Enter");
  await box.waitFor({ state: "hidden" });
}

/** @param {import("playwright-core").Locator} locator */
function appears(locator) {
  return succeeds(locator.waitFor({ timeout: 2000 }));
}

/** @param {Promise<void>} action */
function succeeds(action) {
  return action.then(
    () => true,
    () => false,
  );
}

/**
 * What is inside the webview that is shown.
 * @param {Page} page
 * @returns {FrameLocator}
 */
export function webview(page) {
  return page.frameLocator("iframe.webview.ready").frameLocator("iframe#active-frame");
}

/**
 * Saves what is seen.
 * @param {Page} page
 * @param {string} name of the picture, without ending
 */
export async function takePicture(page, name, folder = join(root, "test/e2e/screenshots")) {
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
