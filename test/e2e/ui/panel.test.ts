// What a person sees of the live panel, in a plain VS Code with the packaged extension and the emitter running.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Frame, FrameLocator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openFile, openWorkbench, runCommand, takePicture, type Workbench, webview } from "./workbench.mjs";

let workbench: Workbench;
let page: Page;
let panel: FrameLocator;
const refused: string[] = [];

beforeAll(async () => {
  workbench = await openWorkbench();
  page = workbench.page;
  page.on("console", (message) => {
    if (/Content Security Policy/.test(message.text())) refused.push(message.text());
  });
  panel = webview(page);
});

afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await takePicture(page, `failed ${task.name}`);
});

afterAll(() => workbench?.stop());

/** What axe leaves on a page's window. */
type Axe = { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> };

/** The charts that have something drawn in them once they are in sight: a canvas with pixels of at least two colours beside nothing. */
function drawnCharts(): Promise<string[]> {
  return panel.locator("[data-testid^=chart-]").evaluateAll(async (charts) => {
    const drawn: string[] = [];
    for (const chart of charts) {
      chart.scrollIntoView();
      await new Promise((done) => setTimeout(done, 150));
      const canvas = chart.querySelector("canvas");
      const context = canvas?.getContext("2d");
      if (!canvas || !context || canvas.width === 0 || canvas.height === 0) continue;
      const pixels = new Uint32Array(context.getImageData(0, 0, canvas.width, canvas.height).data.buffer);
      if (new Set(pixels).size > 2) drawn.push(chart.getAttribute("data-testid") ?? "");
    }
    charts[0]?.ownerDocument.defaultView?.scrollTo(0, 0);
    return drawn;
  });
}

/** The frame of the panel's own page, for scripts that its content policy keeps out of a `<script>`. */
function panelFrame(): Frame {
  const frame = page.frames().find((candidate) => candidate.parentFrame()?.url().includes("/webview/browser/pre/"));
  if (!frame) throw new Error("the panel has no frame");
  return frame;
}

/** The share of successes that the legend shows, in percent. */
async function successRate(): Promise<number> {
  const value = panel.getByTestId("chart-success-rate").locator(".legend .strong .value");
  return (await value.count()) === 0 ? Number.NaN : Number.parseFloat(await value.innerText());
}

