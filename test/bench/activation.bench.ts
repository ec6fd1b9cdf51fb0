// What activation costs, as VS Code itself measures it: the packaged extension in a real window, three times.
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const root = resolve(import.meta.dirname, "../..");

/** In the table of the editor's own report: is it part of the start, milliseconds to load, to call, to finish. */
const row = /dkron-metrics\.dkron-metrics\s*\|\s*\w+\s*\|\s*(\d+)\s*\|\s*(\d+)\s*\|\s*(\d+)/;

export async function run(): Promise<void> {
  // Loaded as it is, not bundled: it starts programs that it finds beside itself.
  const driver: typeof import("../e2e/ui/workbench.mjs") = await import(
    pathToFileURL(join(root, "test/e2e/ui/workbench.mjs")).href
  );
  const { page, stop } = await driver.openWorkbench({ height: 3200 }); // High enough for the whole report.
  try {
    for (let i = 0; i < 3; i++) {
      await driver.openFile(page, "jobs.rules.yml");
      await page.getByText("Prometheus rules", { exact: true }).waitFor();
      await page.waitForTimeout(3_000);
      await driver.runCommand(page, "Developer: Startup Performance");
      const line = page.locator(".view-line", { hasText: /dkron-metrics\.dkron-metrics/ }).first();
      await line.waitFor();
      const [, load, call, finish] = row.exec((await line.innerText()).replaceAll("\u00a0", " ")) ?? [];
      console.log(
        `load ${load} ms, activate() ${call} ms and ${finish} ms until it has settled (bar: activate() ≤ 30)`,
      );
      await page.reload();
    }
  } finally {
    await stop();
  }
}
