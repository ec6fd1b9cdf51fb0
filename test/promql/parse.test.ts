// How expressions are read: which operand an operator takes, what stands where, what is said of mistakes.
import { describe, expect, test } from "vitest";
import { parse } from "../../server/src/promql/syntax/parse.ts";
import type { Duration, Expr } from "../../server/src/promql/syntax/tree.ts";
import { pathTo, walk } from "../../server/src/promql/syntax/walk.ts";
import { check } from "../../server/src/promql/types/check.ts";

function durationText(duration: Duration): string {
  if (duration.kind === "NumberLiteral") return String(duration.value);
  const { op, left, right } = duration;
  return `(${op}${left ? ` ${durationText(left)}` : ""}${right ? ` ${durationText(right)}` : ""})`;
}

/** A tree in parentheses, operators first, so that what binds to what can be seen. */
function shape(expr: Expr): string {
  switch (expr.kind) {
    case "AggregateExpr": {
      const by = expr.grouping
        ? ` ${expr.grouping.without ? "without" : "by"}:${expr.grouping.labels.map(({ name }) => name)}`
        : "";
      return `(${expr.op}${by} ${expr.args.map(shape).join(" ")})`;
    }
    case "BinaryExpr": {
      const on = expr.matching
        ? ` ${expr.matching.on ? "on" : "ignoring"}:${expr.matching.labels.map(({ name }) => name)}`
        : "";
      const group = expr.group ? ` group_${expr.group.side}:${expr.group.include.map(({ name }) => name)}` : "";
      return `(${expr.op}${expr.bool ? " bool" : ""}${on}${group} ${shape(expr.left)} ${shape(expr.right)})`;
    }
    case "Call":
      return `(${[expr.name, ...expr.args.map(shape)].join(" ")})`;
    case "MatrixSelector":
      return `(range ${shape(expr.selector)} ${durationText(expr.range)}${modifiers(expr)})`;
    case "SubqueryExpr":
      return `(subquery ${shape(expr.expr)} ${durationText(expr.range)}${expr.step ? ` ${durationText(expr.step)}` : ""}${modifiers(expr)})`;
    case "ParenExpr":
      return `[${shape(expr.expr)}]`;
    case "UnaryExpr":
      return `(${expr.op} ${shape(expr.expr)})`;
    case "NumberLiteral":
      return String(expr.value);
    case "StringLiteral":
      return JSON.stringify(expr.value);
    case "VectorSelector": {
      const matchers = expr.matchers.map(({ label, op, value }) => `${label}${op ?? "?"}${value}`);
      return `${expr.name}${matchers.length > 0 ? `{${matchers}}` : ""}${modifiers(expr)}`;
    }
    case "Missing":
      return "…";
  }
}

function modifiers({ at, offset }: Expr & { kind: "VectorSelector" | "MatrixSelector" | "SubqueryExpr" }): string {
  return `${at ? `@${at.edge ?? at.timestamp}` : ""}${offset ? `~${durationText(offset.duration)}` : ""}`;
}

describe("a healthy expression", () => {
  test.each([
    ["a - b offset 1h", "(- a b~3600)"],
    ["a + b * c", "(+ a (* b c))"],
    ["a - b - c", "(- (- a b) c)"],
    ["a ^ b ^ c", "(^ a (^ b c))"],
    ["-a ^ b", "(- (^ a b))"],
    ["-a * b", "(* (- a) b)"],
    ["a ^ -b * c", "(* (^ a (- b)) c)"],
    ["-1 ^ 2", "(- (^ 1 2))"],
    ["a or b and c unless d", "(or a (unless (and b c) d))"],
    ["a == b > c", "(> (== a b) c)"],
    ["a </ 1 + 2", "(</ a (+ 1 2))"],
    ["a atan2 b % c", "(% (atan2 a b) c)"],
    ["a and on() b", "(and on: a b)"],
    ["a * on(x, y,) group_left (z) b", "(* on:x,y group_left:z a b)"],
    ["a > bool ignoring(x) group_right b", "(> bool ignoring:x group_right: a b)"],
    ["sum by (a, b) (x)", "(sum by:a,b x)"],
    ["sum(x) WITHOUT (a,)", "(sum without:a x)"],
    ["topk(3, x)", "(topk 3 x)"],
    ["sum", "sum"],
    ["sum + by", "(+ sum by)"],
    ["offset offset 5m", "offset~300"],
    ["on(x)", "(on x)", "unexpected <on>"],
    ["fill + fill", "(+ fill fill)"],
    ["rate(x[5m])[30m:1m] @ end() offset -1d", "(subquery (rate (range x 300)) 1800 60@end~-86400)"],
    ["x[1h30m:]", "(subquery x 5400)"],
    ["x[5m] @ 1.5", "(range x 300@1.5)"],
    ["x @ -1", "x@-1"],
    ["x[5m + 2 * 30s]", "(range x (+ 300 (* 2 30)))"],
    ["x[-(5m - 10m)]", "(range x (- (- 300 600)))"],
    ["x[min_of(5m, step())]", "(range x (min_of 300 (step)))"],
    ["x offset 5m + y", "(+ x~300 y)"],
    ["x offset (5m) * 2", "x~(* 300 2)"],
    ["x offset -(5m)", "x~-300"],
    ["x offset -2 ^ 2", "(^ x~-2 2)"],
    ['{"a.b", c!="d"}', "{__name__=a.b,c!=d}"],
    ['x{"l.m"=~"v", by="", sum!~`w`}', "x{l.m=~v,by=,sum!~w}"],
    ["x{}", "x"],
    ["job:x:rate5m", "job:x:rate5m"],
    ["1_000 + 0x1F + 017 + 08 + .5 + 5. + 1e3", "(+ (+ (+ (+ (+ (+ 1000 31) 15) 8) 0.5) 5) 1000)"],
    ["1h30m + 100ms", "(+ 5400 0.1)"],
    ["inf + NaN", "(+ Infinity NaN)"],
    ["--1", "1"],
    ['label_replace(x, "a", \'$1\', `b`, "")', '(label_replace x "a" "$1" "b" "")'],
    ['"\\t\\x41\\u00e9\\101\\""', '"\\tAéA\\""'],
    ["start() + end()", "(+ (start) (end))"],
    ["a # one\n + # two\n b", "(+ a b)"],
  ])("%s", (text, wanted, error?: string) => {
    const { expr, errors } = parse(text);
    if (error !== undefined) {
      expect(errors[0]?.message).toBe(error);
      return;
    }
    expect(errors).toEqual([]);
    expect(expr && shape(expr)).toBe(wanted);
  });
});

