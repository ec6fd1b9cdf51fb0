// Ids of answers: the same only for one text of which the same is said, so that an editor sets no mark that it must move.
import { describe, expect, test } from "vitest";
import type { Diagnostic } from "vscode-languageserver";
import { Told } from "../../server/src/lsp/told.ts";

const uri = "file:///a.rules.yml";
const at = (line: number): Diagnostic => {
  const range = { start: { line, character: 0 }, end: { line, character: 4 } };
  return { range, message: "wrong", severity: 2, code: "metric/unknown" };
};

describe("the id of an answer", () => {
  test.each<[name: string, version: number, items: Diagnostic[], isSame: boolean]>([
    ["stays where the same is said of the same text", 1, [at(3)], true],
    ["changes with what is said", 1, [at(4)], false],
    ["changes where more is said", 1, [at(3), at(4)], false],
    ["changes with the text, though the same is said", 2, [at(3)], false],
  ])("%s", (_, version, items, isSame) => {
    const told = new Told();
    const id = told.tell(uri, 1, [at(3)]);
    expect(told.tell(uri, version, items) === id).toBe(isSame);
  });

  test("is no id that another server gave", () => {
    expect(new Told().tell(uri, 1, [])).not.toBe(new Told().tell(uri, 1, []));
  });

  test("is no id that was given before it was forgotten", () => {
    const told = new Told();
    const id = told.tell(uri, 1, [at(3)]);
    told.forget(uri);
    expect(told.tell(uri, 1, [at(3)])).not.toBe(id);
  });
});

test("what was told is doubtful in another context, until it is found to be right", () => {
  const told = new Told();
  const id = told.tell(uri, 1, [at(3)]);
  told.doubt((other) => other !== uri);
  expect(told.current(uri, 1)).toBe(id);
  told.doubt((other) => other === uri);
  expect([told.current(uri, 1), told.isDoubtful(uri, 1)]).toEqual([undefined, true]);
  expect(told.isOutdated(uri, 1, [at(5)])).toBe(true);
  expect(told.current(uri, 1)).toBeUndefined();
  expect(told.isOutdated(uri, 1, [at(3)])).toBe(false);
  expect([told.current(uri, 1), told.isDoubtful(uri, 1)]).toEqual([id, false]);
});
