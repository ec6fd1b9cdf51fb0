// What checks of rules read of the files around a rule: no more than the session looks at when it decides which of the
// findings that it keeps hold on. A check that reads more would say what was true yesterday.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openDocument } from "../../server/src/language/document.ts";
import { facts } from "../../server/src/language/facts.ts";
import { ruleFindings } from "../../server/src/language/features/diagnostics/ruleFindings.ts";
import { ruleGroups } from "../../server/src/language/ruleFile.ts";
import { metricsOf } from "../../server/src/language/uses.ts";
import { type ScrapeJob, type Workspace, workspaceOf } from "../../server/src/language/workspace.ts";
import { anyRule } from "./anyRule.ts";
import { newContext } from "./context.ts";
import { open, prometheusYml, recordings } from "./features/world.ts";

/** What `changeBetween` and `changeOfFile` hold against each other. */
const compared = [
  "uri",
  "kind",
  "recorded",
  "recordings",
  "scrapeJobs",
  "scrapeIntervalSeconds",
  "evaluationIntervalSeconds",
  "scrapeConfigFiles",
  "scrapeJobs.name",
  "scrapeJobs.intervalSeconds",
  "scrapeJobs.honorLabels",
];

type Watched = { readonly workspace: Workspace; readonly names: Set<string>; readonly fields: Set<string> };

/** A workspace that notes the names and the fields that it is asked for; no name is recorded, or each. */
function watched(isRecorded: boolean): Watched {
  const names = new Set<string>();
  const fields = new Set<string>();
  const asked = new (class extends Map<string, string> {
    override has(name: string): boolean {
      names.add(name);
      return isRecorded;
    }
    override get(name: string): string | undefined {
      return this.has(name) ? "sum(up)" : undefined;
    }
  })();
  const notingJob = (job: ScrapeJob): ScrapeJob =>
    new Proxy(job, {
      get: (of, key) => {
        fields.add(`scrapeJobs.${String(key)}`);
        return Reflect.get(of, key);
      },
    });
  const documents = [open("prometheus.yml", prometheusYml), open("r.rules.yml", recordings)];
  const { files } = workspaceOf(documents.flatMap((document) => facts(document) ?? []));
  const noting = files.map(
    (file) =>
      new Proxy(file, {
        get: (of, key) => {
          fields.add(String(key));
          if (key === "recorded") return asked;
          return key === "scrapeJobs" ? of.scrapeJobs.map(notingJob) : Reflect.get(of, key);
        },
      }),
  );
  return { workspace: { files: noting, recordings: asked }, names, fields };
}

/** Names that checks ask for beside those that the rule is said to use, and how many they ask for at all. */
function askedBeside(text: string, isRecorded: boolean): { beside: string[]; all: number } {
  const { yaml } = openDocument("file:///a.rules.yml", "yaml", 1, text);
  const beside: string[] = [];
  let all = 0;
  for (const group of ruleGroups(yaml))
    for (const rule of group.rules) {
      const { workspace, names, fields } = watched(isRecorded);
      ruleFindings({ rule, group, context: newContext({ workspace }) });
      expect([...fields].filter((field) => !compared.includes(field))).toEqual([]);
      all += names.size;
      const used = metricsOf(rule);
      // Nothing is recorded without a name.
      if (used) beside.push(...[...names].filter((name) => name !== "" && !used.includes(name)));
    }
  return { beside, all };
}

const corpus = join(import.meta.dirname, "../../../shared/corpus/alert-rules");

test.each(existsSync(corpus) ? readdirSync(corpus) : [])("in %s", (name) => {
  const text = readFileSync(join(corpus, name), "utf8");
  for (const isRecorded of [false, true]) {
    const { beside, all } = askedBeside(text, isRecorded);
    expect(beside).toEqual([]);
    expect(all).toBeGreaterThan(0);
  }
});

test("in rules of any make", () => {
  let asked = 0;
  fc.assert(
    fc.property(anyRule, fc.boolean(), (text, isRecorded) => {
      const { beside, all } = askedBeside(text, isRecorded);
      expect(beside).toEqual([]);
      asked += all;
    }),
    { numRuns: 3000 },
  );
  expect(asked).toBeGreaterThan(3000);
});