/** The text of a piece, to see that offsets are exact. */
function cut(text: string, piece: { start: number; end: number } | undefined): string | undefined {
  return piece && text.slice(piece.start, piece.end);
}

describe("offsets", () => {
  const text = 'sum(rate(x{a="é😀"}[5m] offset 1h)) by (job) > bool on(a) group_left(b) (y @ start())';
  const { expr } = parse(text);

  test("of an operator and its modifiers", () => {
    if (expr?.kind !== "BinaryExpr") throw new Error("no operator");
    expect(text.slice(expr.opStart, expr.opEnd)).toBe(">");
    expect([expr.bool, expr.matching, expr.group].map((piece) => cut(text, piece))).toEqual([
      "bool",
      "on(a)",
      "group_left(b)",
    ]);
    expect(expr.matching?.labels.map((label) => cut(text, label))).toEqual(["a"]);
    expect(cut(text, expr.right)).toBe("(y @ start())");
  });

  test("of an aggregation, a call, a range and its selector", () => {
    if (expr?.kind !== "BinaryExpr" || expr.left.kind !== "AggregateExpr") throw new Error("no aggregation");
    const { left } = expr;
    expect(cut(text, left)).toBe('sum(rate(x{a="é😀"}[5m] offset 1h)) by (job)');
    expect(cut(text, left.grouping)).toBe("by (job)");
    expect(text[left.open]).toBe("(");
    expect(text.slice(left.close)).toMatch(/^\) by/);
    const range = pathTo(left, text.indexOf("[")).at(-2);
    if (range?.kind !== "MatrixSelector" || range.selector.kind !== "VectorSelector") throw new Error("no range");
    expect(cut(text, range)).toBe('x{a="é😀"}[5m] offset 1h');
    expect(cut(text, range.offset)).toBe("offset 1h");
    expect(cut(text, range.range)).toBe("5m");
    const [matcher] = range.selector.matchers;
    expect(cut(text, matcher)).toBe('a="é😀"');
    expect(matcher && text.slice(matcher.valueStart, matcher.end)).toBe('"é😀"');
  });

  test("of comments", () => {
    const commented = "a # one\r\n+ b # two";
    expect(parse(commented).comments.map((comment) => [comment.text, cut(commented, comment)])).toEqual([
      ["# one", "# one"],
      ["# two", "# two"],
    ]);
  });
});

describe("half-typed text still has a tree", () => {
  test.each([
    ["rate(", "(rate …)"],
    ["rate(x", "(rate x)"],
    ["sum by (", "(sum by: )"],
    ["sum by (job) (x", "(sum by:job x)"],
    ["foo{", "foo"],
    ["foo{a=", "foo{a=}"],
    ["foo{a", "foo{a?}"],
    ['foo{a="b", ', "foo{a=b}"],
    ["a + ", "(+ a …)"],
    ["a + b *", "(+ a (* b …))"],
    ["(a", "[a]"],
    ["x[", "x"],
    ["topk(5, ", "(topk 5)"],
    ["rate(x[5m]) / sum(y", "(/ (rate (range x 300)) (sum y))"],
    ["foo bar", "foo"],
    ["sum(a b) + rate(y[5m])", "(+ (sum a) (rate (range y 300)))"],
    ["rate(foo bar) > 1 and x", "(and (> (rate foo) 1) x)"],
    ["foo bar + (", "(+ foo […])"],
    ["foo } + bar", "foo"],
  ])("%s", (text, wanted) => {
    const { expr, errors } = parse(text);
    expect(errors.length).toBeGreaterThan(0);
    expect(expr && shape(expr)).toBe(wanted);
  });
});

