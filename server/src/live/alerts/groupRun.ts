// A group of rules that is evaluated again and again: keeps the states of its alerts from one time to the next. Knows no clock but
// the one that tells how long a rule takes.
import type { EvaluationOptions } from "../../promql/engine/evaluate.ts";
import { toRecord } from "../../promql/engine/labels.ts";
import { reachesBackTo } from "../../promql/engine/reach.ts";
import type { SeriesSource } from "../../promql/engine/source.ts";
import { formatDuration } from "../../promql/syntax/numbers.ts";
import type { AlertStateFrame } from "../frames.ts";
import { toSampleValue } from "../store/sampleValue.ts";
import { evaluateAlert, evaluateRecording } from "./evaluateRule.ts";
import type { Recorded } from "./recorded.ts";
import { type GroupSpec, type Rule, type RuleSpec, readRule } from "./rules.ts";
import { type ActiveAlert, type ActiveAlerts, advance, noAlerts } from "./states.ts";
import { joined } from "./storeSource.ts";

type Held = {
  spec: RuleSpec;
  /** Undefined before the first evaluation: a thousand rules are not read at one go. */
  rule: Rule | undefined;
  active: ActiveAlerts;
  /** How far back the last evaluation looked, ms; undefined before the first. */
  looksBack: number | undefined;
  /** Why the last evaluation gave nothing. */
  error: string | undefined;
  recordedKeys: ReadonlySet<string>;
  /** Until when it is left alone, because it took too long; by the clock of `performance`, ms. */
  restsUntil: number;
  /** It was not evaluated yet. */
  isNew: boolean;
};

/** What one evaluation of a rule may take, and how long a rule rests that took longer, ms. */
const longest = 2000;
const rest = 60_000;

export class GroupRun {
  spec: GroupSpec;
  #rules: Held[];
  /** Time of the last evaluation, ms. */
  at = Number.NEGATIVE_INFINITY;
  /** Grows with each evaluation, and when there are other rules: what `frames` gives of the same samples is the same until then. */
  turn = 0;
  readonly #recorded: Recorded;

  constructor(spec: GroupSpec, recorded: Recorded) {
    this.spec = spec;
    this.#recorded = recorded;
    this.#rules = spec.rules.map(hold);
  }

  /** Takes the group as it is now written. Rules that did not change keep their states; true if there are others. */
  update(spec: GroupSpec): boolean {
    // Of thousands of rules an edit leaves nearly all the same objects.
    const before = this.#rules;
    const left = new Map(before.map((held) => [held.spec, held]));
    const same = spec.rules.map((rule) => {
      const held = left.get(rule);
      left.delete(rule);
      return held;
    });
    this.#rules = spec.rules.map((rule, index) => same[index] ?? takeEqual(left, rule) ?? hold(rule));
    this.spec = spec;
    if (before.length !== this.#rules.length || this.#rules.some((held, index) => held !== before[index])) this.turn++;
    return this.#rules.some(({ isNew }) => isNew);
  }

  /**
   * Evaluates the rules one after the other; stops after each so that the caller may do something else in between.
   * Times in ms. Rules that are new are first evaluated at earlier times, so that they stand as if they had always been there.
   * `which`: only those between two turns of the group, since whoever types one must not wait for thousands.
   */
  *evaluate(
    source: SeriesSource,
    at: number,
    options: EvaluationOptions,
    since = at,
    which: "all" | "new" = "all",
  ): Generator<void> {
    const own = { subqueryStep: this.spec.interval, ...options };
    const both = joined(source, this.#recorded);
    for (const held of this.#rules) {
      if (which === "new" && !held.isNew) continue;
      if (held.isNew)
        for (const earlier of this.#timesBefore(held, since, at)) yield this.#once(held, both, earlier, own);
      held.isNew = false;
      yield this.#once(held, both, at, own);
    }
    if (which === "all") this.at = at;
    this.turn++;
  }

  /** As far back as the state of the rule can depend on, and no further than `since`. */
  #timesBefore({ spec: { holdFor, keepFiringFor } }: Held, since: number, at: number): number[] {
    const span = Math.min(at - since, holdFor + keepFiringFor + this.spec.interval);
    const step = Math.max(this.spec.interval, span / mostReplays);
    const count = Math.floor(span / step);
    return Array.from({ length: count }, (_, index) => at - (count - index) * step);
  }

  /** A rule that takes longer than the server can be kept waiting is given up, and left alone for a while. */
  #once(held: Held, source: SeriesSource, at: number, options: EvaluationOptions): void {
    const begun = performance.now();
    if (begun < held.restsUntil) return;
    const queried = at - this.spec.queryOffset;
    const limited = { ...options, isCancelled: () => performance.now() - begun > longest };
    held.rule ??= readRule(held.spec);
    const { expr } = held.rule.parsed;
    held.looksBack = expr ? at - reachesBackTo(expr, at) : undefined;
    held.error =
      held.spec.kind === "alert"
        ? this.#evaluateAlert(held, held.rule, source, queried, at, limited)
        : this.#record(held, held.rule, source, queried, limited);
    const ended = performance.now();
    if (held.error !== undefined && ended - begun > longest) held.restsUntil = ended + rest;
  }

  /** Active alerts keep their states where an evaluation fails. */
  #evaluateAlert(
    held: Held,
    rule: Rule,
    source: SeriesSource,
    queried: number,
    at: number,
    options: EvaluationOptions,
  ): string | undefined {
    const answer = evaluateAlert(rule, source, queried, options);
    if ("error" in answer) return answer.error;
    held.active = advance(held.active, answer.results, held.spec, at);
    return undefined;
  }

