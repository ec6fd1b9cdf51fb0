// The server as a client sees it: any client, also one that says nothing about itself.
import { afterEach, describe, expect, test } from "vitest";
import { connect, type TestClient } from "./client.ts";

const uri = "file:///w/dkron.rules.yml";
const wrong =
  "groups:\n  - name: g\n    rules:\n      - alert: A\n        expr: dkron_job_executions_faild_total > 1\n";

let client: TestClient | undefined;
afterEach(() => client?.close());

describe("a client without initialisation options and settings", () => {
  test("is pushed diagnostics, with a code and a page", async () => {
    client = await connect();
    client.open(uri, wrong);
    const [first] = await client.pushed(uri);
    expect(first?.code).toBe("metric/unknown");
    expect(first?.codeDescription?.href).toMatch(/metric\/unknown\.md$/);
    expect(first?.range.start).toEqual({ line: 4, character: 14 });
  });

  test("sees the finding go when the text is mended", async () => {
    client = await connect();
    client.open(uri, wrong);
    await client.pushed(uri);
    const at = { line: 4, character: 14 + "dkron_job_executions_fail".length };
    await client.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version: 2 },
      contentChanges: [{ range: { start: at, end: at }, text: "e" }],
    });
    const codes = (await client.pushed(uri)).map(({ code }) => code);
    expect(codes).not.toContain("metric/unknown");
  });

  test("is offered the right name as a fix", async () => {
    client = await connect();
    client.open(uri, wrong);
    const diagnostics = await client.pushed(uri);
    const range = diagnostics[0]?.range;
    const actions = await client.connection.sendRequest<{ edit: { changes: Record<string, { newText: string }[]> } }[]>(
      "textDocument/codeAction",
      { textDocument: { uri }, range, context: { diagnostics } },
    );
    expect(actions[0]?.edit.changes[uri]?.[0]?.newText).toBe("dkron_job_executions_failed_total");
  });

  test("hears nothing about YAML that is none of ours", async () => {
    client = await connect();
    client.open("file:///w/play.yml", "- hosts: all\n  tasks: [");
    expect(await client.pushed("file:///w/play.yml")).toEqual([]);
  });
});

describe("a client that pulls", () => {
  const capabilities = { textDocument: { diagnostic: {} } };

  test("is answered, and told when nothing changed", async () => {
    client = await connect({ capabilities });
    client.open(uri, wrong);
    type Answer = { kind: string; resultId: string; items?: { code: string }[] };
    const ask = (previousResultId?: string): Promise<Answer> =>
      (client as TestClient).connection.sendRequest("textDocument/diagnostic", {
        textDocument: { uri },
        previousResultId,
      });
    const first = await ask();
    expect(first.items?.map(({ code }) => code)).toContain("metric/unknown");
    expect((await ask(first.resultId)).kind).toBe("unchanged");
  });
});

test("a completion in a half-typed expression names metrics", async () => {
  client = await connect();
  client.open(uri, "groups:\n  - name: g\n    rules:\n      - alert: A\n        expr: dkron_job_e");
  const items = await client.connection.sendRequest<{ label: string }[]>("textDocument/completion", {
    textDocument: { uri },
    position: { line: 4, character: 25 },
  });
  expect(items.map(({ label }) => label)).toContain("dkron_job_executions_failed_total");
});

test("a document that is not open is answered with nothing, not with an error", async () => {
  client = await connect();
  const params = { textDocument: { uri: "file:///no" }, position: { line: 0, character: 0 } };
  expect(await client.connection.sendRequest("textDocument/hover", params)).toBeNull();
  expect(await client.connection.sendRequest("textDocument/completion", params)).toBeNull();
});

describe("snippets", () => {
  const text = "groups:\n  - name: g\n    rules:\n      - alert: A\n        expr: rat";
  type Item = { label: string; insertTextFormat: number; textEdit: { newText: string } };
  const rate = async (capabilities: object): Promise<Item | undefined> => {
    client = await connect({ capabilities });
    client.open(uri, text);
    const at = { textDocument: { uri }, position: { line: 4, character: 17 } };
    const items = await client.connection.sendRequest<Item[]>("textDocument/completion", at);
    return items.find(({ label }) => label === "rate");
  };

  test("are sent to a client that takes them", async () => {
    const snippetSupport = true;
    const item = await rate({ textDocument: { completion: { completionItem: { snippetSupport } } } });
    expect(item).toMatchObject({ insertTextFormat: 2, textEdit: { newText: `rate($1[\${11:5m}])$0` } });
  });

  test("are plain text for others", async () => {
    expect(await rate({})).toMatchObject({ insertTextFormat: 1, textEdit: { newText: "rate([5m])" } });
  });
});

test("every feature answers over the protocol", async () => {
  client = await connect();
  const other = "file:///w/other.rules.yml";
  client.open(other, "groups:\n  - name: g\n    rules:\n      - record: a:b\n        expr: sum( up )\n");
  client.open(uri, "groups:\n  - name: g\n    rules:\n      - alert: A\n        expr: rate(a:b[5m]) > 0\n");
  const textDocument = { uri };
  const position = { line: 4, character: 21 };
  const range = { start: { line: 0, character: 0 }, end: { line: 5, character: 0 } };
  const ask = (method: string, params: object): Promise<unknown> =>
    (client as TestClient).connection.sendRequest(`textDocument/${method}`, { textDocument, ...params });
  const line = { start: { line: 3, character: 16 }, end: { line: 3, character: 19 } };
  expect(await ask("definition", { position })).toEqual([{ uri: other, range: line }]);
  expect(await ask("references", { position, context: { includeDeclaration: true } })).toHaveLength(2);
  expect(await ask("documentHighlight", { position })).toHaveLength(1);
  expect(await ask("prepareRename", { position })).toMatchObject({ start: { line: 4, character: 19 } });
  expect(await ask("rename", { position, newName: "a:c" })).toMatchObject({
    changes: { [other]: [{ range: line, newText: "a:c" }], [uri]: [{ newText: "a:c" }] },
  });
  await expect(ask("rename", { position, newName: "a-c" })).rejects.toThrow("letters, digits");
  expect(await ask("signatureHelp", { position })).toMatchObject({ activeParameter: 0 });
  expect(await ask("documentSymbol", {})).toMatchObject([{ name: "g", children: [{ name: "A" }] }]);
  expect(await ask("foldingRange", {})).toContainEqual({ startLine: 0, endLine: 4 });
  expect(await ask("selectionRange", { positions: [position] })).toHaveLength(1);
  expect(await ask("documentLink", {})).toEqual([]);
  expect(await ask("formatting", { textDocument: { uri: other } })).toMatchObject([{ newText: "sum(up)" }]);
  expect(await ask("rangeFormatting", { range })).toEqual([]);
  expect(await ask("codeLens", { textDocument: { uri: other } })).toHaveLength(1);
  expect(await ask("inlayHint", { range })).toEqual([]);
  expect(await ask("semanticTokens/full", {})).toMatchObject({ data: expect.arrayContaining([4, 14]) });
  expect(await ask("semanticTokens/range", { range })).toEqual(await ask("semanticTokens/full", {}));
  const symbols = await client.connection.sendRequest("workspace/symbol", { query: "a:b" });
  expect(symbols).toMatchObject([{ name: "a:b", location: { uri: other, range: line } }]);
});
