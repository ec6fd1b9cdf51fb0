// `dkron-emitter`: reads the command line, starts the stand-in, and ends it cleanly. It wires, nothing else.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Scenario } from "../../../server/src/catalog/scenario/scenario.ts";
import { EmitterError } from "./addresses.ts";
import { type LiveArguments, parseArguments, type ReplayArguments, usage } from "./arguments.ts";
import { Emitter, type EmitterState } from "./emitter.ts";
import { readFolder } from "./replay/folder.ts";
import { Replay } from "./replay/replay.ts";
import { readScenario } from "./scenario/file.ts";
import { findScenario, scenarios } from "./scenario/library.ts";

/** What was started and can be ended. */
type Started = { stop(): Promise<void> };

async function main(words: readonly string[]): Promise<void> {
  const parsed = parseArguments(words);
  if (parsed.kind === "help") return print(usage);
  if (parsed.kind === "version") return print(`${packageVersion()}\n`);
  if (parsed.kind === "scenarios")
    return print(
      scenarios()
        .map(({ name, about }) => `${name}: ${about}\n`)
        .join(""),
    );
  endOnSignals(parsed.kind === "replay" ? await startReplay(parsed) : await startLive(parsed));
}

async function startLive(options: LiveArguments): Promise<Started> {
  const { scenario, version, ...rest } = options;
  const chosen = scenario === undefined ? undefined : scenarioNamed(scenario);
  const emitter = new Emitter({ ...rest, version, ...(chosen === undefined ? {} : { scenario: chosen }) });
  const state = await emitter.start();
  print(`A stand-in for Dkron ${state.version}:\n${serverLines(state)}`);
  print("Ctrl-C ends it.\n");
  return emitter;
}

async function startReplay(options: ReplayArguments): Promise<Started> {
  const replay = new Replay(readFolder(options.folder), options);
  const servers = await replay.start();
  print(`Playing ${options.folder}:\n${servers.map(({ name, url }) => `  ${name}  ${url}/metrics\n`).join("")}`);
  print("Ctrl-C ends it.\n");
  return replay;
}

/** What looks like a path is a file, anything else a name. */
function scenarioNamed(text: string): Scenario {
  return /[/\\]|\.ya?ml$/.test(text) ? readScenario(text) : findScenario(text);
}

function serverLines(state: EmitterState): string {
  return state.servers.map(({ name, url }) => `  ${name}  ${url}/metrics  ${url}/v1\n`).join("");
}

/** The version of this package, which stands next to the bundle's folder. */
function packageVersion(): string {
  const text = readFileSync(join(__dirname, "..", "package.json"), "utf8");
  return String((JSON.parse(text) as { version: unknown }).version);
}

function endOnSignals(started: Started): void {
  const end = (): void => {
    started.stop().then(() => process.exit(0));
  };
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
}

function print(text: string): void {
  process.stdout.write(text);
}

process.stdout.on("error", () => undefined);
main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`dkron-emitter: ${error instanceof EmitterError ? error.message : String(error)}\n`);
  process.exitCode = 2;
});
