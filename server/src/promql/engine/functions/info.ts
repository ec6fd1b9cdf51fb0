// `info`: adds the labels of info metrics, such as `target_info`, to the series of the same target. Knows no arithmetic.
import type { Call, Expr, VectorSelector } from "../../syntax/tree.ts";
import { formatLabels, type Labels, labelValue, withLabel } from "../labels.ts";
import { fail, type Run, type Sample, type Vector } from "../run.ts";
import { currentIndex } from "../selectors.ts";
import { type Matcher, matchersOf, matchesAll } from "../source.ts";
import { timeOf } from "../times.ts";

const identifying = ["instance", "job"];
const targetInfo: Matcher = { label: "__name__", equals: "target_info", matches: (value) => value === "target_info" };

const anyInfo: Matcher = { label: "__name__", matches: (value) => /^.+_info$/s.test(value) };

type InfoSample = { readonly labels: Labels; readonly time: number };

/** Source: promql/info.go, `evalInfo`. */
export function infoCall(run: Run, { args }: Call, at: number): Vector {
  const [operand, choice] = args;
  if (!operand) return [];
  const base = run.vector(operand, at);
  const chosen = choice?.kind === "VectorSelector" ? matchersOf(choice) : [];
  const names = nameMatchers(choice, chosen);
  const data = chosen.filter(({ label }) => label !== "__name__");
  const isInfo = ({ labels }: Sample): boolean => {
    const name = labelValue(labels, "__name__");
    return names.every(({ matches }) => matches(name));
  };
  const isAimed = base.some((sample) => !isInfo(sample) && identifying.some((name) => labelValue(sample.labels, name)));
  const infos = isAimed
    ? newestInfos(run, [...names, ...data], at, selectorIn(operand))
    : new Map<string, InfoSample[]>();
  const out: Sample[] = [];
  for (const sample of base) {
    const enriched = isInfo(sample) ? sample : enrich(sample, infos, data);
    // A name that was to go at the end stays: Prometheus forgets that here.
    if (enriched) out.push(enriched.dropName ? { ...enriched, dropName: false } : enriched);
  }
  return out;
}

/** Which metrics are info metrics: those that are asked for; where names are only ruled out, all others that end in `_info`. */
function nameMatchers(choice: Expr | undefined, chosen: readonly Matcher[]): Matcher[] {
  const given = chosen.filter(({ label }) => label === "__name__");
  if (given.length === 0) return [targetInfo];
  const isPositive =
    choice?.kind === "VectorSelector" &&
    (choice.name !== "" ||
      choice.matchers.some(({ label, op }) => label === "__name__" && (op === "=" || op === "=~")));
  return isPositive ? given : [anyInfo, ...given];
}

/** The info series are looked at when the operand's first selector is. */
function selectorIn(expr: Call["args"][number]): VectorSelector | undefined {
  if (expr.kind === "VectorSelector") return expr;
  if (expr.kind === "ParenExpr") return selectorIn(expr.expr);
  return undefined;
}

const targetOf = (labels: Labels): string => identifying.map((name) => labelValue(labels, name)).join("\u00ff");

/** By target, one sample for each info metric: the newest. */
function newestInfos(
  run: Run,
  matchers: Matcher[],
  at: number,
  like: VectorSelector | undefined,
): Map<string, InfoSample[]> {
  const time = like ? timeOf(like, at, run) : at;
  const newest = new Map<string, InfoSample>();
  for (const series of run.source.select(matchers, time - run.lookback, time)) {
    const index = currentIndex(run, series, time);
    if (index < 0 || !matchesAll(matchers, series.labels)) continue;
    const found = { labels: series.labels, time: series.times[index] as number };
    const key = `${labelValue(series.labels, "__name__")}\u00ff${targetOf(series.labels)}`;
    const before = newest.get(key);
    if (before?.time === found.time) {
      const [existing, added] = [before, found].map(({ labels, time: at }) => `${formatLabels(labels)} @ ${at}`);
      fail(`found duplicate series for info metric: existing ${existing}, new ${added}`);
    }
    if (!before || before.time < found.time) newest.set(key, found);
  }
  const byTarget = new Map<string, InfoSample[]>();
  for (const info of newest.values()) {
    const target = targetOf(info.labels);
    byTarget.set(target, [...(byTarget.get(target) ?? []), info]);
  }
  return byTarget;
}

function enrich(
  sample: Sample,
  infos: ReadonlyMap<string, InfoSample[]>,
  data: readonly Matcher[],
): Sample | undefined {
  const found = infos.get(targetOf(sample.labels)) ?? [];
  if (found.length === 0) return data.every(({ matches }) => matches("")) ? sample : undefined;
  const wanted = new Set(data.map(({ label }) => label));
  const added = new Map<string, string>();
  for (const { labels } of found)
    for (let at = 0; at < labels.length; at += 2) {
      const [name, value] = [labels[at] as string, labels[at + 1] as string];
      if (name === "__name__" || (wanted.size > 0 && !wanted.has(name))) continue;
      if ((added.get(name) ?? value) !== value) fail(`conflicting label: ${name}`);
      if (labelValue(sample.labels, name) === "") added.set(name, value);
    }
  let labels = sample.labels;
  for (const [name, value] of added) labels = withLabel(labels, name, value);
  return { ...sample, labels };
}
