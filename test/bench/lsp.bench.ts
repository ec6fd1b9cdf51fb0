// What the language server costs on a rule file of 10,000 lines, beside yaml-language-server in the same run.
// CPU time is compared, since wall time on a shared machine says little; the bars are the product's own.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { LspClient, type Position } from "./lspClient.ts";

type Server = { name: string; command: string[]; languageId: string; settings: Record<string, unknown> };
type Figures = Record<string, number>;

const root = resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "dkm-bench-"));
const uriOf = (name: string): string => pathToFileURL(join(folder, `${name}.rules.yml`)).href;
const uri = uriOf("bench");

/** One row a figure: what it is, its unit, and the bar that the product sets itself. */
const rows: readonly [key: string, title: string, bar: string][] = [
  ["start", "start to the answer to initialize, ms CPU", "110"],
  ["idle", "memory when idle, MB", "70"],
  ["open", "open to diagnostics, ms CPU", "150"],
  ["firstOpen", "… in the first session after an update", ""],
  ["edit", "one edit to diagnostics, ms CPU", "5"],
  ["editWall", "… ms wall, median", "30"],
  ["editName", "… in the name of an alert, ms CPU", "5"],
  ["newRule", "… each key of a new rule, ms CPU", "5"],
  ["completion", "completion right after a keystroke, ms CPU", "5"],
  ["completionWall", "… ms wall, 95th percentile", "15"],
  ["hover", "hover, ms CPU", "2"],
  ["memory", "memory at the end, MB", "130"],
  ["sixth", "a sixth file of the kind, open to diagnostics, ms CPU", "150"],
];

/** Rules as people write them; every alert has the same shape, so that a line's number tells what is on it. */
function ruleFile(lines: number, prefix = ""): string {
  const out = ["groups:", "  - name: generated", "    rules:"];
  for (let i = 0; out.length + 10 <= lines; i++) {
    out.push(
      `      - alert: ${prefix}DkronJobFails${i}`,
      `        expr: max by (job_name) (increase(dkron_job_executions_failed_total{job_name="${prefix}job-${i}"}[10m])) > 3`,
      "        for: 5m",
      "        labels:",
      "          severity: warning",
      "        annotations:",
      '          summary: "Job {{ $labels.job_name }} fails"',
      "          description: |",
      "            It failed {{ $value | humanize }} times",
      "            within ten minutes.",
    );
  }
  return `${out.join("\n")}\n`;
}

/** The structure of a rule file, so that the other server has something to check and complete. */
const text = { type: "string" };
const texts = { type: "object", additionalProperties: text };
const rule = { type: "object", properties: { alert: text, expr: text, for: text, labels: texts, annotations: texts } };
const group = { type: "object", properties: { name: text, rules: { type: "array", items: rule } } };
const schema = { type: "object", properties: { groups: { type: "array", items: group } }, required: ["groups"] };

function servers(): Server[] {
  const schemaFile = join(folder, "schema.json");
  writeFileSync(schemaFile, JSON.stringify(schema));
  const yaml = {
    validate: true,
    completion: true,
    hover: true,
    schemas: { [pathToFileURL(schemaFile).href]: ["*.rules.yml"] },
    schemaStore: { enable: false },
    kubernetesCRDStore: { enable: false },
  };
  const other = join(root, "node_modules/yaml-language-server/bin/yaml-language-server");
  return [
    {
      name: "dkron-metrics",
      command: [join(root, "dist/server.js"), "--stdio"],
      languageId: "prometheus-rules",
      settings: {},
    },
    { name: "yaml-language-server", command: [other, "--stdio"], languageId: "yaml", settings: { yaml } },
  ];
}

const middle = (list: number[], part = 0.5): number =>
  list.toSorted((a, b) => a - b)[Math.ceil(list.length * part) - 1] ?? Number.NaN;

/** The median of five starts; a tick of the clock is a tenth of what is measured. */
async function startCost(server: Server): Promise<number> {
  const costs: number[] = [];
  for (let i = 0; i < 5; i++) {
    const client = new LspClient(server.command, server.settings);
    await client.initialize(folder);
    costs.push(client.cpu());
    await client.stop();
  }
  return middle(costs);
}

/** Where some text ends in the middle of the file, in the first line that has it. */
function place(content: string, text: string): Position {
  const lines = content.split("\n");
  const line = lines.findIndex((candidate, index) => index > 5000 && candidate.includes(text));
  return { line, character: (lines[line] ?? "").indexOf(text) + text.length };
}

let version = 1;

/** Types a letter and takes it out again, in turn. */
function typist(client: LspClient, at: Position): () => void {
  let typed = false;
  return () => {
    version++;
    typed = !typed;
    const end = typed ? at : { line: at.line, character: at.character + 1 };
    client.notify("textDocument/didChange", {
      textDocument: { uri, version },
      contentChanges: [{ range: { start: at, end }, text: typed ? "x" : "" }],
    });
  };
}

