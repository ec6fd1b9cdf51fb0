// Small texts beside an expression: what kind of metric a name is, and what a length of time comes to.
import { formatDuration } from "../../promql/syntax/numbers.ts";
import type { Duration, DurationExpr, Expr, NumberLiteral } from "../../promql/syntax/tree.ts";
import { walk } from "../../promql/syntax/walk.ts";
import type { Range } from "../../ranges.ts";
import { textOffset } from "../../yaml/offsets.ts";
import type { Scalar } from "../../yaml/tree.ts";
import { type Analysis, analysisOf } from "../analysis.ts";
import type { InlayHint } from "../answers.ts";
import type { CheckContext } from "../check.ts";
import type { Document } from "../document.ts";
import { rulesIn } from "../expressions.ts";

/** Hints of the rules that `range` touches. */
export function inlayHints(document: Document, range: Range, context: CheckContext): readonly InlayHint[] {
  return rulesIn(document, range).flatMap(({ expr }) => (expr ? ofExpression(expr, analysisOf(expr, context)) : []));
}

function ofExpression(scalar: Scalar, { uses, expr, text }: Analysis): InlayHint[] {
  const hints: InlayHint[] = uses.flatMap(({ range, info }) =>
    info
      ? [
          {
            offset: textOffset(scalar, range.end),
            text: `: ${info.type}`,
            tooltip: `${info.row.meaning} Unit: ${info.unit}.`,
          },
        ]
      : [],
  );
  if (expr)
    walk(expr, (node) => {
      for (const duration of durationsOf(node)) {
        const total = totalOf(duration, text);
        if (total !== undefined) hints.push({ offset: textOffset(scalar, duration.end), text: ` = ${total}` });
      }
    });
  return hints.sort((a, b) => a.offset - b.offset);
}

function durationsOf(node: Expr): Duration[] {
  const offset = "offset" in node && node.offset ? [node.offset.duration] : [];
  if (node.kind === "MatrixSelector") return [node.range, ...offset];
  if (node.kind === "SubqueryExpr") return [node.range, ...(node.step ? [node.step] : []), ...offset];
  return offset;
}

/** Of arithmetic and of bare numbers the usual way of writing; nothing where it is written like that. */
function totalOf(duration: Duration, text: string): string | undefined {
  const seconds = duration.kind === "NumberLiteral" ? literalSeconds(duration) : arithmetic(duration);
  if (seconds === undefined || !Number.isFinite(seconds)) return undefined;
  const usual = formatDuration(seconds);
  return usual === text.slice(duration.start, duration.end) ? undefined : usual;
}

const literalSeconds = ({ value }: NumberLiteral): number => value;

function arithmetic({ op, left, right }: DurationExpr): number | undefined {
  const value = (side: Duration | undefined): number | undefined =>
    side === undefined ? undefined : side.kind === "NumberLiteral" ? side.value : arithmetic(side);
  const [a, b] = [value(left), value(right)];
  if (b === undefined || (left !== undefined && a === undefined)) return undefined;
  if (a === undefined) return op === "-" ? -b : op === "+" ? b : undefined;
  const results: Partial<Record<DurationExpr["op"], number>> = {
    "+": a + b,
    "-": a - b,
    "*": a * b,
    "/": a / b,
    "%": a % b,
    "^": a ** b,
    max_of: Math.max(a, b),
    min_of: Math.min(a, b),
  };
  return results[op];
}
