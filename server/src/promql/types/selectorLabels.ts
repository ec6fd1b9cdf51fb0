// The labels that series of a selector have, by its matchers and what is known of the metric. Knows no operator.
import type { LabelMatcher, VectorSelector } from "../syntax/tree.ts";
import type { Branch } from "./branches.ts";
import { type LabelFact, labelFact, METRIC_NAME } from "./labelFacts.ts";
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
  const { named, others } = baseFacts(selector, name, info, world);
  let dead: Branch["dead"];
  for (const matcher of selector.matchers) {
    if (matcher.op === undefined || matcher.valueStart < 0) continue;
    const before = named.get(matcher.label) ?? others;
    const after = narrow(before, matcher);
    if (!after) dead ??= { reason: `no series matches ${matcher.label}: ${before.reason}`, range: range(matcher) };
    else if (matcher.label !== METRIC_NAME || selector.name === "") named.set(matcher.label, after);
  }
  const facts = { named, others };
  return {
    expr: selector,
    facts,
    alwaysReturns: false,
    condition: undefined,
    value: undefined,
    dead,
    behind: undefined,
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
): { readonly named: Map<string, LabelFact>; readonly others: LabelFact } {
  const at = { start: selector.start, end: selector.open < 0 ? selector.start + name.length : selector.end };
  const named = new Map<string, LabelFact>();
  const isNamed = name !== "";
  const why = isNamed ? "the selector names the metric" : "every stored series has a name";
  named.set(METRIC_NAME, labelFact("always", why, at, isNamed ? [name] : undefined));
  if (info) {
    for (const { name: label, values } of info.labels) {
      named.set(label, labelFact("always", `every series of ${name} has the label ${label}`, at, values));
    }
  }
  for (const label of world.targetLabels ?? [])
    named.set(label, labelFact("always", `the scrape adds the label ${label}`, at));
  const others =
    info && world.closed
      ? labelFact("never", `${name} has no such label`, at)
      : labelFact("maybe", "a stored series may have any label", at);
  return { named, others };
}

/** What is left of a label behind a matcher; undefined where nothing can match. */
function narrow(before: LabelFact, matcher: LabelMatcher): LabelFact | undefined {
  const { op, value, label } = matcher;
  if (op === "=" && value !== "") return equal(before, matcher);
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
    return without(matcher, "leaves only series");
  }
  if (op === "=") return before.presence === "always" ? undefined : without(matcher, "asks for series");
  if (takesEmpty || before.presence === "always")
    return labelFact(before.presence, before.reason, before.range, values ?? before.values);
  return labelFact("always", `the matcher asks for a value of ${label}`, range(matcher), values);
}

/** Of nearly all matchers: one value is asked for, and no series without the label has it. */
function equal({ presence, reason, range: decides, values }: LabelFact, matcher: LabelMatcher): LabelFact | undefined {
  const { value, label } = matcher;
  if (presence === "never" || values?.includes(value) === false) return undefined;
  if (presence === "always") return labelFact("always", reason, decides, [value]);
  return labelFact("always", `the matcher asks for a value of ${label}`, range(matcher), [value]);
}

function without(matcher: LabelMatcher, does: string): LabelFact {
  return labelFact("never", `the matcher ${does} without ${matcher.label}`, range(matcher));
}

const alternatives = /^[\w\-:/]+(?:\|[\w\-:/]+)*$/;

/** The values that a wanted matcher leaves: its own, where it lists them, else those known before that fit. */
function listed(
  { op, value }: LabelMatcher,
  before: LabelFact,
  fits: (candidate: string) => boolean,
): readonly string[] | undefined {
  if (before.values) return before.values.filter(fits);
  return op === "=~" && alternatives.test(value) ? value.split("|") : undefined;
}
