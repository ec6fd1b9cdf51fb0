// The formats of findings, each held against what its readers demand.
import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { check } from "../../server/src/cli/check.ts";
import { formats } from "../../server/src/cli/report/formats.ts";
import { wrapped } from "../../server/src/cli/report/text.ts";
import { columns, cut } from "../../server/src/cli/report/width.ts";
import { sarifSchema } from "./sarifSchema.ts";
import { folderOf, run } from "./terminal.ts";
import { parseXml } from "./xml.ts";

/** Names and texts with everything that a format could trip over. */
const files = {
  "a & b/x,y:z.rules.yml": `groups:
  - name: "g <1>"
    rules:
      - alert: AlertName
        for: 5m
        expr: dkron_nonsense{a="100% <&>"} > 1
        annotations:
          summary: '{{ if gt $value 5 }}a{{ end }}'
          other: "\\u0007 {{ $x }}"
      - alert: OtherName
        for: 5m
        expr: |
          sum(
            up > 1
`,
  "clean.rules.yml": "groups: []\n",
};

type Finding = { file: string; code: string; severity: string; message: string };

async function report(format: string): Promise<string> {
  const folder = folderOf(files);
  try {
    const { out } = await run(check, ["--format", format, "."], folder.path);
    return out;
  } finally {
    folder.remove();
  }
}

const findings = async (): Promise<Finding[]> => JSON.parse(await report("json")) as Finding[];

test("the files have findings of several kinds", async () => {
  const codes = (await findings()).map(({ code }) => code);
  expect(codes).toEqual(
    expect.arrayContaining(["metric/unknown", "template/fails", "template/unknown-name", "promql/syntax"]),
  );
});

test.each(Object.keys(formats))("%s tells every finding", async (format) => {
  const text = await report(format);
  for (const { code } of await findings()) expect(text).toContain(code);
});

test("json: an array of {file, range, severity, code, message, href, fixes}", async () => {
  const rows = JSON.parse(await report("json")) as object[];
  for (const row of rows)
    expect(Object.keys(row)).toEqual(["file", "range", "severity", "code", "message", "href", "fixes"]);
  expect(rows[0]).toMatchObject({
    file: "a & b/x,y:z.rules.yml",
    range: { start: { line: 5, character: 14 }, end: { line: 5, character: 28 } },
    severity: "warning",
    code: "metric/unknown",
    href: expect.stringMatching(/metric\/unknown\.md$/),
  });
});

describe("sarif", () => {
  test("fits the schema of SARIF 2.1.0", async () => {
    const ajv = new Ajv({ strict: false, allErrors: true, formats: { uri: true, "uri-reference": true } });
    const valid = ajv.compile(sarifSchema);
    expect(valid(JSON.parse(await report("sarif")))).toBe(true);
    expect(valid.errors).toBeNull();
  });

  test("names each rule once, places each result, and writes paths as URIs", async () => {
    const { runs } = JSON.parse(await report("sarif"));
    const [{ tool, results }] = runs;
    expect(results).toHaveLength((await findings()).length);
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
    expect(results[0].locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: "a%20%26%20b/x%2Cy%3Az.rules.yml" },
      region: { startLine: 6, startColumn: 15, endLine: 6, endColumn: 29 },
    });
    const prints = results.map((result: { partialFingerprints: object }) => JSON.stringify(result.partialFingerprints));
    expect(new Set(prints).size).toBe(prints.length);
  });
});

describe("github", () => {
  test("one command a line, with what must be escaped escaped", async () => {
    const lines = (await report("github")).trim().split("\n");
    expect(lines).toHaveLength((await findings()).length);
    for (const line of lines) expect(line).toMatch(/^::(error|warning|notice) file=[^:,]+(,\w+=[^:,]+)+::\S/);
    expect(lines[0]).toMatch(
      /^::warning file=a & b\/x%2Cy%3Az\.rules\.yml,line=6,endLine=6,col=15,endColumn=29,title=metric\/unknown::/,
    );
  });
});

describe("gitlab", () => {
  test("has what Code Quality demands, each fingerprint once", async () => {
    const issues = JSON.parse(await report("gitlab")) as Record<string, unknown>[];
    for (const issue of issues)
      expect(issue).toMatchObject({
        description: expect.any(String),
        check_name: expect.any(String),
        fingerprint: expect.stringMatching(/^[0-9a-f]{40}/),
        severity: expect.stringMatching(/^(info|minor|major|critical|blocker)$/),
        location: { path: "a & b/x,y:z.rules.yml", lines: { begin: expect.any(Number) } },
      });
    expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length);
  });
});

