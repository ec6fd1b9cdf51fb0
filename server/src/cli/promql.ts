// `dkron-metrics promql`: what an expression is, for people; or what many are, a JSON line each, for programs.
import { parseArgs } from "node:util";
import { isVersion, newestVersion, resolveVersion } from "../catalog/versions.ts";
import type { ParseOptions } from "../promql/syntax/parser.ts";
import { newestVersion as newestPrometheus } from "../promql/syntax/versions.ts";
import { answer } from "./promql/answer.ts";
import { describe } from "./promql/describe.ts";
import { lines } from "./promql/lines.ts";
import type { Terminal, Verb } from "./verb.ts";

const usage = `usage: dkron-metrics promql [options] [EXPRESSION | -]

Says what an expression is: its type, its labels, its metrics, and its errors under the text.
With - or nothing: reads one JSON string a line from standard input and answers one JSON object a line,
{ok, errors: [{message, hint, start, end}], type, string, pretty}; offsets in UTF-16 units, type to pretty only if ok,
hint only where there is more to say than Prometheus does.

  --prometheus-version V    major and minor (default: ${newestPrometheus})
  --experimental            with all feature flags of the language
  --dkron-version VERSION   the agent's version (default: ${newestVersion()})
  --help

Exit code: 0 the expression is right, or all lines were answered; 1 it has errors; 2 could not run.
`;

const options = {
  "prometheus-version": { type: "string", default: newestPrometheus },
  experimental: { type: "boolean", default: false },
  "dkron-version": { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

export const promql: Verb = async (args, terminal) => {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  if (values.help) {
    terminal.out(usage);
    return 0;
  }
  const prometheusVersion = values["prometheus-version"];
  const dkronVersion = values["dkron-version"];
  if (!/^v?\d+\.\d+/.test(prometheusVersion)) return refuse(terminal, `"${prometheusVersion}" is no version`);
  if (dkronVersion !== undefined && !isVersion(dkronVersion))
    return refuse(terminal, `"${dkronVersion}" is no version`);
  const language = languageOf(prometheusVersion, values.experimental);
  const [expression, ...more] = positionals;
  if (more.length > 0) return refuse(terminal, "one expression at a time: quote it as a whole");
  if (expression === undefined || expression === "-") return answerLines(terminal, language);
  const description = describe(expression, language, resolveVersion(dkronVersion));
  terminal.out(description.text);
  return description.ok ? 0 : 1;
};

function refuse(terminal: Terminal, reason: string): number {
  terminal.err(`dkron-metrics promql: ${reason}\n${usage}`);
  return 2;
}

function languageOf(prometheusVersion: string, experimental: boolean): ParseOptions {
  return {
    prometheusVersion,
    experimentalFunctions: experimental,
    ...(experimental ? { durationExpressions: true } : {}),
    extendedRangeSelectors: experimental,
    fillModifiers: experimental,
  };
}

async function answerLines(terminal: Terminal, language: ParseOptions): Promise<number> {
  for await (const batch of lines(terminal.input)) {
    const answers = batch.map((line) => `${JSON.stringify(answer(line, language))}\n`);
    terminal.out(answers.join(""));
  }
  return 0;
}
