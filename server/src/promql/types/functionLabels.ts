// What functions do to labels: drop the name, replace, join, make some of their own. Knows no operator.
import type { Call, Expr, VectorSelector } from "../syntax/tree.ts";
import { type Because, type Branch, combine, constant, isLabelless, passedOn } from "./branches.ts";
import { apply } from "./constants.ts";
import { factOf, type LabelFact, labelFact, METRIC_NAME, noLabels, withFact, without } from "./labelFacts.ts";
import { expandReplacement, regexpError, regexpMatches } from "./regexps.ts";

/** Functions that give series back as they are; all others take the name away (promql/functions.go). */
const keepsName = new Set([
  "first_over_time",
  "info",
  "label_join",
  "label_replace",
  "last_over_time",
  "sort",
  "sort_by_label",
  "sort_by_label_desc",
  "sort_desc",
]);

/** Functions of time that speak of the moment when called without argument. */
const clocks = new Set([
  "day_of_month",
  "day_of_week",
  "day_of_year",
  "days_in_month",
  "hour",
  "minute",
  "month",
  "year",
]);

/** The branches of a call, from those of its argument that holds series; none for calls without such an argument. */
export function callBranches(
  call: Call,
  vector: readonly Branch[] | undefined,
  scalarValue: number | undefined,
): Branch[] {
  const { name } = call;
  if (name === "absent" || name === "absent_over_time") return [absentBranch(call, vector ?? [])];
  if (name === "vector") return [constant(call, scalarValue, "vector() makes a series without labels")];
  if (name === "scalar") return [scalarBranch(call, vector ?? [])];
  if (name === "pi") return [constant(call, Math.PI, "a number has no labels")];
  if (!vector) {
    return [
      constant(
        call,
        undefined,
        clocks.has(name) ? `${name}() makes a series without labels` : "a number has no labels",
      ),
    ];
  }
  return vector.map((branch) => {
    const named = keepsName.has(name)
      ? branch.facts
      : without(branch.facts, [METRIC_NAME], `${name}() drops the name`, call);
    const value = keepsName.has(name) ? branch.value : apply(name, branch.value);
    const facts = ownLabels(call, named);
    return passedOn(branch, call, facts, value);
  });
}

function ownLabels(call: Call, facts: Branch["facts"]): Branch["facts"] {
  switch (call.name) {
    case "histogram_quantile":
    case "histogram_fraction":
      return without(facts, ["le"], `${call.name}() uses up the label le`, call);
    case "histogram_quantiles":
      return addQuantiles(call, without(facts, ["le"], `${call.name}() uses up the label le`, call));
    case "label_replace":
      return replaceLabel(call, facts);
    case "label_join":
      return joinLabels(call, facts);
    case "info":
      return addInfo(call, facts);
    default:
      return facts;
  }
}

function addQuantiles(call: Call, facts: Branch["facts"]): Branch["facts"] {
  const label = text(call.args[1]);
  if (label === undefined) return facts;
  return withFact(facts, label, always(`${call.name}() writes its quantile there`, call.args[1]));
}

function always(reason: string, range: Expr | undefined, values?: readonly string[]): LabelFact {
  const { start, end } = range ?? { start: 0, end: 0 };
  return labelFact("always", reason, { start, end }, values);
}

function text(expr: Expr | undefined): string | undefined {
  if (expr?.kind === "ParenExpr") return text(expr.expr);
  return expr?.kind === "StringLiteral" ? expr.value : undefined;
}

function scalarBranch(call: Call, vector: readonly Branch[]): Branch {
  const argument = combine(call, vector);
  const known = argument.alwaysReturns && isLabelless(argument.facts) && vector.length === 1;
  return constant(call, known ? argument.value : undefined, "a number has no labels");
}

/** `absent` copies the labels that equality matchers of a plain selector ask for, each if it stands once. */
function absentBranch(call: Call, vector: readonly Branch[]): Branch {
  const argument = combine(call, vector);
  let facts = noLabels(`${call.name}() copies only labels that its selector asks for with =`, call);
  const matchers = plainSelector(call.args[0])?.matchers ?? [];
  const times = new Map<string, number>();
  for (const { label } of matchers) times.set(label, (times.get(label) ?? 0) + 1);
  for (const { label, value, op, start, end } of matchers) {
    if (label === METRIC_NAME || value === "" || op !== "=" || times.get(label) !== 1) continue;
    const fact = always(`${call.name}() copies it from the matcher`, undefined, [value]);
    facts = withFact(facts, label, { ...fact, range: { start, end } });
  }
  const because: Because = { reason: `${call.name}() returns only while its argument does not`, range: call };
  const condition = argument.dead ? undefined : because;
  const alwaysReturns = argument.dead !== undefined;
  const dead = argument.alwaysReturns ? { reason: "its argument always returns something", range: call } : undefined;
  return { expr: call, facts, alwaysReturns, condition, value: 1, dead, behind: undefined };
}