  #record(held: Held, rule: Rule, source: SeriesSource, at: number, options: EvaluationOptions): string | undefined {
    const answer = evaluateRecording(rule, source, at, options);
    if ("error" in answer) return answer.error;
    held.recordedKeys = this.#recorded.take(answer.results, at, held.recordedKeys);
    return undefined;
  }

  /** The active alerts of each alerting rule, by its place in the group. */
  active(): readonly { readonly rule: RuleSpec; readonly alerts: readonly ActiveAlert[] }[] {
    return this.#rules
      .filter(({ spec }) => spec.kind === "alert")
      .map(({ spec, active }) => ({ rule: spec, alerts: [...active.values()] }));
  }

  /** What a view is shown. `oldest`: from when on samples are known at all; `kept`: how long they are kept; ms. */
  frames(oldest: number | undefined, kept = Number.POSITIVE_INFINITY): AlertStateFrame[] {
    return this.#rules
      .filter(({ spec }) => spec.kind === "alert")
      .flatMap((held) => this.#ruleFrames(held, oldest, kept));
  }

  #ruleFrames(held: Held, oldest: number | undefined, kept: number): AlertStateFrame[] {
    const { spec, active, error } = held;
    const { file, name: group } = this.spec;
    const place = { file, group, rule: spec.name };
    const why =
      error === undefined ? doubt(held, this.at, oldest, kept) : { reason: `It cannot be evaluated: ${error}.` };
    // What fires because nothing is there says nothing while nothing is known.
    if (active.size === 0 || oldest === undefined) {
      const state = why === undefined ? ("inactive" as const) : ("unknown" as const);
      return [{ ...place, state, since: null, value: null, labels: {}, annotations: {}, ...why }];
    }
    return [...active.values()].map((alert) => ({ ...place, ...frameOf(alert, spec), ...why }));
  }
}

const hold = (spec: RuleSpec): Held => ({
  spec,
  rule: undefined,
  looksBack: undefined,
  active: noAlerts,
  error: undefined,
  recordedKeys: new Set(),
  restsUntil: Number.NEGATIVE_INFINITY,
  isNew: true,
});

/** The one of those left that says the same, under what it is written as now. */
function takeEqual(left: Map<RuleSpec, Held>, rule: RuleSpec): Held | undefined {
  for (const [spec, held] of left) {
    if (!isSameRule(spec, rule)) continue;
    left.delete(spec);
    held.spec = rule;
    return held;
  }
  return undefined;
}

const isSameRule = (before: RuleSpec, now: RuleSpec): boolean =>
  before.name === now.name &&
  before.expr === now.expr &&
  before.kind === now.kind &&
  before.holdFor === now.holdFor &&
  before.keepFiringFor === now.keepFiringFor &&
  haveSameTexts(before.labels, now.labels) &&
  haveSameTexts(before.annotations, now.annotations);

/** Also in their order. */
function haveSameTexts(before: Readonly<Record<string, string>>, now: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(before);
  const others = Object.keys(now);
  return (
    names.length === others.length && names.every((name, index) => name === others[index] && before[name] === now[name])
  );
}

function frameOf(
  { state, activeAt, keptSince, value, labels, annotations }: ActiveAlert,
  { holdFor, keepFiringFor }: RuleSpec,
): Omit<AlertStateFrame, "file" | "group" | "rule"> {
  return {
    state,
    since: activeAt,
    ...(state === "pending" ? { firesAt: activeAt + holdFor } : {}),
    ...(keptSince === undefined ? {} : { keptUntil: keptSince + keepFiringFor }),
    value: toSampleValue(value),
    labels: toRecord(labels),
    annotations,
  };
}

/** A new rule is evaluated at so many earlier times at most. */
const mostReplays = 120;

/** The first samples may be one interval younger than the link. */
const slack = 15_000;

type Doubt = Pick<AlertStateFrame, "reason" | "history">;

/** Why what the expression answers need not be right; nothing where it looks at no more than is known. */
function doubt({ looksBack }: Held, at: number, oldest: number | undefined, kept: number): Doubt | undefined {
  if (oldest === undefined) return { reason: "Insufficient history: no samples have come in yet." };
  if (looksBack === undefined || !Number.isFinite(at)) return { reason: "It was not evaluated yet." };
  if (at - looksBack >= oldest - slack) return undefined;
  if (looksBack - slack <= kept) return { history: { looksBack, since: oldest } };
  return {
    reason: `Insufficient history: it looks back ${inWords(looksBack)}, and samples are kept for ${inWords(kept)} only, so that Prometheus may answer something else.`,
  };
}

const inWords = (ms: number): string => formatDuration(Math.round(ms / 1000));
