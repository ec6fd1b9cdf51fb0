// The command line as a process of its own: what it writes arrives whole, and its code says how it went.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { yamlForEsbuild } from "../../.scripts/yaml-modules.mjs";
import { folderOf } from "./terminal.ts";

const folder = folderOf({ "good.rules.yml": "groups: []\n" });
const program = join(folder.path, "cli.cjs");

beforeAll(async () => {
  await build({
    entryPoints: [resolve(import.meta.dirname, "../../server/src/cli.ts")],
    outfile: program,
    bundle: true,
    platform: "node",
    format: "cjs",
    plugins: [yamlForEsbuild],
    logLevel: "error",
  });
});
afterAll(folder.remove);

function started(args: readonly string[]) {
  const child = spawn(process.execPath, [program, ...args], { cwd: folder.path });
  return { child, err: text(child.stderr), ended: once(child, "exit").then(([code]) => code as number) };
}

/** Rules that each give a finding, more of them than fit into a pipe. */
const manyFaults = `groups:\n  - name: a\n    rules:\n${Array.from({ length: 3000 }, (_, i) => `      - {alert: A${i}, expr: "up == 0", fro: 5m}\n`).join("")}`;

test("all that is written arrives where the reader is slow", async () => {
  const { child, err, ended } = started(["check", "--format", "json", "-"]);
  child.stdin.end(manyFaults);
  await wait(1500);
  const findings = JSON.parse(await text(child.stdout)) as { message: string }[];
  expect(findings.filter(({ message }) => message.includes("fro"))).toHaveLength(3000);
  expect(await ended).toBe(1);
  expect(await err).toBe("");
});

test("a reader that goes away is told of, and that is no clean run", async () => {
  const { child, err, ended } = started(["check", "--format", "json", "-"]);
  child.stdout.destroy();
  child.stdin.end(manyFaults);
  expect(await ended).toBe(2);
  expect(await err).toContain("nobody reads the output any more");
});

test.each([
  ["a clean file", ["check", "good.rules.yml"], 0],
  ["a file that is not there", ["check", "absent.rules.yml"], 2],
  ["a verb that does not exist", ["chekc"], 2],
  ["nothing asked", [], 2],
])("%s", async (_, args, code) => {
  const { child, ended } = started(args);
  child.stdout.resume();
  expect(await ended).toBe(code);
});
