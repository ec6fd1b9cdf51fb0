// promql/test-series: a series in a test of rules that promtool cannot read.
import type { PromqlError } from "../../../promql/syntax/tree.ts";
import type { FileCheck, Report } from "../../check.ts";
import { type TestSeries, testSeries } from "../../testSeries.ts";

export const promqlTestSeries: FileCheck = {
  id: "promql/test-series",
  level: "error",
  title: "A series in a test of rules that promtool cannot read",
  kinds: ["prometheus-rules-test"],
  *check({ yaml }): Iterable<Report> {
    for (const series of testSeries(yaml)) {
      const { of, notation, place } = series;
      const error = notation.error ?? unstorable(series);
      if (!error) continue;
      const advice =
        of === "input"
          ? 'promtool counts the test as failed. Write `name{label="value"}` as series, and values such as `0+1x10 _ stale`.'
          : 'promtool counts the test as failed. Write `name{label="value"}`.';
      yield { range: place(error), message: `${error.message}. ${advice}` };
    }
  },
};

/** What the storage says of labels when the first value comes. Source: tsdb/head_append.go. */
function unstorable({ of, notation: { metric, labels, values } }: TestSeries): PromqlError | undefined {
  if (of !== "input" || values === 0) return undefined;
  const written = labels.filter(({ value }) => value !== "");
  if (!metric && written.length === 0) return { start: 0, end: 1, message: "empty labelset: invalid sample" };
  const twice = written.find(({ name }, index) => written.findIndex((other) => other.name === name) < index);
  return twice && { ...twice.nameRange, message: `label name "${twice.name}" is not unique: invalid sample` };
}
