// The start of a program, tried as a user would: real processes, a small program, a cache folder of their own.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeEach, describe, expect, test } from "vitest";

const entry = resolve(import.meta.dirname, "../../server/src/launch/launch.ts");
const folder = mkdtempSync(join(tmpdir(), "dkm-launch-"));
const cache = join(folder, "cache");
const kept = join(cache, "dkron-metrics");

/** A program that says what it was given, and, if asked, works for so many ms at once, and for so many a little later. */
const program = `
const { createHash } = require("node:crypto");
function work(ms) {
  const until = Date.now() + ms;
  let text = "";
  while (Date.now() < until) text = createHash("sha256").update(text).digest("hex");
}
const [soon, later] = process.argv.slice(2).map(Number);
if (soon > 0) work(soon);
if (later > 0) setTimeout(work, 50, later);
console.log(require("node:path").basename(__filename), typeof module, typeof exports, __dirname === ${JSON.stringify(folder)});
process.exitCode = 3;
`;

async function made(text: string, name: string, life = "short"): Promise<void> {
  writeFileSync(
    join(folder, "tool.main.js"),
    `(function (exports, require, module, __filename, __dirname) {${text}\n})`,
  );
  await build({
    entryPoints: [entry],
    outfile: join(folder, "tool.js"),
    bundle: true,
    platform: "node",
    format: "cjs",
    define: {
      launchedProgram: '"tool"',
      launchedBuild: JSON.stringify(name),
      launchedEncoding: '"latin1"',
      launchedLife: JSON.stringify(life),
    },
  });
}

function started(works: string | readonly string[] = "0", environment: NodeJS.ProcessEnv = {}) {
  const { NODE_DISABLE_COMPILE_CACHE: _, ...inherited } = process.env;
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(folder, "tool.js"), ...[works].flat()], {
    encoding: "utf8",
    env: { ...inherited, LOCALAPPDATA: cache, XDG_CACHE_HOME: cache, HOME: cache, ...environment },
  });
  return { stdout, stderr, status };
}

const asMeant = { stdout: "tool.main.js object object true\n", stderr: "", status: 3 };
const files = (): string[] => readdirSync(kept).map((name) => join(kept, name));
const only = (): string => {
  const [file, ...others] = files();
  expect(others).toEqual([]);
  return file ?? "";
};

afterAll(() => rmSync(folder, { recursive: true }));

