// The rules that ran over real agents: each one that never fired, fired late or counted three times is found, with the
// form that works as its fix; each one that was right stays quiet. Also the documentation's alert and the sample workspace.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { versionsExporting } from "../../../server/src/catalog/availability.ts";
import { exampleRule } from "../../../server/src/catalog/example.ts";
import { allRows } from "../../../server/src/catalog/metrics.ts";
import { applyEdits } from "../../../server/src/edits.ts";
import { openDocument } from "../../../server/src/language/document.ts";
import { diagnostics } from "../../../server/src/language/features/diagnostics.ts";
import type { Finding } from "../../../server/src/language/finding.ts";
import { ruleGroups } from "../../../server/src/language/ruleFile.ts";
import { contextOf, type World } from "./table.ts";

const root = join(import.meta.dirname, "../../..");
const recorded = join(root, "../shared/recordings/4.1.2/prometheus/rules.yml");

const ours = /^(metric|label|kind)\//;

function findingsIn(text: string, world: World): readonly Finding[] {
  return diagnostics(openDocument("file:///a.rules.yml", "prometheus-rules", 1, text), contextOf(world)).filter(
    ({ code, severity }) => ours.test(code) && severity !== "hint",
  );
}

/** The text once no fix of ours is left, and what then is still found. At most ten steps. */
function mended(text: string, world: World): { text: string; left: string[] } {
  let now = text;
  for (let step = 0; step < 10; step++) {
    const findings = findingsIn(now, world);
    const fix = findings.flatMap(({ fixes }) => fixes.slice(0, 1))[0];
    if (!fix) return { text: now, left: findings.map(({ code }) => code) };
    now = applyEdits(now, fix.edits);
  }
  return { text: now, left: ["no end"] };
}

type Expected = { readonly codes: readonly string[]; readonly mended?: string };

const failed = "dkron_job_executions_failed_total";
const quiet: Expected = { codes: [] };

/** By the alert's name: what 4.1.2 should hear, and the expression behind all fixes. */
const on412: Readonly<Record<string, Expected>> = {
  DkronJobFailures: { codes: ["kind/every-server"], mended: `max by (job_name) (increase(${failed}[1h])) > 3` },
  JobFailingMax: quiet,
  JobFailingSum: { codes: ["kind/every-server"], mended: `max by (job_name) (increase(${failed}[2m])) > 3` },
  JobFailureRatio: quiet,
  JobNeverSucceeds: quiet,
  FirstFailureUnseenByIncrease: {
    codes: ["kind/first-increment", "kind/every-server"],
    mended: `max by (job_name) (increase(${failed}{job_name="breaks-later"}[2m]) > 0 or ${failed}{job_name="breaks-later"} unless ${failed}{job_name="breaks-later"} offset 2m)`,
  },
  CounterReset: { codes: ["kind/resets"], mended: "changes(process_start_time_seconds[2m]) > 0" },
  RawCounter: {
    codes: ["kind/every-server", "kind/raw-counter"],
    mended: `max by (job_name) (increase(${failed}[5m])) > 3`,
  },
  NeverBucket: {
    codes: ["kind/no-histogram"],
    mended: 'max_over_time(dkron_grpc_client_agent_run{quantile="0.9"}[2m]) > 1000',
  },
  NeverQueries: {
    codes: ["metric/documented-name"],
    mended: `max by (job_name) (increase(${failed}[2m]) > 0 or ${failed} unless ${failed} offset 2m)`,
  },
  MemberFailedIncrease: {
    codes: ["kind/sparse-rate"],
    mended: "max_over_time(dkron_agent_event_received_member_failed[2m]) > 0",
  },
  MemberFailedMax: quiet,
  MemberLeft: quiet,
  ServerDown: quiet,
  TooFewServers: quiet,
  NoLeaderBarrier: {
    codes: ["kind/absent-expiring"],
    mended: 'absent_over_time(dkron_dkron_leader_barrier_count{job="dkron"}[3m])',
  },
  NodeInstancesFailed: { codes: ["metric/not-exported", "label/value"] },
  RaftTransition: { codes: ["metric/not-exported"] },
  Restarted: quiet,
  GcPauseQuantile: {
    codes: ["kind/quantile-gone"],
    mended: 'max_over_time(dkron_runtime_gc_pause_ns{quantile="0.99"}[5m]) > 1e+05',
  },
  GcPauseMean: quiet,
  GoGcMean: quiet,
  Goroutines: quiet,
  RunMeanMs: quiet,
  JobAdded: quiet,
};

