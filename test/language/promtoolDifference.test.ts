// Random edits of real rule files, judged by promtool and by the checks here: both take the file or both refuse it.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDocument } from "../../server/src/language/document.ts";
import { diagnostics } from "../../server/src/language/features/diagnostics.ts";
import { newContext } from "./context.ts";

const shared = join(import.meta.dirname, "../../../shared");
const folders = ["corpus/alert-rules", "conformance/rule-files"].map((name) => join(shared, name));
const version = /version (\d+\.\d+)/.exec(spawnSync("promtool", ["--version"], { encoding: "utf8" }).stdout ?? "")?.[1];
const here = version !== undefined && folders.every((folder) => existsSync(folder));
if (!here) console.log("promtool or the real rule files (../shared) are not here: random edits are not compared");

/** How many edited files; more, and others, by hand: DIFFERENCE_RUNS=5000 DIFFERENCE_SEED=7. */
const runs = Number(process.env.DIFFERENCE_RUNS ?? 400);

/** A generator of numbers below a limit, the same for the same seed (mulberry32). */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

type Random = ReturnType<typeof randomFrom>;

const pieces = [
  ..."{}[]()\"':#-|>&*!%@`,=~<.$0 \t",
  "\n",
  "- ",
  ": ",
  "{{",
  "}}",
  "expr: up",
  "for: 5m",
  "record: a:b",
  "alert: A",
  "labels:",
  "annotations: {a: b}",
  "interval: 1m",
  "keep_firing_for: 1x",
  "null",
  "~",
  "<<: *a",
  "sum(",
  ") by (job)",
  "[5m]",
  " > bool 1",
  "\u0085",
  "\u2028",
];

const edits: readonly ((lines: string[], at: number, random: Random) => void)[] = [
  (lines, at) => lines.splice(at, 1),
  (lines, at) => lines.splice(at, 0, lines[at] ?? ""),
  (lines, at) => {
    lines[at] = ` ${lines[at]}`;
  },
  (lines, at) => {
    lines[at] = (lines[at] ?? "").replace(/^ {1,2}/, "");
  },
  (lines, at, random) => {
    const line = lines[at] ?? "";
    const from = random(line.length + 1);
    lines[at] = line.slice(0, from) + line.slice(from + 1);
  },
  (lines, at, random) => {
    const line = lines[at] ?? "";
    const from = random(line.length + 1);
    lines[at] = line.slice(0, from) + (pieces[random(pieces.length)] ?? "") + line.slice(from);
  },
  (lines, at, random) => {
    const indent = /^ */.exec(lines[at] ?? "")?.[0] ?? "";
    lines.splice(at, 0, indent + (pieces[random(pieces.length)] ?? ""));
  },
  (lines, at) => {
    lines[at] = (lines[at] ?? "").replace(/: .*/, ":");
  },
];

/** What stands at the beginning of a line. */
const heads = ["---", "--- # x", "...", "%YAML 1.1", "# c\n\t", "  # c", "@x", "- x", '"x"', "x"];

/** Values go on at any column, and a first key that is indented lets a file end above what stands further left. */
const moves: typeof edits = [
  (lines, at) => {
    lines[at] = (lines[at] ?? "").trimStart();
  },
  (lines, at, random) => {
    const line = lines[at] ?? "";
    const from = random(line.length + 1);
    lines[at] = `${line.slice(0, from)}\n${" ".repeat(random(3) > 0 ? 0 : random(9))}${line.slice(from)}`;
  },
  (lines, _, random) => {
    const by = 1 + random(3);
    for (const [index, line] of lines.entries()) lines[index] = " ".repeat(by) + line;
    const at = random(lines.length);
    lines[at] = (lines[at] ?? "").slice(random(by + 1));
  },
  (lines, at, random) => lines.splice(at, 0, heads[random(heads.length)] ?? ""),
];

/** One or two edits of a piece of a file: its head and a few rules. */
function edited(text: string, random: Random): string {
  const lines = text.split("\n").slice(0, 12 + random(40));
  const all = [...edits, ...moves];
  for (let count = 1 + random(2); count > 0; count--) all[random(all.length)]?.(lines, random(lines.length), random);
  return `${lines.join("\n")}\n`;
}

/**
 * A key that is nothing but an anchor to Go, since the names of anchors hold no colon there. promtool leaves it and its value
 * out without a word, which is not what anybody means: that is an error here, as YAML 1.2 has it.
 */
const keyOfNothing = /^\s*(?:- )?&[\w-]+:(?:\s|$)/m;

/**
 * Errors of the checks here, for the Prometheus that promtool is of; undefined where the edit has made the file a
 * stranger: one with a list at the top is no rule file, whatever its name says, and is left alone. promtool refuses most
 * of these, but takes those whose list stands behind a finished document, which it does not read on.
 */
function errorsOf(text: string): string[] | undefined {
  const document = openDocument("file:///edited.rules.yml", "prometheus-rules", 1, text);
  if (document.kind !== "prometheus-rules" || keyOfNothing.test(text)) return undefined;
  const context = newContext({ prometheusVersion: version ?? "" });
  return diagnostics(document, context)
    .filter(({ severity }) => severity === "error")
    .map(({ message }) => message);
}

describe.skipIf(!here)(`random edits, promtool ${version}`, () => {
  const folder = join(mkdtempSync(join(tmpdir(), "promtool-difference-")), "edited");
  beforeAll(() => mkdirSync(folder, { recursive: true }));
  afterAll(() => rmSync(join(folder, ".."), { recursive: true }));

  test("both take a file or both refuse it", () => {
    const originals = folders.flatMap((from) =>
      readdirSync(from).map((name) => readFileSync(join(from, name), "utf8")),
    );
    const random = randomFrom(Number(process.env.DIFFERENCE_SEED ?? 20_260_801));
    const texts = Array.from({ length: runs }, () => edited(originals[random(originals.length)] ?? "", random));
    const names = texts.map((_, index) => join(folder, `${index}.yml`));
    for (const [index, text] of texts.entries()) writeFileSync(names[index] ?? "", text);
    const said = spawnSync("promtool", ["check", "rules", "--lint=none", ...names], {
      encoding: "utf8",
      maxBuffer: 2 ** 28,
    });
    const output = `${said.stdout}\n${said.stderr}`;
    const refused = new Set([...output.matchAll(/^(\S+\.yml): /gm)].map(([, name]) => name));
    expect(said.stdout.match(/^Checking /gm)).toHaveLength(runs);
    expect(refused.size).toBeGreaterThan(runs / 5);
    expect(refused.size).toBeLessThan(runs);
    const different = texts.flatMap((text, index) => {
      const name = names[index] ?? "";
      const errors = errorsOf(text);
      if (errors === undefined || refused.has(name) === errors.length > 0) return [];
      const from = output.indexOf(`${name}: `);
      const words = from < 0 ? "takes it" : output.slice(from + name.length, from + name.length + 200);
      return [{ errors, promtool: words, text }];
    });
    expect(different).toEqual([]);
  });
});
