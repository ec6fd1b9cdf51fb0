// A prometheus.yml that another program fills in before Prometheus reads it: what is said of its values.
import { describe, expect, test } from "vitest";
import { findingsOf } from "./check.ts";

const job = (...lines: string[]): string =>
  ["scrape_configs:", "  - job_name: a", ...lines.map((line) => `    ${line}`), ""].join("\n");

/** A title, a text, and the variable that is spoken of; without one nothing is said. */
type Row = readonly [title: string, text: string, variable?: string];

const rows: readonly Row[] = [
  ["a duration", `global:\n  scrape_interval: \${INTERVAL}\n`, `\${INTERVAL}`],
  ["a duration with another one in its place", `global:\n  scrape_interval: "\${A:-30s}"\n`, `\${A:-30s}`],
  ["a number without braces", job("sample_limit: $LIMIT"), "$LIMIT"],
  ["a bool", job(`honor_labels: \${HONOR}`), `\${HONOR}`],
  ["a list", job("static_configs:", `  - targets: \${targets}`), `\${targets}`],
  ["a host of a URL", `remote_write:\n  - url: "http://\${HOST}:9009/push"\n`, `\${HOST}`],
  ["a scheme", job(`scheme: \${SCHEME}`), `\${SCHEME}`],
  ["a role", job(`kubernetes_sd_configs: [{role: "\${ROLE}"}]`), `\${ROLE}`],
  ["a group in capitals", job(`relabel_configs: [{target_label: a, replacement: '\${POD}:1'}]`), `\${POD}`],
  ["vmagent's", job("honor_labels: 'x%{HONOR}'"), "%{HONOR}"],
  ["labels, where variables are replaced", `global:\n  external_labels: {a: '\${A}'}\n`],
  ["a target", job(`static_configs: [{targets: ['\${HOST}:1', '$HOST:1']}]`)],
  ["Jinja's in quotes", job("scheme: '{{ scheme }}'", "sample_limit: '{{ limit }}'")],
  ["a longer timeout than what cannot be read", job("scrape_interval: '{{ i }}'", "scrape_timeout: 2m")],
];

/** What stays a mistake beside a variable, or is none of them. */
const mistakes: readonly Row[] = [
  ["a slash in a target", job(`static_configs: [{targets: ['\${HOST}/metrics']}]`), "is not a valid hostname"],
  ["a group in small letters", job(`relabel_configs: [{target_label: a, replacement: '\${pod}'}]`), 'no group "pod"'],
  ["a group by its number", job(`relabel_configs: [{target_label: a, replacement: '\${2}'}]`), 'no group "2"'],
  ["a section of another shape", `scrape_configs:\n  job_name: \${A}\n`, "Begin each entry with"],
  ["a list of another shape", `rule_files: {a: '\${A}'}\n`, "Begin each entry with"],
  ["a key", job("$KEY: 1"), "field $KEY not found"],
];

describe("variables in a prometheus.yml", () => {
  test.each<Row>(rows)("%s", (_, text = "", variable) => {
    const found = findingsOf(text);
    expect(found.map(({ severity }) => severity)).toEqual(variable === undefined ? [] : ["information"]);
    for (const { message, fixes } of found) {
      expect(message).toContain(`replaces \`${variable}\` before`);
      expect(fixes).toEqual([]);
    }
  });

  test.each<Row>(mistakes)("%s is still a mistake", (_, text = "", says = "") => {
    const found = findingsOf(text);
    expect(found.map(({ message }) => message)).toEqual([expect.stringContaining(says)]);
    expect(found.map(({ severity }) => severity)).not.toContain("information");
  });

  test("a job of Dkron's is not judged by what is filled in", () => {
    const text = job(`scrape_interval: '\${I}'`, `metrics_path: '\${PATH}'`).replace("job_name: a", "job_name: dkron");
    expect(findingsOf(text).map(({ code }) => code)).toEqual(["prometheus/value"]);
    const global = "global:\n  scrape_interval: '{{ i }}'\nscrape_configs:\n  - job_name: dkron\n";
    expect(findingsOf(global)).toEqual([]);
  });
});
