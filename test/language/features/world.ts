// A marked text as a document, in a workspace with a prometheus.yml and recording rules: what the tests of features share.
import type { CheckContext } from "../../../server/src/language/check.ts";
import { type Document, openDocument } from "../../../server/src/language/document.ts";
import { facts } from "../../../server/src/language/facts.ts";
import { workspaceOf } from "../../../server/src/language/workspace.ts";
import { newContext } from "../context.ts";

export const mark = "¦";

export const prometheusYml = `global:
  scrape_interval: 15s
rule_files:
  - rules/*.rules.yml
scrape_configs:
  - job_name: dkron
    static_configs:
      - targets: ["a.example:8080", 'b.example:8080']
  - job_name: node
`;

export const recordings = `groups:
  - name: recorded
    rules:
      - record: job_name:failures:rate5m
        expr: max by (job_name) (rate(dkron_job_executions_failed_total[5m]))
        labels:
          team: ops
      - alert: Recorded
        expr: job_name:failures:rate5m > 0
`;

export function open(path: string, text: string): Document {
  return openDocument(`file:///w/${path}`, "", 0, text);
}

/** The context of a document among others. */
export function contextOf(...documents: readonly Document[]): CheckContext {
  const others = [open("prometheus.yml", prometheusYml), open("rules/recorded.rules.yml", recordings)];
  const workspace = workspaceOf([...others, ...documents].flatMap((document) => facts(document) ?? []));
  return newContext({ dkronVersion: "4.1.2", workspace });
}

export type Marked = { readonly document: Document; readonly offset: number; readonly context: CheckContext };

/** The document without its mark, and where the mark was. */
export function marked(text: string, path = "test.rules.yml"): Marked {
  const offset = text.indexOf(mark);
  if (offset < 0) throw new Error("no mark in the text");
  const document = open(path, text.slice(0, offset) + text.slice(offset + mark.length));
  return { document, offset, context: contextOf(document) };
}

/** A rule file with one alert whose expression is written so. */
export function rule(expr: string, more = ""): string {
  return `groups:\n  - name: g\n    rules:\n      - alert: A\n        expr: ${expr}\n${more}`;
}