describe("what is read behind the place where Prometheus gave up", () => {
  test("gives no errors, and is known to be a guess", () => {
    const text = "foo bar + nope(x) +";
    const parsed = parse(text);
    expect(check(parsed).map(({ message }) => message)).toEqual(['unexpected identifier "bar"']);
    expect(text.slice(parsed.guessedFrom)).toBe("bar + nope(x) +");
    expect(parsed.expr && shape(parsed.expr)).toBe("(+ (+ foo (nope x)) …)");
  });

  test("still tells what the lexer cannot read", () => {
    expect(parse('foo bar + "x').errors.map(({ message }) => message)).toEqual([
      'unexpected identifier "bar"',
      "unterminated quoted string",
    ]);
  });
});

describe("depth", () => {
  test.each([
    ["parentheses", (levels: number) => `${"(".repeat(levels)}x${")".repeat(levels)}`],
    ["signs", (levels: number) => `${"-".repeat(levels)}x`],
    ["operators", (levels: number) => `x${"+x".repeat(levels)}`],
    ["calls", (levels: number) => `${"abs(".repeat(levels)}x${")".repeat(levels)}`],
    ["durations", (levels: number) => `x[${"(".repeat(levels)}5m${")".repeat(levels)}]`],
    ["sums of durations", (levels: number) => `x[5m${"+5m".repeat(levels)}]`],
  ])("of %s is limited with an error", (_what, make) => {
    expect(parse(make(480)).errors).toEqual([]);
    for (const levels of [2_000, 200_000]) {
      expect(parse(make(levels)).errors.map(({ message }) => message)).toContain(
        "expression is nested more than 500 levels deep",
      );
    }
  });

  test("as deep as is allowed, every walk comes back", () => {
    const { expr } = parse(`${"(".repeat(490)}x${")".repeat(490)}`);
    let nodes = 0;
    if (expr) walk(expr, () => nodes++);
    expect(nodes).toBe(491);
  });
});

describe("versions and flags", () => {
  test("a range after a modifier is refused from 3.15 on", () => {
    expect(parse("x @ start()[5m]").errors).toEqual([]);
    expect(parse("x @ start()[5m]", { prometheusVersion: "3.15" }).errors[0]?.message).toBe(
      "no @ modifiers allowed before range",
    );
  });

  test("duration expressions can be switched off", () => {
    const { errors } = parse("x[5m + 1m]", { durationExpressions: false });
    expect(errors).toMatchObject([{ message: "experimental duration expression is not enabled", start: 2, end: 4 }]);
  });

  test("extended selectors and fill modifiers need their flags", () => {
    expect(parse("rate(x[5m] anchored)").errors[0]?.message).toBe("anchored modifier is experimental and not enabled");
    expect(parse("rate(x[5m] anchored)", { extendedRangeSelectors: true }).errors).toEqual([]);
    expect(parse("a + fill(0) b").errors[0]?.message).toBe("binop fill modifiers are experimental and not enabled");
    const { expr } = parse("a + on(x) fill_left(1) fill_right(-2) b", { fillModifiers: true });
    expect(expr).toMatchObject({ fill: { left: 1, right: -2 } });
  });
});

describe("where an error is placed", () => {
  const options = { extendedRangeSelectors: true, fillModifiers: true };
  const placed = (text: string): [string, number, number][] =>
    parse(text, options).errors.map(({ message, start, end }) => [message, start, end]);
  const noArguments = "no arguments for aggregate expression provided";
  const notModifiable = (modifier: string): string =>
    `${modifier} modifier must be preceded by an instant vector selector or range vector selector or a subquery`;

  test("a modifier behind a broken aggregation ends where Prometheus ends that one", () => {
    expect(placed("(sum(on @ start()))")).toEqual([
      ["unexpected <on> in aggregation", 5, 7],
      [noArguments, 1, 0],
      [notModifiable("@"), 1, 0],
      ['unexpected ")"', 18, 19],
    ]);
    expect(placed("(-sum by (a) (x(on offset 1m)))")).toEqual([
      ["unexpected <on> in aggregation", 16, 18],
      [noArguments, 2, 12],
      [notModifiable("offset"), 1, 12],
      ['unexpected ")"', 29, 30],
    ]);
  });

  test("once both keywords stood behind a selector, each further one is an error", () => {
    const both = "anchored and smoothed modifiers cannot be used together";
    expect(placed("x[5m] smoothed anchored")).toEqual([[both, 0, 5]]);
    expect(placed("x[5m] smoothed anchored anchored")).toEqual([
      [both, 0, 5],
      [both, 0, 5],
    ]);
  });
});
