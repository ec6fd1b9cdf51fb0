// What the command line costs on 954 real rules in one file, whole process, beside promtool in the same run.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { performance } from "node:perf_hooks";

const root = resolve(import.meta.dirname, "../..");
const corpus = resolve(root, "../shared/corpus/alert-rules");

/** How many rules the file is to have. */
const wanted = 954;

type Group = { readonly name: string; readonly lines: readonly string[]; readonly rules: number };

/** Groups of real files as lines, from `- name:` on, at column 0. */
function groupsOf(text: string): Group[] {
  const [, body = ""] = text.split(/^groups:\s*$/m);
  const lines = body.replace(/^\s*\n/, "").split("\n");
  const indent = /^ */.exec(lines[0] ?? "")?.[0].length ?? 0;
  const groups: { name: string; lines: string[] }[] = [];
  for (const line of lines.map((one) => one.slice(indent))) {
    const name = /^- name: *(.*)$/.exec(line)?.[1];
    if (name !== undefined) groups.push({ name, lines: [] });
    groups.at(-1)?.lines.push(line);
  }
  return groups.map(({ name, lines: own }) => ({
    name,
    lines: own,
    rules: own.filter((line) => /^ *- (alert|record):/.test(line)).length,
  }));
}

/**
 * A line of a group that is taken again: alerts and series have other names then, since rules that stand twice would be
 * what the check speaks of all the time.
 */
function renamed(line: string, round: number): string {
  if (round === 0) return line;
  const named = line.replace(/^( *- (?:alert|record): *\S+)/, `$1_${round}`);
  return /^ *expr:/.test(named) ? named.replace(/\b([a-z]+_[a-z_]+)(?=\{)/g, `$1_${round}`) : named;
}

/** One file of as many rules as wanted: the real groups again and again, each under a name of its own. */
function ruleFile(): { text: string; rules: number } {
  const groups = readdirSync(corpus).flatMap((file) => groupsOf(readFileSync(join(corpus, file), "utf8")));
  const out = ["groups:"];
  let rules = 0;
  for (let i = 0; rules < wanted; i++) {
    const group = groups[i % groups.length];
    if (!group || rules + group.rules > wanted + 20) break;
    const round = Math.floor(i / groups.length);
    out.push(`- name: group${i}`, ...group.lines.slice(1).map((line) => renamed(line, round)));
    rules += group.rules;
  }
  return { text: `${out.join("\n")}\n`, rules };
}

type Cost = { readonly wall: number; readonly cpu: number };

/** One run, in milliseconds. CPU is what the shell's `times` says of its children. */
function cost(command: readonly string[]): Cost {
  const quoted = command.map((part) => `'${part}'`).join(" ");
  const start = performance.now();
  const { stdout } = spawnSync("bash", ["-c", `${quoted} >/dev/null 2>&1; times`], { encoding: "utf8" });
  const wall = performance.now() - start;
  const children = stdout.trim().split("\n").at(-1) ?? "";
  const cpu = [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce((sum, [, m, s]) => sum + Number(m) * 60 + Number(s), 0);
  return { wall, cpu: cpu * 1000 };
}

/** How many times each command runs, in turn with the others: a busy moment is one for all of them. */
const turns = 15;

function figures(runs: readonly Cost[]): string {
  const of = (key: keyof Cost): string => {
    const sorted = runs.map((run) => run[key]).sort((a, b) => a - b);
    return `${(sorted[0] ?? 0).toFixed(0)} at the least, ${(sorted[sorted.length >> 1] ?? 0).toFixed(0)} in the middle`;
  };
  return `ms CPU: ${of("cpu")}; ms wall: ${of("wall")}`;
}

function promtool(): string | undefined {
  const { stdout } = spawnSync("bash", ["-c", "command -v promtool"], { encoding: "utf8" });
  return stdout.trim() || undefined;
}

export async function run(): Promise<void> {
  if (!existsSync(corpus)) {
    console.log("../shared/corpus is absent: there are no real rules to measure on.");
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), "dkm-check-"));
  try {
    const file = join(folder, "all.rules.yml");
    const { text, rules } = ruleFile();
    writeFileSync(file, text);
    console.log(`${rules} rules, ${text.split("\n").length} lines`);
    const other = promtool();
    const rows: [name: string, command: string[] | undefined][] = [
      ["node, doing nothing", [process.execPath, "-e", "0"]],
      ["dkron-metrics check", [process.execPath, join(root, "dist/cli.js"), "check", "--format", "json", file]],
      ["promtool check rules", other === undefined ? undefined : [other, "check", "rules", file]],
    ];
    const runs = rows.map((): Cost[] => []);
    for (let turn = 0; turn < turns; turn++)
      rows.forEach(([, command], i) => {
        if (command) runs[i]?.push(cost(command));
      });
    rows.forEach(([name, command], i) => {
      console.log(`${name.padEnd(24)}${command ? figures(runs[i] ?? []) : "not installed"}`);
    });
    console.log("bar: below promtool in the same run");
  } finally {
    rmSync(folder, { recursive: true });
  }
}
