// What a template becomes, case by case where Go's ways surprise; the text asserted is that of Prometheus 3.14.
import { describe, expect, test } from "vitest";
import { checkTemplate } from "../../server/src/template/check.ts";
import { expandTemplate } from "../../server/src/template/expand.ts";
import { parseTemplate } from "../../server/src/template/parser.ts";

type Given = { url?: string; value?: number; labels?: Record<string, string> };

function expanded(template: string, { url = "http://prom:9090", value = 42.5, labels = {} }: Given = {}): string {
  const data = { alert: "Test", labels, externalLabels: {}, externalURL: url, value };
  const result = expandTemplate(template, data, { now: 1_700_000_000, query: () => [] });
  return "text" in result ? result.text : result.message;
}

/** Prometheus' whole sentence of an expansion that fails. */
function failure(template: string, alert: string): string | undefined {
  const data = { alert, labels: {}, externalLabels: {}, externalURL: "", value: 42.5 };
  const result = expandTemplate(template, data, { now: 1_700_000_000, query: () => [] });
  return "error" in result ? result.error : undefined;
}

describe("capitals", () => {
  test.each([
    ["a word of Greek in title case stays", "ᾼa", "ᾼa"],
    ["an iota written below stays below", "ᾲa", "Ὰͅa"],
    ["ideographs of any script end a word", "a𗖝b", "A𗖝B"],
    ["letters of a script without blanks end a word", "aᧃb", "AᧃB"],
    ["a modifier that looks like a sign is within a word", "a˂b", "A˂b"],
    ["an Arabic decimal separator is within a word", "a٫b", "A٫b"],
    ["the Greek semicolon is a mark within a word", "a·b", "A·b"],
    ["a letter whose capital is newer than Go stays small", "ɤ", "ɤ"],
  ])("%s", (_title, text, wanted) => {
    expect(expanded("{{ title $labels.x }}", { labels: { x: text } })).toBe(wanted);
  });

  test("only what Unicode 15 knows has another case, is printed and may stand in a name", () => {
    expect(expanded("{{ toUpper $labels.x }}", { labels: { x: "ƛ" } })).toBe("ƛ");
    expect(expanded('{{ printf "%q" $labels.x }}', { labels: { x: "\u1c89" } })).toBe('"\\u1c89"');
    expect(expanded("{{ $labels.a\u1c89 }}")).toBe("bad character U+1C89");
  });
});

describe("the external URL", () => {
  test.each([
    ["http://a/b c", "http://a/b%20c", "/b c"],
    ["HTTP://A/%2F", "http://A/%2F", "//"],
    ['http://a/b%2fc"', "http://a/b/c%22", '/b/c"'],
    ["http://é/", "http://%C3%A9/", "/"],
    ["http://u%41:a%40b@x/q", "http://uA:a%40b@x/q", "/q"],
    ["http://a?q=%zz é", "http://a?q=%zz é", ""],
    ["http://a/#é", "http://a/#%C3%A9", "/"],
    ["mailto:x", "mailto:x", ""],
    ["http:///a", "http:///a", "/a"],
  ])("%s", (url, text, path) => {
    expect(expanded("{{ externalURL }}|{{ pathPrefix }}", { url })).toBe(`${text}|${path}`);
  });
});

describe("times and durations", () => {
  test.each([
    ['{{ ((toTime 0).AppendFormat nil "15h") | printf "%s" }}', "00h"],
    ['{{ (toTime 0).MarshalBinary | printf "%x" }}', "010000000e7791f70000000000ffff"],
    ['{{ (toTime 1.5).AppendText nil | printf "%s" }}', "1970-01-01T00:00:01.5Z"],
    ['{{ (toTime 0.25).Format ".00000000000" }}', ".250000000"],
    ["{{ ((toTime 0).AddDate 300000 1 1).Year }}", "301970"],
    ["{{ (toTime 0).AddDate 0 -1 -1 }}", "1969-11-30 00:00:00 +0000 UTC"],
    ['{{ printf "%d" (toTime 0).Location }}', "&{%!d(string=UTC) [] [] %!d(string=) 0 0 0}"],
    ['{{ parseDuration "9223372036s1ms" }}', "9.223372036001001e+09"],
  ])("%s", (template, wanted) => {
    expect(expanded(template)).toBe(wanted);
  });
});

test("a group's name that stands twice is shown as written", () => {
  expect(expanded('{{ match "((?<n>a)(?<n>b)" "ab" }}')).toBe(
    "error calling match: error parsing regexp: missing closing ): `((?<n>a)(?<n>b)`",
  );
});

