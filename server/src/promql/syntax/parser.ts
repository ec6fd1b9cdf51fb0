// The parser's state and how it gets over errors, for all files of the grammar. Knows tokens, but no construct.
import { consume, type Lexer, peek } from "./lexer.ts";
import { addError, addUnexpected } from "./syntaxErrors.ts";
import * as t from "./tokens.ts";
import type { Missing } from "./tree.ts";

/** Which language is parsed. What is left out is as in the newest Prometheus with no feature flag set. */
export type ParseOptions = {
  /** `major.minor`, as `dkronMetrics.prometheusVersion`; default: the newest that is known. */
  readonly prometheusVersion?: string;
  /** `--enable-feature=promql-experimental-functions`. */
  readonly experimentalFunctions?: boolean;
  /** Arithmetic in `[ ]` and behind `offset`: by default on from Prometheus 3.14 on, a feature flag before. */
  readonly durationExpressions?: boolean;
  /** `--enable-feature=promql-extended-range-selectors`: `anchored`, `smoothed`. */
  readonly extendedRangeSelectors?: boolean;
  /** `--enable-feature=promql-binop-fill-modifiers`: `fill(…)`. */
  readonly fillModifiers?: boolean;
};

/**
 * Errors are got over as in Prometheus' generated parser, so that the same ones follow:
 * - a construct that has its own error rule (groupings, matchers, modifiers, aggregations) reports the token at hand
 *   and counts as complete; the parser has then *just recovered*;
 * - elsewhere the parser *unwinds*: every construct gives back what it has, up to the next aggregation or the top;
 * - where a token does not fit just after recovering, it is skipped without a word until one fits;
 * - with nothing left to skip the parse is *aborted*.
 */
export type Parser = Lexer & {
  readonly options: ParseOptions;
  unwinding: boolean;
  aborted: boolean;
  /** Where the token stands at which the parser recovered; -1: it did not. */
  recoveredAt: number;
  /** Constructs that are open now, and levels of the tree below the expression parsed last. */
  depth: number;
  height: number;
  /** Where Prometheus gave up; behind the end of the text if it did not. */
  guessedFrom: number;
};

/** Deeper trees are refused, so that nobody who walks one runs out of stack. */
export const DEEPEST = 500;

export function missing(parser: Parser): Missing {
  return { kind: "Missing", start: parser.start, end: parser.start };
}

/** Gives up the constructs round the token at hand. */
export function unwind(parser: Parser): void {
  parser.unwinding = true;
}

/** Ends the parse: what is open stays incomplete. */
export function abort(parser: Parser): void {
  parser.unwinding = true;
  parser.aborted = true;
}

/** Reports the token at hand by the error rule of a construct and lets the parse go on behind that construct. */
export function recover(parser: Parser, context: string, expected: string): void {
  addUnexpected(parser, context, expected);
  parser.unwinding = false;
  parser.recoveredAt = parser.start;
}

/** Whether no token has been used since the last recovery. */
export function justRecovered(parser: Parser): boolean {
  return parser.recoveredAt === parser.start && parser.kind !== t.UNREAD;
}

/** Just after recovering: skips tokens until one fits. Gives its kind; aborts where none does. */
export function skipUntil(parser: Parser, fits: (kind: number) => boolean): number {
  let kind = peek(parser);
  while (!fits(kind)) {
    if (kind === t.EOF || kind === t.ERROR) {
      abort(parser);
      return kind;
    }
    consume(parser);
    kind = peek(parser);
    parser.recoveredAt = parser.start;
  }
  return kind;
}

/** One construct deeper; false, and the parse over, where that is too deep. Every `enter` that is true needs a `leave`. */
export function enter(parser: Parser): boolean {
  if (parser.depth >= DEEPEST) {
    refuseDepth(parser);
    return false;
  }
  parser.depth++;
  return true;
}

export function leave(parser: Parser): void {
  parser.depth--;
}

/** Notes that the expression at hand stands one level above one of height `height`. */
export function raise(parser: Parser, height: number): void {
  parser.height = height + 1;
  if (parser.height > DEEPEST && !parser.aborted) refuseDepth(parser);
}

function refuseDepth(parser: Parser): void {
  addError(parser, parser.start, parser.end, `expression is nested more than ${DEEPEST} levels deep`);
  abort(parser);
}
