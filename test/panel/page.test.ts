// The panel as a person uses it, in a browser without the editor: drawn, by keyboard, told aloud, refused nothing, fluid at 10,000
// series, failing with a reason and back again.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AlertStateFrame, Frame, SeriesInfo } from "../../client/src/panel/messages.ts";
import { changeTheme, openPanelPage, type PanelPage } from "./page.ts";

let panel: PanelPage;
const complaints: string[] = [];

beforeAll(async () => {
  panel = await openPanelPage({ emitter: { servers: 3, workers: 1 }, state: { spanMillis: 60_000 } });
  panel.page.on("console", (message) => {
    if (message.type() === "error" || /Content Security Policy/.test(message.text())) complaints.push(message.text());
  });
  panel.page.on("pageerror", (error) => complaints.push(error.message));
});

afterAll(() => panel?.close());

const tabs = ["overview", "metrics", "jobs", "cluster", "alerts", "connection"];

/** Drawings with more than an empty ground. */
const drawn = (): Promise<number> =>
  panel.page.evaluate(
    `[...document.querySelectorAll("canvas:not(.sparkline)")].filter((canvas) => {
      const pixels = canvas.width && new Uint32Array(canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.buffer);
      return pixels && new Set(pixels).size > 2;
    }).length`,
  );

