// Diagnostics of files that nobody has open, and the configuration that counts for them.
import { afterEach, describe, expect, test } from "vitest";
import { CancellationTokenSource } from "vscode-languageserver-protocol/node";
import type { Files } from "../../server/src/lsp/files.ts";
import { connect, type TestClient } from "./client.ts";

const wrong = (metric: string) =>
  `groups:\n  - name: g\n    rules:\n      - alert: AlertName\n        for: 5m\n        expr: ${metric} > 1\n`;

type Disk = Map<string, string>;

const filesOn = (disk: Disk): Files => ({
  async *yamlFiles(folders) {
    for (const [uri, text] of disk) if (folders.some((folder) => uri.startsWith(`${folder}/`))) yield { uri, text };
  },
  read: async (uri) => disk.get(uri),
  list: async () => [],
});

type Item = { uri: string; kind: string; version: number | null; resultId?: string; items?: { code: string }[] };

let client: TestClient | undefined;
afterEach(() => client?.close());

async function open(disk: Disk, files = filesOn(disk)): Promise<TestClient> {
  client = await connect(
    {
      capabilities: { textDocument: { diagnostic: {} } },
      workspaceFolders: [{ uri: "file:///w", name: "w" }],
    },
    files,
  );
  return client;
}

async function ask(before: readonly Item[] = []): Promise<Item[]> {
  const previousResultIds = before.flatMap(({ uri, resultId }) => (resultId ? [{ uri, value: resultId }] : []));
  const answer = await client?.connection.sendRequest<{ items: Item[] }>("workspace/diagnostic", { previousResultIds });
  return answer?.items ?? [];
}

const codes = (items: readonly Item[]): Record<string, string[] | string> =>
  Object.fromEntries(items.map(({ uri, kind, items: found }) => [uri, found?.map(({ code }) => code) ?? kind]));

const changed = (uri: string) =>
  client?.connection.sendNotification("workspace/didChangeWatchedFiles", { changes: [{ uri, type: 2 }] });

