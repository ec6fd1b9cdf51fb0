// The program `dkron-emitter` as a process: what it prints, how it ends, with which code.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { beforeAll, describe, expect, test } from "vitest";
import { yamlForEsbuild } from "../../.scripts/yaml-modules.mjs";

const root = resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "dkron-emitter-"));
const bin = join(folder, "dist/emitter.js");

beforeAll(async () => {
  copyFileSync(join(root, "package.json"), join(folder, "package.json"));
  await build({
    entryPoints: [join(root, "client/src/emitter/bin.ts")],
    outfile: bin,
    bundle: true,
    platform: "node",
    format: "cjs",
    plugins: [yamlForEsbuild],
  });
});

type Ended = { code: number | null; out: string; err: string };

function run(...words: string[]): { child: ChildProcess; ended: Promise<Ended>; out: () => string } {
  const child = spawn(process.execPath, [bin, ...words], { stdio: ["ignore", "pipe", "pipe"] });
  const said = { out: "", err: "" };
  child.stdout.on("data", (chunk) => {
    said.out += String(chunk);
  });
  child.stderr.on("data", (chunk) => {
    said.err += String(chunk);
  });
  const ended = once(child, "close").then(([code]) => ({ code: code as number | null, ...said }));
  return { child, ended, out: () => said.out };
}

describe("dkron-emitter", () => {
  test.each(["SIGINT", "SIGTERM"] as const)(
    "prints its addresses, answers there, and ends with code 0 on %s",
    async (signal) => {
      const { child, ended, out } = run(
        "--http",
        "127.0.0.1:0",
        "--servers",
        "2",
        "--speed",
        "10",
        "--dkron-version",
        "4.0.9",
      );
      await expect.poll(out, { timeout: 10_000 }).toContain("Ctrl-C");
      const urls = [...out().matchAll(/http:\S+\/metrics/g)].map(([url]) => url);
      expect(urls).toHaveLength(2);
      for (const url of urls)
        expect(await (await fetch(url)).text()).toContain("# TYPE dkron_raft_state_follower counter");
      child.kill(signal);
      expect((await ended).code).toBe(0);
    },
  );

  test("a taken port is one sentence and code 2", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    const { code, err } = await run("--http", `127.0.0.1:${port}`).ended;
    other.close();
    expect([code, err]).toEqual([
      2,
      `dkron-emitter: 127.0.0.1:${port} is taken by another program: stop it, or give the emitter another port.\n`,
    ]);
  });

  test("plays a scenario from a file, and names the line of a mistake in one", async () => {
    const good = join(folder, "good.yml");
    const bad = join(folder, "bad.yml");
    writeFileSync(good, "name: mine\nsteps:\n  - { do: fail, job: report, every: 1s }\n");
    writeFileSync(bad, "name: mine\nsteps:\n  - { do: fail, jobs: report }\n");
    const { child, ended, out } = run("--http", "127.0.0.1:0", "--scenario", good);
    await expect.poll(out, { timeout: 10_000 }).toContain("Ctrl-C");
    child.kill("SIGTERM");
    expect((await ended).code).toBe(0);
    const { code, err } = await run("--http", "127.0.0.1:0", "--scenario", bad).ended;
    expect([code, err]).toEqual([
      2,
      expect.stringContaining(`${bad}:3: steps[0].jobs: "jobs" is no key of the action fail`),
    ]);
  });

  test.each([
    [["--nope"], 'There is no option "--nope"'],
    [["--servers"], "--servers has no value"],
    [["--servers", "0"], '--servers "0" is no whole number from 1 to 15'],
    [["--servers", "two"], '--servers "two" is no whole number'],
    [["--speed", "-1"], '--speed "-1" is no number above 0'],
    [["--speed", "1e9"], '--speed "1e9" is no number above 0, at most 1000'],
    [["--http", "0.0.0.0:8080"], "is not this machine"],
    [["--statsd", "8125"], "is no address"],
    [["--dkron-version", "new"], "is no version of Dkron"],
    [["--scenario", "nope"], 'There is no scenario "nope"'],
    [["--scenario", "./nope.yml"], "Cannot read the scenario ./nope.yml (ENOENT)"],
    [["--replay", "/nowhere"], "/nowhere holds no moments.json"],
  ])("%j is refused with code 2", async (words, message) => {
    const { code, err } = await run(...words).ended;
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(err.trim().split("\n")).toHaveLength(1);
  });

  test("help, version and the list of scenarios", async () => {
    const [help, version, scenarios] = await Promise.all(
      ["--help", "--version", "--scenarios"].map((word) => run(word).ended),
    );
    expect(help).toMatchObject({ code: 0, out: expect.stringContaining("--dkron-version X.Y.Z") });
    expect(version).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
    expect(scenarios).toMatchObject({ code: 0, out: expect.stringContaining("failure burst: ") });
  });
});
