// What a template reads and where it will fail, found in all its branches without running it.
import { describe, expect, test } from "vitest";
import { analyzeTemplate } from "../../server/src/template/analysis.ts";
import { parseTemplate } from "../../server/src/template/parser.ts";
import type { TemplateUses } from "../../server/src/template/uses.ts";

function analyze(text: string): TemplateUses {
  const { tree, errors } = parseTemplate(text);
  expect(errors).toEqual([]);
  return analyzeTemplate(tree);
}

describe("labels", () => {
  test.each<[text: string, labels: string[]]>([
    ["{{ $labels.job }} {{ .Labels.job }} {{ $.Labels.job }}", ["job", "job", "job"]],
    ['{{ index $labels "a-b" }} {{ index .Labels `c` }}', ["a-b", "c"]],
    ['{{ "a" | index $labels }}', ["a"]],
    [
      "{{ if true }}{{ with $value }}{{ $labels.deep }}{{ end }}{{ else }}{{ $labels.other }}{{ end }}",
      ["deep", "other"],
    ],
    ["{{ if $labels.a }}{{ $labels.a }}{{ $labels.b }}{{ end }}", ["a?", "a?", "b"]],
    ["{{ with $labels.a }}{{ . }}{{ else }}{{ $labels.a }}{{ end }}", ["a?", "a?"]],
    ['{{ or $labels.team "nobody" }}', ["team?"]],
    ["{{ with $labels }}{{ .job }}{{ end }}", ["job"]],
    ["{{ $l := $labels }}{{ $l.job }}", ["job"]],
    ['{{ printf "%s" $labels.a | toUpper }} {{ toUpper (print $labels.b) }}', ["a", "b"]],
    ['{{ define "x" }}{{ .job }}{{ end }}{{ template "x" $labels }}', ["job"]],
    ["{{ $externalLabels.zone }}{{ .ExternalLabels.zone }}", ["zone (external)", "zone (external)"]],
    ['{{ range query "up" }}{{ .Labels.job }}{{ end }}', []],
    ["{{ range $k, $v := $labels }}{{ $k }}={{ $v }}{{ end }}", []],
  ])("%s", (text, labels) => {
    const found = analyze(text).labels.map(({ name, guarded, from, nameRange }) => {
      expect(text.slice(nameRange.start, nameRange.end)).toBe(name);
      return name + (guarded ? "?" : "") + (from === "externalLabels" ? " (external)" : "");
    });
    expect(found).toEqual(labels);
  });
});

describe("values", () => {
  test.each<[text: string, values: string[]]>([
    ["{{ $value }}", ["$value, printed"]],
    ["{{ $value | humanize }}", ["$value humanize, printed"]],
    ["{{ humanizeDuration .Value }}", [".Value humanizeDuration, printed"]],
    ['{{ printf "%.2f" $value | toUpper }}', ["$value printf %.2f toUpper, printed"]],
    ["{{ if gt $value 1.0 }}x{{ end }}", ["$value gt"]],
    ["{{ with $value }}{{ . | humanize }}{{ end }}", ["$value", ". humanize, printed"]],
    ["{{ $v := $value | humanize }}{{ $v }}", ["$value humanize", "$v humanize, printed"]],
    ['{{ query "sum(up)" | first | value | humanize1024 }}', ["value of sum(up) humanize1024, printed"]],
    ['{{ range query "up" }}{{ .Value | humanize }}{{ end }}', [".Value of up humanize, printed"]],
  ])("%s", (text, values) => {
    const found = analyze(text).values.map(({ start, end, from, formatters, printed }) => {
      const source = from === "alert" ? "" : ` of ${from.query}`;
      const chain = formatters
        .map(({ name, format }) => ` ${name}${format === undefined ? "" : ` ${format}`}`)
        .join("");
      return `${text.slice(start, end)}${source}${chain}${printed ? ", printed" : ""}`;
    });
    expect(found).toEqual(values);
  });
});

test("the expression of a query leads back to the characters that write it", () => {
  const text = 'ü {{ query "up{job=\\"a\\"}" }}';
  const [query] = analyze(text).queries;
  expect(query?.expr).toBe('up{job="a"}');
  expect(text.slice(query?.offsets[3], query?.offsets[6])).toBe("job");
  expect(text.slice(query?.offsets[7], query?.offsets[8])).toBe('\\"');
  expect(text.slice(query?.start, query?.end)).toBe('"up{job=\\"a\\"}"');
  expect(query?.offsets.length).toBe((query?.expr.length ?? 0) + 1);
});

