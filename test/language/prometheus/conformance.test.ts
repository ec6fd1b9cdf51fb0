// What Prometheus 3.14 says of configurations, against what the checks say: verdict, words and place.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Finding } from "../../../server/src/language/finding.ts";
import { offsetAt } from "../../../server/src/lines.ts";
import { findingsOf, isError, prometheusDocument } from "./check.ts";

const shared = join(import.meta.dirname, "../../../../shared/conformance");
const casesFile = join(shared, "prometheus-config-cases/cases.jsonl");
const folder = join(shared, "prometheus-config");

type Row = {
  readonly id: string;
  readonly text: string;
  readonly ok: boolean;
  readonly output: string;
  readonly at?: { readonly line: number; readonly column: number };
  readonly promtoolOnly?: boolean;
  readonly flags?: readonly string[];
};

const agentMode = { "prometheus/agent-mode": "error" } as const;

/** Messages that Prometheus prints, without the file and the heading. */
function messagesOf(output: string): string[] {
  const body = output
    .replace(/^[\s\S]*?FAILED: /, "")
    .replace(/^parsing YAML file [^ ]+: /, "")
    .replace(/^yaml: unmarshal errors:\n/, "")
    .replace(/^yaml: (?!line)/, "");
  return body.split("\n").map((line) => line.replace(/^ {2}(?=line)/, ""));
}

/** An offset of a line and a column in code points, from 1. */
function offsetOf(text: string, { line, column }: { line: number; column: number }): number {
  const { lineStarts } = prometheusDocument(text);
  const start = offsetAt(text, lineStarts, { line: line - 1, character: 0 });
  return start + [...text.slice(start)].slice(0, column - 1).join("").length;
}

const stands = ({ range }: Finding, at: number): boolean => range.start === at || (range.start < at && at < range.end);

/** What is wrong with our answer to a row; empty if nothing is. */
function faultOf(row: Row): string {
  const found = findingsOf(row.text, row.flags ? { levels: agentMode } : {});
  const refusals = found.filter((finding) => isError(finding) || (row.promtoolOnly && finding.severity === "warning"));
  if (row.ok) return refusals.length === 0 ? "" : `refused: ${refusals[0]?.message}`;
  if (refusals.length === 0) return "taken";
  const isSyntax = /yaml: line \d+: /.test(row.output);
  const wanted = messagesOf(row.output);
  const said = refusals.filter(({ message }) => isSyntax || wanted.some((words) => message.startsWith(words)));
  if (said.length === 0) return `other words: ${refusals.map(({ message }) => message).join(" | ")}`;
  if (!row.at) return "";
  const at = offsetOf(row.text, row.at);
  return said.some((finding) => stands(finding, at)) ? "" : `elsewhere: ${JSON.stringify(said[0]?.range)}, not ${at}`;
}

const isThere = existsSync(casesFile) && existsSync(folder);
if (!isThere)
  console.log("skipped: ../shared/conformance is not there, so no configuration is held against Prometheus");

describe.skipIf(!isThere)("configurations with the verdict of Prometheus", () => {
  test("are judged as Prometheus judges them, in its words and at the place to blame", () => {
    const rows = readFileSync(casesFile, "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Row);
    const faults = rows.map((row) => [row.id, faultOf(row)] as const).filter(([, fault]) => fault !== "");
    console.log(`prometheus.yml cases: ${rows.length - faults.length} of ${rows.length} right`);
    expect(faults.map(([id, fault]) => `${id}: ${fault}`)).toEqual([]);
  });
});

describe.skipIf(!isThere)("configurations of Prometheus' own tests", () => {
  type Verdict = { readonly file: string; readonly command: string; readonly exit: number; readonly output: string };
  test("are judged as Prometheus judges them, in its words", () => {
    const verdicts = (JSON.parse(readFileSync(join(shared, "promtool-verdicts.json"), "utf8")) as Verdict[]).filter(
      ({ file, command }) => file.includes("prometheus-config/") && command.includes("--syntax-only"),
    );
    const files = readdirSync(folder).filter((name) => name.endsWith(".yml"));
    const faults = files.flatMap((name) => {
      const verdict = verdicts.find(({ file }) => file.endsWith(`/${name}`));
      if (!verdict) return [];
      const text = readFileSync(join(folder, name), "utf8");
      const fault = faultOf({ id: name, text, ok: verdict.exit === 0, output: verdict.output });
      return fault === "" ? [] : [`${name}: ${fault}`];
    });
    console.log(`prometheus.yml files: ${files.length - faults.length} of ${files.length} right`);
    expect(faults).toEqual([]);
  });
});
