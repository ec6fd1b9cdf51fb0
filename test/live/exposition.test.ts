// What packages for the exposition format get wrong, one case each; numbers as Go has them; what stands around a bad line.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readDecimal } from "../../server/src/live/exposition/decimals.ts";
import type { Format } from "../../server/src/live/exposition/entries.ts";
import { readExposition } from "../../server/src/live/exposition/exposition.ts";
import { formatGoFloat, parseGoFloat, parseValueBytes } from "../../server/src/live/exposition/numbers.ts";

/** Each series as `name|label=value …|value@timestamp #exemplar`; each error as `line: message`. */
function read(body: string, format: Format = "text", recover = false): string[] {
  const { entries, errors } = readExposition(Buffer.from(body), format, { recover });
  const series = entries.flatMap((entry) => {
    if (entry.entry !== "series") return [];
    const name = entry.labels.find(([label]) => label === "__name__")?.[1] ?? "";
    const labels = entry.labels.filter(([label]) => label !== "__name__").map(([label, value]) => `${label}=${value}`);
    const time = entry.timestamp === null ? "" : `@${entry.timestamp}`;
    const exemplar =
      entry.exemplar === null
        ? ""
        : ` #${entry.exemplar.labels.map((pair) => pair.join("=")).join()} ${entry.exemplar.value}${entry.exemplar.timestamp === null ? "" : `@${entry.exemplar.timestamp}`}`;
    return [`${name}|${labels.join(" ")}|${formatGoFloat(entry.value)}${time}${exemplar}`];
  });
  return [...series, ...errors.map(({ line, message }) => `${line}: ${message}`)];
}

test.each(["# HELP m\0\nm 1\n", "# HELP m\0 x\nm 1\n"])("NUL behind the name of HELP: %j is refused", (body) => {
  expect(readExposition(Buffer.from(body), "text")).toMatchObject({ entries: [], errors: [{ line: 1 }] });
});

