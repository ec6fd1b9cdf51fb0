// Scenarios of one's own: the emitter's refusals at the place that is wrong, and what is offered while writing.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openDocument } from "../../../server/src/language/document.ts";
import { completion } from "../../../server/src/language/features/completion.ts";
import { scenarioInvalid } from "../../../server/src/language/rules/scenario/invalid.ts";
import { newContext } from "../context.ts";

const context = newContext();

const open = (text: string) => openDocument("file:///my.dkron-scenario.yml", "yaml", 1, text);

function found(text: string): string[] {
  const plain = text.replaceAll(/[«»]/g, "");
  return [...scenarioInvalid.check(open(plain), context)].map(({ range }) => plain.slice(range.start, range.end));
}

const marked = (text: string): string[] => [...text.matchAll(/«([^»]*)»/g)].map((match) => match[1] ?? "");

describe("scenario/invalid", () => {
  test.each([
    ["an action that does not exist", "name: x\nsteps:\n  - { at: 2s, do: «explode» }\n"],
    ["a duration without unit", "name: x\nsteps:\n  - { at: «2», do: kill }\n"],
    ["a field that the action has not", "name: x\nsteps:\n  - { do: kill, factor: «3» }\n"],
    ["no job", "name: x\nsteps:\n  - { «do»: fail }\n"],
    ["no steps", "«name»: x\n"],
    ["a list", "«- a»\n"],
    ["a good one", "name: x\nabout: y\nrepeat: true\nsteps:\n  - { at: 2s, do: fail, job: report, for: 2m }\n"],
    ["an empty file", ""],
    ["a comment", "# nothing yet\n"],
  ])("%s", (_, text) => {
    expect(found(text)).toEqual(marked(text));
  });

  const folder = join(import.meta.dirname, "../../../server/catalog/scenarios");
  test.each(readdirSync(folder))("our own %s is clean", (file) => {
    expect(found(readFileSync(join(folder, file), "utf8"))).toEqual([]);
  });
});

test.each([
  ["name: x\nsteps:\n  - do: |", "fail"],
  ["name: x\nste|", "steps"],
  ["name: x\nsteps:\n  - do: kill\n    no|", "node"],
  ["name: x\nsteps:\n  - do: kill\n    node: |", "leader"],
])("completion at | in %j offers %s", (text, label) => {
  const offset = text.indexOf("|");
  const labels = completion(open(text.replace("|", "")), offset, context).map((item) => item.label);
  expect(labels).toContain(label);
});
