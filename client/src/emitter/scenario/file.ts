// A scenario from a YAML file, with the line of what is wrong in it. It must not know how a scenario is played.
import { readFileSync } from "node:fs";
import { load, YAMLException } from "js-yaml";
import { checkScenario, placeInWords, scenarioOf } from "../../../../server/src/catalog/scenario/check.ts";
import type { Scenario } from "../../../../server/src/catalog/scenario/scenario.ts";
import { EmitterError } from "../addresses.ts";
import { lineOf } from "./place.ts";

/** Throws EmitterError: `file:line: place: what is wrong`. */
export function readScenario(file: string): Scenario {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new EmitterError(
      "bad-scenario",
      `Cannot read the scenario ${file} (${(error as NodeJS.ErrnoException).code ?? error}).`,
    );
  }
  return parseScenario(text, file);
}

/** As `readScenario`, from text; `file` is for the messages. */
export function parseScenario(text: string, file: string): Scenario {
  const value = loadYaml(text, file);
  const [problem] = checkScenario(value);
  if (problem === undefined) return scenarioOf(value);
  const line = lineOf(text, problem.path);
  throw new EmitterError("bad-scenario", `${file}:${line}: ${placeInWords(problem.path)}: ${problem.message}`);
}

function loadYaml(text: string, file: string): unknown {
  if (text.trim() === "") return undefined;
  try {
    return load(text, { filename: file });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const line = (error.mark?.line ?? 0) + 1;
    throw new EmitterError("bad-scenario", `${file}:${line}: the file is no YAML: ${error.reason}.`);
  }
}