describe("the live panel", () => {
  test("opens by command, connects to the emitter and draws charts", async () => {
    await openFile(page, "jobs.rules.yml");
    await runCommand(page, "Dkron: Open Live Metrics");
    await panel.getByTestId("connection-state").waitFor({ timeout: 60_000 });
    await expect.poll(drawnCharts, { timeout: 30_000 }).toContain("chart-heap");
    await expect.poll(() => panel.getByTestId("last-scrape").innerText(), { timeout: 10_000 }).not.toBe("");
    await takePicture(page, "panel");
  });

  test("keeps drawing: the time of the last scrape moves on", async () => {
    const before = await panel.getByTestId("last-scrape").innerText();
    await expect.poll(() => panel.getByTestId("last-scrape").innerText(), { timeout: 15_000 }).not.toBe(before);
  });

  test("has all of its charts drawn once executions have finished", async () => {
    const charts = ["success-rate", "duration", "goroutines", "heap", "gc", "cluster"];
    const ids = charts.map((name) => `chart-${name}`);
    await expect.poll(drawnCharts, { timeout: 60_000 }).toEqual(expect.arrayContaining(ids));
  });

  test("has no serious fault that axe knows of", async () => {
    const source = readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");
    const frame = panelFrame();
    await frame.evaluate(source);
    const { violations } = await frame.evaluate(() => (globalThis as unknown as { axe: Axe }).axe.run());
    const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  });

  test("shows an alert of the open file go from pending to firing in a failure burst, its text filled in", async () => {
    await expect.poll(successRate, { timeout: 60_000 }).toBeGreaterThan(0);
    await panel.getByTestId("tab-alerts").click();
    const alert = panel.getByTestId("alerts-list").locator("li", { hasText: "DkronJobFails" });
    // One row a job that fails: a burst of one job does not keep another from failing too.
    await alert
      .filter({ hasText: /inactive|unknown/ })
      .first()
      .waitFor();
    await panel.getByTestId("scenario-menu").selectOption("failure burst");
    await panel.getByTestId("emitter-state").filter({ hasText: "Emitter plays" }).waitFor();
    await alert
      .filter({ hasText: /pending.*fires in \d+ s/s })
      .first()
      .waitFor({ timeout: 60_000 });
    const firing = alert.filter({ hasText: "firing" }).first();
    await firing.waitFor({ timeout: 60_000 });
    expect(await firing.innerText()).toMatch(/Job \S+ failed [\d.]+ times within a minute/);
    expect(await firing.locator("svg").getAttribute("aria-label")).toMatch(/(inactive|unknown).*pending.*firing/);
    expect(await panel.getByTestId("tab-alerts").innerText()).toMatch(/Alerts\s*\d/);
    await page.getByRole("button", { name: /firing/ }).waitFor(); // In the status bar.
    await takePicture(page, "panel alerts");
  });

  test("shows the failure burst: the success rate falls", async () => {
    await panel.getByTestId("tab-overview").click();
    await expect.poll(successRate, { timeout: 90_000, interval: 1_000 }).toBeLessThan(90);
    await takePicture(page, "panel failure burst");
  });

  test("has jobs, members and a sentence for what the version does not export", async () => {
    await panel.getByTestId("tab-jobs").click();
    await expect.poll(() => panel.getByTestId("jobs-table").locator("tbody tr").count()).toBeGreaterThan(3);
    await takePicture(page, "panel jobs");
    await panel.getByTestId("tab-cluster").click();
    await expect.poll(() => panel.getByTestId("members-table").locator("tbody tr").count()).toBeGreaterThan(1);
    await panel.getByText(/exports none of the \d+ Raft metrics/).waitFor();
    await panel.getByTestId("tab-overview").click();
  });

  test("says why when the emitter stops, and what to do", async () => {
    await runCommand(page, "Dkron: Stop Emitter");
    await expect.poll(() => panel.getByTestId("failure-reason").innerText(), { timeout: 30_000 }).toMatch(/\w+ \w+/);
    await takePicture(page, "panel stopped");
  });

  test("recovers when the emitter is back", async () => {
    await runCommand(page, "Dkron: Start Emitter");
    await panel.getByTestId("failure-reason").waitFor({ state: "hidden", timeout: 60_000 });
    expect(await panel.getByTestId("connection-state").innerText()).toMatch(/^Live/);
    await expect.poll(drawnCharts, { timeout: 30_000 }).toContain("chart-heap");
  });

  test("goes on when it was hidden behind another editor, and when it is moved to another group", async () => {
    const state = panel.getByTestId("connection-state");
    await runCommand(page, "Dkron: Open Live Metrics"); // Open already: it takes the focus.
    await runCommand(page, "Dkron: Open Sample Rule File");
    await state.waitFor({ state: "detached" });
    await runCommand(page, "Dkron: Open Live Metrics");
    await state.filter({ hasText: "Live" }).waitFor({ timeout: 30_000 });
    await expect.poll(drawnCharts, { timeout: 30_000 }).toContain("chart-heap");
    await runCommand(page, "View: Move Editor into Previous Group");
    await state.filter({ hasText: "Live" }).waitFor({ timeout: 30_000 });
    await expect.poll(drawnCharts, { timeout: 30_000 }).toContain("chart-heap");
  });

  test("goes on when the language server is restarted", async () => {
    // A restart takes a tenth of a second: what is said meanwhile is gone before one could wait for it.
    await panelFrame().evaluate(() => {
      const said: string[] = [];
      const note = (): void => {
        said.push(document.querySelector("[data-testid=connection-state]")?.textContent ?? "");
      };
      new MutationObserver(note).observe(document.body, { subtree: true, childList: true, characterData: true });
      Object.assign(window, { said });
    });
    const said = (): Promise<string[]> => panelFrame().evaluate(() => (window as unknown as { said: string[] }).said);
    await runCommand(page, "Dkron: Restart Language Server");
    await expect.poll(said, { timeout: 15_000 }).toContainEqual(expect.stringContaining("language server"));
    await panel.getByTestId("connection-state").filter({ hasText: "Live" }).waitFor({ timeout: 30_000 });
  });

  test("survives a reload of the window", async () => {
    await page.reload();
    await panel.getByTestId("connection-state").waitFor({ timeout: 60_000 });
    // The editor keeps a view's state now and then, so that it may come back on an earlier tab.
    await panel.getByTestId("tab-overview").click();
    await expect.poll(drawnCharts, { timeout: 60_000 }).toContain("chart-heap");
  });

  test("follows the light theme", async () => {
    const colour = (): Promise<string> => panelFrame().evaluate(() => getComputedStyle(document.body).color);
    const dark = await colour();
    await runCommand(page, "Preferences: Toggle between Light/Dark Themes");
    await expect.poll(colour).not.toBe(dark);
    await expect.poll(drawnCharts, { timeout: 30_000 }).toContain("chart-heap");
    await takePicture(page, "panel light");
  });

  test("asked for nothing that its content policy refuses, and no failure popped up", async () => {
    expect(refused).toEqual([]);
    expect(await page.locator(".notification-toast:has(.codicon-error)").allInnerTexts()).toEqual([]);
  });
});