describe.skipIf(process.platform !== "linux")("launch", () => {
  beforeEach(async () => {
    rmSync(cache, { recursive: true, force: true });
    await made(program, "one");
  });

  test("the first run keeps its code for the user alone, the next one takes it", () => {
    expect(started()).toEqual(asMeant);
    expect(statSync(kept).mode & 0o777).toBe(0o700);
    expect(statSync(only()).mode & 0o777).toBe(0o600);
    const before = readFileSync(only());
    expect(started()).toEqual(asMeant);
    expect(readFileSync(only()).equals(before)).toBe(true);
  });

  test("a run that does much more is what is kept from then on", () => {
    started();
    const before = readFileSync(only()).readUInt32LE(0);
    expect(started(String(before * 4))).toEqual(asMeant);
    expect(readFileSync(only()).readUInt32LE(0)).toBeGreaterThanOrEqual(before * 2);
  });

  test("but not in place of what has done enough for most runs", () => {
    started("400");
    const before = readFileSync(only());
    expect(started(String(before.readUInt32LE(0) * 3))).toEqual(asMeant);
    expect(readFileSync(only()).equals(before)).toBe(true);
  });

  test("what a run keeps that said when all was read is taken by the next one", async () => {
    await made(`module.onRead();${program}`, "one");
    started();
    const before = readFileSync(only());
    expect(started()).toEqual(asMeant);
    expect(readFileSync(only()).equals(before)).toBe(true);
  });

  /** Lets the wait before a long run keeps its code pass at once, and tells each time that code is kept. */
  const hurried = `
const { renameSync } = require("node:fs");
require("node:fs").renameSync = (...all) => {
  process.stderr.write("kept\\n");
  renameSync(...all);
};
const { setTimeout: wait } = globalThis;
globalThis.setTimeout = (call, ms, ...all) => wait(call, ms === 10_000 ? 0 : ms, ...all);
`;

  test.each([
    ["once, if all is compiled by then", ["1", "600"], 1],
    ["again at its end, if more was compiled since", ["0", "600"], 2],
  ])("a run that goes on keeps its code after a while, and %s", (_, works, times) => {
    writeFileSync(join(folder, "hurried.cjs"), hurried);
    const preload = { NODE_OPTIONS: `--require ${join(folder, "hurried.cjs")}` };
    expect(started(works, preload)).toEqual({ ...asMeant, stderr: "kept\n".repeat(times) });
  });

  test("what a server keeps after its start, with other settings by then, is taken by the next one", async () => {
    await made(program, "one", "long");
    writeFileSync(join(folder, "hurried.cjs"), hurried);
    const preload = { NODE_OPTIONS: `--require ${join(folder, "hurried.cjs")}` };
    expect(started(["0", "600"], preload)).toEqual({ ...asMeant, stderr: "kept\nkept\n" });
    const before = readFileSync(only());
    expect(started()).toEqual(asMeant);
    expect(readFileSync(only()).equals(before)).toBe(true);
  });

  test.each([
    ["empty", (file: string) => writeFileSync(file, "")],
    ["text", (file: string) => writeFileSync(file, "x".repeat(5000))],
    ["cut short", (file: string) => writeFileSync(file, readFileSync(file).subarray(0, 300))],
  ])("a kept file that is %s is refused and made anew", (_, spoil) => {
    started();
    const good = readFileSync(only()).length;
    spoil(only());
    expect(started()).toEqual(asMeant);
    expect(readFileSync(only()).length).toBeGreaterThan(good * 0.9);
  });

  test("another build does not take it", async () => {
    started();
    await made(program.replace("= 3", "= 4"), "two");
    expect(started()).toEqual({ ...asMeant, status: 4 });
    expect(files()).toHaveLength(2);
  });

  test("of many files the oldest are taken away, others than our own are not", () => {
    started();
    const old = Array.from({ length: 10 }, (_, i) => join(kept, `tool-old${i}.bin`));
    const foreign = join(kept, "settings.json");
    for (const [i, file] of [...old, foreign].entries()) {
      writeFileSync(file, "");
      utimesSync(file, 1000 + i, 1000 + i);
    }
    rmSync(files().find((file) => file.includes("tool-one")) ?? "");
    started();
    expect(files().filter((file) => file.includes("tool-one"))).toHaveLength(1);
    expect(
      files()
        .filter((file) => file.includes("tool-old"))
        .sort(),
    ).toEqual(old.slice(3));
    expect(files()).toContain(foreign);
  });

  test("where nothing can be kept the program runs all the same", () => {
    writeFileSync(join(folder, "file"), "");
    const nowhere = join(folder, "file", "below");
    expect(started("0", { XDG_CACHE_HOME: nowhere, HOME: nowhere })).toEqual(asMeant);
    expect(started("0", { XDG_CACHE_HOME: "", HOME: "" })).toEqual(asMeant);
  });

  test("nothing is kept where node's own caches are off, and of a build without a name", async () => {
    expect(started("0", { NODE_DISABLE_COMPILE_CACHE: "1" })).toEqual(asMeant);
    await made(program, "");
    expect(started()).toEqual(asMeant);
    expect(() => files()).toThrow();
  });

  test("a program that throws says where, and its code is kept no less", async () => {
    await made("\n\nthrow new Error('no');", "three");
    const { stderr, status } = started();
    expect(status).toBe(1);
    expect(stderr).toContain("tool.main.js:3");
  });
});
