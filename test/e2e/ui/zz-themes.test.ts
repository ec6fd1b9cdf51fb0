import { writeFileSync } from "node:fs";
import { test } from "vitest";
import { openWorkbench, runCommand, webview } from "./workbench.mjs";

test("dump", async () => {
  const out: Record<string, unknown> = {};
  for (const theme of ["Dark Modern", "Light Modern", "Default High Contrast"]) {
    const { page, stop } = await openWorkbench({ theme, width: 1400, height: 900 });
    try {
      const panel = webview(page);
      await runCommand(page, "Dkron: Open Live Metrics");
      await panel.getByTestId("connection-state").waitFor({ timeout: 60_000 });
      await page.waitForTimeout(1_000);
      out[theme] = await panel.locator("html").evaluate((html) => ({ style: (html as any).style.cssText, body: (html as any).ownerDocument.body.className }));
    } finally {
      await stop();
    }
  }
  writeFileSync("/tmp/panel/themes.json", JSON.stringify(out, null, 1));
}, 280_000);