type Cost = { cpu: number; wall: number[] };

/** Does something many times: CPU of the server for each in ms, and each one's wall time. */
async function cost(client: LspClient, times: number, once: () => Promise<unknown>): Promise<Cost> {
  const wall: number[] = [];
  const before = client.cpu();
  for (let i = 0; i < times; i++) {
    const start = performance.now();
    await once();
    wall.push(performance.now() - start);
  }
  await sleep(300); // What the server does after its answer belongs to the cost too.
  return { cpu: (client.cpu() - before) / times, wall };
}

function openCost(client: LspClient, { languageId }: Server, content: string, file = uri): Promise<Cost> {
  return cost(client, 1, () => {
    const first = client.diagnostics();
    client.notify("textDocument/didOpen", { textDocument: { uri: file, languageId, version: 1, text: content } });
    return first;
  });
}

function editCost(client: LspClient, type: () => void): Promise<Cost> {
  return cost(client, 40, () => {
    const next = client.diagnostics();
    type();
    return next;
  });
}

/** A rule as it is typed behind another one: a new line with what an editor puts in front of it, then letter by letter. */
async function typingCost(client: LspClient, from: Position): Promise<Cost> {
  const keys = ["\n      - ", ..."alert: Another", "\n        ", ..."expr: up == 0", "\n        ", ..."for: 5m"];
  let at = from;
  const change = (start: Position, text: string): Promise<void> => {
    const next = client.diagnostics();
    version++;
    const contentChanges = [{ range: { start, end: at }, text }];
    client.notify("textDocument/didChange", { textDocument: { uri, version }, contentChanges });
    at = { line: at.line, character: at.character + text.length };
    if (text.startsWith("\n")) at = { line: at.line + 1, character: text.length - 1 };
    return next;
  };
  const typed = await cost(client, keys.length, () => change(at, keys.shift() ?? ""));
  await change(from, "");
  return typed;
}

/** A session that opens the file and ends: what a server keeps for the next one is kept then. */
async function firstOpen(server: Server, content: string): Promise<number> {
  const client = new LspClient(server.command, server.settings);
  try {
    await client.initialize(folder);
    await sleep(1000);
    return (await openCost(client, server, content)).cpu;
  } finally {
    await client.stop();
  }
}

async function measure(server: Server, content: string): Promise<Figures> {
  const figures: Figures = { firstOpen: await firstOpen(server, content), start: await startCost(server) };
  const client = new LspClient(server.command, server.settings);
  try {
    await client.initialize(folder);
    await sleep(1000);
    figures.idle = client.memory();
    figures.open = (await openCost(client, server, content)).cpu;

    const at = place(content, "executions_failed_total");
    const type = typist(client, at);
    const edit = await editCost(client, type);
    const editName = await editCost(client, typist(client, place(content, "alert: Dkron")));
    const newRule = await typingCost(client, place(content, "within ten minutes."));
    Object.assign(figures, {
      edit: edit.cpu,
      editWall: middle(edit.wall),
      editName: editName.cpu,
      newRule: newRule.cpu,
    });

    const completion = await cost(client, 40, () => {
      type();
      return client.request("textDocument/completion", { textDocument: { uri }, position: at });
    });
    Object.assign(figures, { completion: completion.cpu, completionWall: middle(completion.wall, 0.95) });

    const position = { line: at.line, character: at.character - 3 };
    const hover = await cost(client, 40, () =>
      client.request("textDocument/hover", { textDocument: { uri }, position }),
    );
    Object.assign(figures, { hover: hover.cpu, memory: client.memory() });

    for (const name of ["B", "C", "D", "E"]) await openCost(client, server, ruleFile(10_000, name), uriOf(name));
    figures.sixth = (await openCost(client, server, ruleFile(10_000, "F"), uriOf("F"))).cpu;
    return figures;
  } finally {
    await client.stop();
  }
}

export async function run(): Promise<void> {
  if (process.platform !== "linux") {
    console.log("The costs of a process are read from /proc: this bench runs on Linux only.");
    return;
  }
  const content = ruleFile(10_000);
  try {
    const results: { name: string; figures: Figures }[] = [];
    for (const server of servers()) results.push({ name: server.name, figures: await measure(server, content) });
    const cells = (list: string[]) => list.map((cell) => cell.padStart(22)).join("");
    console.log(`${"10,000 lines of rules".padEnd(54)}${cells([...results.map(({ name }) => name), "bar ≤"])}`);
    for (const [key, title, bar] of rows) {
      const values = results.map(({ figures }) => (figures[key] ?? Number.NaN).toFixed(1));
      console.log(`${title.padEnd(54)}${cells([...values, bar])}`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}
