// What one tick costs the panel: 24 charts of four lines with 600 points, all drawn again, in a headless browser.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import type { Page } from "playwright-core";

const root = resolve(import.meta.dirname, "../..");
const ticks = 60;

/** The page's script: the panel's own charts, each drawing 336 pixels wide, filled with numbers, and `tick` to move all of them on by a second. */
const script = `
import "./client/src/panel/view/main.css";
import "./client/src/panel/view/charts/charts.css";
import { Chart } from "./client/src/panel/view/charts/chart.ts";
const grid = document.createElement("div");
grid.className = "grid";
grid.style.gridTemplateColumns = "repeat(6, 366px)";
document.body.append(grid);
const charts = Array.from({ length: 24 }, (_, i) => {
  const chart = new Chart({ id: "chart-" + i, title: "Chart " + i, about: "", unit: "number", empty: "" });
  grid.append(chart.element);
  return chart;
});
let now = 1000;
const values = (line, phase) => Array.from({ length: 600 }, (_, i) => 50 + line * 10 + 20 * Math.sin((i + phase) / (9 + line)));
globalThis.tick = () => {
  now++;
  const times = Array.from({ length: 600 }, (_, i) => now - 599 + i);
  const lines = [0, 1, 2, 3].map((line) => ({ label: "line " + line, values: values(line, now) }));
  const began = performance.now();
  for (const chart of charts) chart.draw({ times, lines }, now - 599, now);
  return new Promise((done) => setTimeout(() => done(performance.now() - began)));
};
`;

export async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "dkron-panel-bench-"));
  const { launchBrowser } = await browserLibrary();
  const browser = await launchBrowser(folder);
  try {
    const page = await browser.newPage({ viewport: { width: 2400, height: 1600 }, locale: "en-US" });
    await openCharts(page, folder);
    const session = await page.context().newCDPSession(page);
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    const taskSeconds = async (): Promise<number> => {
      const { metrics } = await session.send("Performance.getMetrics");
      return metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN;
    };
    for (let i = 0; i < 10; i++) await page.evaluate("tick()");
    const before = await taskSeconds();
    const scripted: number[] = [];
    for (let i = 0; i < ticks; i++) {
      scripted.push((await page.evaluate("tick()")) as number);
      await page.waitForTimeout(50);
    }
    const task = ((await taskSeconds()) - before) * (1000 / ticks);
    const median = scripted.sort((a, b) => a - b)[Math.floor(ticks / 2)] ?? Number.NaN;
    console.log(
      `24 charts x 4 lines x 600 points: ${task.toFixed(1)} ms of the renderer's main thread a tick (bar 12); from call to drawn ${median.toFixed(1)} ms`,
    );
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Not bundled with the bench: it finds its own files beside it. */
function browserLibrary(): Promise<typeof import("../../.scripts/lib/browser.mjs")> {
  return import(pathToFileURL(join(root, ".scripts/lib/browser.mjs")).href);
}

async function openCharts(page: Page, folder: string): Promise<void> {
  const outfile = join(folder, "bench.js");
  const stdin = { contents: script, resolveDir: root, loader: "ts" as const };
  await build({ stdin, bundle: true, format: "iife", target: "es2022", minify: true, outfile, logLevel: "warning" });
  await page.setContent('<!DOCTYPE html><body class="vscode-dark"></body>');
  await page.evaluate("globalThis.acquireVsCodeApi = () => ({ postMessage() {}, getState() {}, setState() {} })");
  await page.addStyleTag({ content: await readFile(join(folder, "bench.css"), "utf8") });
  await page.addScriptTag({ content: await readFile(outfile, "utf8") });
}
