// `npm run screenshots`: makes the README's pictures from the real editor with the packaged extension.
import { join } from "node:path";
import { ensureInstalled, root } from "./lib/install.mjs";
import { tell } from "./lib/plainError.mjs";
import { endAll, isStopping, onStop } from "./lib/processes.mjs";

const pictures = join(root, "client/media");

/** How each picture looks: sharp on fine screens, small enough to read in a page. */
const look = { width: 1200, height: 840, scale: 1.5 };

/** How long the panel collects before and after failures begin, so that its charts show something. */
const quietMs = 25_000;
const burstMs = 35_000;

/** @typedef {typeof import("../test/e2e/ui/workbench.mjs")} Driver */
/** @typedef {import("playwright-core").Page} Page */

/** Findings and suggestions in one picture, a hover in another. @param {Driver} driver @param {Page} page */
async function takeEditing(driver, page) {
  await driver.openFile(page, "mistakes.rules.yml");
  await page.locator(".squiggly-warning, .squiggly-error").first().waitFor();
  await driver.goToEndOfLine(page, 27);
  await page.keyboard.type("\n\n");
  for (let level = 0; level < 2; level++) await page.keyboard.press("Backspace"); // From the annotation out to the rules.
  await driver.type(page, "- alert: RunsAreSlow");
  await page.keyboard.press("Escape");
  await driver.type(page, "\n  expr: rate(dkron_grpc_");
  await page.locator(".suggest-widget.visible .monaco-list-row").first().waitFor();
  await driver.takePicture(page, "editor", pictures);
  for (let open = 0; open < 2; open++) await page.keyboard.press("Escape"); // The suggestions, then the signature.
  await page.getByText("dkron_job_executions_failed_total").first().hover();
  await page.locator(".monaco-hover:visible", { hasText: "4.1.0" }).waitFor();
  await driver.takePicture(page, "hover", pictures);
}

/** The panel over the whole window, an alert of a rule file firing behind it. @param {Driver} driver @param {Page} page @param {string} name */
async function takePanel(driver, page, name) {
  await driver.openFile(page, "jobs.rules.yml");
  await driver.runCommand(page, "Dkron: Open Live Metrics");
  const panel = driver.webview(page);
  await panel.locator("canvas").first().waitFor({ timeout: 60_000 });
  await driver.runCommand(page, "Dkron: Open Live Metrics"); // Open already: it takes the focus.
  await driver.runCommand(page, "View: Toggle Maximize Editor Group");
  await driver.runCommand(page, "View: Toggle Primary Side Bar Visibility");
  await panel.getByTestId("span").selectOption("1 minute");
  await page.waitForTimeout(quietMs);
  await panel.getByTestId("scenario-menu").selectOption("failure burst");
  await page.waitForTimeout(burstMs);
  await driver.takePicture(page, name, pictures);
  await driver.runCommand(page, "View: Toggle Primary Side Bar Visibility");
  await driver.runCommand(page, "View: Close All Editors");
}

onStop(async () => {
  await endAll();
  process.exit(130);
});

try {
  await ensureInstalled();
  const driver = await import("../test/e2e/ui/workbench.mjs");
  for (const { theme, name } of [
    { theme: "Dark Modern", name: "panel" },
    { theme: "Light Modern", name: "panel-light" },
  ]) {
    const settings = { "workbench.colorTheme": theme, "editor.minimap.enabled": false, "editor.fontSize": 12 };
    const { page, stop } = await driver.openWorkbench({ settings, ...look });
    try {
      await takePanel(driver, page, name);
      if (name === "panel") await takeEditing(driver, page);
    } finally {
      await stop();
    }
  }
  console.log(`The pictures are in ${pictures}`);
} catch (error) {
  if (!isStopping()) {
    tell(error);
    process.exitCode = 1;
  }
}
