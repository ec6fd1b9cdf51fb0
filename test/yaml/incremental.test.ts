// After any edit the file is what reading the new text would give: trees, values, ranges, errors, comments, chunks.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyEdits } from "../../server/src/edits.ts";
import { parseYaml, updateYaml } from "../../server/src/yaml/parse.ts";
import { chunksOf, valueAt, valuesOf } from "../../server/src/yaml/tree.ts";
import { updateInPlace } from "../../server/src/yaml/update.ts";
import { ruleFile } from "../bench/yaml.bench.ts";
import { dump, dumpChunks, readWhole, sharedFiles } from "./dump.ts";

const parts = [
  ..."\n \t-:#'\"[]{},|>?%@\\&*!x0".split(""),
  ...[
    "  ",
    "- ",
    ": ",
    " #",
    "&a ",
    "*a",
    "!!str ",
    "---\n",
    "...\n",
    "? ",
    "\r\n",
    "\r",
    "key: v\n",
    "  k: v\n",
    "- a\n",
  ],
  ...[
    "|+\n",
    ">-\n  x\n",
    "<<: *a\n",
    "\n\n",
    "  # c\n",
    "\ufeff",
    "\0",
    "- alert: A\n  expr: up\n",
    "a:\n  - b: c\n    d: e\n",
  ],
];
const noise = fc.array(fc.constantFrom(...parts), { maxLength: 40 }).map((list) => list.join(""));

const examples = [
  "groups:\n  - name: g\n    rules:\n      # first\n      - alert: A\n        expr: |\n          up\n            == 0\n\n        for: 5m\n      - record: r\n        expr: 'a\n          b'\n",
  "a: &x {b: c}\nd:\n- *x\n-   e: f\n    g: >\n      h\n\n# end\n--- # next\n!!map\ni: j\n...\nk\n",
  "global:\n\tscrape: 15s\nbad: 'x\nscrape_configs:\n  - job_name: a\n    static_configs:\n      - targets: [\n  'b',\n]\n? k\n: v\n",
  ruleFile(60),
];
const corpus = sharedFiles("conformance/rule-files", "conformance/prometheus-config").map((file) => file.text);
const stretch = fc
  .tuple(fc.constantFrom(...examples, ...corpus), fc.nat(), fc.integer({ min: 1, max: 40 }))
  .map(([text, from, count]) => {
    const lines = text.split("\n");
    const at = from % lines.length;
    return lines.slice(at, at + count).join("\n");
  });

const step = fc.record({
  at: fc.nat(),
  length: fc.nat({ max: 8 }),
  text: fc.oneof(noise, fc.constantFrom("x", "", " ")),
});

