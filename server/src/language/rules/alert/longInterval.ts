// alert/long-interval: a group that is evaluated more rarely than the series live that it records. What alerts need
// until the next evaluation Prometheus tells Alertmanager: they end after four intervals at the earliest.
import { rangeOf } from "../../../yaml/tree.ts";
import type { FileCheck, Report } from "../../check.ts";
import { durationSeconds } from "../../duration.ts";
import { ruleGroups } from "../../ruleFile.ts";

/** Prometheus' default look-back: a series without a sample for so long is gone. */
const lookback = 300;

export const alertLongInterval: FileCheck = {
  id: "alert/long-interval",
  level: "warning",
  title: "A group with recording rules and an interval of more than five minutes",
  kinds: ["prometheus-rules"],
  *check({ yaml }): Iterable<Report> {
    for (const { fields, rules } of ruleGroups(yaml)) {
      const value = fields.get("interval")?.value;
      if (!rules.some(({ kind }) => kind === "record")) continue;
      if (value?.kind !== "scalar" || (durationSeconds(value.value) ?? 0) <= lookback) continue;
      yield {
        range: rangeOf(value),
        message: `The group is evaluated every ${value.value}, and a series without a sample for five minutes is gone. What the recording rules of the group make has gaps, in which alerts and dashboards see nothing. Write 5m or less.`,
      };
    }
  },
};
