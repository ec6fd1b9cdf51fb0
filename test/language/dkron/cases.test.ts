// The checks of dkron.yml on a table of configurations: exact ranges and messages, mended texts, and silence.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyEdits } from "../../../server/src/edits.ts";
import { fixAll } from "../../../server/src/language/features/codeActions.ts";
import type { Finding } from "../../../server/src/language/finding.ts";
import { lineStarts, positionAt } from "../../../server/src/lines.ts";
import { checkFixes } from "../fixes.ts";
import { contextOf, findingsOf, newest, uriOf } from "./check.ts";
import { type Case, loudCases } from "./loudCases.ts";
import { quietCases } from "./quietCases.ts";

const rowOf = ([title, text, version = newest, name = "dkron.yml"]: Case) => ({ title, text, version, name });
const loud = loudCases.map(rowOf);
const quiet = quietCases.map(rowOf);

/** A case as the golden has it: the findings with their place, the text there, the message and what each fix makes. */
function rendered(title: string, text: string, version: string, findings: readonly Finding[]): string {
  const starts = lineStarts(text);
  const lines = findings.map(({ code, severity, range, message, fixes }) => {
    const { line, character } = positionAt(starts, range.start);
    const place = `${line + 1}:${character + 1} ${JSON.stringify(text.slice(range.start, range.end))}`;
    const mended = fixes.map(
      ({ title, safe, edits }) => `    ${safe ? "safe" : "fix"}: ${title} → ${changed(text, applyEdits(text, edits))}`,
    );
    return [`  ${severity} ${code} at ${place}`, `    ${message}`, ...mended].join("\n");
  });
  return [`# ${title} (${version})`, ...lines].join("\n");
}

/** What a fix leaves of the lines that it touches. */
function changed(before: string, after: string): string {
  const [old, now] = [before.split("\n"), after.split("\n")];
  let from = 0;
  while (from < old.length && old[from] === now[from]) from++;
  let behind = 0;
  while (behind < old.length - from && behind < now.length - from && old.at(-1 - behind) === now.at(-1 - behind))
    behind++;
  return JSON.stringify(now.slice(from, now.length - behind).join("\n"));
}

test("what is said of each loud case: `vitest -u` renews the golden", async () => {
  const all = loud.map(({ title, text, version, name }) =>
    rendered(title, text, version, findingsOf(text, version, name)),
  );
  await expect(`${all.join("\n\n")}\n`).toMatchFileSnapshot("loudCases.golden.txt");
});

describe("loud cases", () => {
  test.each(loud)("$title", ({ text, version, name }) => {
    const findings = findingsOf(text, version, name);
    expect(findings).not.toEqual([]);
    for (const { range, message } of findings) {
      expect(range.end > range.start || text === "").toBe(true);
      expect(message).toMatch(/[.`)]$/);
      expect(message).not.toMatch(/undefined|\[object|NaN/);
    }
  });

  test.each(loud)("safe fixes make it no worse: $title", ({ text, version, name }) => {
    let now = text;
    for (let round = 0; round < 5; round++) {
      const edits = fixAll(findingsOf(now, version, name));
      if (edits.length === 0) break;
      now = applyEdits(now, edits);
    }
    expect(fixAll(findingsOf(now, version, name))).toEqual([]);
    const errors = (source: string): string[] =>
      findingsOf(source, version, name)
        .filter(({ severity }) => severity === "error")
        .map(({ code }) => code);
    const before = errors(text);
    for (const code of errors(now)) expect(before, now).toContain(code);
  });
});

test("every fix that is offered, by itself, takes its finding away and makes no new error", () => {
  let count = 0;
  for (const { text, version, name } of loud)
    count += checkFixes({ uri: uriOf(name), languageId: "", context: contextOf(version) }, text);
  console.log(`${count} fixes of dkron.yml`);
  expect(count).toBeGreaterThan(150);
});

describe("quiet cases", () => {
  test.each(quiet)("$title", ({ text, version, name }) => {
    expect(findingsOf(text, version, name)).toEqual([]);
  });
});

test("whatever lines come together, findings lie in the text and their fixes apply", () => {
  const lines = [...loud, ...quiet].flatMap(({ text }) => text.split("\n"));
  const texts = fc.array(fc.constantFrom(...lines), { maxLength: 8 }).map((some) => some.join("\n"));
  const versions = fc.constantFrom("3.1.11", "3.2.7", "4.0.5", "4.0.9", newest);
  fc.assert(
    fc.property(texts, versions, (text, version) => {
      for (const { range, message, fixes } of findingsOf(text, version)) {
        expect(0 <= range.start && range.start <= range.end && range.end <= text.length).toBe(true);
        expect(message).not.toMatch(/undefined|\[object|NaN/);
        for (const { edits } of fixes) expect(applyEdits(text, edits)).not.toBe(text);
      }
    }),
    { numRuns: 1000 },
  );
});

test("there are enough of them, and no fewer quiet than loud", () => {
  console.log(`${loud.length} loud and ${quiet.length} quiet configurations`);
  expect(loud.length + quiet.length).toBeGreaterThanOrEqual(300);
  expect(quiet.length).toBeGreaterThanOrEqual(loud.length);
});
