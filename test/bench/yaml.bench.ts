// What reading YAML costs: a rule file of 10,000 lines whole, and after edits of one character.
import { parseYaml, updateYaml } from "../../server/src/yaml/parse.ts";

/** A rule file of at least `lines` lines in one group. */
export function ruleFile(lines: number): string {
  const out = ["groups:", "  - name: generated", "    rules:"];
  for (let i = 0; out.length < lines; i++) {
    out.push(
      `      - alert: DkronJobFailed${i}`,
      `        expr: sum by (job_name) (rate(dkron_job_executions_failed_total{job_name="job-${i}"}[5m])) > 0`,
      "        for: 5m",
      "        labels:",
      "          severity: warning",
      "        annotations:",
      `          summary: "Job {{ $labels.job_name }} fails"`,
      "          description: |",
      "            The job failed {{ $value }} times a second",
      "            in the last five minutes.",
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

export async function run(): Promise<void> {
  const text = ruleFile(10_000);
  for (let i = 0; i < 5; i++) parseYaml(text);
  const whole = cost(15, () => parseYaml(text));
  const typed = (where: string, insert: string, calls: number): number => {
    const at = text.indexOf(where) + where.length;
    const longer = text.slice(0, at) + insert + text.slice(at);
    let file = parseYaml(text);
    const both = (): void => {
      for (let i = 0; i < calls; i++) {
        file = updateYaml(file, { range: { start: at, end: at }, text: insert }, longer);
        file = updateYaml(file, { range: { start: at, end: at + insert.length }, text: "" }, text);
      }
    };
    both();
    return cost(9, both) / calls / 2;
  };
  console.log(`yaml: whole file of 10,000 lines ${whole.toFixed(1)} ms CPU`);
  console.log(`yaml: a character in an expr ${typed('job_name="job-500', "x", 50).toFixed(3)} ms CPU`);
  console.log(`yaml: a new line ${typed("alert: DkronJobFailed500", "\n        ", 20).toFixed(3)} ms CPU`);
  console.log(`yaml: a quote that stays open ${typed("expr: ", '"', 20).toFixed(3)} ms CPU`);
}
