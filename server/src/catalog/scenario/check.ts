// Reads what a YAML file says into a scenario, and says precisely what is wrong with it, to the emitter and to the editor
// alike. It must not know YAML's text, nor how a scenario is played.
import { goDuration } from "../goDuration.ts";
import { actionTable, type FieldFacts, type FieldType, isAction } from "./actions.ts";
import type { ActionName, Scenario, Step } from "./scenario.ts";

/** A place in the file and a sentence; `path` as keys and positions, e.g. ["steps", 2, "job"]. */
export type ScenarioProblem = { readonly path: readonly (string | number)[]; readonly message: string };

type Mapping = Readonly<Record<string, unknown>>;

/** All that is wrong; empty: `scenarioOf` will read it. */
export function checkScenario(value: unknown): ScenarioProblem[] {
  if (!isMapping(value)) return [{ path: [], message: "A scenario is a mapping with name and steps." }];
  const problems = checkFields(value, actionTable().scenario, [], "a scenario");
  const { steps } = value;
  if (Array.isArray(steps)) problems.push(...steps.flatMap((step, index) => checkStep(step, ["steps", index])));
  return problems;
}

/** The scenario that data says; throws RangeError with the first problem. */
export function scenarioOf(value: unknown): Scenario {
  const [problem] = checkScenario(value);
  if (problem !== undefined) throw new RangeError(`${placeInWords(problem.path)}: ${problem.message}`);
  const { name, about, repeat, steps } = value as Mapping;
  return {
    name: String(name),
    about: String(about ?? ""),
    repeat: repeat === true,
    steps: (steps as readonly Mapping[]).map(stepOf).sort((a, b) => a.at - b.at),
  };
}

/** `steps[2].job`; the file itself for an empty path. */
export function placeInWords(path: readonly (string | number)[]): string {
  if (path.length === 0) return "the scenario";
  return path.map((part, index) => (typeof part === "number" ? `[${part}]` : index === 0 ? part : `.${part}`)).join("");
}

function checkStep(step: unknown, path: readonly (string | number)[]): ScenarioProblem[] {
  if (!isMapping(step)) return [{ path, message: "A step is a mapping such as { at: 5s, do: fail, job: report }." }];
  const action = step.do;
  const names = Object.keys(actionTable().actions).join(", ");
  if (action === undefined) return [{ path, message: `The step has no "do": write what happens, one of ${names}.` }];
  if (typeof action !== "string" || !isAction(action))
    return [
      { path: [...path, "do"], message: `"${String(action)}" is nothing that a step can do: write one of ${names}.` },
    ];
  return checkFields(
    step,
    { ...actionTable().step, ...actionTable().actions[action].fields },
    path,
    `the action ${action}`,
  );
}

function checkFields(
  value: Mapping,
  fields: Readonly<Record<string, FieldFacts>>,
  path: readonly (string | number)[],
  what: string,
): ScenarioProblem[] {
  const problems: ScenarioProblem[] = [];
  for (const [key, item] of Object.entries(value)) {
    const facts = Object.hasOwn(fields, key) ? fields[key] : undefined;
    const wrong =
      facts === undefined
        ? `"${key}" is no key of ${what}: it has ${Object.keys(fields).join(", ")}.`
        : problemOf(item, facts.type);
    if (wrong !== undefined) problems.push({ path: [...path, key], message: wrong });
  }
  for (const [key, facts] of Object.entries(fields))
    if (facts.required && value[key] === undefined)
      problems.push({ path, message: `"${key}" is missing from ${what}: ${facts.about}` });
  return problems;
}

type Reader = { readonly reads: (value: unknown) => boolean; readonly says: string };

const readers: Readonly<Record<FieldType, Reader>> = {
  text: { reads: (value) => typeof value === "string" && value !== "", says: "a text" },
  job: { reads: (value) => typeof value === "string" && value !== "", says: "the name of a job" },
  node: {
    reads: (value) => typeof value === "string" && value !== "",
    says: "a node's name, or leader, follower, server, worker",
  },
  action: { reads: (value) => typeof value === "string", says: "an action" },
  flag: { reads: (value) => typeof value === "boolean", says: "true or false" },
  steps: { reads: Array.isArray, says: "a list of steps" },
  duration: { reads: (value) => durationOf(value) !== undefined, says: "a duration such as 30s or 1m30s" },
  share: { reads: (value) => typeof value === "number" && value >= 0 && value <= 1, says: "a number from 0 to 1" },
  number: {
    reads: (value) => typeof value === "number" && value >= 0 && Number.isFinite(value),
    says: "a number that is not negative",
  },
  bytes: { reads: (value) => bytesOf(value) !== undefined, says: "a size such as 500kB or 4MB" },
};

function problemOf(value: unknown, type: FieldType): string | undefined {
  const { reads, says } = readers[type];
  return reads(value) ? undefined : `${JSON.stringify(value) ?? "nothing"} stands where ${says} is needed.`;
}

function stepOf(step: Mapping): Step {
  const action = step.do as ActionName;
  const facts = { ...actionTable().step, ...actionTable().actions[action].fields };
  const read = Object.entries(facts).flatMap(([key, { type }]): [string, unknown][] => {
    const value = step[key];
    if (value === undefined) return [];
    return [[key, type === "duration" ? durationOf(value) : type === "bytes" ? bytesOf(value) : value]];
  });
  return { at: 0, ...Object.fromEntries(read), do: action };
}

function durationOf(value: unknown): number | undefined {
  if (value === 0) return 0;
  if (typeof value !== "string") return undefined;
  try {
    return goDuration(value);
  } catch {
    return undefined;
  }
}

const byteUnits: Readonly<Record<string, number>> = {
  "": 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
};

function bytesOf(value: unknown): number | undefined {
  if (typeof value === "number") return value >= 0 ? value : undefined;
  const match = typeof value === "string" ? /^(\d+(?:\.\d+)?)\s*([kmg]?i?b?)$/i.exec(value.trim()) : null;
  const unit = byteUnits[(match?.[2] ?? "?").toLowerCase()];
  return match === null || unit === undefined ? undefined : Number(match[1]) * unit;
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