/** What 4.0.9 should hear of those whose answer differs: it lacks the job counters and grpc, and has the cluster's. */
const on409: Readonly<Record<string, Expected>> = {
  DkronJobFailures: { codes: ["metric/not-exported", "kind/every-server"] },
  JobFailingMax: { codes: ["metric/not-exported"] },
  JobFailingSum: { codes: ["kind/every-server", "metric/not-exported"] },
  RunMeanMs: { codes: ["metric/not-exported", "metric/not-exported"] },
  JobAdded: { codes: ["metric/not-exported"] },
  NodeInstancesFailed: {
    codes: ["label/value"],
    mended: 'max({__name__=~"dkron_.+_memberlist_node_instances", node_state="dead"}) > 0',
  },
  RaftTransition: quiet,
  MemberFailedMax: quiet,
};

type RecordedRule = { readonly name: string; readonly expr: string; readonly text: string };

function recordedRules(): RecordedRule[] {
  const text = readFileSync(recorded, "utf8");
  const document = openDocument("file:///rules.rules.yml", "prometheus-rules", 1, text);
  return ruleGroups(document.yaml).flatMap(({ rules }) =>
    rules.flatMap(({ kind, name, expr, fields }) => {
      if (kind !== "alert" || !name || !expr) return [];
      const wait = fields.get("for")?.value;
      const forLine = wait?.kind === "scalar" ? `        for: ${wait.value}\n` : "";
      const lines = expr.value.trimEnd().replaceAll("\n", "\n          ");
      return [{ name: name.value, expr: expr.value, text: ruleText(name.value, lines, forLine) }];
    }),
  );
}

function ruleText(name: string, expr: string, rest = ""): string {
  return `groups:\n  - name: g\n    interval: 5s\n    rules:\n      - alert: ${name}\n        expr: |-\n          ${expr}\n${rest}`;
}

function exprOf(text: string): string {
  const [group] = ruleGroups(openDocument("file:///a.rules.yml", "prometheus-rules", 1, text).yaml);
  return group?.rules[0]?.expr?.value ?? "";
}

describe.runIf(existsSync(recorded))("rules that ran over real agents", () => {
  const rules = existsSync(recorded) ? recordedRules() : [];

  test("each recorded rule has a row", () => {
    expect(Object.keys(on412).sort()).toEqual(rules.map(({ name }) => name).sort());
  });

  test.each(rules.map(({ name, text }) => [name, text] as const))("%s on 4.1.2", (name, text) => {
    const expected = on412[name] ?? quiet;
    const world: World = { dkronVersion: "4.1.2" };
    expect(
      findingsIn(text, world)
        .map(({ code }) => code)
        .sort(),
    ).toEqual([...expected.codes].sort());
    if (expected.mended === undefined) return;
    const after = mended(text, world);
    expect(exprOf(after.text)).toBe(expected.mended);
    expect(after.left).toEqual([]);
  });

  test.each(Object.entries(on409))("%s on 4.0.9", (name, expected) => {
    const text = rules.find((rule) => rule.name === name)?.text ?? "";
    const world: World = { dkronVersion: "4.0.9" };
    expect(
      findingsIn(text, world)
        .map(({ code }) => code)
        .sort(),
    ).toEqual([...expected.codes].sort());
    if (expected.mended !== undefined) expect(exprOf(mended(text, world).text)).toBe(expected.mended);
  });
});

if (!existsSync(recorded)) console.log("../shared/recordings is absent: its rules are not judged");

describe("examples of the catalogue", () => {
  const examples = allRows().flatMap((row) => {
    const example = exampleRule(row);
    const version = versionsExporting(row).at(-1);
    return example && version ? [[row.id, example.expr, version.until ?? "4.1.2"] as const] : [];
  });

  test.each(examples)("%s", (_, expr, dkronVersion) => {
    const found = findingsIn(ruleText("Example", expr), { dkronVersion });
    const sure = found.filter(({ severity }) => severity !== "information");
    expect(sure.map(({ code, message }) => `${code}: ${message}`)).toEqual([]);
  });
});

describe("the sample workspace", () => {
  const folder = join(root, "test/fixtures/sample");
  const world: World = { files: { "prometheus.yml": readFileSync(join(folder, "prometheus.yml"), "utf8") } };

  test("two of its mistakes are of metrics", () => {
    const text = readFileSync(join(folder, "rules/mistakes.rules.yml"), "utf8");
    const found = findingsIn(text, world).map(({ code, range }) => [code, text.slice(range.start, range.end)]);
    expect(found).toEqual([
      ["metric/unknown", "dkron_job_executions_faild_total"],
      ["metric/not-exported", "dkron_memberlist_probeNode_count"],
    ]);
  });

  test("its right rules are quiet", () => {
    expect(findingsIn(readFileSync(join(folder, "rules/jobs.rules.yml"), "utf8"), world)).toEqual([]);
  });
});
