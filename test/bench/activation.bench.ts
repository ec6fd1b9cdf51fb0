// What activation costs, as VS Code itself measures it: the packaged extension in a real window, three times.
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const root = resolve(import.meta.dirname, "../..");

export async function run(): Promise<void> {
  // Loaded as it is, not bundled: it starts programs that it finds beside itself.
  const driver: typeof import("../e2e/ui/workbench.mjs") = await import(
    pathToFileURL(join(root, "test/e2e/ui/workbench.mjs")).href
  );
  const { page, stop } = await driver.openWorkbench();
  try {
    const times: string[] = [];
    for (let i = 0; i < 3; i++) {
      await driver.openFile(page, "jobs.rules.yml");
      await driver.runCommand(page, "Developer: Show Running Extensions");
      const row = page.locator(".runtime-extensions-editor .monaco-list-row", { hasText: "Dkron Metrics" });
      await row.filter({ hasText: /\d+ms/ }).waitFor();
      times.push(/Activation: (\d+)ms/.exec(await row.innerText())?.[1] ?? "?");
      await page.reload();
    }
    console.log(
      `activation in a real window: ${times.join(", ")} ms, loading of the bundle included (bar: activate() ≤ 30)`,
    );
  } finally {
    await stop();
  }
}
