// Parts read at once: the same tree as from their tokens, which a comment or other quotes call for.
import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "../../server/src/promql/syntax/parse.ts";
import { check } from "../../server/src/promql/types/check.ts";

const blank = fc.constantFrom("", " ", "\n", "\t ", "\r\n");
const name = fc.constantFrom("a", "job", "__name__", "by", "offset", "A_1");
const value = fc.constantFrom("", "x", ".*", "a|b", "ü", "{}", "]", ", b", "#");
const matcher = fc
  .tuple(blank, name, blank, fc.constantFrom("=", "!=", "=~", "!~"), blank, value, blank)
  .map(([a, label, b, op, c, text, d]) => `${a}${label}${b}${op}${c}"${text}"${d}`);
const braces = fc
  .tuple(fc.array(matcher, { minLength: 1, maxLength: 4 }), fc.constantFrom("", ",", ", "))
  .map(([all, end]) => `{${all.join(",")}${end}}`);

/** What a text is read as: the tree, and the first error. */
const read = (text: string): unknown => {
  const parsed = parse(text);
  return { expr: parsed.expr, errors: check(parsed) };
};

test("matchers in ordinary quotes are those in the quotes that only tokens know", () => {
  fc.assert(
    fc.property(
      braces,
      fc.constantFrom("", "up"),
      fc.constantFrom("", "[5m]", " offset 1m", ")", " > 1"),
      (list, up, end) => {
        const text = `${up}${list}${end}`;
        expect(read(text)).toEqual(read(text.replaceAll('"', "`")));
      },
    ),
    { numRuns: 5000 },
  );
});

/** The tree without places, for texts that differ by a comment. */
const shape = (text: string): unknown =>
  JSON.parse(
    JSON.stringify(parse(text).expr, (key, of: unknown) =>
      /^(start|end|open|close|labelEnd|opStart|opEnd|valueStart|colon)$/.test(key) ? undefined : of,
    ),
  );

test.each([
  ["sum by (a, job) (x)", "sum by (a, job #\n) (x)"],
  ["sum(x) without(a)", "sum(x) without(#\na)"],
  ["a * on ( b ) group_left ( c,d ) e", "a * on (#\nb ) group_left (#\nc,d ) e"],
  ["rate(x[5m])", "rate(x[5m #\n])"],
  ["rate(x[ 90s ] offset 5m)", "rate(x[90s #\n] offset 5m)"],
  ["max_over_time(rate(x[5m])[1h:5m])", "max_over_time(rate(x[5m#\n])[1h:5m])"],
  ['x{a="b",}', 'x{a="b",#\n}'],
])("%s is read as with a comment in it", (quick, slow) => {
  expect(shape(quick)).toEqual(shape(slow));
});

test("places are those of the text", () => {
  const text = "sum by ( aa,a ) (rate(x{ b = \"c\" ,d!~'e'}[ 5m ]))";
  const found: Record<string, string> = {};
  JSON.stringify(parse(text).expr, (_, of: unknown) => {
    const part = of as { name?: string; label?: string; value?: unknown; start?: number; end?: number } | null;
    if (part && typeof part.start === "number")
      found[text.slice(part.start, part.end)] = String(part.name ?? part.label ?? "");
    return of;
  });
  expect(found).toMatchObject({ aa: "aa", a: "a", 'b = "c"': "b", "d!~'e'": "d", "5m": "", "by ( aa,a )": "" });
});

test.each([
  ["x{}", 0],
  ["x{,}", 1],
  ['x{a="b"', 1],
  ['x{a="b" c="d"}', 1],
  ['x{a="b",,}', 1],
  ['x{a=="b"}', 1],
  ["x{a='b\"}", 1],
  ['x{"a"="b"}', 0],
  ['x{a="\\n"}', 0],
  ["sum by (a b) (x)", 1],
  ["sum by (a,) (x)", 0],
  ["sum by (1a) (x)", 1],
  ["sum by (nan) (x)", 1],
  ["sum by (by, on) (x)", 0],
  ["rate(x[5m)", 1],
  ["rate(x[0s])", 1],
  ["rate(x[5m5m])", 1],
  ["up[5m][5m]", 1],
  ["(up)[5m]", 1],
])("%s, which is none of them: %i errors at least", (text, errors) => {
  expect(check(parse(text)).length > 0 ? 1 : 0).toBe(errors);
});