describe("problems", () => {
  test.each<[text: string, problems: string[]]>([
    ["{{ $value | humanize }}{{ $labels.job | toUpper | title }}", []],
    [
      "{{ if false }}{{ toUpper $value }}{{ end }}",
      ["type at $value: wrong type for value; expected string; got float64"],
    ],
    ["{{ humanize }}", ["arguments at humanize: wrong number of args for humanize: want 1 got 0"]],
    ['{{ "a" | title "b" }}', ["arguments at title: wrong number of args for title: want 1 got 2"]],
    ["{{ toUpper 1 }}", ["type at 1: expected string; found 1"]],
    ["{{ toUpper nil }}", ["type at nil: cannot assign nil to string"]],
    [
      '{{ value (query "up") }}',
      ['type at query "up": wrong type for value; expected *template.sample; got template.queryResult'],
    ],
    [
      '{{ query "up" | label "job" }}',
      ["type at label: wrong type for value; expected *template.sample; got template.queryResult"],
    ],
    [
      "{{ if gt $value 1 }}x{{ end }}",
      ["comparison at gt: error calling gt: incompatible types for comparison: float64 and int"],
    ],
    ["{{ if gt $value 1.0 }}x{{ end }}", []],
    ['{{ printf "%d" $value }}', ['format at "%d": %!d(float64=…)']],
    ['{{ printf "%.2f" $labels.x }}', ['format at "%.2f": %!f(string=…)']],
    ['{{ printf "%s %s" "a" }}', ['format at "%s %s": %!s(MISSING)']],
    ['{{ printf "100%" }}', ['format at "100%": %!(NOVERB)']],
    ['{{ printf "%.1f%% of %s" $value $labels.job }}', []],
    ['{{ printf "%d rows" (len (query "up")) }}', []],
    [
      '{{ humanize "abc" }}',
      ['number at humanize: error calling humanize: strconv.ParseFloat: parsing "abc": invalid syntax'],
    ],
    [
      "{{ humanize $labels }}",
      ["number at humanize: error calling humanize: can't convert map[string]string to float"],
    ],
    ["{{ humanize $labels.bytes }}", []],
    ['{{ match "(" $labels.job }}', ['pattern at "(": error parsing regexp: missing closing ): `(`']],
    [
      "{{ .Foo }}",
      [
        "field at .Foo: can't evaluate field Foo in type struct { Labels map[string]string; ExternalLabels map[string]string; ExternalURL string; Value interface {} } (Labels, ExternalLabels, ExternalURL, Value)",
      ],
    ],
    ["{{ $labels.a.b }}", ["field at .b: can't evaluate field b in type string"]],
    ["{{ .Value.x }}", ["field at .x: can't evaluate field x in type interface {}"]],
    [
      '{{ range query "up" }}{{ .job }}{{ end }}',
      ["field at .job: can't evaluate field job in type *template.sample (Labels, Value)"],
    ],
    ["{{ $labels .job }}", ["arguments at $labels: can't give argument to non-function $labels"]],
    ["{{ index $labels 1 }}", ["type at index: error calling index: value has type int; should be string"]],
    ['{{ template "x" }}{{ define "y" }}{{ end }}', ['template at "x": template "x" not defined (y)']],
    ["{{ (toTime $value).Format }}", ["arguments at .Format: wrong number of args for Format: want 1 got 0"]],
    ["{{ (toTime $value).Format 5 }}", ["type at 5: expected string; found 5"]],
    ["{{ eq $labels.a }}", ["comparison at eq: error calling eq: missing argument for comparison"]],
    ["{{ len . }}", [expect.stringMatching(/^type at len: error calling len: len of type struct/)]],
    ['{{ $f := "%d" }}{{ if $labels.a }}{{ $f = "%.1f" }}{{ end }}{{ printf $f $value }}', []],
    [
      "{{ $t := 40 }}{{ if gt $value $t }}x{{ end }}",
      ["comparison at gt: error calling gt: incompatible types for comparison: float64 and int"],
    ],
    ["{{ $x = 1 }}", ["variable at $x: undefined variable: $x ($, $labels, $externalLabels, $externalURL, $value)"]],
    ["{{ range $value }}{{ end }}", ["type at $value: range can't iterate over a value of type float64"]],
    ['{{ (toTime $value).Format "15:04" }} {{ (toDuration $value).Hours }}', []],
    ['{{ (args 1 "a").arg0 }} {{ define "x" }}{{ .arg0 | toUpper }}{{ end }}{{ template "x" (args 1) }}', []],
    ["{{ with $labels.job }}{{ . | toUpper }}{{ $.Value | humanize }}{{ end }}", []],
    ['{{ query "up" | sortByLabel "x" | first | value | humanize }}', []],
    ["{{ and $labels.a $value }} {{ not $labels.a }} {{ len $labels.a }}", []],
  ])("%s", (text, problems) => {
    const found = analyze(text).problems.map(({ kind, start, end, message, known }) => {
      const names = known.length === 0 ? "" : ` (${known.join(", ")})`;
      return `${kind} at ${text.slice(start, end)}: ${message}${names}`;
    });
    expect(found).toEqual(problems);
  });
});
