// What is offered at a cursor, written as `¦`, and which call stands around it.
import { describe, expect, test } from "vitest";
import { callAt, completionSlot } from "../../server/src/template/completion.ts";
import { expandTemplate } from "../../server/src/template/expand.ts";
import { implementations } from "../../server/src/template/functions/implementations.ts";
import { functions, signatureOf } from "../../server/src/template/functionTable.ts";
import { parseTemplate } from "../../server/src/template/parser.ts";

function cut(marked: string): [text: string, offset: number] {
  return [marked.replace("¦", ""), marked.indexOf("¦")];
}

/** The slot in a few words: what is expected, a sign for each kind that an operand can be, and what it replaces. */
function slot(marked: string): string | undefined {
  const [text, offset] = cut(marked);
  const found = completionSlot(text, offset);
  if (found === undefined) return undefined;
  const replaced = `[${text.slice(found.start, found.end)}]`;
  switch (found.expects) {
    case "operand": {
      const kinds = [
        found.keywords.length > 0 ? "keywords" : "",
        found.functions.length > 0 ? "functions" : "",
        found.variables.length > 0 ? "variables" : "",
        found.fields.length > 0 ? "fields" : "",
      ];
      return `${kinds.filter((kind) => kind !== "").join(" ")} ${replaced}`;
    }
    case "variable":
      return `${found.variables.join(" ")} ${replaced}`;
    case "label":
      return `label of ${typeof found.from === "string" ? found.from : (found.from.query ?? "a query")} ${replaced}`;
    case "field":
      return `${found.fields.slice(0, 2).join(" ")} ${replaced}`;
    case "query":
      return `query ${found.expr.slice(0, found.cursor)}¦${found.expr.slice(found.cursor)}`;
    case "template":
      return `template ${found.names.join(" ")} ${replaced}`;
  }
}

const preset = "$ $labels $externalLabels $externalURL $value";

describe("completion", () => {
  test.each<[marked: string, expected: string | undefined]>([
    ["te¦xt {{ $value }}", undefined],
    ["{{ $value }} te¦xt", undefined],
    ["{¦{ }}", undefined],
    ["{{¦ }}", "keywords functions variables fields []"],
    ["{{ hu¦m }}", "keywords functions variables fields [hum]"],
    ["{{ $value | hum¦ }}", "functions [hum]"],
    ["{{ if ¦ }}", "functions variables fields []"],
    ["{{ else ¦ }}", "keywords []"],
    ['{{ printf "%s" ¦ }}', "variables fields []"],
    ["{{ $¦ }}", `${preset} [$]`],
    ["{{ $lab¦ }} rest", `${preset} [$lab]`],
    ["{{ $x := 1 }}{{ if true }}{{ $y := 2 }}{{ $¦ }}{{ end }}", `${preset} $x $y [$]`],
    ["{{ if true }}{{ $y := 2 }}{{ end }}{{ $¦ }}", `${preset} [$]`],
    ['{{ define "a" }}{{ $¦ }}{{ end }}', "$ [$]"],
    ["{{ range $k, $v := $labels }}{{ $¦", `${preset} $k $v [$]`],
    ["{{ $labels.¦ }}", "label of labels []"],
    ["{{ $labels.¦", "label of labels []"],
    ["{{ $labels.in¦st }}", "label of labels [inst]"],
    ["{{ .Labels.¦ }}", "label of labels []"],
    ["{{ $.ExternalLabels.z¦ }}", "label of externalLabels [z]"],
    ["{{ with $labels }}{{ .a¦", "label of labels [a]"],
    ['{{ index $labels "a¦" }}', "label of labels [a]"],
    ['{{ range query "up" }}{{ .Labels.¦ }}{{ end }}', "label of up []"],
    ['{{ (query "up" | first).Labels.¦ }}', "label of up []"],
    ["{{ .¦ }}", "Labels ExternalLabels []"],
    ['{{ range query "up" }}{{ .¦ }}{{ end }}', "Labels Value []"],
    ["{{ (toTime $value).¦ }}", "Year Month []"],
    ['{{ query "up{¦}" }}', "query up{¦}"],
    ['{{ query "up{a=\\"¦', 'query up{a="¦'],
    ['{{ template "¦" }}{{ define "foo" }}{{ end }}', "template foo []"],
    ['{{ printf "%¦" }}', undefined],
  ])("%s", (marked, expected) => {
    expect(slot(marked)).toBe(expected);
  });
});

test.each<[marked: string, expected: string | undefined]>([
  ["{{ ¦ }}", undefined],
  ["{{ humanize ¦ }}", "humanize 0"],
  ['{{ printf "%s" ¦ }}', "printf 1"],
  ['{{ printf "%s" $labels.a¦ }}', "printf 1"],
  ["{{ toUpper $labels.¦ }}", "toUpper 0"],
  ['{{ reReplaceAll "a" (print 1 2) ¦ }}', "reReplaceAll 2"],
  ['{{ reReplaceAll "a" (print 1 ¦2) }}', "print 1"],
  ["{{ $value | printf ¦ }}", "printf 0"],
  ["{{ $x := len ¦ }}", "len 0"],
])("the call around %s", (marked, expected) => {
  const call = callAt(...cut(marked));
  expect(call && `${call.info.name} ${call.argument}`).toBe(expected);
});

describe("the function table", () => {
  test("names what is implemented", () => {
    const own = new Set(["and", "or", "call"]);
    const names = functions.map(({ name }) => name).filter((name) => !own.has(name));
    expect(names.sort()).toEqual(Object.keys(implementations).sort());
  });

  test.each(functions.filter(({ example }) => example !== "").map((info) => [info.name, info] as const))(
    "the example of %s is sound",
    (name, { example, doc }) => {
      expect(example).toContain(name);
      expect(doc).toMatch(/\.$/);
      const prelude = example.includes('template "link"') ? '{{ define "link" }}{{ .arg0 }}{{ end }}' : "";
      expect(parseTemplate(prelude + example).errors).toEqual([]);
      const labels = { job: "dkron", instance: "a.b:1", commit: "0123456789" };
      const data = { alert: "A", labels, externalLabels: {}, externalURL: "http://x/", value: 1.5 };
      const world = { now: 0, query: () => [{ labels, value: 2 }] };
      expect(expandTemplate(prelude + example, data, world)).toHaveProperty("text");
    },
  );

  test("signatures", () => {
    const printf = functions.find(({ name }) => name === "printf");
    expect(printf && signatureOf(printf).label).toBe("printf format: string values...: any");
  });
});
