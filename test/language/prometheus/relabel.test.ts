// Relabelling, its preview on hover, and what is proposed in a rule: by the example of Prometheus' own documentation and source.
import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { completion } from "../../../server/src/language/features/completion.ts";
import { diagnostics } from "../../../server/src/language/features/diagnostics.ts";
import { hover } from "../../../server/src/language/features/hover.ts";
import { md5Remainder } from "../../../server/src/language/relabel/md5.ts";
import { defaultRule, type RelabelRule, relabel } from "../../../server/src/language/relabel/relabel.ts";
import { newContext } from "../context.ts";
import { prometheusDocument } from "./check.ts";

const context = newContext();

const before = { a: "foo", b: "bar", c: "baz" };

type Case = readonly [title: string, rule: Partial<RelabelRule>, after: Record<string, string> | undefined];

const cases: readonly Case[] = [
  [
    "replace with a group",
    { sourceLabels: ["a"], regex: "f(.*)", targetLabel: "d", replacement: `ch\${1}-ch\${1}` },
    { ...before, d: "choo-choo" },
  ],
  ["replace without a match", { sourceLabels: ["a"], regex: "x(.*)", targetLabel: "d" }, before],
  [
    "replace with nothing takes the label away",
    { sourceLabels: ["x"], targetLabel: "a", replacement: "" },
    { b: "bar", c: "baz" },
  ],
  [
    "replace into a name made of a group",
    { sourceLabels: ["a"], regex: "(f).*", targetLabel: `\${1}_x`, replacement: "y" },
    { ...before, f_x: "y" },
  ],
  ["$1x is another group", { sourceLabels: ["a"], targetLabel: "d", replacement: "$1x" }, before],
  ["keep what matches", { sourceLabels: ["a", "b"], regex: "foo;bar", action: "keep" }, before],
  ["keep drops what does not match in full", { sourceLabels: ["a"], regex: "fo", action: "keep" }, undefined],
  ["drop", { sourceLabels: ["a"], regex: ".*o.*", action: "drop" }, undefined],
  ["keepequal", { sourceLabels: ["a"], targetLabel: "b", action: "keepequal" }, undefined],
  ["dropequal", { sourceLabels: ["a"], targetLabel: "b", action: "dropequal" }, before],
  ["labelmap", { regex: "(a|b)", replacement: "x_$1", action: "labelmap" }, { ...before, x_a: "foo", x_b: "bar" }],
  ["labeldrop", { regex: "a|b", action: "labeldrop" }, { c: "baz" }],
  ["labelkeep", { regex: "a", action: "labelkeep" }, { a: "foo" }],
  [
    "uppercase",
    { sourceLabels: ["a", "b"], separator: "-", targetLabel: "d", action: "uppercase" },
    { ...before, d: "FOO-BAR" },
  ],
  ["hashmod", { sourceLabels: ["c"], targetLabel: "d", modulus: 1000, action: "hashmod" }, { ...before, d: "976" }],
];

describe("relabelling", () => {
  for (const [title, rule, after] of cases) {
    test(title, () => {
      const found = relabel(new Map(Object.entries(before)), [{ ...defaultRule, ...rule }], "utf8");
      expect(found && Object.fromEntries(found)).toEqual(after);
    });
  }

  test("hashes as Go does: the last eight bytes of MD5, big-endian", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 200 }),
        fc.integer({ min: 1, max: 2 ** 31 }),
        (text, modulus) => {
          const digest = createHash("md5").update(text, "utf8").digest();
          expect(md5Remainder(text, modulus)).toBe(digest.readBigUInt64BE(8) % BigInt(modulus));
        },
      ),
      { numRuns: 200 },
    );
  });
});

/** A text with the cursor at `|`. */
function cursor(marked: string): { text: string; offset: number } {
  const offset = marked.indexOf("|");
  return { text: marked.slice(0, offset) + marked.slice(offset + 1), offset };
}

const head = 'scrape_configs:\n  - job_name: dkron\n    static_configs:\n      - targets: ["dkron-1:8080"]\n';

describe("the preview on hover", () => {
  const preview = (marked: string): string => {
    const { text, offset } = cursor(head + marked);
    return hover(prometheusDocument(text), offset, context)?.markdown ?? "";
  };

  test("shows what a rule joins and changes", () => {
    const shown = preview(
      "    relabel_configs:\n      - source_labels: [__address__]\n        rege|x: (.*):.*\n        target_label: host\n",
    );
    expect(shown).toContain("On the targets of this job");
    expect(shown).toContain("`dkron-1:8080`, joined `dkron-1:8080`");
    expect(shown).toContain('`host="dkron-1"` is new');
  });

  test("shows what becomes of a series", () => {
    const shown = preview(
      "    metric_relabel_configs:\n      - source_labels: [__name__]\n        rege|x: dkron_.*\n        action: drop\n",
    );
    expect(shown).toContain("On one series of each target");
    expect(shown).toContain("dropped");
  });

  test("says so where an earlier rule has dropped the target", () => {
    const shown = preview(
      "    relabel_configs:\n      - {source_labels: [job], regex: dkron, action: drop}\n      - targe|t_label: a\n",
    );
    expect(shown).toContain("an earlier rule (1.) has dropped it");
  });
});

describe("proposals", () => {
  const labels = (marked: string): string[] => {
    const { text, offset } = cursor(marked);
    return completion(prometheusDocument(text), offset, context).map(({ label }) => label);
  };

  test("a rule is offered only the keys that its action takes", () => {
    const found = labels(`${head}    relabel_configs:\n      - action: labeldrop\n        |\n`);
    expect(found).toEqual(["regex"]);
  });

  test("source labels are those of the discovery in use", () => {
    const text = "scrape_configs:\n  - job_name: a\n    dns_sd_configs:\n      - names: [a]\n";
    const found = labels(`${text}    relabel_configs:\n      - source_labels:\n          - |\n`);
    expect(found).toContain("__meta_dns_name");
    expect(found).toContain("__address__");
    expect(found.some((label) => label.startsWith("__meta_consul"))).toBe(false);
  });

  test("a whole job that scrapes Dkron is offered", () => {
    expect(labels("scrape_configs:\n  - |\n")).toContain("Dkron scrape job");
  });
});

test("no text makes the checks throw or point outside of it", () => {
  const base = `${head}    relabel_configs:\n      - {source_labels: [a], regex: (b), target_label: c}\nglobal:\n  scrape_interval: 15s\nremote_write:\n  - url: http://a\n    queue_config: {max_shards: 1}\n`;
  const pieces = [
    "\n",
    "  ",
    "- ",
    ": ",
    "~",
    "{",
    "}",
    "[",
    "]",
    "&a ",
    "*a",
    "<<: ",
    "'",
    '"',
    "!!binary /w==",
    "0",
    "...",
    "---\n",
    "\t",
  ];
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(base.length), fc.nat(6), fc.constantFrom(...pieces)), { minLength: 1, maxLength: 4 }),
      (edits) => {
        let text = base;
        for (const [at, length, piece] of edits) text = text.slice(0, at) + piece + text.slice(at + length);
        for (const { range, fixes } of diagnostics(prometheusDocument(text), context)) {
          expect(range.start).toBeGreaterThanOrEqual(0);
          expect(range.end).toBeGreaterThanOrEqual(range.start);
          expect(range.end).toBeLessThanOrEqual(text.length);
          for (const fix of fixes)
            for (const edit of fix.edits) expect(edit.range.end).toBeLessThanOrEqual(text.length);
        }
      },
    ),
    { numRuns: 300 },
  );
});
