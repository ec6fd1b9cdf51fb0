// Completion in prometheus.yml: keys and values of the schema, with what the workspace's other files say.
import { expect, test } from "vitest";
import { completion } from "../../../server/src/language/features/completion.ts";
import { contextOf, marked, open } from "./world.ts";

function labelsAt(text: string): string[] {
  const { document, offset } = marked(text, "prometheus.yml");
  const agent = open("dkron.yml", "server: true\nhttp-addr: 0.0.0.0:8181\n");
  return completion(document, offset, contextOf(document, agent)).map(({ label }) => label);
}

const job = "scrape_configs:\n  - job_name: dkron\n";

test.each<[title: string, text: string, has: readonly string[], hasNot: readonly string[]]>([
  ["sections", "global:\n  scrape_interval: 15s\n¦", ["scrape_configs", "rule_files", "alerting"], ["global"]],
  ["keys of a job", `${job}    ¦`, ["static_configs", "metrics_path", "honor_labels", "scrape_interval"], ["job_name"]],
  ["keys of a new job", "scrape_configs:\n  - ¦", ["job_name"], ["global"]],
  ["a job's name", "scrape_configs:\n  - job_name: ¦", ["dkron"], []],
  ["an interval", `${job}    scrape_interval: ¦`, ["15s", "30s"], []],
  ["an enum", `${job}    scheme: ¦`, ["http", "https"], []],
  ["a switch", `${job}    honor_labels: ¦`, ["true", "false"], []],
  ["a target", `${job}    static_configs:\n      - targets: [¦]`, ["localhost:8181", "localhost:8080"], []],
  ["a target of a list", `${job}    static_configs:\n      - targets:\n          - ¦`, ["localhost:8181"], []],
  ["rule files", "rule_files:\n  - ¦", ["rules/*.rules.yml"], []],
])("%s", (_title, text, has, hasNot) => {
  const labels = labelsAt(text);
  expect(labels).toEqual(expect.arrayContaining([...has]));
  for (const label of hasNot) expect(labels).not.toContain(label);
});
