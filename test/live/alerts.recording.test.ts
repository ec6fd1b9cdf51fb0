// The alerts of a real Prometheus 3.14 over a real cluster with incidents: the same samples must give the same states at the same evaluations.
import { readFileSync } from "node:fs";
import { load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { GroupRun } from "../../server/src/live/alerts/groupRun.ts";
import { Recorded } from "../../server/src/live/alerts/recorded.ts";
import type { GroupSpec, RuleSpec } from "../../server/src/live/alerts/rules.ts";
import { joined, sourceOfSamples } from "../../server/src/live/alerts/storeSource.ts";
import type { AlertStateFrame } from "../../server/src/live/frames.ts";
import type { Intake } from "../../server/src/live/store/intake.ts";
import { Store } from "../../server/src/live/store/store.ts";
import { evaluate } from "../../server/src/promql/engine/evaluate.ts";
import { keyOf, labelsFrom } from "../../server/src/promql/engine/labels.ts";
import type { SeriesSource } from "../../server/src/promql/engine/source.ts";
import { parseDuration } from "../../server/src/promql/syntax/numbers.ts";
import { readJsonLines, sharedPath } from "./shared.ts";

type Labelled = { metric: Record<string, string>; values: [number, string][] };
type ToldAlert = {
  labels: Record<string, string>;
  annotations: Record<string, string>;
  state: string;
  activeAt: string;
  value: string;
};
type Recording = {
  name: string;
  at?: number;
  params?: { query?: string; start?: number; end?: number; step?: number };
  answer: { data?: { result: Labelled[] }; infos?: string[]; warnings?: string[] };
};

const folder = sharedPath("recordings", "4.1.2", "prometheus");
const recordings = folder ? readJsonLines<Recording>(`${folder}/prometheus-api.jsonl`) : [];
const resultOf = (name: string): Labelled[] =>
  recordings.find((recording) => recording.name === name)?.answer.data?.result ?? [];

const numberOf = (text: string): number => {
  if (text === "+Inf") return Number.POSITIVE_INFINITY;
  return text === "-Inf" ? Number.NEGATIVE_INFINITY : Number(text);
};

/** What was not recorded: the rules that look at it are left out, by name. */
const isRecorded = (expr: string): boolean => !/\bgo_/.test(expr);

const history = 3_600_000;

/** The recorded samples in a store, one source for each instance, as the link would have scraped them. */
function storeOf(series: readonly Labelled[]): Store {
  const store = new Store(
    { history, maxSeries: 100_000, maxBytes: 2 ** 30 },
    { added: () => {}, removed: () => {}, column: () => {}, event: () => {} },
  );
  const instances = [...new Set(series.map(({ metric }) => metric.instance ?? ""))];
  for (const instance of instances) {
    const own = series.filter(({ metric }) => (metric.instance ?? "") === instance);
    fill(store.intake(instance, 5000), own);
  }
  return store;
}

function fill(intake: Intake, series: readonly Labelled[]): void {
  const columns = new Map<number, [Labelled["metric"], number][]>();
  for (const { metric, values } of series)
    for (const [seconds, text] of values) {
      const at = Math.round(seconds * 1000);
      columns.set(at, [...(columns.get(at) ?? []), [metric, numberOf(text)]]);
    }
  for (const [at, samples] of [...columns].sort(([a], [b]) => a - b)) {
    intake.open(at);
    for (const [{ __name__: name = "", ...labels }, value] of samples) {
      const key = { name, labels: Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)) };
      intake.put(intake.handle(key, traits(name)), value);
    }
    intake.close("complete");
  }
}

const traits = (family: string) => () =>
  ({ type: "unknown", role: "value", cumulative: false, family, expires: false }) as const;

type WrittenRule = {
  alert?: string;
  record?: string;
  expr: string;
  for?: string;
  keep_firing_for?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
};

const ms = (text: string | undefined): number => (text === undefined ? 0 : parseDuration(text).value * 1000);

