// What of a rule file Prometheus reads, and what it passes over: the rest behind a line further left, further documents, tabs between comments.
import { describe, expect, test } from "vitest";
import { openDocument } from "../../server/src/language/document.ts";
import { completion } from "../../server/src/language/features/completion.ts";
import { diagnostics } from "../../server/src/language/features/diagnostics.ts";
import { plainGroups } from "../../server/src/language/plainRules.ts";
import { newContext } from "./context.ts";
import { marked, open } from "./features/world.ts";

const errorsIn = (text: string): string[] =>
  diagnostics(openDocument("file:///a.rules.yml", "", 1, text, "prometheus-rules"), newContext())
    .filter(({ severity, code }) => severity === "error" || code === "yaml/syntax")
    .map(({ severity, range, message }) => `${severity} ${text.slice(range.start, range.end)}: ${message}`);

const read = "  groups:\n  - name: a\n    rules:\n    - {alert: A, expr: up == 0}\n";
const unread = " - name: b\n   rules:\n   - {alert: B, expr: 'up ==', for: x, labels: {a: '{{ x'}}\n";
const rest = expect.stringMatching(/^warning \S.*: Prometheus takes the file for finished in front of this line/);

describe("the rest of a rule file", () => {
  test.each([
    ["an item further left", `${read}${unread}`],
    ["a key", `${read}groups: []\n`],
    ["brackets that are never closed", `${read}[[[\n`],
    ["a plain value behind two dashes", `${read} - - @x\n`],
    ["a line behind a value that goes on at the left", `  groups:\n  - name: "a\nb"\n    rules: []\n x: [\n`],
    ["a line behind brackets", "{groups: []\n}\nx: [\n"],
    ["a list with a tab in it", `${read} - name: b\n\t\n   rules: []\n`],
    ["a line behind another kind of break", `${read}\u0085 x: [\n`],
    ["a directive", "groups: []\n%YAML 1.1\n# b\nx: [\n"],
    ["text", `${read} x\n y\n`],
    ["two texts in quotes", `${read} "x\n"\n "y" [[\n`],
  ])("is ignored, and said to be: %s", (_, text) => {
    expect(errorsIn(text)).toEqual([rest]);
  });

  test("begins with no line of a break of another kind, which is blank", () => {
    expect(errorsIn(`${read} \u0085   \n    x: [\n`)).toEqual([
      expect.stringMatching(/^error /),
      expect.stringMatching(/^error /),
    ]);
  });

  test("begins with no blank line that holds a tab", () => {
    expect(errorsIn(`${read}  # b\n\t\n  # c\n    x: [\n`)).not.toEqual([rest]);
  });

  test("what stands above is judged", () => {
    expect(errorsIn(`${read.replace("up == 0", "up ==")}${unread}`)).toEqual([
      expect.stringMatching(/^error [\s\S]*unexpected end of input/),
      rest,
    ]);
  });

  test.each([
    ["a character that begins no value", `${read}@x\n`],
    ["one behind a dash", `${read} - @x\n`],
    ["a quote that is never closed", `${read} "x\n`],
    ["an escape that Go does not know", `${read} "\\d": x\n`],
    ["a name that is missing", `${read} &\n`],
    ["a header that is none", `${read} |x\n`],
    ["text and a key, which is no key of one line", `${read} x\n y: z\n`],
    ["a key right below a directive", "groups: []\n%YAML 1.1\nx: y\n"],
    ["a tab", `${read}\tx: y\n`],
    ["a directive that Go does not know", `${read}%x\n`],
    ["a character behind a bracket", `${read} [@\n`],
  ])("is read as far as its beginning: %s", (_, text) => {
    expect(errorsIn(text)).toEqual(expect.arrayContaining([expect.stringMatching(/^error /)]));
  });

  test("with a byte order mark the first key stands at the left, too", () => {
    expect(errorsIn("\ufeffgroups: []\nx: [\n")).toEqual([
      expect.stringMatching(/^error x/),
      expect.stringMatching(/^error \[/),
    ]);
  });

  test("its alerts are not evaluated", () => {
    expect(plainGroups(open("a.rules.yml", `${read}${unread}`)).map(({ name }) => name)).toEqual(["a"]);
  });

  test("is completed all the same", () => {
    const at = `${read} groups:\n - name: b\n   rules:\n   - alert: B\n     expr: rate(dkron_job_executions_f¦ailed_total[5m])\n`;
    const { document, offset, context } = marked(at);
    expect(completion(document, offset, context).map(({ label }) => label)).toContain(
      "dkron_job_executions_failed_total",
    );
  });
});

describe("further documents of a rule file", () => {
  const first = "groups: []\n";
  test.each([
    ["brackets", "---\n{{{\n"],
    ["an alias without its anchor", "---\na: *b\n"],
    ["quotes behind a key", '---\na: "\n'],
    ["a dash and a character", "---\n- @\n"],
  ])("are not read: %s", (_, text) => {
    expect(errorsIn(first + text)).toEqual([]);
  });

  test.each([
    ["a character", "---\n@\n"],
    ["a quote", '...\n"\n'],
    ["a control character", "---\na: \0\n"],
  ])("are read as far as their beginning: %s", (_, text) => {
    expect(errorsIn(first + text)).toEqual([expect.stringMatching(/^error /)]);
  });

  test("of manifests are files of their own", () => {
    const manifest = "apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nspec: {groups: []}\n";
    expect(errorsIn(`${manifest}---\n${manifest}a: {\n`)).toEqual([expect.stringMatching(/^error \{/)]);
  });
});

describe("tabs and comments", () => {
  const between = (text: string): string => `groups:\n- name: a\n${text}  rules: []\n`;
  test.each([
    ["a blank line between two comments", between("  # b\n \t\n\n  # c\n")],
    ["in front of a comment", between("  # b\n\t# c\n")],
    ["at the top", `# b\n\t\n# c\n${between("")}`],
    ["comments of other columns", between("    # b\n \t\n# c\n")],
  ])("are passed over: %s", (_, text) => {
    expect(errorsIn(text)).toEqual([]);
  });

  test.each([
    ["behind a comment alone", between("  # b\n \t\n")],
    ["in front of one alone", between("  \t# b\n")],
    ["behind a comment on the line of a key", between("  limit: 1 # b\n \t\n  # c\n")],
  ])("are refused: %s", (_, text) => {
    expect(errorsIn(text)).toEqual([expect.stringMatching(/^error \t.*: A tab/)]);
  });

  test("are refused in a test of rules, which yaml.v2 reads", () => {
    const document = openDocument("file:///a.yml", "", 1, "# b\n\t\n# c\ntests: []\n", "prometheus-rules-test");
    expect(diagnostics(document, newContext()).map(({ code }) => code)).toEqual(["yaml/syntax"]);
  });
});