describe("updateYaml", () => {
  test("gives what parseYaml gives", () => {
    const steps = fc.array(step, { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.oneof(stretch, noise), steps, (first, edits) => {
        let text = first;
        let file = parseYaml(text);
        for (const { at, length, text: inserted } of edits) {
          const start = at % (text.length + 1);
          const edit = { range: { start, end: Math.min(text.length, start + length) }, text: inserted };
          text = applyEdits(text, [edit]);
          file = updateYaml(file, edit, text);
          const whole = parseYaml(text);
          expect(dump(file)).toEqual(dump(whole));
          expect(dumpChunks(file.chunk)).toEqual(dumpChunks(whole.chunk));
        }
      }),
      { numRuns: 1500 },
    );
  });

  /** Lines that come and go, as whoever writes an entry makes them. */
  const line = fc.record({
    /** Columns further to the right than the line where it is put. */
    by: fc.constantFrom(-4, -2, -1, 0, 0, 1, 2, 2, 4, 6),
    text: fc.constantFrom(
      ...[
        "",
        "x",
        "x: y",
        "- x",
        "- a: b",
        "# c",
        "'q",
        '"q"',
        "|",
        "k: |",
        "{a: b",
        "]",
        "? k",
        ": v",
        "--- x",
        "%d",
        "\tt",
      ],
    ),
  });
  const lineStep = fc.record({
    at: fc.nat(),
    /** Lines taken from there on, counted from the end of the one or from its beginning. */
    taken: fc.integer({ min: 0, max: 3 }),
    lines: fc.array(line, { maxLength: 3 }),
    isBehind: fc.boolean(),
  });

  function lineEdit(
    text: string,
    { at, taken, lines, isBehind }: typeof lineStep extends fc.Arbitrary<infer T> ? T : never,
  ) {
    const breaks = [...text.matchAll(/\n|$/g)].map(({ index }) => index);
    const from = at % breaks.length;
    const end = breaks[from] ?? text.length;
    const column = /^ */.exec(text.slice(text.lastIndexOf("\n", end - 1) + 1))?.[0].length ?? 0;
    const written = lines.map((one) => " ".repeat(Math.max(0, column + one.by)) + one.text);
    if (isBehind) {
      const range = { start: end, end: breaks[Math.min(from + taken, breaks.length - 1)] ?? end };
      return { range, text: written.map((one) => `\n${one}`).join("") };
    }
    const start = text.lastIndexOf("\n", end - 1) + 1;
    const until = Math.min(text.length, (breaks[Math.min(from + taken, breaks.length - 1)] ?? end) + 1);
    return { range: { start, end: taken === 0 ? start : until }, text: written.map((one) => `${one}\n`).join("") };
  }

  test("of lines that come and go gives what parseYaml gives, in place where they are inside an entry", () => {
    let inPlace = 0;
    let all = 0;
    const steps = fc.array(lineStep, { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.oneof(stretch, fc.constantFrom(...examples)), steps, (first, wishes) => {
        let text = first;
        let file = parseYaml(text);
        for (const wish of wishes) {
          const edit = lineEdit(text, wish);
          const before = text;
          text = applyEdits(text, [edit]);
          all++;
          if (
            edit.text !== before.slice(edit.range.start, edit.range.end) &&
            updateInPlace(parseYaml(before), edit, text)
          )
            inPlace++;
          file = updateYaml(file, edit, text);
          const whole = parseYaml(text);
          expect(dump(file)).toEqual(dump(whole));
          expect(dumpChunks(file.chunk)).toEqual(dumpChunks(whole.chunk));
        }
      }),
      { numRuns: 1000 },
    );

    expect(inPlace).toBeGreaterThan(all / 20);
  });

  test("keeps every rule but the one that was edited", () => {
    const text = ruleFile(300);
    const before = parseYaml(text);
    const rulesOf = (file: typeof before) =>
      valuesOf(valueAt(valuesOf(valueAt(file.documents[0]?.root, "groups"))[0], "rules"));
    const old = rulesOf(before);
    const at = text.indexOf("job-10") + 6;
    const edit = { range: { start: at, end: at }, text: "\n" };
    for (const inserted of ["x", '\n          or "']) {
      const after = updateYaml(
        parseYaml(text),
        { ...edit, text: inserted },
        text.slice(0, at) + inserted + text.slice(at),
      );
      expect(rulesOf(after)).toHaveLength(old.length);
    }
    const kept = rulesOf(updateYaml(before, { ...edit, text: "x" }, `${text.slice(0, at)}x${text.slice(at)}`));
    expect(kept.flatMap((rule, i) => (rule === old[i] ? [] : [i]))).toEqual([10]);
  });

  test("moves a rule that stands behind a new line without reading it anew", () => {
    const text = ruleFile(300);
    const before = parseYaml(text);
    const chunks = new Set(chunksOf(before.chunk));
    const at = text.indexOf("        for: 5m");
    const edit = { range: { start: at, end: at }, text: "        keep_firing_for: 1m\n" };
    const after = updateYaml(before, edit, applyEdits(text, [edit]));
    const fresh = [...chunksOf(after.chunk)].filter((chunk) => !chunks.has(chunk) && chunk.children.length === 0);
    expect(fresh).toHaveLength(1);
  });
});

describe("parseYaml", () => {
  test("by chunks is what reading in one go gives, wherever that succeeds", () => {
    let valid = 0;
    fc.assert(
      fc.property(fc.oneof(stretch, noise), (text) => {
        const whole = readWhole(text);
        const file = dump(parseYaml(text));
        if (whole && !/\[|\{|'|"/.test(text)) {
          valid++;
          expect(file).toEqual(dump(whole));
        } else if (!whole) expect(JSON.stringify(file)).toContain('"errors":[{');
      }),
      { numRuns: 3000 },
    );
    expect(valid).toBeGreaterThan(100);
  });
});
