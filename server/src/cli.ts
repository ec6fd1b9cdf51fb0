// The command line, `dkron-metrics`: picks the verb and exits with its code. It wires, nothing else.
import type { Terminal, Verb } from "./cli/verb.ts";

/** Verbs are loaded when used: `check` must not pay for the others. */
const verbs: Record<string, () => Promise<Verb>> = {
  check: async () => (await import("./cli/check.ts")).check,
  dashboard: async () => (await import("./cli/dashboard.ts")).dashboard,
  promql: async () => (await import("./cli/promql.ts")).promql,
  series: async () => (await import("./cli/series.ts")).series,
};

const usage = `usage: dkron-metrics VERB [options]

verbs: ${Object.keys(verbs).join(", ")}
"dkron-metrics VERB --help" says more.
`;

async function main(terminal: Terminal, [name, ...rest]: string[]): Promise<number> {
  if (name === "--help" || name === "-h") {
    terminal.out(usage);
    return 0;
  }
  if (name === "--version") {
    // Loaded when used: `check` must not pay for it.
    const { packageVersion } = await import("./cli/packageVersion.ts");
    terminal.out(`${packageVersion()}\n`);
    return 0;
  }
  const load = name === undefined ? undefined : verbs[name];
  if (!load) {
    terminal.err(name === undefined ? usage : `dkron-metrics: there is no verb "${name}"\n${usage}`);
    return 2;
  }
  return (await load())(rest, terminal);
}

const terminal: Terminal = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  // Made when it is asked for: most runs never read it.
  get input() {
    return process.stdin;
  },
  cwd: process.cwd(),
  colours: process.stdout.isTTY === true && !process.env.NO_COLOR,
  // There where the launcher has started this.
  onRead: () => (module as { readonly onRead?: () => void }).onRead?.(),
};

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  terminal.err(`dkron-metrics: ${error.code === "EPIPE" ? "nobody reads the output any more" : error.message}\n`);
  process.exit(2);
});

main(terminal, process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    terminal.err(`dkron-metrics: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  },
);
