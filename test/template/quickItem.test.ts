// Items that are read at once: the same tree and the same errors as when the lexer cuts them up.
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseTemplate } from "../../server/src/template/parser.ts";
import { quickItem } from "../../server/src/template/quickItem.ts";
import { parserOf } from "../../server/src/template/reading.ts";

const piece = fc.constantFrom(
  "{{ $labels.job }}",
  "{{ $value}}",
  "{{ $value | humanize }}",
  "{{ $value|humanizePercentage }}",
  "{{ $labels.a_1 | toUpper | title }}",
  "{{ $labels }}",
  "{{ $value.x }}",
  "{{ $value | nosuch }}",
  "{{ $labels.job | if }}",
  "{{ $nosuch }}",
  '{{ define "a" }}',
  "{{ if $value }}",
  "{{ else }}",
  "{{ end }}",
  "{{ $v := $value }}",
  "{{ $v }}",
  "{{ ( $value ",
  "{{",
  "}}",
  " text\n",
  " {{- $value -}} ",
  " {{/* ü */}} ",
  '{{ "a ',
);

/** A tab in place of the blank is not read at once, and means the same. */
function readSlowly(text: string): unknown {
  return JSON.parse(JSON.stringify(parseTemplate(text.replaceAll("{{ ", "{{\t"))).replaceAll("\\t", " "));
}

test("what is read at once is what the lexer and the parser make of it", () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const text = pieces.join("");
      expect(JSON.parse(JSON.stringify(parseTemplate(text)))).toEqual(readSlowly(text));
    }),
    { numRuns: 5000 },
  );
});

test.each([
  ["{{ $labels.job }}", true],
  ["{{$value}}", true],
  ["{{ $value | humanize | title }}", true],
  ["{{ $value | nosuch }}", false],
  ["{{- $value }}", false],
  ["{{ $value -}}", false],
  ["{{ $v }}", false],
  ["{{ $value 1 }}", false],
  ["{{ $labels.ü }}", false],
  ["text", true],
  ["text { {{ $value }}", true],
  ["text {{ nosuch", true],
  ["text {{- $value }}", false],
  ["{{/* text */}}", false],
  ["", false],
])("%s: %s", (text, atOnce) => {
  expect(quickItem(parserOf(text)) !== undefined).toBe(atOnce);
});