function groupsOf(text: string): GroupSpec[] {
  const { groups } = load(text) as { groups: { name: string; interval: string; rules: WrittenRule[] }[] };
  return groups.map(({ name, interval, rules }) => ({
    file: "rules.yml",
    name,
    interval: ms(interval),
    queryOffset: 0,
    rules: rules.filter(({ expr }) => isRecorded(expr)).map(specOf),
  }));
}

const specOf = (rule: WrittenRule): RuleSpec => ({
  kind: rule.alert === undefined ? "record" : "alert",
  name: rule.alert ?? rule.record ?? "",
  expr: rule.expr,
  holdFor: ms(rule.for),
  keepFiringFor: ms(rule.keep_firing_for),
  labels: rule.labels ?? {},
  annotations: rule.annotations ?? {},
});

describe.runIf(folder)("alerts of a recorded Prometheus", () => {
  const text = folder ? readFileSync(`${folder}/rules.yml`, "utf8") : "groups: []";
  const groups = groupsOf(text);
  const alerts = resultOf("raw-alerts");
  const raw = resultOf("raw").filter(({ metric }) => !/^ALERTS/.test(metric.__name__ ?? ""));
  const store = storeOf(raw);
  const recorded = new Recorded(history);
  const source: SeriesSource = joined(sourceOfSamples(store), recorded);

  test.each(groups.map((group) => [group.name, group] as const))(
    "group %s: same states, same evaluations",
    (_, group) => {
      const names = new Set(group.rules.map(({ name }) => name));
      const own = alerts.filter(({ metric }) => names.has(metric.alertname ?? ""));
      const some = Math.round((own[0]?.values[0]?.[0] ?? 0) * 1000);
      const times = raw.flatMap(({ values }) => values.map(([seconds]) => Math.round(seconds * 1000)));
      const [first, last] = [
        Math.min(...times),
        Math.max(...own.flatMap(({ values }) => values.map(([at]) => at * 1000))),
      ];
      const expected = new Set(
        own.flatMap(({ metric: { __name__: _name, ...labels }, values }) =>
          values.map(([seconds]) => `${Math.round(seconds * 1000)} ${keyOf(labelsFrom(labels))}`),
        ),
      );
      const run = new GroupRun(group, recorded);
      const actual = new Set<string>();
      let evaluations = 0;
      const begin = some - Math.floor((some - first) / group.interval) * group.interval;
      for (let at = begin; at <= last + 1; at += group.interval) {
        for (const _step of run.evaluate(source, at, {})) evaluations++;
        // Prometheus holds the states of its first evaluation, but writes `ALERTS` only from the second on
        // (rules/alerting.go, `restored`).
        if (at === begin) continue;
        for (const { alerts: active } of run.active())
          for (const { labels, state } of active) {
            const pairs: Record<string, string> = { alertstate: state };
            for (let index = 0; index < labels.length; index += 2) pairs[labels[index] ?? ""] = labels[index + 1] ?? "";
            actual.add(`${at} ${keyOf(labelsFrom(pairs))}`);
          }
      }
      console.log(`${group.name}: ${evaluations} evaluations of ${group.rules.length} rules, ${expected.size} states`);
      expect([...actual].filter((state) => !expected.has(state)).slice(0, 10)).toEqual([]);
      expect([...expected].filter((state) => !actual.has(state)).slice(0, 10)).toEqual([]);
      expect(expected.size).toBeGreaterThan(0);
    },
  );

  /** What `/api/v1/alerts` said at four moments: texts, values and times of each alert. */
  const moments = recordings.filter(({ name }) => name.endsWith("/alerts"));
  test.each(moments.map((recording) => [recording.name, recording] as const))(
    "%s: texts, values, times",
    (_, { at, answer }) => {
      const told = ((answer.data ?? {}) as { alerts?: ToldAlert[] }).alerts ?? [];
      const here = groups.flatMap((group) => statesBefore(group, (at ?? 0) * 1000));
      for (const alert of told.filter(({ labels }) => isJudged(labels.alertname ?? ""))) {
        const found = here.find(({ labels }) => keyOf(labelsFrom(labels)) === keyOf(labelsFrom(alert.labels)));
        const { annotations } = alert;
        // The server's own address is not known here.
        const judged = Object.entries(annotations).filter(([, text]) => !text.includes("http://"));
        expect(found?.state, JSON.stringify(alert.labels)).toBe(alert.state);
        expect(found?.since).toBe(Math.floor(Date.parse(alert.activeAt)));
        expect(found?.value).toBeCloseTo(Number(alert.value), 6);
        for (const [name, text] of judged) expect(inAnyOrder(found?.annotations[name])).toBe(inAnyOrder(text));
      }
      expect(here.filter(({ since }) => since !== null).length).toBe(
        told.filter(({ labels }) => isJudged(labels.alertname ?? "")).length,
      );
    },
  );

  const isJudged = (name: string): boolean => groups.some(({ rules }) => rules.some((rule) => rule.name === name));

  /** A query in a text gives its rows in the order of the server's storage. */
  const inAnyOrder = (text = ""): string => (text.startsWith("127.") ? text.split(" ").sort().join(" ") : text);

  function statesBefore(group: GroupSpec, end: number): AlertStateFrame[] {
    const run = new GroupRun(group, recorded);
    const names = new Set(group.rules.map(({ name }) => name));
    const some = Math.round(
      (alerts.find(({ metric }) => names.has(metric.alertname ?? ""))?.values[0]?.[0] ?? 0) * 1000,
    );
    const first = Math.min(...raw.flatMap(({ values }) => values.map(([seconds]) => seconds * 1000)));
    for (
      let time = some - Math.floor((some - first) / group.interval) * group.interval;
      time <= end;
      time += group.interval
    )
      for (const _step of run.evaluate(source, time, {}));
    return run.frames(0);
  }

  const ranges = recordings.filter(
    ({ name, params }) =>
      name.startsWith("range/") && isRecorded(params?.query ?? "") && !/^range\/(ALERTS|job_name:)/.test(name),
  );
  test.each(ranges.map((recording) => [recording.name, recording] as const))("%s", (_, { params, answer }) => {
    const { query = "", start = 0, end = 0, step = 1 } = params ?? {};
    const when = { start: Math.round(start * 1000), end: Math.round(end * 1000), step: step * 1000 };
    const outcome = evaluate(query, source, when, { subqueryStep: 5000 });
    if ("error" in outcome || outcome.value.type !== "matrix") throw new Error(JSON.stringify(outcome));
    const { series } = outcome.value;
    const actual = new Map(series.map(({ labels, times, values }) => [keyOf(labels), { times, values }]));
    const expected = answer.data?.result ?? [];
    expect([...actual.keys()].sort()).toEqual(expected.map(({ metric }) => keyOf(labelsFrom(metric))).sort());
    for (const { metric, values } of expected) {
      const found = actual.get(keyOf(labelsFrom(metric)));
      expect(found?.times).toEqual(values.map(([seconds]) => Math.round(seconds * 1000)));
      values.forEach(([, value], index) => {
        expect(found?.values[index]).toBeCloseTo(numberOf(value), 6);
      });
    }
    expect([...outcome.remarks]).toEqual([...(answer.infos ?? []), ...(answer.warnings ?? [])]);
  });

  test("what was not recorded is left out by name", () => {
    const { groups: all } = load(text) as { groups: { rules: WrittenRule[] }[] };
    const left = all.flatMap(({ rules }) => rules).filter(({ expr }) => !isRecorded(expr));
    console.log(`not judged, for its metrics were not recorded: ${left.map(({ alert }) => alert).join(", ")}`);
    expect(left.map(({ alert }) => alert)).toEqual(["GoGcMean"]);
  });
});
