// How long a template of an annotation takes to parse, check, analyse and expand. Prints figures, asserts nothing.
import { analyzeTemplate } from "../../server/src/template/analysis.ts";
import { checkTemplate } from "../../server/src/template/check.ts";
import { completionSlot } from "../../server/src/template/completion.ts";
import { expandTemplate } from "../../server/src/template/expand.ts";
import { parseTemplate } from "../../server/src/template/parser.ts";

const templates: Readonly<Record<string, string>> = {
  "60 characters": "Job {{ $labels.job }} failed {{ $value | humanize }} times",
  "300 characters":
    'Job {{ $labels.job }} on {{ $labels.instance | stripPort }} {{ if gt $value 1.0 }}failed {{ $value | printf "%.2f" }} times{{ else }}is fine{{ end }}.\n{{ range query "up == 0" | sortByLabel "instance" }}{{ .Labels.instance }} is down since {{ .Value | humanizeTimestamp }}\n{{ end }}See {{ externalURL }}{{ graphLink "up" }}',
};
const data = {
  alert: "JobFailed",
  labels: { job: "dkron", instance: "node-1.example.com:9100" },
  externalLabels: {},
  externalURL: "http://prometheus.example.com",
  value: 42.5,
};
const world = { now: 1_700_000_000, query: () => [{ labels: { instance: "a:1" }, value: 0 }] };

function measure(what: string, work: () => void): void {
  const rounds = 20_000;
  for (let i = 0; i < rounds / 4; i++) work();
  const start = process.hrtime.bigint();
  for (let i = 0; i < rounds; i++) work();
  const microseconds = Number(process.hrtime.bigint() - start) / 1000 / rounds;
  console.log(`${what.padEnd(44)} ${microseconds.toFixed(2).padStart(8)} µs`);
}

export async function run(): Promise<void> {
  for (const [name, text] of Object.entries(templates)) {
    const parsed = parseTemplate(text);
    measure(`${name}: parse and check`, () => checkTemplate(parseTemplate(text), "JobFailed"));
    measure(`${name}: parse, check and analyse`, () => {
      const result = parseTemplate(text);
      checkTemplate(result, "JobFailed");
      analyzeTemplate(result.tree);
    });
    measure(`${name}: expand a parsed one`, () => expandTemplate(parsed, data, world));
    measure(`${name}: completion`, () => completionSlot(text, text.indexOf("$value") + 3));
  }
}
