// alert/long-interval: a group that is evaluated more rarely than the series live that it writes.
import { rangeOf } from "../../../yaml/tree.ts";
import type { FileCheck, Report } from "../../check.ts";
import { durationSeconds } from "../../duration.ts";
import { ruleGroups } from "../../ruleFile.ts";

/** Prometheus' default look-back: a series without a sample for so long is gone. */
const lookback = 300;

export const alertLongInterval: FileCheck = {
  id: "alert/long-interval",
  level: "warning",
  title: "A group with an interval of more than five minutes",
  kinds: ["prometheus-rules"],
  *check({ yaml }): Iterable<Report> {
    for (const { fields, rules } of ruleGroups(yaml)) {
      const value = fields.get("interval")?.value;
      if (value?.kind !== "scalar" || (durationSeconds(value.value) ?? 0) <= lookback) continue;
      const isRecorded = rules.some(({ kind }) => kind === "record");
      // That an alert has not ended Prometheus tells Alertmanager for four intervals: it is late, and does not come and go.
      const effect = isRecorded
        ? "What the recording rules of the group make has gaps, in which alerts and dashboards see nothing"
        : "An alert of the group comes that much later at worst, and its series ALERTS has gaps";
      yield {
        range: rangeOf(value),
        message: `The group is evaluated every ${value.value}, and a series without a sample for five minutes is gone. ${effect}. Write 5m or less.`,
        ...(!isRecorded && { severity: "information" as const }),
      };
    }
  },
};
