// `dkron-metrics check`: the findings of files, as people or programs want them. Knows no check.
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { CheckContext } from "../language/check.ts";
import { checkService } from "../language/checkService.ts";
import { configured } from "../language/configuration.ts";
import { type Document, longestText, openDocument } from "../language/document.ts";
import type { Finding } from "../language/finding.ts";
import { type Workspace, workspaceOf } from "../language/workspace.ts";
import { type CheckOptions, readOptions, usage } from "./checkOptions.ts";
import { Configurations, type Found, leavesAlone } from "./configurations.ts";
import { type Input, tryInputs } from "./inputs.ts";
import { type Checked, severities } from "./report/checked.ts";
import { formats } from "./report/formats.ts";
import type { Terminal, Verb } from "./verb.ts";

export const check: Verb = async (args, terminal) => {
  const options = readOptions(args);
  if ("refusal" in options) {
    terminal.err(`dkron-metrics check: ${options.refusal}\n${usage}`);
    return 2;
  }
  if (options.task === "help") {
    terminal.out(usage);
    return 0;
  }
  if (options.task !== "check") {
    const { explain, listChecks } = await import("./explain.ts");
    return options.task === "list" ? listChecks(options.format === "json", terminal) : explain(options.id, terminal);
  }
  return checkFiles(options, terminal);
};

async function checkFiles(options: CheckOptions, terminal: Terminal): Promise<number> {
  const { inputs, refused } = await tryInputs(options.paths, options.stdinName, terminal, longestText);
  for (const sentence of refused) terminal.err(`dkron-metrics check: ${sentence}\n`);
  const run = new Run(options, inputs);
  terminal.onRead?.();
  const failed = options.fix ? await run.fix(terminal) : false;
  const checked = run.checkAll();
  for (const file of run.strangers())
    terminal.err(`dkron-metrics check: ${file} is no dkron.yml, prometheus.yml or rule file: --kind says what it is\n`);
  // Where no file could be read the reasons say it all; programs still get their empty report.
  if (checked.length > 0 || refused.length === 0 || options.format !== "text")
    print(formats[options.format](checked, terminal), terminal);
  if (refused.length > 0 || failed) return 2;
  return checked.some(({ findings }) => findings.length > 0) ? 1 : 0;
}

function print(output: string | Iterable<string>, terminal: Terminal): void {
  if (typeof output === "string") terminal.out(output);
  else for (const piece of output) terminal.out(piece);
}

type Opened = { readonly input: Input; readonly found: Found | undefined; document: Document };

/** The files of one run: they are each other's workspace, so that a recording rule in one is known in the others. */
class Run {
  readonly #options: CheckOptions;
  readonly #files: Opened[] = [];
  #workspace: Workspace;
  readonly #contexts = new Map<Found | undefined, CheckContext>();

  constructor(options: CheckOptions, inputs: readonly Input[]) {
    this.#options = options;
    const configurations = new Configurations();
    for (const input of inputs) {
      const path = fileURLToPath(input.uri);
      const found = configurations.of(path);
      if (found && leavesAlone(found, path)) continue;
      this.#files.push({ input, found, document: this.#open(input, input.text) });
    }
    this.#workspace = this.#read();
    let isOther = false;
    for (const opened of this.#files) {
      const named = checkService.asNamed(opened.document, this.#workspace);
      isOther ||= named !== opened.document;
      opened.document = named;
    }
    if (isOther) this.#workspace = this.#read();
  }

  checkAll(): Checked[] {
    return this.#files.map(({ input: { file }, found, document }) => ({
      file,
      document,
      findings: checkService.diagnostics(document, this.#context(found)).filter(this.#counts),
    }));
  }

  /** Mends the files on disk and says what it did; true where a file could not be written. */
  async fix(terminal: Terminal): Promise<boolean> {
    const { mend, writeWhole } = await import("./fixing.ts");
    let failed = false;
    for (const opened of this.#files) {
      const { input, found, document } = opened;
      const { text, codes } = mend(document, this.#context(found), this.#counts);
      if (text === document.text || input.path === undefined) continue;
      try {
        await writeWhole(input.path, text);
        opened.document = this.#open(input, text);
        terminal.err(`${input.file}: mended ${counted(codes)}\n`);
      } catch (error) {
        failed = true;
        const reason = error instanceof Error ? error.message : String(error);
        terminal.err(`dkron-metrics check: ${input.file} cannot be written in ${dirname(input.path)}: ${reason}\n`);
      }
    }
    this.#workspace = this.#read();
    this.#contexts.clear();
    return failed;
  }

  /** Files that were named and are of no kind that is checked. */
  strangers(): string[] {
    return this.#files.flatMap(({ input, document: { kind } }) =>
      input.named && kind === "other" ? [input.file] : [],
    );
  }

  #open({ uri }: Input, text: string): Document {
    return openDocument(uri, this.#options.kind ?? "", 0, text, this.#options.kind);
  }

  readonly #counts = ({ severity }: Finding): boolean => severities.indexOf(severity) <= this.#options.lowest;

  /** What the files say to each other. */
  #read(): Workspace {
    return workspaceOf(this.#files.flatMap(({ document }) => checkService.facts(document) ?? []));
  }

  /** What the configuration says counts, unless the command line says otherwise. */
  #context(found: Found | undefined): CheckContext {
    const known = this.#contexts.get(found);
    if (known) return known;
    const { defaults, asked, agent } = this.#options;
    const base: CheckContext = { ...defaults, workspace: this.#workspace };
    const settled = { ...(found ? configured(base, found.configuration) : base), ...asked };
    const levels = { ...settled.levels, ...(agent && ({ "prometheus/agent-mode": "error" } as const)) };
    const context: CheckContext = { ...settled, levels };
    this.#contexts.set(found, context);
    return context;
  }
}

/** `2 findings: dkron/tag, dkron/unknown-key`. */
function counted(codes: readonly string[]): string {
  const kinds = [...new Set(codes)].sort().join(", ");
  return `${codes.length} ${codes.length === 1 ? "finding" : "findings"}: ${kinds}`;
}
