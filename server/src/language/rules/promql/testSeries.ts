// promql/test-series: a series in a test of rules that promtool cannot read.
import type { FileCheck, Report } from "../../check.ts";
import { testSeries } from "../../testSeries.ts";

export const promqlTestSeries: FileCheck = {
  id: "promql/test-series",
  level: "error",
  title: "A series in a test of rules that promtool cannot read",
  kinds: ["prometheus-rules-test"],
  *check({ yaml }): Iterable<Report> {
    for (const { of, notation, place } of testSeries(yaml)) {
      const { error } = notation;
      if (!error) continue;
      const advice =
        of === "input"
          ? 'promtool counts the test as failed. Write `name{label="value"}` as series, and values such as `0+1x10 _ stale`.'
          : 'promtool counts the test as failed. Write `name{label="value"}`.';
      yield { range: place(error), message: `${error.message}. ${advice}` };
    }
  },
};
