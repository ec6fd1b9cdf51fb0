// What a client hears of findings, lenses and hints when another file, a setting or a name changes: news, and nothing but news.
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Files } from "../../server/src/lsp/files.ts";
import { connect, type TestClient } from "./client.ts";

/** An alert on a metric that only a recording rule makes: a finding where there is none. */
const alert = (name: string) =>
  `groups:\n  - name: ${name}\n    rules:\n      - alert: ${name}\n        for: 5m\n        expr: dkron_failures > 1\n`;
const recording = (name: string) =>
  `groups:\n  - name: g\n    rules:\n      - record: ${name}\n        expr: sum(up)\n`;
const alerts = "file:///w/alerts.rules.yml";
const recordings = "file:///w/recordings.rules.yml";

type Report = { kind: string; resultId: string; items?: { code: string }[] };

let client: TestClient;
let asked: number;
let lensesAsked: number;
let hintsAsked: number;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  asked = 0;
  lensesAsked = 0;
  hintsAsked = 0;
});
afterEach(() => {
  client.close();
  vi.useRealTimers();
});

async function start(capabilities: object, files?: Files): Promise<void> {
  client = await connect({ capabilities, workspaceFolders: [{ uri: "file:///w", name: "w" }] }, files);
  client.connection.onRequest("workspace/diagnostic/refresh", () => {
    asked++;
    return null;
  });
  client.connection.onRequest("workspace/codeLens/refresh", () => {
    lensesAsked++;
    return null;
  });
  client.connection.onRequest("workspace/inlayHint/refresh", () => {
    hintsAsked++;
    return null;
  });
}

const pulling = { textDocument: { diagnostic: {} }, workspace: { diagnostics: { refreshSupport: true } } };

const ask = (uri: string, previousResultId?: string): Promise<Report> =>
  client.connection.sendRequest("textDocument/diagnostic", { textDocument: { uri }, previousResultId });

const codes = ({ items }: Report) => items?.map(({ code }) => code);

const change = (uri: string, version: number, text: string) =>
  client.connection.sendNotification("textDocument/didChange", {
    textDocument: { uri, version },
    contentChanges: [{ text }],
  });

const lensing = { workspace: { codeLens: { refreshSupport: true } } };

const lenses = async (uri: string): Promise<string[]> => {
  const found: { command: { title: string } }[] = await client.connection.sendRequest("textDocument/codeLens", {
    textDocument: { uri },
  });
  return found.map(({ command }) => command.title);
};

/** Lets everything happen that waits for a moment of quiet, and what was sent arrive. */
async function settle(): Promise<void> {
  const there = () => client.connection.sendRequest("textDocument/hover", { textDocument: { uri: "file:///no" } });
  await there();
  for (let turn = 0; turn < 10; turn++) {
    await vi.advanceTimersByTimeAsync(1_000);
    await there();
  }
}

