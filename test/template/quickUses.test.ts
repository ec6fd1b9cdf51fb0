// What is found in simple texts without a tree: the same as what the parser and the analysis find, and nothing elsewhere.
import fc from "fast-check";
import { expect, test } from "vitest";
import { analyzeTemplate } from "../../server/src/template/analysis.ts";
import { parseTemplate } from "../../server/src/template/parser.ts";
import { quickUses } from "../../server/src/template/quickUses.ts";

const piece = fc.constantFrom(
  "{{ $labels.job }}",
  "{{$labels.a_1}}",
  "{{ $labels }}",
  "{{ $value}}",
  "{{ $value | humanize }}",
  "{{ $value|humanizePercentage }}",
  "{{ $value | humanizeTimestamp}}",
  '{{ $value | printf "%.2f" }}',
  '{{ printf "%5.1f%%" $value }}',
  '{{ printf "%g" $value }}',
  "}}",
  "$value ",
  " text\n",
  "ü ",
);

test("the same as with a tree, and no text with an error is simple", () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const text = pieces.join("");
      const { tree, errors } = parseTemplate(text);
      const { labels, values, queries, problems } = analyzeTemplate(tree);
      expect(errors).toEqual([]);
      expect(quickUses(text)).toEqual({ labels, values, queries, problems });
    }),
    { numRuns: 5000 },
  );
});

test.each([
  "{{ $labels.ü }}",
  "{{ $labels.a.b }}",
  "{{ $value.x }}",
  "{{ $value 1 }}",
  "{{ $value | toTime }}",
  "{{ $value | humanize | title }}",
  "{{ $value | humanizeNot }}",
  '{{ $value | printf "%d" }}',
  '{{ printf "%.2f" $labels }}',
  '{{ printf "%.2f" }}',
  "{{- $value }}",
  "{{ $value -}}",
  "{{ $nosuch }}",
  "{{ .Value }}",
  "{{ $value }} {{ if $value }}",
  "{{/* text */}}",
  "{{ $value",
  "{{",
])("%s is read with a tree", (text) => {
  expect(quickUses(text)).toBeUndefined();
});
