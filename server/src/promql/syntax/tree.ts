// The typed tree of a PromQL expression and its errors: plain data with exact offsets. Knows neither text nor parser.
import type { Range } from "../../ranges.ts";

/**
 * Every node carries `start` and `end`: half-open UTF-16 offsets of the parsed text. Ranges are Prometheus' own
 * (promql/parser/ast.go, `PositionRange`), so a selector's range holds its `offset` and `@`, a call's ends with `)`.
 * Nodes of healthy text nest; `Missing` stands where half-typed text lacks an operand.
 */
export type Expr =
  | AggregateExpr
  | BinaryExpr
  | Call
  | MatrixSelector
  | Missing
  | NumberLiteral
  | ParenExpr
  | StringLiteral
  | SubqueryExpr
  | UnaryExpr
  | VectorSelector;

export type AggregateOp =
  | "avg"
  | "bottomk"
  | "count"
  | "count_values"
  | "group"
  | "limit_ratio"
  | "limitk"
  | "max"
  | "min"
  | "quantile"
  | "stddev"
  | "stdvar"
  | "sum"
  | "topk";

export type ComparisonOp = "!=" | "<" | "<=" | "==" | ">" | ">=";
export type SetOp = "and" | "or" | "unless";
export type ArithmeticOp = "%" | "*" | "+" | "-" | "/" | "</" | ">/" | "^" | "atan2";
export type BinaryOp = ArithmeticOp | ComparisonOp | SetOp;

/** A label as written in `by (…)`, `on (…)` and their like; `name` is unquoted, the range holds the quotes. */
export type LabelName = Range & { readonly name: string };

/** `by (…)` or `without (…)`, from the keyword to the closing parenthesis. */
export type Grouping = Range & { readonly without: boolean; readonly labels: readonly LabelName[] };

/**
 * `sum by (job) (x)`, `topk(3, x)`. `op` is in lower case and stands at `start`. `args` are all arguments as written;
 * `param` and `expr` are the ones that the operator reads, absent when the count of arguments is wrong.
 * `open` and `close` are the offsets of the parentheses round the arguments, -1 where absent.
 */
export type AggregateExpr = Range & {
  readonly kind: "AggregateExpr";
  readonly op: AggregateOp;
  readonly grouping: Grouping | undefined;
  readonly args: readonly Expr[];
  readonly param: Expr | undefined;
  readonly expr: Expr | undefined;
  readonly open: number;
  readonly close: number;
  /** End that Prometheus gives to it, where that is another one: after an error inside, it may lie before the start. */
  readonly statedEnd?: number;
};

/** `on (…)` or `ignoring (…)`, from the keyword to the closing parenthesis. */
export type VectorMatching = Range & { readonly on: boolean; readonly labels: readonly LabelName[] };

/** `group_left (…)` or `group_right (…)`; `side` is the side with many series per match. */
export type GroupModifier = Range & { readonly side: "left" | "right"; readonly include: readonly LabelName[] };

/** `fill(v)`, `fill_left(v)`, `fill_right(v)`: values for series without partner; undefined: that side is not filled. */
export type FillModifier = Range & { readonly left: number | undefined; readonly right: number | undefined };

/** The range of the operator itself is `opStart`..`opEnd`; `bool` is the range of the keyword where it stands. */
export type BinaryExpr = Range & {
  readonly kind: "BinaryExpr";
  readonly op: BinaryOp;
  readonly opStart: number;
  readonly opEnd: number;
  readonly left: Expr;
  readonly right: Expr;
  readonly bool: Range | undefined;
  readonly matching: VectorMatching | undefined;
  readonly group: GroupModifier | undefined;
  readonly fill: FillModifier | undefined;
};

/** A function call; `name` as written (names are case-sensitive), at `start`. May name a function that does not exist. */
export type Call = Range & {
  readonly kind: "Call";
  readonly name: string;
  readonly args: readonly Expr[];
  readonly open: number;
  readonly close: number;
};

/** Where an operand should stand and does not: an empty range. Only in trees of text with syntax errors. */
export type Missing = Range & { readonly kind: "Missing" };

