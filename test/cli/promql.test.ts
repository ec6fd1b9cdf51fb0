import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { promql } from "../../server/src/cli/promql.ts";

type Answer = { code: number; out: string; err: string };

async function run(args: string[], chunks: readonly (string | Buffer)[] = []): Promise<Answer> {
  const answer = { out: "", err: "" };
  const code = await promql(args, {
    out: (text) => {
      answer.out += text;
    },
    err: (text) => {
      answer.err += text;
    },
    input: Readable.from(chunks),
    cwd: process.cwd(),
    colours: false,
  });
  return { code, ...answer };
}

async function answers(args: string[], ...chunks: (string | Buffer)[]): Promise<unknown[]> {
  const { code, out } = await run(args, chunks);
  expect(code).toBe(0);
  return out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);
}

describe("a JSON string a line", () => {
  test("right and wrong expressions are answered in order", async () => {
    const input = ["sum(x)by(a)", "rate(x)", "é"].map((text) => `${JSON.stringify(text)}\n`).join("");
    expect(await answers(["-"], input)).toEqual([
      { ok: true, errors: [], type: "vector", string: "sum by (a) (x)", pretty: "sum by (a) (x)" },
      {
        ok: false,
        errors: [
          { message: 'expected type range vector in call to function "rate", got instant vector', start: 5, end: 6 },
        ],
      },
      { ok: false, errors: [{ message: "unexpected character: 'é'", start: 0, end: 1 }] },
    ]);
  });

  test("offsets are UTF-16 units, and bytes of a character may come apart", async () => {
    const bytes = Buffer.from(`${JSON.stringify('"😀é" x')}\n`);
    const [first] = await answers([], bytes.subarray(0, 5), bytes.subarray(5));
    expect(first).toEqual({ ok: false, errors: [{ message: 'unexpected identifier "x"', start: 6, end: 7 }] });
  });

  test("a line that is no JSON string gets an answer too, a last line needs no end", async () => {
    const found = await answers([], "nonsense\n\n", '"1"');
    expect(found).toMatchObject([{ ok: false }, { ok: false }, { ok: true, type: "scalar", string: "1" }]);
  });

  test("versions and flags change the language", async () => {
    const line = `${JSON.stringify("mad_over_time(x[5m])")}\n`;
    expect(await answers([], line)).toMatchObject([
      { errors: [{ message: 'function "mad_over_time" is not enabled' }] },
    ]);
    expect(await answers(["--experimental"], line)).toMatchObject([{ ok: true }]);
    expect(await answers(["--prometheus-version", "2.48"], line)).toMatchObject([
      { errors: [{ message: 'unknown function with name "mad_over_time"', hint: "it needs Prometheus 2.49" }] },
    ]);
  });
});

describe("one expression for people", () => {
  test("type, value, labels and metrics", async () => {
    const { code, out } = await run(["sum by (job) (rate(dkron_scheduler_job_add[5m])) > 1"]);
    expect(code).toBe(0);
    expect(out).toMatch(/^sum by \(job\)/);
    expect(out).toMatch(/^type +instant vector$/m);
    expect(out).toMatch(/^value +rate, additions\/s, at least 0$/m);
    expect(out).toMatch(/job: always/);
    expect(out).toMatch(/^metrics +dkron_scheduler_job_add: counter, additions; /m);
  });

  test("errors stand under the text", async () => {
    const { code, out } = await run(["sum(rate(x))\n + foo bar"]);
    expect(code).toBe(1);
    expect(out).toBe('sum(rate(x))\n + foo bar\n       ^^^ unexpected identifier "bar"\n');
  });

  test.each([
    [["a", "b"], "one expression at a time"],
    [["--prometheus-version", "new", "a"], '"new" is no version'],
  ])("%j cannot run", async (args, why) => {
    const { code, err } = await run(args);
    expect(code).toBe(2);
    expect(err).toContain(why);
  });

  test("--help says how", async () => {
    expect(await run(["--help"])).toMatchObject({
      code: 0,
      out: expect.stringContaining("usage: dkron-metrics promql"),
    });
  });
});
