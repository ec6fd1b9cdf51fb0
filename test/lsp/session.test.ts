// Findings that a session keeps while files around them change must be those of a session that sees all of it for the
// first time: whatever is recorded, scraped or renamed, in whatever order; and no file may be named as concerned too rarely.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { editBetween } from "../../server/src/edits.ts";
import { toRange } from "../../server/src/lsp/convert.ts";
import { Session } from "../../server/src/lsp/session.ts";
import { defaultSettings } from "../../server/src/lsp/settings.ts";

const metrics = ["dkron_failures", "dkron_failure", "a:b:rate5m", "up", "dkron_job_executions_failed_total"];
const metric = fc.constantFrom(...metrics);

const expression = fc.oneof(
  metric.map((name) => `${name} > 1`),
  metric,
  metric.map((name) => `increase(${name}[1m]) > 0`),
  fc.tuple(metric, metric).map(([a, b]) => `${a} / ${b} > 0.5`),
  metric.map((name) => `{__name__="${name}", job="dkron"} > 1`),
  metric.map((name) => `sum(${name}) by (job_name) > `),
);

const annotation = fc.constantFrom(
  "",
  `\n        annotations: {summary: 'at {{ $value }}'}`,
  `\n        annotations: {summary: '{{ with query "dkron_job_executions_failed_total" }}{{ . | first | value | humanizeDuration }}{{ end }}'}`,
);

const alert = fc
  .tuple(fc.constantFrom("A", "B", "C"), expression, annotation, fc.constantFrom("", "\n        for: 30s"))
  .map(([name, expr, more, wait]) => `      - alert: ${name}\n        expr: ${expr}${wait}${more}\n`);
const recording = fc
  .tuple(metric, expression)
  .map(([name, expr]) => `      - record: ${name}\n        expr: ${expr}\n`);
const group = fc
  .tuple(
    fc.constantFrom("g", "h"),
    fc.constantFrom("", "    interval: 2m\n", "    labels: {severity: page}\n"),
    fc.array(fc.oneof(alert, recording), { minLength: 1, maxLength: 4 }),
  )
  .map(([name, own, rules]) => `  - name: ${name}\n${own}    rules:\n${rules.join("")}`);
const ruleFile = fc.array(group, { minLength: 1, maxLength: 2 }).map((groups) => `groups:\n${groups.join("")}`);

const prometheus = fc
  .tuple(
    fc.constantFrom("15s", "2m"),
    fc.constantFrom("", "  evaluation_interval: 5m\n"),
    fc.constantFrom("dkron", "node"),
    fc.constantFrom("", "    honor_labels: true\n"),
    fc.constantFrom(
      "",
      "    metric_relabel_configs: [{source_labels: [__name__], regex: dkron_job.*, action: drop}]\n",
    ),
  )
  .map(
    ([interval, evaluation, job, honor, relabel]) =>
      `global:\n  scrape_interval: ${interval}\n${evaluation}scrape_configs:\n  - job_name: ${job}\n${honor}    static_configs: [{targets: ["a:8080"]}]\n${relabel}`,
  );
const tests = metric.map(
  (name) =>
    `rule_files: [a.rules.yml]\ntests:\n  - alert_rule_test: [{eval_time: 1m, alertname: A}]\n    promql_expr_test: [{expr: ${name}, eval_time: 1m}]\n`,
);

const uri = (name: string): string => `file:///w/${name}`;
const step = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.constantFrom("a.rules.yml", "b.rules.yml"), ruleFile) },
  { weight: 2, arbitrary: fc.tuple(fc.constant("prometheus.yml"), prometheus) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("a_test.yml"), tests) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom("b.rules.yml", "prometheus.yml"), fc.constant(undefined)) },
  { weight: 1, arbitrary: fc.tuple(fc.constant(""), fc.constantFrom("4.1.2", "3.2.7")) },
);
type Step = readonly [name: string, text: string | undefined];

type World = { readonly session: Session; readonly concerned: Set<string> };

/** A session that notes which files are named as concerned. */
function world(): World {
  const concerned = new Set<string>();
  const session: Session = new Session(
    (isConcerned) => {
      for (const document of session.documents.all()) if (isConcerned(document.uri)) concerned.add(document.uri);
    },
    () => {},
  );
  return { session, concerned };
}

/** Opens, edits in place, or closes and forgets; "" stands for the version of the agent. */
function take({ session }: World, [name, text = ""]: Step, isThere: boolean): void {
  if (name === "") session.settings = { ...defaultSettings, agentVersion: text };
  else if (text === "") {
    session.documents.close(uri(name));
    session.forget(uri(name));
  } else session.learn(isThere ? edited(session, uri(name), text) : opened(session, uri(name), text));
}

const opened = (session: Session, uri: string, text: string) =>
  session.documents.open({ uri, languageId: "", version: 1, text });

/** The least that makes the one text the other, as an editor sends it. */
function edited(session: Session, uri: string, text: string) {
  const document = session.documents.get(uri);
  if (!document) throw new Error("not open");
  const edit = editBetween(document.text, text);
  const changes = [{ range: toRange(document, edit.range), text: edit.text }];
  const changed = session.documents.change({ uri, version: document.version + 1 }, changes);
  if (!changed) throw new Error("not open");
  expect(changed.text).toBe(text);
  return changed;
}

