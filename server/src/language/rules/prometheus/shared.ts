// What the checks of a prometheus.yml share: one reading of the file, from which each takes the findings of its topic.
import { lineAt } from "../../../lines.ts";
import type { FileCheck, Report } from "../../check.ts";
import type { Severity } from "../../finding.ts";
import { aroundOf } from "./sections/around.ts";
import { judge } from "./sections/judge.ts";
import type { Topic } from "./sections/told.ts";

/** A check whose findings are those of one topic; its id is `prometheus/` and the topic. */
export function topicCheck(topic: Topic, level: Severity | "off", title: string): FileCheck {
  return {
    id: `prometheus/${topic}`,
    level,
    title,
    kinds: ["prometheus-config"],
    *check({ uri, yaml, lineStarts }, { prometheusVersion, workspace }): Iterable<Report> {
      for (const told of judge(yaml, prometheusVersion, aroundOf(uri, workspace))) {
        if (told.topic !== topic) continue;
        const { range, line, fixes, severity, tag } = told;
        const message = line === undefined ? told.message : `line ${lineAt(lineStarts, line) + 1}: ${told.message}`;
        yield { range, message, ...(fixes && { fixes }), ...(severity && { severity }), ...(tag && { tag }) };
      }
    },
  };
}