describe("an alert's name with a % in it", () => {
  const loaded = (template: string, alert: string): string | undefined =>
    checkTemplate(parseTemplate(template), alert)?.goMessage;

  test.each([
    [
      "takes what the message wanted",
      "CPU > 90%",
      "{{ nosuch }}",
      "template: __alert_CPU > 90%!:(string=nosuch)1: function %!q(MISSING) not defined",
    ],
    [
      "shows a token's inside",
      "a%d",
      "x\n{{ (",
      "template: __alert_a{0 118 %!d(string=unclosed action) 2}:2: %!s(MISSING)",
    ],
    ["shows an error as itself", "a%w", "{{ 08 }}", 'template: __alert_ainteger overflow: "08":1: %!s(MISSING)'],
    [
      "stays as it is where Go would print an address",
      "a%d",
      "{{ end }}",
      "template: __alert_a%d:1: unexpected {{end}}",
    ],
    ["is left alone where two stand together", "a%%", "{{ end }}", "template: __alert_a%:1: unexpected {{end}}"],
  ])("%s", (_title, alert, template, wanted) => {
    expect(loaded(template, alert)).toBe(wanted);
  });
});

describe("an expansion that fails under an alert's name with a % in it", () => {
  test.each([
    [
      "x%y",
      '{{ template "b" }}',
      '__alert_x%!y(string=b):1:124: executing "__alert_x%y" at <{{template "b"}}>: template %!q(MISSING) not defined',
    ],
    [
      "x%y",
      "{{ range true }}{{ end }}",
      `__alert_x%!y(bool=true):1:121: executing "__alert_x%y" at <true>: range can't iterate over %!v(MISSING)`,
    ],
    [
      "%s%d",
      "{{ range 2.5 }}{{ end }}",
      `__alert_%!s(float64=2.5)%!d(MISSING):1:121: executing "__alert_%s%d" at <2.5>: range can't iterate over %!v(MISSING)`,
    ],
    ["x%y", "{{ nil }}", '__alert_x%!y(MISSING):1:115: executing "__alert_x%y" at <nil>: nil is not a command'],
    [
      "%s",
      "{{ 18446744073709551615 }}",
      '__alert_18446744073709551615:1:115: executing "__alert_%s" at <18446744073709551615>: %!s(MISSING) overflows int',
    ],
    [
      "%s",
      "{{ $value | $labels }}",
      `__alert_$labels:1:124: executing "__alert_%s" at <$labels>: can't give argument to non-function %!s(MISSING)`,
    ],
    [
      "%s",
      "{{ (toTime 0).Add 1.5 }}",
      '__alert_1.5:1:130: executing "__alert_%s" at <1.5>: expected integer; found %!s(MISSING)',
    ],
  ])("%s, %s", (alert, template, wanted) => {
    expect(failure(template, alert)).toBe(`error executing template __alert_${alert}: template: ${wanted}`);
  });
});

describe("a template that calls itself by its own name", () => {
  const name = "__alert_Test";
  test.each([
    [
      "with what it was given, variables included, never ends",
      `{{ $labels.job }}{{ template "${name}" . }}`,
      "exceeded maximum template depth (100000)",
    ],
    [
      "with a text has no labels there",
      `{{ with "a" }}{{ template "${name}" . }}{{ end }}`,
      "can't evaluate field Labels in type string",
    ],
  ])("%s", (_title, template, wanted) => {
    expect(expanded(template)).toBe(wanted);
  });

  test("the declarations before it are what fails", () => {
    expect(failure(`{{ with "a" }}{{ template "${name}" . }}{{ end }}`, "Test")).toBe(
      `error executing template ${name}: template: ${name}:1:13: executing "${name}" at <.Labels>: can't evaluate field Labels in type string`,
    );
  });
});

test("an else in a block is told at the line of the block's head, in a define at its own", () => {
  const line = (text: string): number | undefined => parseTemplate(text).errors[0]?.line;
  expect(line('\n{{ block "a" . }}\n\n{{ else }}{{ end }}')).toBe(2);
  expect(line('\n{{ define "a" }}\n\n{{ else }}{{ end }}')).toBe(4);
});

describe("what is made to be slow", () => {
  test("maps that hold one another twice are not printed to their end", () => {
    const grown = "{{ $x := args 1 }}{{ range 60 }}{{ $x = args $x $x }}{{ end }}";
    const tooLong = "the text grows too long to be expanded here";
    expect(expanded(`${grown}{{ $x }}`)).toBe(tooLong);
    expect(expanded(`${grown}{{ eq $x $x }}`)).toBe(tooLong);
    expect(expanded(`${grown}{{ len $x }}`)).toBe("2");
  });

  test("behind a thousand errors nothing is read", () => {
    const { errors } = parseTemplate("{{ nosuch }}\n".repeat(20_000));
    expect(errors.length).toBe(1000);
    expect(errors.at(-1)).toMatchObject({ line: 1000, start: 999 * 13 + 3 });
  });

  test("one name defined many times is told each time", () => {
    const { errors } = parseTemplate('{{ define "a" }}x{{ end }}'.repeat(500));
    expect(errors.length).toBe(499);
  });
});
