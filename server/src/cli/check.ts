// `dkron-metrics check`: the findings of files, as people or programs want them. Knows no check.
import { parseArgs } from "node:util";
import { newestVersion } from "../catalog/versions.ts";
import type { CheckContext } from "../language/check.ts";
import { type Document, openDocument } from "../language/document.ts";
import type { Severity } from "../language/finding.ts";
import { languageService } from "../language/languageService.ts";
import { workspaceOf } from "../language/workspace.ts";
import { type Input, readInputs } from "./inputs.ts";
import type { Checked } from "./report/checked.ts";
import { formats, isFormat } from "./report/formats.ts";
import type { Terminal, Verb } from "./verb.ts";

const usage = `usage: dkron-metrics check [options] PATH…

Checks dkron.yml, prometheus.yml and rule files. PATH is a file, a folder, a glob, or - for standard input.

  --format FORMAT           ${Object.keys(formats).join(", ")} (default: text)
  --min-severity SEVERITY   error, warning, information or hint: what is printed and counts (default: hint)
  --dkron-version VERSION   the agent's version (default: ${newestVersion()})
  --prometheus-version V    major and minor (default: 3.14)
  --stdin-name NAME         the name that standard input is checked under (default: rules.yml)
  --help

Exit code: 0 nothing found, 1 findings, 2 could not run.
`;

const severities: readonly Severity[] = ["error", "warning", "information", "hint"];

const options = {
  format: { type: "string", default: "text" },
  "min-severity": { type: "string", default: "hint" },
  "dkron-version": { type: "string" },
  "prometheus-version": { type: "string", default: "3.14" },
  "stdin-name": { type: "string", default: "rules.yml" },
  help: { type: "boolean", short: "h" },
} as const;

export const check: Verb = async (args, terminal) => {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  if (values.help) {
    terminal.out(usage);
    return 0;
  }
  const lowest = severities.indexOf(values["min-severity"] as Severity);
  if (!isFormat(values.format)) return refuse(terminal, `there is no format "${values.format}"`);
  if (lowest < 0) return refuse(terminal, `there is no severity "${values["min-severity"]}"`);
  if (positionals.length === 0) return refuse(terminal, "no file given");

  const inputs = await readInputs(positionals, values["stdin-name"], terminal);
  const context = contextOf(inputs, values["dkron-version"] ?? newestVersion(), values["prometheus-version"]);
  const checked = inputs.map((input) => checkOne(input, context, lowest));
  terminal.out(formats[values.format](checked, terminal));
  return checked.some(({ findings }) => findings.length > 0) ? 1 : 0;
};

function refuse(terminal: Terminal, reason: string): number {
  terminal.err(`dkron-metrics check: ${reason}\n${usage}`);
  return 2;
}

const documents = new WeakMap<Input, Document>();

function documentOf(input: Input): Document {
  const known = documents.get(input);
  if (known) return known;
  const document = openDocument(input.uri, "", 0, input.text);
  documents.set(input, document);
  return document;
}

/** The files given are the workspace: a recording rule in one is known in the others. */
function contextOf(inputs: readonly Input[], dkronVersion: string, prometheusVersion: string): CheckContext {
  const facts = inputs.flatMap((input) => languageService.facts(documentOf(input)) ?? []);
  return { dkronVersion, prometheusVersion, dialects: [], levels: {}, workspace: workspaceOf(facts) };
}

function checkOne(input: Input, context: CheckContext, lowest: number): Checked {
  const document = documentOf(input);
  const findings = languageService
    .diagnostics(document, context)
    .filter((finding) => severities.indexOf(finding.severity) <= lowest);
  return { file: input.file, document, findings };
}
