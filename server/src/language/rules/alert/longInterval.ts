// alert/long-interval: a group that is evaluated more rarely than samples live.
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
    for (const { fields } of ruleGroups(yaml)) {
      const value = fields.get("interval")?.value;
      if (value?.kind !== "scalar" || (durationSeconds(value.value) ?? 0) <= lookback) continue;
      yield {
        range: rangeOf(value),
        message: `The group is evaluated every ${value.value}, and a series without a sample for five minutes is gone. What recording rules of the group make has gaps, and alerts resolve between two evaluations. Write 5m or less.`,
      };
    }
  },
};
