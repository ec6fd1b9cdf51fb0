// The options of `dkron-metrics check`, read and judged before any file is. Knows no file.
import { parseArgs } from "node:util";
import { isVersion, newestVersion, resolveVersion } from "../catalog/versions.ts";
import type { CheckContext } from "../language/check.ts";
import type { Severity } from "../language/finding.ts";
import { newestVersion as newestPrometheus } from "../promql/syntax/versions.ts";
import { severities } from "./report/checked.ts";
import { formats, isFormat } from "./report/formats.ts";

export const usage = `usage: dkron-metrics check [options] PATH…

Checks dkron.yml, prometheus.yml and rule files. PATH is a file, a folder, a glob, or - for standard input.
A .dkron-metrics.yml in the folder of a file, or above, says more: levels, versions, ignored paths.

  --fix                     mend what can be mended safely, in the files; what is left is printed
  --format FORMAT           ${Object.keys(formats).join(", ")} (default: text)
  --min-severity SEVERITY   ${severities.join(", ")}: what is printed and counts (default: hint)
  --dkron-version VERSION   the agent's version (default: ${newestVersion()})
  --prometheus-version V    major and minor (default: ${newestPrometheus})
  --agent                   prometheus.yml is for Prometheus in agent mode: no rules, no alerting, no remote_read
  --kind KIND               what the files are: dkron-config, prometheus-config, prometheus-rules (default: by name and content)
  --stdin-name NAME         the name that standard input is checked under (default: rules.yml)
  --list-checks             print all checks with their levels, and end
  --explain ID              print the page of a check, and end
  --help

Exit code: 0 nothing found, 1 findings, 2 could not run, or not on all files.
`;

const table = {
  fix: { type: "boolean", default: false },
  format: { type: "string", default: "text" },
  "min-severity": { type: "string", default: "hint" },
  "dkron-version": { type: "string" },
  "prometheus-version": { type: "string" },
  agent: { type: "boolean", default: false },
  kind: { type: "string" },
  "stdin-name": { type: "string", default: "rules.yml" },
  "list-checks": { type: "boolean" },
  explain: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

const kinds = ["dkron-config", "prometheus-config", "prometheus-rules", "prometheus-rules-test"] as const;

type Versions = Omit<CheckContext, "workspace">;

export type CheckOptions = {
  readonly task: "check";
  readonly paths: readonly string[];
  readonly fix: boolean;
  readonly format: keyof typeof formats;
  /** Index of the lowest severity that counts. */
  readonly lowest: number;
  readonly kind: (typeof kinds)[number] | undefined;
  readonly stdinName: string;
  /** What files are checked against where nobody says more. */
  readonly defaults: Versions;
  /** What the command line says: it wins over configurations. */
  readonly asked: Partial<Versions>;
  /** Whether a prometheus.yml is for agent mode. */
  readonly agent: boolean;
};

export type Task =
  | CheckOptions
  | { readonly task: "help" }
  | { readonly task: "list"; readonly format: string }
  | { readonly task: "explain"; readonly id: string }
  | { readonly refusal: string };

export function readOptions(args: readonly string[]): Task {
  const read = parsedArgs(args);
  if ("refusal" in read) return read;
  const { values, positionals } = read;
  const { format } = values;
  if (values.help) return { task: "help" };
  if (!isFormat(format)) return { refusal: `there is no format "${format}"` };
  if (values["list-checks"]) return { task: "list", format };
  if (values.explain !== undefined) return { task: "explain", id: values.explain };

  const [dkron, prometheus] = [values["dkron-version"], values["prometheus-version"]];
  const lowest = severities.indexOf(values["min-severity"] as Severity);
  if (lowest < 0) return { refusal: `there is no severity "${values["min-severity"]}"` };
  for (const version of [dkron, prometheus])
    if (version !== undefined && version !== "latest" && !isVersion(version))
      return { refusal: `"${version}" is no version` };
  const kind = kinds.find((known) => known === values.kind);
  if (values.kind !== undefined && !kind) return { refusal: `there is no kind "${values.kind}"` };
  if (positionals.length === 0) return { refusal: "no file given" };
  if (values.fix && positionals.includes("-")) return { refusal: "--fix cannot write to standard input" };
  return {
    task: "check",
    paths: positionals,
    fix: values.fix,
    format,
    lowest,
    kind,
    stdinName: values["stdin-name"],
    agent: values.agent,
    defaults: { dkronVersion: newestVersion(), prometheusVersion: newestPrometheus, dialects: [], levels: {} },
    asked: {
      ...(dkron !== undefined && { dkronVersion: resolveVersion(dkron) }),
      ...(prometheus !== undefined && {
        prometheusVersion: prometheus === "latest" ? newestPrometheus : prometheus.replace(/^v/, ""),
      }),
    },
  };
}

function parsedArgs(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: table, allowPositionals: true });
  } catch (error) {
    return { refusal: error instanceof Error ? error.message : String(error) };
  }
}