describe("text format", () => {
  test.each<[title: string, body: string, ...series: string[]]>([
    ["NaN of an idle summary", 's{quantile="0.5"} NaN\n', "s|quantile=0.5|NaN"],
    ["plus infinity", "m +Inf\n", "m||+Inf"],
    ["minus infinity", "m -Inf\n", "m||-Inf"],
    [
      "labels of a summary stay",
      '# TYPE s summary\ns{j="a",quantile=".5"} 1\ns{j="b",quantile=".5"} 2\ns_sum{j="a"} 3\n',
      "s|j=a quantile=0.5|1",
      "s|j=b quantile=0.5|2",
      "s_sum|j=a|3",
    ],
    ["the last line without a newline", "a 1\nb 2", "a||1", "b||2"],
    ["a label called __proto__", 'm{__proto__="x"} 1\n', "m|__proto__=x|1"],
    [
      "colons in names",
      "dkron_agent_event_received_query:_run:job 3\n",
      "dkron_agent_event_received_query:_run:job||3",
    ],
    [
      "a gauge that ends in _count",
      "# TYPE dkron_h_runtime_malloc_count gauge\ndkron_h_runtime_malloc_count 7\n",
      "dkron_h_runtime_malloc_count||7",
    ],
    ["a gauge that ends in _sum", "# TYPE x_sum gauge\nx_sum 7\n", "x_sum||7"],
    ["empty braces", "m{} 1\n", "m||1"],
    ["a trailing comma", 'm{a="b",} 1\n', "m|a=b|1"],
    ["a brace in a value", 'm{a="}"} 1\n', "m|a=}|1"],
    ["an opening brace in a value", 'm{a="{"} 1\n', "m|a={|1"],
    ["a comma and an equals sign in a value", 'm{a="b,c=d"} 1\n', "m|a=b,c=d|1"],
    ["a hash in a value", 'm{a="# x"} 1\n', "m|a=# x|1"],
    ["an escaped backslash", String.raw`m{a="x\\y"} 1`, String.raw`m|a=x\y|1`],
    ["an escaped quote", String.raw`m{a="x\"y"} 1`, 'm|a=x"y|1'],
    ["an escaped newline", String.raw`m{a="x\ny"} 1`, "m|a=x\ny|1"],
    ["a backslash and an n", String.raw`m{a="x\\ny"} 1`, String.raw`m|a=x\ny|1`],
    ["an escape that is none", String.raw`m{a="\t"} 1`, String.raw`m|a=\t|1`],
    ["several blanks", "m   1   1700000000000\n", "m||1@1700000000000"],
    ["tabs", 'm{a="b"}\t1\t5\n', "m|a=b|1@5"],
    ["blanks inside the braces", 'm { a = "b" , c = "d" } 1\n', "m|a=b c=d|1"],
    ["families without an empty line between", "# TYPE a gauge\na 1\n# TYPE b gauge\nb 2\n", "a||1", "b||2"],
    ["empty lines between families", "a 1\n\n\nb 2\n", "a||1", "b||2"],
    ["no HELP and no TYPE", "a 1\n", "a||1"],
    ["HELP without a text", "# HELP a\na 1\n", "a||1"],
    ["exponents as Go writes them", "a 1.2958736e+07\nb 1e-05\n", "a||1.2958736e+07", "b||1e-05"],
    ["the noise of a float32", "a 0.10000000149011612\n", "a||0.10000000149011612"],
    ["UTF-8 in a value", 'm{a="héllo→"} 1\n', "m|a=héllo→|1"],
    ["a quoted name", '{"a.b",p="x"} 1\n', "a.b|p=x|1"],
    ["a quoted name alone", '{"dkron.Web-01.raft.peers"} 3\n', "dkron.Web-01.raft.peers||3"],
    ["a quoted label", 'm{"l.n"="x"} 1\n', "m|l.n=x|1"],
    [
      "a negative timestamp",
      "m 1 -1\n",
      "1: Only a timestamp may follow the value: whole milliseconds, without a sign.",
    ],
    ["CRLF", "m 1\r\n", "1: `1` is no value: write a decimal number, NaN, +Inf or -Inf, within the range of a double."],
    ["garbage", "a 1\n<html>\n", "a||1", "2: A line must begin with a metric name, `{` or `#`."],
  ])("%s", (_title, body, ...series) => {
    expect(read(body)).toEqual(series);
  });

  test("around bad lines the rest is read, each bad line with its number", () => {
    expect(read('a 1\nb{x="1} 2\nc 3\n\nd 1x\ne 5\n', "text", true)).toEqual([
      "a||1",
      "c||3",
      "e||5",
      "2: A label value must stand here, in double quotes that are closed.",
      "5: `1x` is no value: write a decimal number, NaN, +Inf or -Inf, within the range of a double.",
    ]);
  });
});

describe("OpenMetrics", () => {
  test.each<[title: string, body: string, ...series: string[]]>([
    ["a timestamp in seconds", "m 1 1.5\n", "m||1@1500"],
    ["an exemplar", 'm_total 17 # {trace_id="KOO"} 0.67\n', "m_total||17 #trace_id=KOO 0.67"],
    [
      "a timestamp and an exemplar with its own",
      'm_total 17 5 # {trace_id="KOO"} 0.67 6.5\n',
      "m_total||17@5000 #trace_id=KOO 0.67@6500",
    ],
    ["an exemplar without labels", "m_total 1 # {} 2\n", "m_total||1 # 2"],
    ["bounds are written as floats", '# TYPE h histogram\nh_bucket{le="1"} 2\n', "h_bucket|le=1.0|2"],
    ["_created is a series", "m_created 1.5e9\n", "m_created||1.5e+09"],
  ])("%s", (_title, body, ...series) => {
    expect(read(`${body}# EOF\n`, "openmetrics")).toEqual(series);
  });

  test("a body without its end is refused, for it may be cut", () => {
    expect(read("m 1\n", "openmetrics").at(-1)).toMatch(/^1: The body does not end with `# EOF`/);
  });
});

