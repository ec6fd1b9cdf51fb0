// Edits that change a selector: another metric, another value, one matcher less. Offsets are the expression's.
import type { Edit } from "../edits.ts";
import type { LabelMatcher, VectorSelector } from "../promql/syntax/tree.ts";

/** `metric` is a name or, where several series are meant, a selector by pattern: `{__name__=~"dkron_.+_raft_peers"}`. */
export function metricEdit(selector: VectorSelector, metric: string): Edit {
  const pattern = metric.startsWith("{") ? metric.slice(1, -1) : undefined;
  const { name, start, open, matchers } = selector;
  if (name === "") {
    const named = matchers.find(({ label }) => label === "__name__");
    const text = pattern ?? `__name__="${metric}"`;
    return { range: named ?? { start: open + 1, end: open + 1 }, text };
  }
  if (pattern === undefined) return { range: { start, end: start + name.length }, text: metric };
  if (open < 0) return { range: { start, end: start + name.length }, text: metric };
  return { range: { start, end: open + 1 }, text: `{${pattern}${matchers.length > 0 ? ", " : ""}` };
}

/** Takes a matcher out, with its comma, and the braces with the last one. */
export function removedMatcher(selector: VectorSelector, matcher: LabelMatcher): Edit {
  const { matchers, name, open, close } = selector;
  const index = matchers.indexOf(matcher);
  const next = matchers[index + 1];
  const before = matchers[index - 1];
  if (next) return { range: { start: matcher.start, end: next.start }, text: "" };
  if (before) return { range: { start: before.end, end: matcher.end }, text: "" };
  if (name !== "" && close >= 0) return { range: { start: open, end: close + 1 }, text: "" };
  return { range: matcher, text: "" };
}

/** Writes another value into a matcher. */
export function valueEdit({ valueStart, end }: LabelMatcher, value: string): Edit {
  return { range: { start: valueStart, end }, text: JSON.stringify(value) };
}
