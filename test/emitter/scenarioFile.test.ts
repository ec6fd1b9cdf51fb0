// Own scenarios from YAML: what is read, and that a mistake is named with its line and place.
import { expect, test } from "vitest";
import { parseScenario } from "../../client/src/emitter/scenario/file.ts";
import { lineOf } from "../../client/src/emitter/scenario/place.ts";

test("durations, sizes and order of steps", () => {
  const scenario = parseScenario(
    `name: mine
steps:
  - { at: 1m, do: leak, node: cron-2, bytes: 3MiB, for: 90s }
  - do: fail
    job: report
    rate: 0.5
`,
    "mine.yml",
  );
  expect(scenario).toEqual({
    name: "mine",
    about: "",
    repeat: false,
    steps: [
      { at: 0, do: "fail", job: "report", rate: 0.5 },
      { at: 60_000, do: "leak", node: "cron-2", bytes: 3 * 2 ** 20, for: 90_000 },
    ],
  });
});

test.each([
  ["no mapping", "- 1\n", "mine.yml:1: the scenario: A scenario is a mapping"],
  ["an empty file", "", "mine.yml:1: the scenario: A scenario is a mapping"],
  ["no name", "about: x\nsteps: []\n", 'the scenario: "name" is missing'],
  ["no steps", "name: x\n", '"steps" is missing'],
  ["steps that are no list", "name: x\nsteps: 3\n", "mine.yml:2: steps: 3 stands where a list of steps is needed."],
  [
    "a key that is none",
    "name: x\nsteps: []\nstep: []\n",
    'mine.yml:3: step: "step" is no key of a scenario: it has name',
  ],
  ["a step without do", "name: x\nsteps:\n  - at: 5s\n", 'mine.yml:3: steps[0]: The step has no "do"'],
  [
    "an unknown action",
    "name: x\nsteps:\n  - at: 5s\n    do: explode\n",
    'mine.yml:4: steps[0].do: "explode" is nothing',
  ],
  [
    "a bad duration",
    "name: x\nsteps:\n  - do: skip\n    job: a\n    for: 5 minutes\n",
    'mine.yml:5: steps[0].for: "5 minutes" stands where a duration',
  ],
  [
    "a share above 1",
    "name: x\nsteps:\n\n  - { do: fail, job: a, rate: 2 }\n",
    "mine.yml:4: steps[0].rate: 2 stands where a number from 0 to 1",
  ],
  [
    "a field of another action",
    "name: x\nsteps:\n  - { do: skip, job: a, factor: 2 }\n",
    '"factor" is no key of the action skip',
  ],
  ["a missing job", "name: x\nsteps:\n  - { do: run }\n", '"job" is missing from the action run'],
  ["a step that is no mapping", "name: x\nsteps:\n  - fail\n", "mine.yml:3: steps[0]: A step is a mapping"],
  ["no YAML", "name: [x\nsteps: {\n", "the file is no YAML"],
])("%s", (_title, text, message) => {
  expect(() => parseScenario(text, "mine.yml")).toThrow(message);
});

test("lines of places in block and flow style, with aliases and nested lists", () => {
  const text = `a: &x
  - b: 1
    c: [1,
      2]
d: *x
e:
  - - f: 1
    - { g: 2,
        h: 3 }
`;
  expect(lineOf(text, ["a", 0, "c", 1])).toBe(4);
  expect(lineOf(text, ["d"])).toBe(5);
  expect(lineOf(text, ["e", 0, 1, "h"])).toBe(9);
  expect(lineOf(text, ["e", 0, 5])).toBe(7);
});