/** A number, or a duration as a number of seconds (`duration` tells how it was written). Its range holds a sign. */
export type NumberLiteral = Range & {
  readonly kind: "NumberLiteral";
  readonly value: number;
  readonly duration: boolean;
};

/** Arithmetic on durations inside `[ ]` and after `offset`. A sign has no `left`; `step` and `range` have no operand. */
export type DurationExpr = Range & {
  readonly kind: "DurationExpr";
  readonly op: "%" | "*" | "+" | "-" | "/" | "^" | "max_of" | "min_of" | "range" | "step";
  readonly left: Duration | undefined;
  readonly right: Duration | undefined;
  /** Whether it stands in parentheses; the range leaves them out, as Prometheus' does. */
  readonly wrapped: boolean;
};

/** A length of time: a literal in seconds, or an expression of such. */
export type Duration = DurationExpr | NumberLiteral;

export type ParenExpr = Range & { readonly kind: "ParenExpr"; readonly expr: Expr; readonly close: number };

/** `value` is unquoted; the range holds the quotes. */
export type StringLiteral = Range & { readonly kind: "StringLiteral"; readonly value: string };

export type UnaryExpr = Range & { readonly kind: "UnaryExpr"; readonly op: "+" | "-"; readonly expr: Expr };

export type MatchOp = "!=" | "!~" | "=" | "=~";

/**
 * One matcher in braces. `label` is unquoted. A lone string (`{"http.requests"}`) is a matcher of `__name__` whose
 * label and value share one range. In half-typed text `op` is undefined, or `valueStart` is -1 and `value` empty.
 */
export type LabelMatcher = Range & {
  readonly label: string;
  readonly labelEnd: number;
  readonly op: MatchOp | undefined;
  readonly opStart: number;
  readonly value: string;
  readonly valueStart: number;
};

/** `@ 1609746000`, `@ start()`, `@ end()`: from the sign to its end; `timestamp` in seconds. */
export type AtModifier = Range & { readonly timestamp: number | undefined; readonly edge: "end" | "start" | undefined };

/** `offset 5m`, from the keyword to the end of the duration. */
export type OffsetModifier = Range & { readonly duration: Duration };

/** `anchored` or `smoothed` behind a range. */
export type ExtendedModifier = Range & {
  readonly keyword: "anchored" | "smoothed";
  /** Whether the other one stood there as well, which is an error. */
  readonly mixed?: true;
};

/** Modifiers stay on the node behind which they are written (Prometheus moves them to the inner selector). */
type Modified = {
  readonly at: AtModifier | undefined;
  readonly offset: OffsetModifier | undefined;
  readonly extended: ExtendedModifier | undefined;
};

/**
 * `up{job="x"}`. `name` is the one before the braces, at `start`; "" where there is none.
 * `open` and `close` are the offsets of the braces, -1 where absent.
 */
export type VectorSelector = Range &
  Modified & {
    readonly kind: "VectorSelector";
    readonly name: string;
    readonly matchers: readonly LabelMatcher[];
    readonly open: number;
    readonly close: number;
  };

/** `up[5m]`. `selector` is a VectorSelector unless the text has an error. `open` and `close`: offsets of the brackets. */
export type MatrixSelector = Range &
  Modified & {
    readonly kind: "MatrixSelector";
    readonly selector: Expr;
    readonly range: Duration;
    readonly open: number;
    readonly close: number;
  };

/** `rate(x[5m])[30m:1m]`; without `step` the evaluation interval counts. */
export type SubqueryExpr = Range &
  Modified & {
    readonly kind: "SubqueryExpr";
    readonly expr: Expr;
    readonly range: Duration;
    readonly step: Duration | undefined;
    readonly open: number;
    readonly colon: number;
    readonly close: number;
  };

/** A `#` comment, without its line end. */
export type Comment = Range & { readonly text: string };

/**
 * What Prometheus would say, in its words and at its place. The first one is what it prints. `hint`: what it does not say,
 * to be read behind a colon.
 */
export type PromqlError = Range & { readonly message: string; readonly hint?: string };
