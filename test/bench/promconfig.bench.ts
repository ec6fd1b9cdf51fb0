// What checking a prometheus.yml costs: a file of 2,000 lines whole, and after edits of one character.
import { changeDocument, type Document, openDocument } from "../../server/src/language/document.ts";
import { diagnostics } from "../../server/src/language/features/diagnostics.ts";
import { newContext } from "../language/context.ts";

const context = newContext();

/** Jobs of twenty lines each. */
export function configuration(lines: number): string {
  const out = ["global:", "  scrape_interval: 15s", "  evaluation_interval: 15s", "scrape_configs:"];
  for (let i = 0; out.length < lines; i++) {
    out.push(
      `  - job_name: dkron-${i}`,
      "    scrape_interval: 15s",
      "    scrape_timeout: 10s",
      "    metrics_path: /metrics",
      "    basic_auth:",
      "      username: prometheus",
      "      password_file: /etc/prometheus/password",
      "    static_configs:",
      `      - targets: ["dkron-${i}a:8080", "dkron-${i}b:8080", "dkron-${i}c:8080"]`,
      "        labels:",
      "          env: production",
      `          cluster: c${i}`,
      "    relabel_configs:",
      "      - source_labels: [__address__]",
      "        regex: ([^:]+):.*",
      "        target_label: host",
      "    metric_relabel_configs:",
      "      - source_labels: [__name__]",
      "        regex: go_.*",
      "        action: drop",
    );
  }
  return `${out.join("\n")}\n`;
}

/** CPU milliseconds of one call: the median of `rounds`. */
function cost(rounds: number, call: () => void): number {
  const times: number[] = [];
  for (let i = 0; i < rounds; i++) {
    const before = process.cpuUsage();
    call();
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000);
  }
  times.sort((a, b) => a - b);
  return times[times.length >> 1] ?? 0;
}

const open = (text: string, version: number): Document =>
  openDocument("file:///etc/prometheus/prometheus.yml", "prometheus-config", version, text);

export async function run(): Promise<void> {
  const text = configuration(2000);
  const before = process.cpuUsage();
  diagnostics(open(text, 0), context);
  const { user, system } = process.cpuUsage(before);
  console.log(`prometheus.yml: first open of 2,000 lines, cold ${((user + system) / 1000).toFixed(1)} ms CPU`);
  console.log(`prometheus.yml: open, warm ${cost(15, () => diagnostics(open(text, 1), context)).toFixed(1)} ms CPU`);
  const at = text.indexOf("cluster: c50") + "cluster: c50".length;
  let document = open(text, 2);
  const edit = (): void => {
    for (let i = 0; i < 20; i++) {
      document = changeDocument(document, [{ range: { start: at, end: at }, text: "x" }], 3);
      diagnostics(document, context);
      document = changeDocument(document, [{ range: { start: at, end: at + 1 }, text: "" }], 4);
      diagnostics(document, context);
    }
  };
  edit();
  console.log(`prometheus.yml: a character in a label ${(cost(9, edit) / 40).toFixed(2)} ms CPU`);
}