describe("a client that pulls", () => {
  test("is not asked to ask again while a name is typed that changes no finding", async () => {
    await start(pulling);
    client.open(recordings, recording("dkron_failures"));
    client.open(alerts, alert("A"));
    await settle();
    const first = await ask(recordings);
    await ask(alerts);
    asked = 0;
    await change(alerts, 2, alert("Abc"));
    await ask(alerts);
    await settle();
    expect(asked).toBe(0);
    expect((await ask(recordings, first.resultId)).kind).toBe("unchanged");
  });

  test("is asked once when another file's findings change, and told only of that file", async () => {
    await start(pulling);
    const third = "file:///w/third.rules.yml";
    client.open(recordings, recording("dkron_failures"));
    client.open(alerts, alert("A"));
    client.open(third, alert("B").replace("dkron_failures", "up"));
    await settle();
    const first = await ask(alerts);
    const other = await ask(third);
    await ask(recordings);
    asked = 0;
    await change(recordings, 2, recording("dkron_errors"));
    await ask(recordings);
    await settle();
    expect(asked).toBe(1);
    const second = await ask(alerts, first.resultId);
    expect(codes(first)).toEqual([]);
    expect(codes(second)).toEqual(["metric/unknown"]);
    expect((await ask(third, other.resultId)).kind).toBe("unchanged");
  });

  test("is asked for a prometheus.yml that drops what rules use, when they come to use it", async () => {
    await start(pulling);
    const prometheus = "file:///w/prometheus.yml";
    const using = (metric: string): string => alert("A").replace("dkron_failures", metric);
    client.open(
      prometheus,
      `scrape_configs:
  - job_name: dkron
    static_configs: [{targets: ["a:8080"]}]
    metric_relabel_configs: [{source_labels: [__name__], regex: dkron_job.*, action: drop}]
`,
    );
    client.open(alerts, using("up"));
    await settle();
    const first = await ask(prometheus);
    await ask(alerts);
    asked = 0;
    await change(alerts, 2, using("increase(dkron_job_executions_failed_total[10m])"));
    await ask(alerts);
    await settle();
    expect(asked).toBe(1);
    expect(codes(first)).not.toContain("prometheus/dkron-relabel");
    expect(codes(await ask(prometheus, first.resultId))).toContain("prometheus/dkron-relabel");
  });

  test("is answered in full after an edit: it has moved its marks", async () => {
    await start(pulling);
    client.open(alerts, alert("A"));
    const first = await ask(alerts);
    await change(alerts, 2, alert("A"));
    const second = await ask(alerts, first.resultId);
    expect(second).toMatchObject({ kind: "full", items: first.items });
  });

  test("is asked when findings of a file change that nobody has open", async () => {
    const files: Files = {
      async *yamlFiles() {
        yield { uri: alerts, text: alert("A") };
      },
      read: async () => undefined,
      list: async () => [],
    };
    await start(pulling, files);
    client.open(recordings, recording("dkron_failures"));
    await settle();
    await ask(recordings);
    type Workspace = { items: (Report & { uri: string })[] };
    const workspace = (before: Workspace["items"] = []): Promise<Workspace> =>
      client.connection.sendRequest("workspace/diagnostic", {
        previousResultIds: before.map(({ uri, resultId }) => ({ uri, value: resultId })),
      });
    const asking = workspace();
    await settle();
    const { items } = await asking;
    asked = 0;
    await change(recordings, 2, recording("dkron_errors"));
    await ask(recordings);
    await settle();
    expect(asked).toBe(1);
    const again = workspace(items);
    await settle();
    expect((await again).items.find(({ uri }) => uri === alerts)?.kind).toBe("full");
  });

  test("is not asked when settings come that are as they were", async () => {
    await start(pulling);
    client.open(alerts, alert("A"));
    await settle();
    await ask(alerts);
    asked = 0;
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: { dkronMetrics: {} } });
    await settle();
    expect(asked).toBe(0);
  });
});

test("a client that is pushed to hears of a file again only when something changed for it", async () => {
  await start({});
  const heard: string[] = [];
  client.connection.onNotification(
    "textDocument/publishDiagnostics",
    ({ uri }: { uri: string }) => void heard.push(uri),
  );
  client.open(recordings, recording("dkron_failures"));
  client.open(alerts, alert("A"));
  await settle();
  heard.length = 0;
  await change(alerts, 2, alert("Abc"));
  await settle();
  expect(heard).toEqual([alerts]);
  heard.length = 0;
  await change(recordings, 2, recording("dkron_errors"));
  await settle();
  expect(heard.toSorted()).toEqual([alerts, recordings]);
});

