// `dkron-metrics check` as a shell sees it: what is found, printed, mended, and with which exit code.
import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { check } from "../../server/src/cli/check.ts";
import { explain } from "../../server/src/cli/explain.ts";
import { allChecks } from "../../server/src/language/rules/index.ts";
import { type Answer, folderOf, run } from "./terminal.ts";

const rule = (metric: string): string =>
  `groups:\n  - name: g\n    rules:\n      - alert: AlertName\n        for: 5m\n        expr: ${metric} > 1\n`;
const wrong = rule("dkron_nonsense");
const right = rule("up");
/** `gt $value 5` fails at expansion; writing 5.0 is safe. */
const mendable = `${right}        annotations:\n          summary: '{{ if gt $value 5 }}a{{ end }}'\n`;

let folder: ReturnType<typeof folderOf> | undefined;
afterEach(() => {
  folder?.remove();
  folder = undefined;
});

function inFolder(files: Record<string, string | Buffer>) {
  folder = folderOf(files);
  const { path } = folder;
  return {
    path,
    check: (args: string[], input?: string): Promise<Answer> => run(check, args, path, input),
    rows: async (args: string[], input?: string): Promise<Row[]> =>
      JSON.parse((await run(check, ["--format", "json", ...args], path, input)).out) as Row[],
    read: (name: string): string => readFileSync(join(path, name), "utf8"),
  };
}

type Row = {
  file: string;
  range: { start: { line: number; character: number }; end: { line: number; character: number } };
  severity: string;
  code: string;
  message: string;
  href: string;
  fixes: unknown[];
};

const found = (rows: Row[]): string[] => rows.map(({ file, code }) => `${file} ${code}`);

describe("which files", () => {
  const files = {
    "a.rules.yml": wrong,
    "sub/b.rules.yml": wrong,
    "sub/deep/c.rules.yml": right,
    "sub/play.yml": "- hosts: all\n",
    "node_modules/x.rules.yml": wrong,
  };

  test.each<[args: string[], found: string[]]>([
    [["a.rules.yml"], ["a.rules.yml metric/unknown"]],
    [["./a.rules.yml"], ["./a.rules.yml metric/unknown"]],
    [["a.rules.yml", "a.rules.yml"], ["a.rules.yml metric/unknown"]],
    [["."], ["a.rules.yml metric/unknown", "sub/b.rules.yml metric/unknown"]],
    [["sub"], ["sub/b.rules.yml metric/unknown"]],
    [["sub/"], ["sub/b.rules.yml metric/unknown"]],
    [["*.rules.yml"], ["a.rules.yml metric/unknown"]],
    [["**/*.rules.yml"], ["a.rules.yml metric/unknown", "sub/b.rules.yml metric/unknown"]],
    [["./sub/*.yml"], ["sub/b.rules.yml metric/unknown"]],
    [["sub/deep"], []],
    [["sub/deep", "a.rules.yml"], ["a.rules.yml metric/unknown"]],
  ])("%j", async (args, expected) => {
    expect(found(await inFolder(files).rows(args))).toEqual(expected);
  });

  test("standard input, under a name of one's own", async () => {
    const { rows } = inFolder({});
    expect(found(await rows(["-"], wrong))).toEqual(["rules.yml metric/unknown"]);
    expect(found(await rows(["--stdin-name", "dkron.yml", "-"], "no-such-key: 1\n"))).toEqual([
      "dkron.yml dkron/unknown-key",
    ]);
  });

  test("--kind says what a file with any name is", async () => {
    const { rows, check } = inFolder({ "x.yml": "foo: 1\n" });
    expect(found(await rows(["--kind", "dkron-config", "x.yml"]))).toEqual(["x.yml dkron/unknown-key"]);
    const plain = await check(["x.yml"]);
    expect(plain.code).toBe(0);
    expect(plain.err).toContain("x.yml is no dkron.yml, prometheus.yml or rule file");
  });

  test("--agent says that a prometheus.yml is for agent mode", async () => {
    const { rows } = inFolder({ "prometheus.yml": "rule_files: [/a.yml]\n" });
    expect(found(await rows(["prometheus.yml"]))).toEqual([]);
    expect(found(await rows(["--agent", "prometheus.yml"]))).toEqual(["prometheus.yml prometheus/agent-mode"]);
  });

  test("a file that scrape_config_files names is one of jobs alone", async () => {
    const { rows } = inFolder({
      "prometheus.yml": "scrape_config_files: [jobs/*]\n",
      "jobs/a.yml": "scrape_config: []\n",
    });
    expect(found(await rows(["."]))).toEqual(["jobs/a.yml prometheus/unknown-key"]);
  });

  test("a recording rule in one file is known in the others", async () => {
    const recording = "groups:\n  - name: r\n    rules:\n      - record: dkron_nonsense\n        expr: sum(up)\n";
    expect(await inFolder({ "a.rules.yml": wrong, "r.rules.yml": recording }).rows(["."])).toEqual([]);
  });
});