describe("junit", () => {
  test("is well-formed, counts right, and has a passed case for a clean file", async () => {
    const root = parseXml(await report("junit"));
    expect(root.name).toBe("testsuites");
    const all = await findings();
    expect(root.attributes.failures).toBe(String(all.length));
    expect(root.attributes.tests).toBe(String(all.length + 1));
    const [loud, clean] = root.children;
    expect(loud?.attributes.name).toBe("a & b/x,y:z.rules.yml");
    expect(loud?.children.map(({ children }) => children[0]?.attributes.message)).toEqual(
      all.map(({ message }) => message.replaceAll("\u0007", "?")),
    );
    expect(clean?.attributes).toMatchObject({ name: "clean.rules.yml", tests: "1", failures: "0" });
    expect(clean?.children.map(({ children }) => children)).toEqual([[]]);
  });
});

describe("checkstyle", () => {
  test("is well-formed and names file, place, severity and source", async () => {
    const root = parseXml(await report("checkstyle"));
    expect(root.name).toBe("checkstyle");
    const [loud, clean] = root.children;
    expect(loud?.attributes.name).toBe("a & b/x,y:z.rules.yml");
    expect(loud?.children[0]?.attributes).toMatchObject({
      line: "6",
      column: "15",
      severity: "warning",
      source: "dkron-metrics.metric/unknown",
    });
    for (const { attributes } of loud?.children ?? []) expect(attributes.severity).toMatch(/^(error|warning|info)$/);
    expect(clean?.children).toEqual([]);
  });
});

describe("text", () => {
  test("place, source line, marker, message, fixes, and a count at the end", async () => {
    const text = await report("text");
    expect(text).toContain(`a & b/x,y:z.rules.yml:6:15: warning metric/unknown
  6 |         expr: dkron_nonsense{a="100% <&>"} > 1
    |               ^^^^^^^^^^^^^^
`);
    expect(text).toMatch(/\n {2}fix: Write 5\.0\n/);
    expect(text).toMatch(/\n2 files checked: \d+ errors?, \d+ warnings?.*\n$/);
    for (const line of text.split("\n")) if (!line.includes(" | ")) expect(line.length).toBeLessThanOrEqual(110);
  });

  test("colours on a terminal, none elsewhere", async () => {
    const folder = folderOf(files);
    const coloured = await run(check, ["."], folder.path, "", true);
    folder.remove();
    expect(coloured.out).toContain("\u001b[33mwarning\u001b[0m");
    expect(await report("text")).not.toContain("\u001b");
  });

  test.each<[text: string, width: number]>([
    ["abc", 3],
    ["日本", 4],
    ["e\u0301", 1],
    ["🙂", 2],
    ["", 0],
  ])("%j takes %i columns", (text, width) => {
    expect(columns(text)).toBe(width);
  });

  test("of a long line the part around the finding is shown", () => {
    const line = `${"a".repeat(300)}HERE${"b".repeat(300)}`;
    const part = cut(line, 300, 304);
    expect(part.text.slice(part.start, part.end)).toBe("HERE");
    expect(part.text.length).toBeLessThan(200);
    expect(cut("short", 1, 3)).toEqual({ text: "short", start: 1, end: 3 });
  });
});

describe("lines of a message", () => {
  const message = fc
    .array(fc.oneof(fc.string({ minLength: 1, maxLength: 9 }), fc.constant("x".repeat(130))))
    .map((parts) => parts.map((part) => part.replaceAll(" ", "_")).join(" "));

  test("hold all of it, are no longer than they must be, and no shorter", () => {
    fc.assert(
      fc.property(message, (text) => {
        const lines = wrapped(text);
        expect(lines.join(" ")).toBe(text);
        for (const [i, line] of lines.entries()) {
          expect(line.length <= 100 || !line.includes(" ")).toBe(true);
          const [next] = lines[i + 1]?.split(" ") ?? [];
          if (next !== undefined) expect(line.length + 1 + next.length).toBeGreaterThan(100);
        }
      }),
    );
  });
});