async function violations(): Promise<string[]> {
  const source = readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");
  await panel.page.evaluate(source);
  const found = (await panel.page.evaluate("axe.run()")) as {
    violations: { id: string; nodes: { html: string; any?: { message: string }[] }[] }[];
  };
  return found.violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join("\n")} ${nodes[0]?.any?.[0]?.message}`,
  );
}

describe("the overview", () => {
  test("draws all six charts and says to what it is connected", async () => {
    await expect.poll(drawn, { timeout: 20_000 }).toBe(6);
    expect(await panel.page.getByTestId("connection-state").innerText()).toMatch(/^Live: http:\/\/127\.0\.0\.1:\d+/);
    expect(await panel.page.getByTestId("last-scrape").innerText()).toMatch(/\d\d:\d\d:\d\d/);
  });

  test("a failure burst lowers the success rate", async () => {
    const share = async (): Promise<number> => {
      const legend = panel.page.getByTestId("chart-success-rate").locator(".legend .strong .value");
      return Number.parseFloat(await legend.innerText());
    };
    await panel.page.getByTestId("scenario-menu").selectOption("failure burst");
    await expect.poll(share, { timeout: 30_000, interval: 500 }).toBeLessThan(95);
    expect(await panel.page.getByTestId("emitter-state").innerText()).toBe("Emitter plays");
  });

  test("each chart has a table of the same data", async () => {
    const card = panel.page.getByTestId("chart-goroutines");
    await card.getByRole("button", { name: "Goroutines as a table" }).click();
    await expect.poll(() => card.locator("tbody tr").count()).toBeGreaterThan(2);
    const cells = await card.locator("tbody tr").first().locator("td").allInnerTexts();
    expect(cells.length).toBe(
      await card
        .locator("thead th")
        .count()
        .then((count) => count - 1),
    );
    await card.getByRole("button", { name: "Goroutines as a table" }).click();
  });

  test("a line is hidden from its legend", async () => {
    const entry = panel.page.getByTestId("chart-heap").locator(".legend button").first();
    await entry.click();
    expect(await entry.getAttribute("aria-pressed")).toBe("false");
    await entry.click();
    expect(await entry.getAttribute("aria-pressed")).toBe("true");
  });

  test("arrow keys read values aloud and move the crosshair of all charts", async () => {
    await panel.page.getByTestId("chart-goroutines").locator(".surface").focus();
    await panel.page.keyboard.press("Home");
    await panel.page.keyboard.press("ArrowRight");
    const said = panel.page.locator('.unseen[role="status"]');
    await expect.poll(() => said.innerText()).toMatch(/^\d\d:\d\d:\d\d: .+ \d+/);
    expect(await panel.page.getByTestId("chart-heap").locator(".moment").innerText()).toMatch(/\d\d:\d\d:\d\d/);
  });

  const crosshairs = (): Promise<number> => panel.page.locator(".crosshair:visible").count();

  test("the crosshair goes when the keyboard leaves the chart", async () => {
    await expect.poll(crosshairs).toBe(6);
    await panel.page.keyboard.press("Tab");
    expect(await crosshairs()).toBe(0);
  });

  test("the pointer moves the crosshair of all charts, and takes it along when it leaves", async () => {
    const { page } = panel;
    const canvas = page.getByTestId("chart-heap").locator("canvas");
    await canvas.hover({ position: { x: 200, y: 60 } });
    expect(await crosshairs()).toBe(6);
    const line = await page.getByTestId("chart-heap").locator(".crosshair").boundingBox();
    expect(Math.abs((line?.x ?? 0) - ((await canvas.boundingBox())?.x ?? 0) - 200)).toBeLessThanOrEqual(1);
    const moments = await page.locator(".moment:visible").allInnerTexts();
    expect(moments.filter((moment) => /^\d\d:\d\d:\d\d$/.test(moment)).length).toBe(6);
    await canvas.hover({ position: { x: 200, y: 168 } });
    expect(await crosshairs()).toBe(0);
  });

  /** The colour of the axis' labels, as the most opaque pixel beside the drawing has it. */
  const labelColour = (): Promise<number[]> =>
    panel.page.getByTestId("chart-heap").evaluate((card) => {
      const context = card.querySelector("canvas")?.getContext("2d");
      const { data } = context?.getImageData(0, 0, 40, 150) ?? { data: [] };
      let most = 0;
      for (let at = 0; at < data.length; at += 4) if ((data[at + 3] ?? 0) > (data[most + 3] ?? 0)) most = at;
      return [...data.slice(most, most + 3)];
    });

  test.each(["Light Modern", "Dark High Contrast", "Dark Modern"] as const)(
    "labels of axes have the colours of %s",
    async (theme) => {
      await changeTheme(panel.page, theme);
      const muted = await panel.page.evaluate(
        `const probe = document.createElement("p"); probe.style.color = "var(--vscode-descriptionForeground)"; document.body.append(probe);
         const [, ...parts] = /(\\d+), (\\d+), (\\d+)/.exec(getComputedStyle(probe).color); probe.remove(); parts.map(Number)`,
      );
      // What is not wholly opaque has lost a little to rounding.
      const far = (colour: number[]): number =>
        Math.max(...colour.map((part, i) => Math.abs(part - ((muted as number[])[i] ?? 0))));
      await expect.poll(async () => far(await labelColour()), { timeout: 5_000 }).toBeLessThan(12);
    },
  );

  test("drawings are as sharp as the screen and as wide as their place", async () => {
    const { page } = panel;
    const session = await page.context().newCDPSession(page);
    /** Device pixels of the canvas, of its box on the page, and of the place that is there for it. */
    const sizes = (): Promise<number[]> =>
      page.getByTestId("chart-heap").evaluate((card) => {
        const wide = (name: string): number => card.querySelector(name)?.getBoundingClientRect().width ?? 0;
        const there = [wide("canvas"), wide(".surface")].map(
          (width) => width * (card.ownerDocument.defaultView?.devicePixelRatio ?? 1),
        );
        return [card.querySelector("canvas")?.width ?? 0, ...there];
      });
    const isSharp = async (): Promise<boolean> => {
      const [canvas = 0, box = 0, place = 0] = await sizes();
      return canvas === Math.floor(place) && Math.abs(canvas - box) < 0.1;
    };
    const metrics = { width: 1000, height: 900, deviceScaleFactor: 2, mobile: false };
    await session.send("Emulation.setDeviceMetricsOverride", metrics);
    await expect.poll(async () => (await sizes())[0]).toBeGreaterThan(700);
    await expect.poll(isSharp, { timeout: 5_000 }).toBe(true);
    await session.send("Emulation.clearDeviceMetricsOverride");
    await expect.poll(async () => (await sizes())[0]).toBeLessThan(700);
    await expect.poll(isSharp, { timeout: 5_000 }).toBe(true);
    await session.detach();
  });

  test("saves what it shows in four forms", async () => {
    const menu = panel.page.getByTestId("chart-goroutines").getByRole("combobox", { name: "Save Goroutines" });
    for (const kind of ["csv", "json", "svg", "png"]) await menu.selectOption(kind);
    const saves = panel.said.filter((message) => message.type === "save");
    expect(saves.map(({ kind }) => kind)).toEqual(["csv", "json", "svg", "png"]);
    const [csv, json, svg, png] = saves.map(({ content }) => content);
    expect(csv?.split("\r\n")[0]).toMatch(/^time,/);
    expect(JSON.parse(json ?? "").title).toBe("Goroutines");
    expect(svg).toMatch(/^<svg [\s\S]+<path d="M[\s\S]+<\/svg>\n$/);
    expect(
      Buffer.from(png ?? "", "base64")
        .subarray(1, 4)
        .toString(),
    ).toBe("PNG");
  });

  test("pause holds the time still", async () => {
    const pause = panel.page.getByTestId("pause");
    await panel.page.evaluate(
      `globalThis.changedAt = performance.now(); new MutationObserver(() => { changedAt = performance.now(); }).observe(
        document.querySelector('[data-testid="chart-heap"]'),
        { subtree: true, childList: true, characterData: true, attributes: true },
      )`,
    );
    const unchanged = (): Promise<number> => panel.page.evaluate("performance.now() - changedAt");
    await pause.click();
    // What had come before is drawn once more, on a busy machine some time later. Then nothing is touched, though four
    // scrapes come each second: each change would have the page look at its styles and its layout anew.
    await expect.poll(unchanged, { timeout: 15_000 }).toBeGreaterThan(2_000);
    await pause.click();
    await expect.poll(unchanged, { timeout: 15_000 }).toBeLessThan(1_000);
  });
});

describe("tabs", () => {
  test("arrow keys go from one to the next, and only the open one is a stop of the Tab key", async () => {
    await panel.page.getByTestId("tab-overview").focus();
    for (const next of [...tabs.slice(1), "overview"]) {
      await panel.page.keyboard.press("ArrowRight");
      expect(await panel.page.getByTestId(`tab-${next}`).getAttribute("aria-selected")).toBe("true");
    }
    expect(await panel.page.locator('[role="tab"][tabindex="0"]').count()).toBe(1);
  });

  test.each(tabs)("axe finds no fault in %s", async (tab) => {
    await panel.page.getByTestId(`tab-${tab}`).click();
    await panel.page.waitForTimeout(600);
    expect(await violations()).toEqual([]);
  });

  test.each(["Light Modern", "Dark High Contrast", "Light High Contrast"] as const)(
    "axe finds no fault in any tab in %s",
    async (theme) => {
      await changeTheme(panel.page, theme);
      const found: string[] = [];
      for (const tab of tabs) {
        await panel.page.getByTestId(`tab-${tab}`).click();
        await panel.page.waitForTimeout(600);
        found.push(...(await violations()));
      }
      await changeTheme(panel.page, "Dark Modern");
      expect(found).toEqual([]);
    },
  );

  test("jobs are listed with their executions", async () => {
    await panel.page.getByTestId("tab-jobs").click();
    await expect.poll(() => panel.page.getByTestId("jobs-table").locator("tbody tr").count()).toBeGreaterThan(3);
    await expect.poll(() => panel.page.locator(".timeline rect").count(), { timeout: 10_000 }).toBeGreaterThan(2);
  });

  test("members and leader are there, and a sentence where a version exports no raft metrics", async () => {
    await panel.page.getByTestId("tab-cluster").click();
    await expect.poll(() => panel.page.getByTestId("members-table").locator("tbody tr").count()).toBe(4);
    expect(await panel.page.getByTestId("leader").innerText()).toMatch(/leads the cluster/);
    await panel.page.getByText(/exports none of the \d+ Raft metrics/).waitFor();
  });
});

const alert = (change: Partial<AlertStateFrame>): AlertStateFrame => ({
  group: "jobs",
  rule: "JobFails",
  file: "file:///rules/jobs.rules.yml",
  state: "inactive",
  since: null,
  value: null,
  labels: {},
  annotations: {},
  ...change,
});

describe("the alerts tab", () => {
  const show = (...alerts: AlertStateFrame[]): Promise<void> => {
    const ruleAlerts = [{ file: "file:///rules/jobs.rules.yml", group: "jobs", alerts }];
    const frame: Frame = { sequence: 9, at: Date.now(), full: false, ruleAlerts, columns: [], events: [] };
    return panel.post({ type: "frame", frame });
  };

  test("an alert goes from inactive to pending, with the time that is left, and to firing", async () => {
    const { page } = panel;
    await page.getByTestId("tab-alerts").click();
    const item = page.getByTestId("alerts-list").locator("li", { hasText: "JobFails" });
    const badge = page.getByTestId("tab-alerts");
    await show(alert({}));
    await expect.poll(() => item.innerText()).toMatch(/○ inactive/);
    expect(await page.getByTestId("alerts-lead").innerText()).toBe("Nothing fires, 1 inactive.");
    await page.waitForTimeout(300);

    const since = Date.now();
    const labels = { alertname: "JobFails", job_name: "backup" };
    const active = { since, labels, value: 5, annotations: { summary: "Job backup fails" } };
    await show(alert({ ...active, state: "pending", firesAt: since + 10_000 }));
    await expect.poll(() => item.innerText()).toMatch(/◐ pending[\s\S]+fires in \d+ s/);
    expect(await item.locator("progress").isVisible()).toBe(true);
    expect(await badge.innerText()).toMatch(/Alerts\s*1/);
    await page.waitForTimeout(300);

    await show(alert({ ...active, state: "firing" }));
    await expect.poll(() => item.innerText()).toMatch(/● firing[\s\S]+Job backup fails[\s\S]+job_name=backup/);
    expect(await item.locator("progress").isVisible()).toBe(false);
    expect(await item.locator("svg").getAttribute("aria-label")).toMatch(/^inactive .*, pending .*, firing /);
    expect(await badge.innerText()).toMatch(/1\s*, 1 firing/);
    expect(await violations()).toEqual([]);
  });

  test("the rule is shown where it is written", async () => {
    await panel.page.getByRole("button", { name: "JobFails" }).click();
    await expect
      .poll(() => panel.said.find(({ type }) => type === "showRule"))
      .toMatchObject({ file: "file:///rules/jobs.rules.yml", rule: "JobFails" });
    await show();
    await panel.page.getByText("No open file has an alert.").waitFor();
  });
});

describe("the metrics tab", () => {
  test("finds a series, shows what the catalogue says, pins it and uses it in a rule", async () => {
    const { page } = panel;
    await page.getByTestId("tab-metrics").click();
    await page.getByTestId("metric-search").fill("go_goroutines 127");
    await expect.poll(() => page.locator(".row:visible").count()).toBe(4);
    await page.getByTestId("series-list").focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    const title = page.getByTestId("metric-detail").locator("h2").first();
    await expect.poll(() => title.innerText()).toContain("go_goroutines{");
    expect(await page.getByTestId("metric-detail").locator(".meaning").innerText()).not.toBe("");
    await page.getByTestId("use-in-rule").click();
    await expect
      .poll(() => panel.said.find(({ type }) => type === "useInRule"))
      .toMatchObject({ expression: "go_goroutines" });
    await page.getByTestId("pin").click();
    await page.getByTestId("tab-overview").click();
    await page.locator('[data-testid^="chart-pinned-"]').waitFor();
  });

  test("10,000 series: only the rows in sight exist, to the end of the list", async () => {
    const { page } = panel;
    await page.getByTestId("tab-metrics").click();
    await page.getByTestId("metric-search").fill("");
    const added = Array.from({ length: 10_000 }, (_, i) => many(1_000_000 + i));
    const frame: Frame = { sequence: 9, at: Date.now(), full: false, added, columns: [], events: [] };
    await panel.post({ type: "frame", frame });
    await expect.poll(() => page.locator(".search .muted").first().innerText()).toMatch(/^10\d{3} of/);
    expect(await page.locator(".row").count()).toBeLessThan(80);
    await page.getByTestId("series-list").focus();
    await page.keyboard.press("End");
    await expect.poll(() => page.locator(".row[aria-selected=true]").innerText()).not.toBe("");
    const watched = panel.said.filter((message) => message.type === "watch").at(-1);
    expect(watched?.ids.length).toBeLessThan(150);
  });
});

const many = (id: number): SeriesInfo => ({
  id,
  source: "agent",
  name: `many_${id % 100}_total`,
  labels: { job_name: `job-${id}` },
  type: "counter",
  role: "total",
  cumulative: true,
  family: `many_${id % 100}_total`,
});

describe("trouble", () => {
  test("the agent stops: the reason and what to do", async () => {
    const { page } = panel;
    await page.getByTestId("tab-overview").click();
    await page.getByTestId("emitter-stop").click();
    await expect.poll(() => page.getByTestId("failure-reason").innerText(), { timeout: 10_000 }).toMatch(/\w+ \w+/);
    expect(await page.getByTestId("connection-state").innerText()).toMatch(/^(Lost|Not connected)/);
    expect(await violations()).toEqual([]);
  });

  test("an untrusted workspace and a server that is gone are told apart", async () => {
    const state = panel.page.getByTestId("failure-reason");
    await panel.post({ type: "hello", agentUrl: "http://a", trusted: false });
    await expect.poll(() => state.innerText()).toMatch(/not trusted/);
    await panel.post({ type: "hello", agentUrl: "http://a", trusted: true });
    // It is seen though frames come again at once; now and then one comes before anything can be drawn.
    const seen = await panel.page.evaluate(`(async () => {
      const state = document.querySelector("[data-testid=connection-state]");
      const frame = () => new Promise((done) => requestAnimationFrame(done));
      const isSaid = () => state.textContent.includes("language server");
      let seen = 0;
      for (let round = 0; round < 20; round++) {
        for (let frames = 0; isSaid() && frames < 200; frames++) await frame();
        window.postMessage({ type: "offline", reason: "It is starting." }, "*");
        for (let frames = 0; frames < 3; frames++) await frame();
        if (isSaid()) seen++;
      }
      return seen;
    })()`);
    expect(seen).toBeGreaterThanOrEqual(9);
    await panel.post({ type: "offline", reason: "The server has ended." });
    await expect
      .poll(() => panel.page.getByTestId("connection-state").innerText())
      .toMatch(/language server|Lost|Live|Not/);
  });

  test("nothing was refused by the content policy, nothing failed", () => {
    expect(complaints).toEqual([]);
  });
});
