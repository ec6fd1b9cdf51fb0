// One rule on samples at one time: what it answers, under the labels and with the texts that it gives. Keeps nothing.
import { type EvaluationOptions, evaluate } from "../../promql/engine/evaluate.ts";
import { keyOf, type Labels, toRecord, withLabel, withoutName } from "../../promql/engine/labels.ts";
import type { SeriesSource } from "../../promql/engine/source.ts";
import { parse } from "../../promql/syntax/parse.ts";
import { check } from "../../promql/types/check.ts";
import { expandTemplate } from "../../template/expand.ts";
import type { World } from "../../template/functions/context.ts";
import type { Rule, Text } from "./rules.ts";
import type { AlertResult } from "./states.ts";

type Sample = { readonly labels: Labels; readonly value: number };

export type Answer<T> = { readonly results: T } | { readonly error: string };

function samplesOf(
  rule: Rule,
  source: SeriesSource,
  at: number,
  options: EvaluationOptions,
): Answer<readonly Sample[]> {
  const outcome = evaluate(rule.parsed, source, { at }, options);
  if ("error" in outcome) return outcome;
  const { value } = outcome;
  if (value.type === "vector") return { results: value.samples };
  if (value.type === "scalar") return { results: [{ labels: [], value: value.value }] };
  return { error: "rule result is not a vector or scalar" };
}

/** The alerts whose condition holds at `at` (ms), by a key of their labels. */
export function evaluateAlert(
  rule: Rule,
  source: SeriesSource,
  at: number,
  options: EvaluationOptions,
): Answer<ReadonlyMap<string, AlertResult>> {
  const answer = samplesOf(rule, source, at, options);
  if ("error" in answer) return answer;
  const world = worldOf(source, at, options);
  const results = new Map<string, AlertResult>();
  for (const sample of answer.results) {
    const expand = ({ text, template }: Text): string => {
      if (!template) return text;
      const { value } = sample;
      const { name } = rule.spec;
      const data = { alert: name, labels: toRecord(sample.labels), externalLabels: {}, externalURL: "", value };
      const expanded = expandTemplate(template, data, world);
      return "text" in expanded ? expanded.text : `<error expanding template: ${expanded.error}>`;
    };
    const labels = alertLabels(rule, sample.labels, expand);
    const key = keyOf(labels);
    if (results.has(key))
      return { error: "vector contains metrics with the same labelset after applying alert labels" };
    const annotations = Object.fromEntries(rule.annotations.map((text) => [text.name, expand(text)]));
    results.set(key, { labels, annotations, value: sample.value });
  }
  return { results };
}

function alertLabels(rule: Rule, given: Labels, expand: (text: Text) => string): Labels {
  let labels = withoutName(given);
  for (const text of rule.labels) labels = withLabel(labels, text.name, expand(text));
  return withLabel(labels, "alertname", rule.spec.name);
}

function worldOf(source: SeriesSource, at: number, options: EvaluationOptions): World {
  return {
    now: at / 1000,
    query: (expr) => {
      const parsed = parse(expr);
      const refused = check(parsed)[0];
      if (refused) return { error: `${placeIn(expr, refused.start)}: parse error: ${refused.message}` };
      const outcome = evaluate(parsed, source, { at }, options);
      if ("error" in outcome) return { error: outcome.error };
      const { value } = outcome;
      if (value.type === "scalar") return [{ labels: {}, value: value.value }];
      if (value.type !== "vector") return { error: "rule result is not a vector or scalar" };
      return value.samples.map((sample) => ({ labels: toRecord(sample.labels), value: sample.value }));
    },
  };
}

/** `line:column` from 1, the column in bytes, as Prometheus places errors of a query. */
function placeIn(expr: string, offset: number): string {
  if (expr === "") return "unknown position";
  const before = expr.slice(0, offset).split("\n");
  return `${before.length}:${Buffer.byteLength(before.at(-1) ?? "") + 1}`;
}

/** The samples that a recording rule gives. Source: rules/recording.go. */
export function evaluateRecording(
  rule: Rule,
  source: SeriesSource,
  at: number,
  options: EvaluationOptions,
): Answer<readonly Sample[]> {
  const answer = samplesOf(rule, source, at, options);
  if ("error" in answer) return answer;
  const named = answer.results.map(({ labels: given, value }) => {
    let labels = withLabel(given, "__name__", rule.spec.name);
    for (const { name, text } of rule.labels) labels = withLabel(labels, name, text);
    return { labels, value };
  });
  const keys = new Set(named.map(({ labels }) => keyOf(labels)));
  if (keys.size < named.length)
    return { error: "vector contains metrics with the same labelset after applying rule labels" };
  return { results: named };
}
