// The steady reader must say what the plain reader says, whatever bodies follow each other.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Format, SeriesEntry } from "../../server/src/live/exposition/entries.ts";
import { readExposition } from "../../server/src/live/exposition/exposition.ts";
import { SteadyReader } from "../../server/src/live/exposition/steadyReader.ts";
import { readJsonLines, sharedPath } from "./shared.ts";

/** A reader that calls each series by its labels, and a way to write what it read. */
function makeSubject(): (bytes: Buffer, format: Format) => unknown {
  const names: string[] = [];
  const reader = new SteadyReader((series) => names.push(JSON.stringify(series.labels)) - 1);
  return (bytes, format) => {
    const { count, handles, values, timestamps, error } = reader.read(bytes, format);
    const series = [];
    for (let index = 0; index < count; index++)
      series.push([names[handles[index] as number], values[index], timestamps?.get(index) ?? null]);
    return { series, error: error && [error.line, error.message] };
  };
}

function expected(bytes: Buffer, format: Format): unknown {
  const { entries, errors } = readExposition(bytes, format);
  const series = entries
    .filter((entry): entry is SeriesEntry => entry.entry === "series")
    .map(({ labels, value, timestamp }) => [
      JSON.stringify(labels),
      value,
      timestamp === null ? null : Number(timestamp),
    ]);
  return { series, error: errors[0] && [errors[0].line, errors[0].message] };
}

const lines = [
  "# HELP a_seconds A text.",
  "# TYPE a_seconds gauge",
  'a_seconds{job_name="x"} 1',
  'a_seconds{job_name="x"} 1.2958736e+07',
  'a_seconds{job_name="y"} NaN',
  "# TYPE s summary",
  's{quantile=".5"} 0.10000000149011612',
  's{quantile=".5"} -0',
  "s_sum 12345678901234567890",
  "# TYPE s gauge",
  "m 1",
  "m  1",
  "m{} -5",
  "m 1 1700000000000",
  "m +Inf",
  "m 1e400",
  "m\t2",
  "",
  "  ",
  "# a comment",
  '{"a.b",c="d\\n"} 7',
  'm{a="x',
  'm 1e5 # {a="b"} 1',
  "# EOF",
  "m 1\r",
  "\0",
  "# HELP",
];

const bodies = fc
  .tuple(fc.array(fc.constantFrom(...lines), { maxLength: 12 }), fc.boolean(), fc.boolean())
  .map(([chosen, newline, eof]) => Buffer.from(`${chosen.join("\n")}${newline ? "\n" : ""}${eof ? "\n# EOF\n" : ""}`));

describe("steady reader", () => {
  test.each(["text", "openmetrics"] as const)("says what the plain reader says, body after body (%s)", (format) => {
    fc.assert(
      fc.property(fc.array(bodies, { minLength: 2, maxLength: 6 }), (following) => {
        const read = makeSubject();
        for (const bytes of following) expect(read(bytes, format)).toEqual(expected(bytes, format));
      }),
      { numRuns: 2000 },
    );
  });

  test("all bodies of the oracle, read one after the other by one reader", () => {
    const path = sharedPath("conformance", "exposition-oracle", "cases.jsonl");
    if (path === undefined) return;
    const rows = readJsonLines<{ body?: string; bodyBase64?: string; format: Format }>(path);
    for (const format of ["text", "openmetrics"] as const) {
      const read = makeSubject();
      for (const row of rows.filter((candidate) => candidate.format === format)) {
        const bytes = row.body === undefined ? Buffer.from(row.bodyBase64 ?? "", "base64") : Buffer.from(row.body);
        expect(read(bytes, format)).toEqual(expected(bytes, format));
      }
    }
  });

  test("every recorded body of every version parses, and reads the same the second time", () => {
    const path = sharedPath("recordings");
    if (path === undefined) return;
    const files = readdirSync(path, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".prom"));
    expect(files.length).toBeGreaterThan(60);
    const read = makeSubject();
    for (const file of files.sort()) {
      const bytes = readFileSync(join(path, file));
      const plain = expected(bytes, "text") as { series: unknown[]; error: unknown };
      expect({ file, error: plain.error }).toEqual({ file, error: undefined });
      expect(plain.series.length).toBeGreaterThan(30);
      expect(read(bytes, "text")).toEqual(plain);
      expect(read(bytes, "text")).toEqual(plain);
    }
  });

  test("a body read in pieces gives the same, with a pause after each", async () => {
    const reader = new SteadyReader(({ labels }) => Number(labels[1]?.[1]));
    const body = (series: number): Buffer =>
      Buffer.from(Array.from({ length: series }, (_, index) => `m{a="${index}"} ${index * 1.5}\n`).join(""));
    for (const series of [0, 1, 20_000, 20_000, 19_000]) {
      let pauses = 0;
      const { count, handles, values, error } = await reader.readGently(body(series), "text", async () => {
        pauses++;
      });
      expect({ count, error }).toEqual({ count: series, error: undefined });
      expect(handles.subarray(0, count)).toEqual(Int32Array.from({ length: series }, (_, index) => index));
      expect(values.subarray(0, count)).toEqual(Float64Array.from({ length: series }, (_, index) => index * 1.5));
      expect(pauses > 10).toBe(series > 1);
    }
  });

  test("of series that are new a few are read between two pauses, of those that are known hundreds", async () => {
    let described = 0;
    const reader = new SteadyReader(() => described++);
    const body = Buffer.from(Array.from({ length: 5_000 }, (_, index) => `m{a="${index}"} 1\n`).join(""));
    const between: number[] = [];
    let seen = 0;
    const pause = async () => {
      between.push(described - seen);
      seen = described;
    };
    await reader.readGently(body, "text", pause);
    expect(Math.max(...between)).toBeLessThan(50);
    const first = between.length;
    await reader.readGently(body, "text", pause);
    expect(described).toBe(5_000);
    expect(between.length - first).toBeLessThan(first / 20);
  });

  test("a new series among known ones is described under the TYPE that reaches it", () => {
    const families: (string | undefined)[] = [];
    const reader = new SteadyReader((_series, family) => families.push(family) - 1);
    const body = (more: string): Buffer =>
      Buffer.from(`# TYPE a gauge\na 1\n# TYPE b gauge\nb{x="1"} 1\n${more}# TYPE c gauge\nc 1\n`);
    reader.read(body(""), "text");
    reader.read(body(""), "text");
    reader.read(body('b{x="2"} 1\n'), "text");
    expect(families).toEqual(["a", "b", "c", "b"]);
  });
});