describe("code lenses", () => {
  const none = ["No expression uses this recording rule"];
  const one = ["1 expression uses this recording rule"];

  test("are asked for again when another file uses a rule, or no longer, and only then", async () => {
    await start(lensing);
    client.open(recordings, recording("dkron_failures"));
    client.open(alerts, alert("A").replace("dkron_failures", "up"));
    expect(await lenses(recordings)).toEqual(none);
    expect(await lenses(alerts)).toEqual([]);
    await change(alerts, 2, alert("A"));
    await settle();
    expect(lensesAsked).toBe(1);
    expect(await lenses(recordings)).toEqual(one);
    await change(alerts, 3, alert("Abc"));
    await settle();
    expect(lensesAsked).toBe(1);
    await client.connection.sendNotification("textDocument/didClose", { textDocument: { uri: alerts } });
    await settle();
    expect(lensesAsked).toBe(2);
    expect(await lenses(recordings)).toEqual(none);
  });

  test("are a reason once, also of a file that the client does not ask for again", async () => {
    await start(lensing);
    client.open(recordings, recording("dkron_failures"));
    client.open(alerts, alert("A").replace("dkron_failures", "up"));
    await lenses(recordings);
    await change(alerts, 2, alert("A"));
    await settle();
    await change(alerts, 3, alert("B"));
    await settle();
    expect(lensesAsked).toBe(1);
  });

  test("of the file that is edited the client asks for by itself", async () => {
    await start(lensing);
    client.open(recordings, recording("dkron_failures"));
    await lenses(recordings);
    await change(recordings, 2, recording("dkron_errors").replace("sum(up)", "sum(dkron_errors)"));
    await settle();
    expect(lensesAsked).toBe(0);
    expect(await lenses(recordings)).toEqual(one);
  });

  test("are asked for again when the workspace has been read, and when a setting turns them off", async () => {
    let found = (): void => {};
    const reading = new Promise<void>((resolve) => {
      found = resolve;
    });
    const files: Files = {
      async *yamlFiles() {
        await reading;
        yield { uri: alerts, text: alert("A") };
      },
      read: async () => undefined,
      list: async () => [],
    };
    await start(lensing, files);
    client.open(recordings, recording("dkron_failures"));
    expect(await lenses(recordings)).toEqual(none);
    found();
    await settle();
    expect(lensesAsked).toBe(1);
    expect(await lenses(recordings)).toEqual(one);
    const settings = { dkronMetrics: { codeLens: { enabled: false } } };
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings });
    await settle();
    expect(lensesAsked).toBe(2);
    expect(await lenses(recordings)).toEqual([]);
  });

  test("are not asked for again of a client that cannot, or that never asked", async () => {
    await start({});
    client.open(recordings, recording("dkron_failures"));
    client.open(alerts, alert("A").replace("dkron_failures", "up"));
    await lenses(recordings);
    await change(alerts, 2, alert("A"));
    await settle();
    expect(lensesAsked).toBe(0);
    client.close();
    await start(lensing);
    client.open(recordings, recording("dkron_failures"));
    client.open(alerts, alert("A"));
    await settle();
    expect(lensesAsked).toBe(0);
  });
});

describe("inlay hints", () => {
  const hinting = { workspace: { inlayHint: { refreshSupport: true } } };
  const metric = "dkron_job_executions_failed_total";
  /** The rule stands in lines 3 to 5. */
  const rules = alert("A").replace("dkron_failures", metric);

  const hints = async (from = 0, to = 9): Promise<string[]> => {
    const range = { start: { line: from, character: 0 }, end: { line: to, character: 0 } };
    const found: { label: string }[] = await client.connection.sendRequest("textDocument/inlayHint", {
      textDocument: { uri: alerts },
      range,
    });
    return found.map(({ label }) => label);
  };

  test("are asked for again when another file records a metric's name, or no longer, and only then", async () => {
    await start(hinting);
    client.open(recordings, recording("a:b"));
    client.open(alerts, rules);
    expect(await hints()).toEqual([": counter"]);
    await change(recordings, 2, recording("a:c"));
    await settle();
    expect(hintsAsked).toBe(0);
    await change(recordings, 3, recording(metric));
    await settle();
    expect(hintsAsked).toBe(1);
    expect(await hints()).toEqual([]);
    await change(recordings, 4, recording("a:b"));
    await settle();
    expect(hintsAsked).toBe(2);
    expect(lensesAsked).toBe(0);
  });

  test("are a reason in every range that was asked for, once", async () => {
    await start(hinting);
    client.open(alerts, rules);
    expect(await hints(3, 6)).toEqual([": counter"]);
    expect(await hints(0, 1)).toEqual([]);
    client.open(recordings, recording(metric));
    await settle();
    expect(hintsAsked).toBe(1);
    await change(recordings, 2, recording(metric).replace("sum(up)", "max(up)"));
    await settle();
    expect(hintsAsked).toBe(1);
  });

  test("of the file that is edited the client asks for by itself", async () => {
    await start(hinting);
    client.open(recordings, recording("a:b"));
    client.open(alerts, rules);
    await hints();
    await change(alerts, 2, rules.replace(metric, "up"));
    await change(recordings, 2, recording(metric));
    await settle();
    expect(hintsAsked).toBe(0);
  });

  test("are asked for again when a setting turns them off", async () => {
    await start(hinting);
    client.open(alerts, rules);
    await hints();
    const settings = { dkronMetrics: { inlayHints: { enabled: false } } };
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings });
    await settle();
    expect(hintsAsked).toBe(1);
    expect(await hints()).toEqual([]);
  });

  test("are not asked for again of a client that cannot, or of a file that is closed", async () => {
    for (const capabilities of [{}, hinting]) {
      await start(capabilities);
      client.open(alerts, rules);
      await hints();
      if (capabilities === hinting)
        await client.connection.sendNotification("textDocument/didClose", { textDocument: { uri: alerts } });
      client.open(recordings, recording(metric));
      await settle();
      expect(hintsAsked).toBe(0);
      if (capabilities !== hinting) client.close();
    }
  });
});
