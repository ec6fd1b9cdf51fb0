// structure/old-format: rules as Prometheus 1.x wrote them. What a YAML parser says of them helps nobody, and is not said.
import type { FileCheck, Report } from "../../check.ts";
import { oldRules } from "../../oldRules.ts";

export const structureOldFormat: FileCheck = {
  id: "structure/old-format",
  level: "error",
  title: "Rules in the format of Prometheus 1.x",
  kinds: ["prometheus-rules"],
  *check({ text }): Iterable<Report> {
    const range = oldRules(text);
    if (!range) return;
    yield {
      range,
      message:
        "These rules are in the format of Prometheus 1.x. Since 2.0 rule files are YAML, and Prometheus refuses this one as a whole. Convert it with `promtool update rules` of Prometheus 2.0 to 2.5, the last that has this command.",
    };
  },
};