function plainSelector(expr: Expr | undefined): VectorSelector | undefined {
  if (expr?.kind === "MatrixSelector") return plainSelector(expr.selector);
  return expr?.kind === "VectorSelector" ? expr : undefined;
}

/** `label_replace(v, dst, replacement, src, regex)`. */
function replaceLabel(call: Call, facts: Branch["facts"]): Branch["facts"] {
  const [, dst, replacement, src, pattern] = call.args;
  const target = text(dst);
  const source = text(src);
  const regexp = text(pattern);
  const template = text(replacement);
  if (target === undefined || source === undefined || regexp === undefined || template === undefined) return facts;
  if (regexpError(regexp) !== undefined) return facts;
  const before = factOf(facts, target);
  const from = factOf(facts, source);
  const at = { start: dst?.start ?? call.start, end: dst?.end ?? call.end };
  const isAbsent = source === "" || from.presence === "never";
  const inputs = isAbsent ? [""] : from.presence === "always" ? from.values : undefined;
  if (inputs) return withFact(facts, target, replaced(inputs, before, regexp, template, at));
  const literal = template.replace(/\$\$|\$\{?\w*\}?/g, (part) => (part === "$$" ? "$" : "")) !== "";
  const matchesAll = /^(?:\(\.\*\)|\.\*|\(\?:\.\*\))$/.test(regexp);
  const sure = literal && (matchesAll || before.presence === "always");
  const reason = sure ? "label_replace() writes it" : "label_replace() writes it where its pattern matches";
  return withFact(facts, target, labelFact(sure ? "always" : "maybe", reason, at));
}

/** The label when all values of the source are known. */
function replaced(
  inputs: readonly string[],
  before: LabelFact,
  regexp: string,
  template: string,
  range: { start: number; end: number },
): LabelFact {
  const results = inputs.map((input) =>
    regexpMatches(regexp, input) ? expandReplacement(regexp, input, template) : undefined,
  );
  const written = results.filter((result): result is string => result !== undefined);
  if (written.length === 0) return before;
  if (written.length < results.length) {
    const presence = before.presence === "always" && written.every((value) => value !== "") ? "always" : "maybe";
    return labelFact(presence, "label_replace() writes it where its pattern matches", range);
  }
  const values = [...new Set(written.filter((value) => value !== ""))];
  if (values.length === 0) return labelFact("never", "label_replace() empties it", range);
  const presence = written.includes("") ? "maybe" : "always";
  return labelFact(presence, "label_replace() writes it", range, values);
}

/** `label_join(v, dst, separator, src…)`. */
function joinLabels(call: Call, facts: Branch["facts"]): Branch["facts"] {
  const target = text(call.args[1]);
  const separator = text(call.args[2]);
  if (target === undefined || separator === undefined) return facts;
  const sources = call.args.slice(3).map((arg) => factOf(facts, text(arg) ?? ""));
  const at = { start: call.args[1]?.start ?? call.start, end: call.args[1]?.end ?? call.end };
  if ((separator !== "" && sources.length > 1) || sources.some(({ presence }) => presence === "always")) {
    return withFact(facts, target, labelFact("always", "label_join() writes it", at));
  }
  const presence = sources.every((source) => source.presence === "never") ? "never" : "maybe";
  return withFact(facts, target, labelFact(presence, "label_join() writes it from labels that may be absent", at));
}

/** `info` adds labels of matching info series: any, or those that its second argument names. */
function addInfo(call: Call, facts: Branch["facts"]): Branch["facts"] {
  const matchers = call.args[1]?.kind === "VectorSelector" ? call.args[1].matchers : [];
  const chosen = matchers.filter(({ label }) => label !== METRIC_NAME);
  if (chosen.length === 0) {
    if (facts.others.presence !== "never") return facts;
    return { named: facts.named, others: labelFact("maybe", "info() may add any label", call) };
  }
  let out = facts;
  for (const { label, start, end, op, value } of chosen) {
    if (factOf(facts, label).presence === "always") continue;
    const wanted = op === "=" ? value !== "" : op === "=~" && !regexpMatches(value, "");
    const reason = wanted ? "info() is asked for a value of it" : "info() may add it";
    out = withFact(out, label, labelFact(wanted ? "always" : "maybe", reason, { start, end }));
  }
  return out;
}
