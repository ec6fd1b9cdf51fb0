// The substitute for the `code` executable, tried on a throw-away extension: its exit codes, and that nothing is left.
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const code = join(import.meta.dirname, "code.mjs");

/** Suites of one line each: what VS Code loads as `extensionTestsPath`. */
const suites = {
  passing: 'exports.run = async () => fs.writeFileSync(process.env.DKRON_METRICS_TEST_RESULTS, "{}");',
  failing: 'exports.run = async () => { throw new Error("this suite fails"); };',
  dying: "exports.run = () => new Promise(() => process.exit(0));",
  endless: 'exports.run = () => new Promise(() => console.log("this suite runs"));',
};

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "dkm-code-"));
  mkdirSync(join(folder, "tmp"));
  const manifest = {
    name: "probe",
    publisher: "probe",
    version: "0.0.1",
    engines: { vscode: "^1.101.0" },
    main: "main.js",
  };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  writeFileSync(join(folder, "main.js"), "exports.activate = () => {};");
  for (const [name, text] of Object.entries(suites))
    writeFileSync(join(folder, `${name}.js`), `const fs = require("node:fs");\n${text}`);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Outcome = { code: number; output: string };

/** Runs a suite to its end. `whenItSays` names a text of its output at which it gets a SIGINT, as from Ctrl-C. */
function runSuite(
  name: keyof typeof suites,
  options: { whenItSays?: string; limitMs?: number } = {},
): Promise<Outcome> {
  const args = [`--extensionDevelopmentPath=${folder}`, `--extensionTestsPath=${join(folder, `${name}.js`)}`, folder];
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    TMPDIR: join(folder, "tmp"),
    CODE_TIMEOUT_MS: String(options.limitMs ?? 90_000),
  };
  delete env.DKRON_METRICS_TEST_RESULTS;
  return new Promise((resolve) => {
    let output = "";
    const child = execFile(process.execPath, [code, ...args, "--no-sandbox", "--skip-welcome"], { env });
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (text: string) => {
        output += text;
        if (options.whenItSays && output.includes(options.whenItSays)) child.kill("SIGINT");
      });
    child.on("close", (status) => resolve({ code: status ?? -1, output }));
  });
}

/** Command lines of processes that mention the throw-away folder: every part of a run does. */
function leftOvers(): string[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((name) => {
      try {
        return [readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ")];
      } catch {
        return [];
      }
    })
    .filter((command) => command.includes(folder));
}

describe("the substitute for `code`", () => {
  test("ends with 0 when the suite passes, and leaves neither process nor file", async () => {
    expect(await runSuite("passing")).toMatchObject({ code: 0 });
    expect(leftOvers()).toEqual([]);
    expect(readdirSync(join(folder, "tmp"))).toEqual([]);
  });

  test("ends with 1 when the suite fails, and says why", async () => {
    const outcome = await runSuite("failing");
    expect(outcome.code).toBe(1);
    expect(outcome.output).toContain("this suite fails");
  });

  test("ends with 70 when the extension host dies, though VS Code itself reports 0", async () => {
    expect(await runSuite("dying")).toMatchObject({ code: 70 });
    expect(leftOvers()).toEqual([]);
  });

  test("ends with 124 when the suite does not end in time", async () => {
    expect(await runSuite("endless", { limitMs: 10_000 })).toMatchObject({ code: 124 });
    expect(leftOvers()).toEqual([]);
  });

  test("ends with 130 on Ctrl-C, and leaves nothing", async () => {
    expect(await runSuite("endless", { whenItSays: "this suite runs" })).toMatchObject({ code: 130 });
    expect(leftOvers()).toEqual([]);
  });
});