describe("exit codes and sentences", () => {
  test.each<[title: string, files: Record<string, string | Buffer>, args: string[], code: number, said: string]>([
    ["clean", { "a.rules.yml": right }, ["a.rules.yml"], 0, ""],
    ["findings", { "a.rules.yml": wrong }, ["a.rules.yml"], 1, ""],
    ["empty file", { "a.rules.yml": "" }, ["a.rules.yml"], 0, ""],
    ["empty folder", {}, ["."], 0, ""],
    ["findings below what counts", { "a.rules.yml": wrong }, ["--min-severity", "error", "a.rules.yml"], 0, ""],
    ["no file", {}, [], 2, "no file given"],
    ["a file that is not there", {}, ["b.yml"], 2, "b.yml cannot be read: no such file or directory"],
    ["a glob without a match", {}, ["*.rules.yml"], 2, "*.rules.yml matches no YAML file"],
    ["a binary file", { "a.yml": Buffer.from([0x50, 0, 1, 2]) }, ["a.yml"], 2, "a.yml is not a text file in UTF-8"],
    [
      "a file in Latin-1",
      { "a.yml": Buffer.from([0x61, 0x3a, 0x20, 0xe4, 0x0a]) },
      ["a.yml"],
      2,
      "a.yml is not a text file in UTF-8",
    ],
    ["50 MB", { "a.yml": Buffer.alloc(50_000_000, "a: 1\n") }, ["a.yml"], 2, "a.yml has 50 MB, more than the 4 MB"],
    ["a format that is none", { "a.yml": "" }, ["--format", "xml", "a.yml"], 2, 'there is no format "xml"'],
    ["a severity that is none", { "a.yml": "" }, ["--min-severity", "bad", "a.yml"], 2, 'no severity "bad"'],
    ["a version that is none", { "a.yml": "" }, ["--dkron-version", "new", "a.yml"], 2, '"new" is no version'],
    ["a kind that is none", { "a.yml": "" }, ["--kind", "x", "a.yml"], 2, 'there is no kind "x"'],
    ["an option that is none", { "a.yml": "" }, ["--nonsense", "a.yml"], 2, "--nonsense"],
    ["--fix of standard input", {}, ["--fix", "-"], 2, "--fix cannot write to standard input"],
  ])("%s", async (_, files, args, code, said) => {
    const answer = await inFolder(files).check(args);
    expect(answer.err).toContain(said);
    if (said === "") expect(answer.err).toBe("");
    expect(answer.code).toBe(code);
  });

  test("what can be read is checked all the same", async () => {
    const { check } = inFolder({ "a.rules.yml": wrong });
    const answer = await check(["a.rules.yml", "b.yml"]);
    expect(answer.code).toBe(2);
    expect(answer.out).toContain("metric/unknown");
  });

  test.skipIf(process.getuid?.() === 0)("a file that must not be read", async () => {
    const { check, path } = inFolder({ "a.rules.yml": right });
    chmodSync(join(path, "a.rules.yml"), 0);
    const answer = await check(["a.rules.yml"]);
    expect(answer.code).toBe(2);
    expect(answer.err).toContain("a.rules.yml cannot be read: permission denied");
  });
});

describe("versions and configurations", () => {
  const gauge = rule("dkron_node_raft_peers");

  test("the command line wins over the configuration, which wins over the default", async () => {
    const files = { "a.rules.yml": `${right}        annotations: {at: "{{ now }}"}\n` };
    const needs = (rows: Row[]) => rows.filter(({ code }) => code === "template/unknown-name").length;
    expect(needs(await inFolder(files).rows(["."]))).toBe(0);
    folder?.remove();
    const { rows } = inFolder({ ...files, ".dkron-metrics.yml": "prometheus-version: 2.53\n" });
    expect(needs(await rows(["a.rules.yml"]))).toBe(1);
    expect(needs(await rows(["--prometheus-version", "3.14", "a.rules.yml"]))).toBe(0);
  });

  test("levels and ignored paths count from the folder of the configuration on", async () => {
    const { rows } = inFolder({
      ".dkron-metrics.yml": "ignore: [old]\nrules:\n  metric/unknown: error\n",
      "sub/a.rules.yml": wrong,
      "sub/off/.dkron-metrics.yml": "rules: {metric/*: off}\n",
      "sub/off/b.rules.yml": wrong,
      "old/c.rules.yml": wrong,
    });
    expect((await rows(["."])).map(({ file, severity }) => `${file} ${severity}`)).toEqual(["sub/a.rules.yml error"]);
    expect(found(await rows(["old/c.rules.yml"]))).toEqual([]);
  });

  test("the agent's version decides what there is", async () => {
    const { rows } = inFolder({ "a.rules.yml": gauge });
    const messages = async (version: string) =>
      (await rows(["--dkron-version", version, "a.rules.yml"])).map(({ message }) => message).join();
    expect(await messages("4.0.9")).not.toBe(await messages("4.1.2"));
  });
});

