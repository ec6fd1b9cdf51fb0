// What is made is what the vendors take, and asks only for metrics that the version has.
import Ajv from "ajv";
import { load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { isExported } from "../../server/src/catalog/availability.ts";
import { identify } from "../../server/src/catalog/identify.ts";
import { knownVersions } from "../../server/src/catalog/versions.ts";
import { alertRules } from "../../server/src/dashboards/alertRules.ts";
import { dashboards } from "../../server/src/dashboards/dashboards.ts";
import { openDocument } from "../../server/src/language/document.ts";
import { diagnostics } from "../../server/src/language/features/diagnostics.ts";
import { metricUses } from "../../server/src/language/metricUses.ts";
import { evaluate } from "../../server/src/promql/engine/evaluate.ts";
import { labelsFrom, toRecord } from "../../server/src/promql/engine/labels.ts";
import { type Series, sourceOf } from "../../server/src/promql/engine/source.ts";
import { parse } from "../../server/src/promql/syntax/parse.ts";
import { check } from "../../server/src/promql/types/check.ts";
import { newContext } from "../language/context.ts";

const versions = knownVersions().filter((version) => Number(version.split(".")[0]) >= 3);

const grafanaPanel = {
  type: "object",
  required: ["id", "type", "title", "gridPos"],
  properties: {
    id: { type: "integer", minimum: 1 },
    type: { enum: ["row", "timeseries"] },
    title: { type: "string", minLength: 1 },
    gridPos: {
      type: "object",
      required: ["x", "y", "w", "h"],
      properties: {
        x: { minimum: 0, maximum: 23 },
        y: { minimum: 0 },
        w: { minimum: 1, maximum: 24 },
        h: { minimum: 1 },
      },
    },
    targets: {
      type: "array",
      minItems: 1,
      items: { type: "object", required: ["refId"], anyOf: [{ required: ["expr"] }, { required: ["target"] }] },
    },
  },
};

/** The fields that an import needs, by Grafana's documentation of its classic model. */
const grafana = new Ajv({ strict: false }).compile({
  type: "object",
  required: ["title", "schemaVersion", "panels", "templating", "time", "uid"],
  properties: {
    id: { type: "null" },
    uid: { type: "string", maxLength: 40 },
    schemaVersion: { const: 42 },
    panels: { type: "array", minItems: 1, items: grafanaPanel },
  },
});

/** The fields that Datadog's API (v1, dashboards) requires. */
const datadog = new Ajv({ strict: false }).compile({
  type: "object",
  required: ["title", "layout_type", "widgets"],
  properties: {
    layout_type: { enum: ["ordered", "free"] },
    widgets: {
      type: "array",
      minItems: 1,
      items: {
        type: "object",
        required: ["definition"],
        properties: {
          definition: {
            type: "object",
            required: ["type", "layout_type", "widgets"],
            properties: { type: { const: "group" } },
          },
        },
      },
    },
  },
});

type GrafanaPanel = {
  id: number;
  gridPos: { x: number; y: number; w: number; h: number };
  targets?: { expr?: string; target?: string }[];
};

describe.each(versions)("for Dkron %s", (version) => {
  const panels = (text: string): GrafanaPanel[] => (JSON.parse(text) as { panels: GrafanaPanel[] }).panels;

  test.each(["grafana", "graphite"] as const)("the %s dashboard has the shape that Grafana imports", (name) => {
    const text = dashboards[name].make(version);
    expect(grafana(JSON.parse(text)), JSON.stringify(grafana.errors)).toBe(true);
    const ids = panels(text).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const a of panels(text)) for (const b of panels(text)) expect(a.id < b.id && overlap(a, b)).toBe(false);
  });

  test("the Datadog dashboard has the shape that the API takes", () => {
    expect(datadog(JSON.parse(dashboards.datadog.make(version))), JSON.stringify(datadog.errors)).toBe(true);
  });

  test("every expression is right and asks for metrics of this version", () => {
    const exprs = panels(dashboards.grafana.make(version)).flatMap(({ targets = [] }) =>
      targets.flatMap(({ expr }) => expr ?? []),
    );
    for (const expr of exprs) {
      const parsed = parse(expr);
      expect(check(parsed), expr).toEqual([]);
      for (const { name } of metricUses(parsed.expr)) {
        const found = identify(name, "prometheus", { version });
        if (name !== "up") expect(found && isExported(found.row, version), `${name} in ${expr}`).toBe(true);
      }
    }
  });

  test("the alert rules are clean by our own checks", () => {
    const text = alertRules(version);
    const document = openDocument("file:///dkron.rules.yml", "prometheus-rules", 1, text);
    const context = newContext({ dkronVersion: version });
    const findings = diagnostics(document, context);
    expect(findings.map(({ code, message }) => `${code}: ${message}`)).toEqual([]);
    expect((load(text) as { groups: unknown[] }).groups.length).toBeGreaterThan(0);
  });
});

test("job alerts are there from 4.1.0 on, and not where no agent exports the counters", () => {
  expect(alertRules("4.1.2")).toContain("dkron_job_executions_failed_total");
  expect(alertRules("4.0.9")).not.toContain("dkron_job_executions_failed_total");
  expect(alertRules("4.0.9")).toContain("dkron_raft_transition_heartbeat_timeout");
});

test("a job that fails for the first time is told, a job that has succeeded is not", () => {
  const minute = 60_000;
  /** Counted once, at ten minutes: a series is born with its first count. */
  const born = (name: string, job: string, instance: string): Series => ({
    labels: labelsFrom({ __name__: `dkron_job_executions_${name}_total`, job_name: job, instance }),
    times: Float64Array.from({ length: 90 }, (_, index) => (10 + index) * minute),
    values: new Float64Array(90).fill(1),
    stale: new Float64Array(0),
  });
  const source = sourceOf([
    born("failed", "daily", "a"),
    born("failed", "daily", "b"),
    born("failed", "once", "a"),
    born("succeeded", "once", "a"),
  ]);
  const rules = (load(alertRules("4.1.2")) as { groups: { rules: { alert: string; expr: string }[] }[] }).groups;
  const rule = rules.flatMap((group) => group.rules).find(({ alert }) => alert === "DkronJobNeverSucceeds");
  const jobs = (at: number): unknown => {
    const outcome = evaluate(rule?.expr ?? "", source, { at: at * minute });
    return "value" in outcome && outcome.value.type === "vector"
      ? outcome.value.samples.map(({ labels, value }) => [toRecord(labels), value])
      : outcome;
  };
  expect(jobs(5)).toEqual([]);
  for (const at of [11, 30, 60]) expect(jobs(at)).toEqual([[{ job_name: "daily" }, 1]]);
});

function overlap(a: GrafanaPanel, b: GrafanaPanel): boolean {
  const [p, q] = [a.gridPos, b.gridPos];
  return p.x < q.x + q.w && q.x < p.x + p.w && p.y < q.y + q.h && q.y < p.y + p.h;
}