describe("numbers", () => {
  test("bytes are read as the text of them is, for 20,000 ways to write a number", () => {
    let seed = 1;
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
      return (seed >>> 8) % below;
    };
    for (let round = 0; round < 20_000; round++) {
      const digits = Array.from({ length: 1 + random(20) }, () => random(10)).join("");
      const point = random(digits.length + 1);
      const power = random(3) === 0 ? `e${["", "+", "-"][random(3)]}${random(40)}` : "";
      const text = `${["", "-", "+"][random(3)]}${digits.slice(0, point)}${random(2) ? "." : ""}${digits.slice(point)}${power}`;
      const value = parseValueBytes(Buffer.from(`x${text}x`), 1, 1 + text.length);
      expect({ text, value }).toEqual({ text, value: Number(text) });
    }
  });

  test("a double is read back from the shortest text of it, whatever its form; where that is not certain it is left to others", () => {
    const values = new Float64Array(1);
    let plain = 0;
    const check = (text: string): void => {
      const behind = readDecimal(Buffer.from(`${text}|`), 0, text.length + 1, values, 0);
      if (behind < 0) return;
      plain++;
      expect({ text, behind, value: values[0] }).toEqual({ text, behind: text.length, value: Number(text) });
    };
    const double = fc
      .tuple(fc.bigInt({ min: -(2n ** 60n), max: 2n ** 60n }), fc.integer({ min: -24, max: -10 }))
      .map(([digits, power]) => Number(`${digits}e${power}`));
    const runs = 5000;
    const form = fc.oneof(
      double,
      double.map(Math.fround),
      double.map(Math.round),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    );
    fc.assert(
      fc.property(form, (value) => {
        check(String(value));
        check(formatGoFloat(value));
      }),
      { numRuns: runs },
    );
    expect(plain).toBeGreaterThan(runs);
  });

  test("a number halfway between two doubles, and its neighbours, is never read as the wrong one", () => {
    const values = new Float64Array(1);
    fc.assert(
      fc.property(
        fc.bigInt({ min: 2n ** 52n, max: 2n ** 53n - 1n }),
        fc.integer({ min: 0, max: 17 }),
        (whole, point) => {
          for (const digits of [`${whole}5`, `${whole}49`, `${whole}51`]) {
            const text = `${digits.slice(0, point)}.${digits.slice(point)}`;
            const behind = readDecimal(Buffer.from(text), 0, text.length, values, 0);
            expect({ text, value: behind < 0 ? Number(text) : values[0] }).toEqual({ text, value: Number(text) });
          }
        },
      ),
      { numRuns: 5000 },
    );
  });

  test.each<[text: string, value: number | undefined]>([
    ["1_0", 10],
    ["_1", undefined],
    ["1__0", undefined],
    ["1_", undefined],
    ["0x1p-1", 0.5],
    ["0x_1p0", 1],
    ["0x1.8p1", 3],
    ["0x1", undefined],
    ["+inf", Number.POSITIVE_INFINITY],
    ["-Infinity", Number.NEGATIVE_INFINITY],
    ["nan", Number.NaN],
    ["+nan", undefined],
    ["1e400", undefined],
    ["1e-400", 0],
  ])("Go reads %s", (text, value) => {
    expect(parseGoFloat(text)).toEqual(value);
  });

  test.each<[value: number, text: string]>([
    [999999, "999999"],
    [1e6, "1e+06"],
    [1234567, "1.234567e+06"],
    [0.00001, "1e-05"],
    [0.0001, "0.0001"],
    [123.456, "123.456"],
    [-0, "-0"],
    [1e21, "1e+21"],
    [5e-324, "5e-324"],
    [-1.5e300, "-1.5e+300"],
  ])("Go writes %d", (value, text) => {
    expect(formatGoFloat(value)).toBe(text);
  });
});
