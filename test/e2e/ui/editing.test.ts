// What a person sees while editing, in a plain VS Code with the packaged extension: squiggles, suggestions, hovers.
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { goToEndOfLine, openFile, openWorkbench, takePicture, type, type Workbench } from "./workbench.mjs";

let workbench: Workbench;
let page: Page;

beforeAll(async () => {
  workbench = await openWorkbench();
  page = workbench.page;
});

afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await takePicture(page, `failed ${task.name}`);
});

afterAll(() => workbench?.stop());

/**
 * Opens the menu of fixes at the cursor and takes the first, which must be this one. After a menu that was asked for,
 * VS Code puts off its own next look for fixes by half a second (`isManualToAutoTransition` of CodeActionModel), and
 * that look drops a menu that is being asked for just then: it is opened again, as a person would.
 */
async function chooseFix(title: string): Promise<void> {
  const first = page.locator(".action-widget .monaco-list-row.focused", { hasText: title });
  for (let tries = 0; tries < 5; tries++) {
    await page.keyboard.press("Control+.");
    const shown = await first.waitFor({ timeout: 4000 }).then(
      () => true,
      () => false,
    );
    if (shown) break;
    await page.keyboard.press("Escape");
  }
  await first.waitFor({ timeout: 4000 });
  await page.keyboard.press("Enter");
}

describe("editing", () => {
  test("the packaged extension activates and underlines the three mistakes, nothing else", async () => {
    await openFile(page, "mistakes.rules.yml");
    const squiggles = page.locator(".squiggly-warning, .squiggly-error");
    await squiggles.first().waitFor({ timeout: 30_000 });
    await expect.poll(() => squiggles.count()).toBe(3);
    await takePicture(page, "squiggles");
  });

  test("half a metric name brings the suggest widget with the metric", async () => {
    await openFile(page, "jobs.rules.yml");
    await goToEndOfLine(page, 6);
    await type(page, " + dkron_job_executions_f");
    const rows = page.locator(".suggest-widget.visible .monaco-list-row");
    await rows.filter({ hasText: "dkron_job_executions_failed_total" }).first().waitFor();
    await takePicture(page, "suggest");
    await page.keyboard.press("Escape");
  });

  test("hovering a metric says what it counts and since when", async () => {
    await openFile(page, "mistakes.rules.yml");
    await page.locator(".view-line", { hasText: "dkron_job_executions_failed_total" }).first().waitFor();
    await page.getByText("dkron_job_executions_failed_total").first().hover();
    const hover = page.locator(".monaco-hover:visible");
    await hover.filter({ hasText: "4.1.0" }).waitFor();
    await takePicture(page, "hover");
  });

  test("a quick fix takes each mistake away that can be mended", async () => {
    const squiggles = page.locator(".squiggly-warning, .squiggly-error");
    await page.locator(".view-line span", { hasText: /^dkron_job_executions_faild_total$/ }).click();
    await chooseFix("Write dkron_job_executions_failed_total");
    await expect.poll(() => squiggles.count()).toBe(2);
    await goToEndOfLine(page, 27);
    for (const _ of ' }}"') await page.keyboard.press("ArrowLeft");
    await chooseFix("Keep instance in the expression");
    await expect.poll(() => squiggles.count()).toBe(1);
    await page.locator(".view-line", { hasText: "by (job_name, instance)" }).waitFor();
  });

  test("no message about a failure has popped up", async () => {
    expect(await page.locator(".notification-toast:has(.codicon-error)").allInnerTexts()).toEqual([]);
  });
});