describe("--fix", () => {
  test("mends the file, says so, and prints what is left", async () => {
    const { check, read, path } = inFolder({ "a.rules.yml": mendable.replace("up >", "dkron_nonsense >") });
    chmodSync(join(path, "a.rules.yml"), 0o640);
    const answer = await check(["--fix", "--format", "json", "a.rules.yml"]);
    expect(read("a.rules.yml")).toContain("gt $value 5.0");
    expect(answer.err).toBe("a.rules.yml: mended 1 finding: template/fails\n");
    expect(found(JSON.parse(answer.out) as Row[])).toEqual(["a.rules.yml metric/unknown"]);
    expect(answer.code).toBe(1);
    expect(statSync(join(path, "a.rules.yml")).mode & 0o777).toBe(0o640);
    expect(readdirSync(path)).toEqual(["a.rules.yml"]);
  });

  test("leaves alone what is clean, ignored or below what counts", async () => {
    const { check, read, path } = inFolder({
      "a.rules.yml": right,
      "b.rules.yml": mendable,
      ".dkron-metrics.yml": "ignore: [b.rules.yml]\n",
    });
    const before = statSync(join(path, "a.rules.yml")).mtimeMs;
    const answer = await check(["--fix", "."]);
    expect(answer.code).toBe(0);
    expect(answer.err).toBe("");
    expect(statSync(join(path, "a.rules.yml")).mtimeMs).toBe(before);
    expect(read("b.rules.yml")).toBe(mendable);
  });

  test("a second run finds nothing more to mend", async () => {
    const { check, read } = inFolder({ "a.rules.yml": mendable });
    expect((await check(["--fix", "a.rules.yml"])).code).toBe(0);
    const once = read("a.rules.yml");
    expect((await check(["--fix", "a.rules.yml"])).err).toBe("");
    expect(read("a.rules.yml")).toBe(once);
  });

  test("a link stays a link", async () => {
    const { check, read, path } = inFolder({ "real.yml": mendable });
    symlinkSync("real.yml", join(path, "a.rules.yml"));
    await check(["--fix", "a.rules.yml"]);
    expect(lstatSync(join(path, "a.rules.yml")).isSymbolicLink()).toBe(true);
    expect(read("real.yml")).toContain("5.0");
  });
});

describe("about checks", () => {
  const pages = join(import.meta.dirname, "../../server/docs/rules");
  const terminal = () => {
    const said = { out: "", err: "" };
    const out = (text: string): void => {
      said.out += text;
    };
    const err = (text: string): void => {
      said.err += text;
    };
    return { said, terminal: { out, err, input: (async function* () {})(), cwd: ".", colours: false } };
  };

  test("--list-checks names each with its level", async () => {
    const { check } = inFolder({});
    const { out, code } = await check(["--list-checks"]);
    expect(code).toBe(0);
    expect(out.trim().split("\n")).toHaveLength(allChecks.length);
    expect(out).toMatch(/^metric\/unknown +warning +\S/m);
    const rows = JSON.parse((await check(["--list-checks", "--format", "json"])).out) as { id: string }[];
    expect(rows.map(({ id }) => id)).toContain("comment/stale");
  });

  test("--explain prints the page", () => {
    const { said, terminal: to } = terminal();
    expect(explain("metric/unknown", to, pages)).toBe(0);
    expect(said.out).toMatch(/^# metric\/unknown\n/);
  });

  test("--explain of no check names the nearest", () => {
    const { said, terminal: to } = terminal();
    expect(explain("metric/unknwon", to, pages)).toBe(2);
    expect(said.err).toContain('there is no check "metric/unknwon"; did you mean metric/unknown?');
  });

  test("--help names every format", async () => {
    const { out, code } = await inFolder({}).check(["--help"]);
    expect(code).toBe(0);
    expect(out).toContain("text, json, sarif, github, gitlab, junit, checkstyle");
  });
});