describe("the workspace", () => {
  test("is read when something is opened or asked about it, and only its configuration before that", async () => {
    const disk: Disk = new Map([
      ["file:///w/.dkron-metrics.yml", "rules:\n  metric/unknown: off\n"],
      ["file:///w/a.rules.yml", wrong("dkron_nonsense")],
    ]);
    const { read, yamlFiles, list } = filesOn(disk);
    const wasRead: string[] = [];
    const counting: Files = {
      list,
      read: (uri) => {
        if (disk.has(uri)) wasRead.push(uri);
        return read(uri);
      },
      async *yamlFiles(folders) {
        wasRead.push("all");
        yield* yamlFiles(folders);
      },
    };
    const { connection, open: opened } = await open(disk, counting);
    await expect.poll(() => wasRead).toEqual(["file:///w/.dkron-metrics.yml"]);
    opened("file:///w/b.rules.yml", wrong("dkron_nonsense"));
    const { items } = await connection.sendRequest<{ items: unknown[] }>("textDocument/diagnostic", {
      textDocument: { uri: "file:///w/b.rules.yml" },
    });
    expect(items).toEqual([]);
    await expect.poll(() => wasRead).toEqual(["file:///w/.dkron-metrics.yml", "all"]);
    expect(await connection.sendRequest("workspace/symbol", { query: "AlertName" })).toHaveLength(2);
  });

  test("is read before a name is looked for in it", async () => {
    const { connection } = await open(new Map([["file:///w/a.rules.yml", wrong("dkron_nonsense")]]));
    expect(await connection.sendRequest("workspace/symbol", { query: "AlertName" })).toHaveLength(1);
  });

  test("is answered whole, also rule files, dkron.yml and prometheus.yml that nobody opened", async () => {
    await open(
      new Map([
        ["file:///w/a.rules.yml", wrong("dkron_nonsense")],
        ["file:///w/dkron.yml", "no-such-key: 1\n"],
        ["file:///w/play.yml", "- hosts: all\n  tasks: [\n"],
        ["file:///elsewhere/b.rules.yml", wrong("dkron_nonsense")],
      ]),
    );
    expect(codes(await ask())).toEqual({
      "file:///w/a.rules.yml": ["metric/unknown"],
      "file:///w/dkron.yml": ["dkron/unknown-key"],
    });
  });

  test("is answered with what changed, and with nothing else", async () => {
    const disk: Disk = new Map([
      ["file:///w/a.rules.yml", wrong("dkron_nonsense")],
      ["file:///w/b.rules.yml", wrong("dkron_nonsense")],
    ]);
    await open(disk);
    const first = await ask();
    expect(codes(await ask(first))).toEqual({
      "file:///w/a.rules.yml": "unchanged",
      "file:///w/b.rules.yml": "unchanged",
    });
    disk.set("file:///w/b.rules.yml", wrong("up"));
    await changed("file:///w/b.rules.yml");
    expect(codes(await ask(first))).toEqual({ "file:///w/a.rules.yml": "unchanged", "file:///w/b.rules.yml": [] });
  });

  test("what is open comes first, as it is in the editor", async () => {
    await open(
      new Map([
        ["file:///w/a.rules.yml", wrong("dkron_nonsense")],
        ["file:///w/b.rules.yml", wrong("dkron_nonsense")],
      ]),
    );
    client?.open("file:///w/b.rules.yml", wrong("up"));
    const items = await ask();
    expect(items.map(({ uri, version }) => [uri, version])).toEqual([
      ["file:///w/b.rules.yml", 1],
      ["file:///w/a.rules.yml", null],
    ]);
    expect(items[0]?.items).toEqual([]);
  });

  test("a file that is gone takes its findings along", async () => {
    const disk: Disk = new Map([["file:///w/a.rules.yml", wrong("dkron_nonsense")]]);
    await open(disk);
    const first = await ask();
    disk.clear();
    await changed("file:///w/a.rules.yml");
    expect(codes(await ask(first))).toEqual({ "file:///w/a.rules.yml": [] });
  });

  test("a request that is cancelled ends", async () => {
    await open(new Map([...Array(50).keys()].map((i) => [`file:///w/${i}.rules.yml`, wrong("dkron_nonsense")])));
    const source = new CancellationTokenSource();
    const request = client?.connection.sendRequest<{ items: Item[] }>(
      "workspace/diagnostic",
      { previousResultIds: [] },
      source.token,
    );
    source.cancel();
    const answer = await request?.catch(() => undefined);
    expect(answer?.items.length ?? 0).toBeLessThan(50);
    expect(await ask()).toHaveLength(50);
  });
});

describe("a .dkron-metrics.yml", () => {
  test("counts for its folder and below, and gives way to a nearer one", async () => {
    await open(
      new Map([
        ["file:///w/.dkron-metrics.yml", "rules:\n  metric/unknown: off\n"],
        ["file:///w/sub/.dkron-metrics.yml", "ignore:\n  - old\n"],
        ["file:///w/a.rules.yml", wrong("dkron_nonsense")],
        ["file:///w/sub/b.rules.yml", wrong("dkron_nonsense")],
        ["file:///w/sub/old/c.rules.yml", wrong("dkron_nonsense")],
      ]),
    );
    expect(codes(await ask())).toMatchObject({
      "file:///w/a.rules.yml": [],
      "file:///w/sub/b.rules.yml": ["metric/unknown"],
      "file:///w/sub/old/c.rules.yml": [],
    });
  });

  test("is found above the folder that is open", async () => {
    await open(
      new Map([
        ["file:///.dkron-metrics.yml", "rules: {metric/*: off}\n"],
        ["file:///w/a.rules.yml", wrong("dkron_nonsense")],
      ]),
    );
    expect(codes(await ask())).toEqual({ "file:///w/a.rules.yml": [] });
  });

  test("counts while it is typed, and no longer when it is gone", async () => {
    const disk: Disk = new Map([["file:///w/a.rules.yml", wrong("dkron_nonsense")]]);
    await open(disk);
    const first = await ask();
    client?.open("file:///w/.dkron-metrics.yml", "rules:\n  metric/unknown: off\n");
    expect(codes(await ask(first))["file:///w/a.rules.yml"]).toEqual([]);
    await client?.connection.sendNotification("textDocument/didClose", {
      textDocument: { uri: "file:///w/.dkron-metrics.yml" },
    });
    await changed("file:///w/.dkron-metrics.yml");
    expect(codes(await ask())["file:///w/a.rules.yml"]).toEqual(["metric/unknown"]);
  });
});