const findingsOf = ({ session }: World) =>
  new Map([...session.documents.all()].map((document) => [document.uri, session.findings(document)]));

describe("what a session keeps", () => {
  test("is what is found by one that sees the files for the first time, and files that change are named", () => {
    let changes = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 2, maxLength: 7 }), (steps) => {
        const kept = world();
        const texts = new Map<string, string>();
        let version = "auto";
        for (const one of steps) {
          const before = findingsOf(kept);
          kept.concerned.clear();
          take(kept, one, texts.has(one[0]));
          kept.session.settle();
          const [name, text] = one;
          if (name === "") version = text ?? "";
          else if (text === undefined) texts.delete(name);
          else texts.set(name, text);

          const fresh = world();
          take(fresh, ["", version], false);
          for (const [other, content] of texts) take(fresh, [other, content], false);
          const now = findingsOf(kept);
          expect(now).toEqual(findingsOf(fresh));
          expect(kept.session.workspace.recordings).toEqual(fresh.session.workspace.recordings);
          for (const [other, findings] of now) {
            if (other === uri(name) || JSON.stringify(before.get(other)) === JSON.stringify(findings)) continue;
            changes++;
            expect(kept.concerned).toContain(other);
          }
        }
      }),
      { numRuns: 300 },
    );
    expect(changes).toBeGreaterThan(100);
  });

  test.each<[name: string, after: Step, concerned: readonly string[]]>([
    ["an alert's name", ["a.rules.yml", file("Another", "dkron_failures")], ["a_test.yml"]],
    ["a recorded name", ["a.rules.yml", file("A", "a:b")], ["a_test.yml", "b.rules.yml", "prometheus.yml"]],
    [
      "what is recorded under a name",
      ["a.rules.yml", file("A", "dkron_failures", "up")],
      ["a_test.yml", "b.rules.yml", "prometheus.yml"],
    ],
    [
      "a name that nobody uses",
      ["a.rules.yml", file("A", "dkron_failures").replace("d:e", "d:f")],
      ["a_test.yml", "prometheus.yml"],
    ],
    [
      "a scrape interval",
      ["prometheus.yml", "scrape_configs: [{job_name: a, scrape_interval: 5m}]\n"],
      ["a.rules.yml", "a_test.yml", "b.rules.yml", "c.rules.yml"],
    ],
    [
      "a target",
      ["prometheus.yml", 'scrape_configs: [{job_name: a, static_configs: [{targets: ["a:1"]}]}]\n'],
      ["a_test.yml"],
    ],
    ["an alert's expression", ["a.rules.yml", file("A", "dkron_failures").replace("up > 1", "up > 2")], []],
  ])("another file is named as concerned by %s only where it can notice", (_, after, concerned) => {
    const one = world();
    take(one, ["a.rules.yml", file("A", "dkron_failures")], false);
    take(one, ["b.rules.yml", file("B", "b:c").replace("up > 1", "dkron_failures")], false);
    take(one, ["c.rules.yml", file("C", "b:d")], false);
    take(one, ["prometheus.yml", "scrape_configs: [{job_name: a}]\n"], false);
    take(one, ["a_test.yml", "rule_files: [a.rules.yml]\ntests: []\n"], false);
    findingsOf(one);
    one.concerned.clear();
    take(one, after, true);
    expect([...one.concerned].sort()).toEqual(concerned.map(uri));
  });
});

test("what rules come to use is heard of when all is quiet", () => {
  const one = world();
  const dropping = "    metric_relabel_configs: [{source_labels: [__name__], regex: dkron_job.*, action: drop}]\n";
  const config = `scrape_configs:\n  - job_name: dkron\n    static_configs: [{targets: ["a:8080"]}]\n${dropping}`;
  const using = file("A", "a:b").replace("up > 1", "increase(dkron_job_executions_failed_total[10m]) > 0");
  const saysDropped = (): boolean =>
    (findingsOf(one).get(uri("prometheus.yml")) ?? []).some(({ code }) => code === "prometheus/dkron-relabel");
  take(one, ["a.rules.yml", using], false);
  take(one, ["prometheus.yml", config], false);
  expect(saysDropped()).toBe(true);
  take(one, ["a.rules.yml", file("A", "a:b")], true);
  one.session.settle();
  expect([...one.concerned]).toContain(uri("prometheus.yml"));
  expect(saysDropped()).toBe(false);
  one.concerned.clear();
  one.session.settle();
  take(one, ["a.rules.yml", file("A", "a:b").replace("up > 1", "up > 2")], true);
  one.session.settle();
  expect([...one.concerned]).toEqual([]);
  take(one, ["a.rules.yml", using], true);
  one.session.settle();
  expect(saysDropped()).toBe(true);
});

/** An alert and two recording rules. */
function file(alert: string, record: string, expr = "sum(up)"): string {
  const recorded = `      - record: ${record}\n        expr: ${expr}\n      - record: d:e\n        expr: up\n`;
  return `groups:\n  - name: g\n    rules:\n      - alert: ${alert}\n        expr: up > 1\n${recorded}`;
}
