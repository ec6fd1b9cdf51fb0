// Files that a prometheus.yml names under `scrape_config_files`: what is said of them, and what their jobs count for.
import { describe, expect, test } from "vitest";
import { openDocument } from "../../../server/src/language/document.ts";
import { facts } from "../../../server/src/language/facts.ts";
import { diagnostics } from "../../../server/src/language/features/diagnostics.ts";
import { globPattern } from "../../../server/src/language/goGlob.ts";
import { asNamed, namedBy, patternFrom, scrapeFilesOf } from "../../../server/src/language/scrapeFiles.ts";
import { workspaceOf } from "../../../server/src/language/workspace.ts";
import { newContext } from "../context.ts";

type Files = Readonly<Record<string, string>>;

const uri = (name: string): string => `file:///etc/prometheus/${name}`;
const open = (files: Files, name: string) => openDocument(uri(name), "", 0, files[name] ?? "");
const worldOf = (files: Files) => workspaceOf(Object.keys(files).flatMap((name) => facts(open(files, name)) ?? []));

/** Messages about one of the files, errors and warnings. */
function saidOf(files: Files, name: string): string[] {
  const workspace = worldOf(files);
  const context = newContext({ workspace });
  return diagnostics(asNamed(open(files, name), workspace), context).map(({ message }) => message);
}

const main = (more = ""): string =>
  `global:\n  scrape_interval: 15s\nscrape_config_files: [jobs/*.yml]\nscrape_configs:\n  - job_name: main\n${more}`;
const job = (name: string, more = ""): string => `scrape_configs:\n  - job_name: ${name}\n${more}`;

describe("a file that scrape_config_files names", () => {
  test.each<readonly [title: string, files: Files, says: readonly string[]]>([
    ["is fine with jobs alone", { "prometheus.yml": main(), "jobs/a.yml": job("a") }, []],
    [
      "has no other section",
      { "prometheus.yml": main(), "jobs/a.yml": `global: {}\n${job("a")}` },
      ["line 1: field global not found in type config.ScrapeConfigs."],
    ],
    [
      "is known by its name where its content tells nothing",
      { "prometheus.yml": main(), "jobs/a.yml": "scrape_config: []\n" },
      ["line 1: field scrape_config not found in type config.ScrapeConfigs."],
    ],
    [
      "takes its times from the file that names it",
      { "prometheus.yml": main(), "jobs/a.yml": job("a", "    scrape_timeout: 20s\n") },
      ['scrape timeout greater than scrape interval for scrape config with job name "a".'],
    ],
    [
      "repeats no job of the main file",
      { "prometheus.yml": main(), "jobs/a.yml": job("main") },
      ['found multiple scrape configs with job name "main", first found in main config file.'],
    ],
    [
      "repeats no job of a file before it",
      { "prometheus.yml": main(), "jobs/a.yml": job("same"), "jobs/b.yml": job("same") },
      [],
    ],
    [
      "repeats no job of its own",
      { "prometheus.yml": main(), "jobs/a.yml": `${job("a")}  - job_name: a\n` },
      ['found multiple scrape configs with job name "a", first found in "/etc/prometheus/jobs/a.yml".'],
    ],
    ["has no empty job", { "prometheus.yml": main(), "jobs/a.yml": "scrape_configs: [~]\n" }, ["empty or null scrape"]],
    [
      "elsewhere is a file like any other",
      { "prometheus.yml": main(), "a.yml": `global: {}\n${job("a")}`, "jobs/a.yml": job("a") },
      [],
    ],
  ])("%s", (_, files, says) => {
    const said = saidOf(files, Object.keys(files)[1] ?? "");
    expect(said).toHaveLength(says.length);
    for (const [index, words] of says.entries()) expect(said[index]).toContain(words);
  });

  test("the later of two files is to blame for a job that both have", () => {
    const files = { "prometheus.yml": main(), "jobs/b.yml": job("same"), "jobs/a.yml": job("same") };
    expect(saidOf(files, "jobs/b.yml")).toEqual([
      expect.stringContaining('job name "same", first found in "/etc/prometheus/jobs/a.yml".'),
    ]);
  });

  test("a file that two patterns find is read twice", () => {
    const files = {
      "prometheus.yml": "scrape_config_files: ['jobs/*.yml', jobs/b.yml, jobs/c.yml]\n",
      "jobs/a.yml": job("a"),
      "jobs/b.yml": job("b"),
      "jobs/c.yml": "scrape_configs: []\n",
    };
    expect(saidOf(files, "prometheus.yml")).toEqual([
      'found multiple scrape configs with job name "b", first found in "/etc/prometheus/jobs/b.yml". Prometheus does not load the file. That file answers to `jobs/*.yml` above, too, and is read for each of the two: let one pattern find it.',
    ]);
  });

  test("the interval of a job that scrapes Dkron is that of the main file", () => {
    const slow = { "prometheus.yml": main().replace("15s", "2m"), "jobs/a.yml": job("dkron") };
    expect(saidOf(slow, "jobs/a.yml")).toEqual([expect.stringContaining("The job scrapes every 2m")]);
  });

  test("an entry that no file answers to", () => {
    const files = { "prometheus.yml": main().replace("jobs/*.yml", "job/*.yml"), "jobs/a.yml": job("a") };
    expect(saidOf(files, "prometheus.yml")).toEqual([
      expect.stringContaining("No file of scrape jobs of this workspace answers to job/*.yml"),
    ]);
  });

  test("files are read pattern by pattern, each in the order of its path, and once", () => {
    const text = "scrape_config_files: [b.yml, '*.yml', /etc/prometheus/c/?.yml]\n";
    const files = { "prometheus.yml": text, "c/x.yml": job("x"), "b.yml": job("b"), "a.yml": job("a") };
    const workspace = worldOf(files);
    const found = namedBy(uri("a.yml"), workspace);
    const order = found && scrapeFilesOf(found, workspace).map((file) => file.uri.slice(uri("").length));
    expect(order).toEqual(["b.yml", "a.yml", "c/x.yml"]);
  });
});

describe("patterns of files", () => {
  test.each([
    ["*.yml", "a.yml", true],
    ["*.yml", "b/a.yml", false],
    ["?.yml", "a.yml", true],
    ["[a-c].yml", "b.yml", true],
    ["[^a-c].yml", "b.yml", false],
    ["a+(b).yml", "a+(b).yml", true],
    ["\\*.yml", "*.yml", true],
    ["[a.yml", "a.yml", false],
  ])("%s and %s", (glob, path, matches) => {
    expect(globPattern(glob).test(path)).toBe(matches);
  });

  test("a folder that looks like a pattern is none", () => {
    expect(patternFrom("file:///a%5Bb%5D/prometheus.yml", "*.yml").test("/a[b]/c.yml")).toBe(true);
  });
});
