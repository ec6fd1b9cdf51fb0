import { writeFileSync } from "node:fs";
import { test } from "vitest";
import { openWorkbench, runCommand, webview } from "./workbench.mjs";

test("dump", async () => {
  const out: Record<string, unknown> = {};
  await Promise.all(
    ["Dark Modern", "Light Modern", "Dark High Contrast"].map(async (theme) => {
      const { page, stop } = await openWorkbench({ theme, width: 1400, height: 900 });
      try {
        const panel = webview(page);
        await runCommand(page, "Dkron: Open Live Metrics");
        await panel.getByTestId("connection-state").waitFor({ timeout: 60_000 });
        await page.waitForTimeout(2_000);
        out[theme] = await panel
          .locator("html")
          .evaluate(`(html) => ({ style: html.style.cssText, body: document.body.className })`);
        console.log(
          theme,
          page
            .frames()
            .map((f) => f.name())
            .join(),
          typeof out[theme],
          await panel
            .locator("html")
            .evaluate((html) => ({
              style: (html as any).style.cssText,
              body: (html as any).ownerDocument.body.className,
            }))
            .then((v) => {
              out[theme] = v;
            }),
        );
      } finally {
        await stop();
      }
    }),
  );
  writeFileSync("/tmp/panel/themes.json", JSON.stringify(out, null, 1));
}, 280_000);
