// The labels that series of a selector have, by its matchers and what is known of the metric. Knows no operator.
import type { LabelMatcher, VectorSelector } from "../syntax/tree.ts";
import type { Branch } from "./branches.ts";
import { type LabelFact, type LabelFacts, METRIC_NAME } from "./labelFacts.ts";
import type { MetricInfo, MetricWorld } from "./metricInfo.ts";
import { regexpError, regexpMatches } from "./regexps.ts";

/** The name that a selector asks for, before or in the braces; "" where it asks for several or by pattern. */
export function metricNameOf(selector: VectorSelector): string {
  if (selector.name !== "") return selector.name;
  const named = selector.matchers.find(({ label, op }) => label === METRIC_NAME && op === "=");
  return named?.value ?? "";
}

export function selectorBranch(selector: VectorSelector, world: MetricWorld): Branch {
  const name = metricNameOf(selector);
  const info = name === "" ? undefined : world.metric(name);
  const facts = baseFacts(selector, name, info, world);
  const named = new Map(facts.named);
  let dead: Branch["dead"];
  for (const matcher of selector.matchers) {
    if (matcher.op === undefined || matcher.valueStart < 0) continue;
    const before = named.get(matcher.label) ?? facts.others;
    const after = narrow(before, matcher);
    if (!after) dead ??= { reason: `no series matches ${matcher.label}: ${before.reason}`, range: range(matcher) };
    else if (matcher.label !== METRIC_NAME || selector.name === "") named.set(matcher.label, after);
  }
  return {
    expr: selector,
    facts: { named, others: facts.others },
    alwaysReturns: false,
    condition: undefined,
    value: undefined,
    dead,
  };
}

function range({ start, end }: LabelMatcher): { start: number; end: number } {
  return { start, end };
}

function baseFacts(
  selector: VectorSelector,
  name: string,
  info: MetricInfo | undefined,
  world: MetricWorld,
): LabelFacts {
  const at = { start: selector.start, end: selector.open < 0 ? selector.start + name.length : selector.end };
  const named = new Map<string, LabelFact>();
  if (name !== "") {
    named.set(METRIC_NAME, { presence: "always", reason: "the selector names the metric", range: at, values: [name] });
  } else {
    named.set(METRIC_NAME, { presence: "always", reason: "every stored series has a name", range: at });
  }
  if (info) {
    for (const { name: label, values } of info.labels) {
      const reason = `every series of ${name} has the label ${label}`;
      named.set(label, { presence: "always", reason, range: at, ...(values ? { values } : {}) });
    }
  }
  for (const label of world.targetLabels ?? []) {
    named.set(label, { presence: "always", reason: `the scrape adds the label ${label}`, range: at });
  }
  const others: LabelFact =
    info && world.closed
      ? { presence: "never", reason: `${name} has no such label`, range: at }
      : { presence: "maybe", reason: "a stored series may have any label", range: at };
  return { named, others };
}

/** What is left of a label behind a matcher; undefined where nothing can match. */
function narrow(before: LabelFact, matcher: LabelMatcher): LabelFact | undefined {
  const { op, value, label } = matcher;
  const isPattern = op === "=~" || op === "!~";
  if (isPattern && regexpError(value) !== undefined) return before;
  const wanted = op === "=" || op === "=~";
  const fits = (candidate: string): boolean =>
    (isPattern ? regexpMatches(value, candidate) : candidate === value) === wanted;
  const values = wanted ? listed(matcher, before, fits) : before.values?.filter(fits);
  const takesEmpty = fits("");
  if (before.presence === "never") return takesEmpty ? before : undefined;
  if (values?.length === 0) {
    if (before.presence === "always" || !takesEmpty) return undefined;
    return { presence: "never", reason: `the matcher leaves only series without ${label}`, range: range(matcher) };
  }
  if (op === "=" && value === "") {
    if (before.presence === "always") return undefined;
    return { presence: "never", reason: `the matcher asks for series without ${label}`, range: range(matcher) };
  }
  const known = values ? { values } : {};
  if (takesEmpty || before.presence === "always") return { ...before, ...known };
  return { presence: "always", reason: `the matcher asks for a value of ${label}`, range: range(matcher), ...known };
}

const alternatives = /^[\w\-:/]+(?:\|[\w\-:/]+)*$/;

/** The values that a wanted matcher leaves: its own, where it lists them, else those known before that fit. */
function listed(
  { op, value }: LabelMatcher,
  before: LabelFact,
  fits: (candidate: string) => boolean,
): readonly string[] | undefined {
  if (before.values) return before.values.filter(fits);
  if (op === "=") return value === "" ? undefined : [value];
  return alternatives.test(value) ? value.split("|") : undefined;
}
