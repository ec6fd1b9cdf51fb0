// Hover in an expression: the word under the cursor, and what the part of the expression around it gives.
import { describeMetric } from "../../../catalog/describe.ts";
import { promqlWords } from "../../../catalog/promqlWords.ts";
import { formatDuration } from "../../../promql/syntax/numbers.ts";
import type {
  AggregateExpr,
  BinaryExpr,
  Duration,
  Expr,
  LabelName,
  VectorSelector,
} from "../../../promql/syntax/tree.ts";
import { pathTo } from "../../../promql/syntax/walk.ts";
import { type Range, touches } from "../../../ranges.ts";
import type { CheckContext } from "../../check.ts";
import { recordingOf } from "../../metricWorld.ts";
import { promqlSignature } from "../../signatures.ts";
import { describeLabel, describeMatcher } from "./labels.ts";
import { describeResult } from "./result.ts";

/** Markdown about a piece of the expression's text. */
export type Piece = { readonly range: Range; readonly markdown: string };

/** What is known at an offset of an expression's text. */
export function expressionHover(text: string, expr: Expr, at: number, context: CheckContext): Piece | undefined {
  const path = pathTo(expr, at);
  for (let i = path.length - 1; i >= 0; i--) {
    const node = path[i];
    const piece = node && ofNode(text, node, at, context);
    if (piece) return piece;
  }
  return undefined;
}

function ofNode(text: string, node: Expr, at: number, context: CheckContext): Piece | undefined {
  switch (node.kind) {
    case "VectorSelector":
      return ofSelector(node, at, context) ?? ofModifiers(text, node, at);
    case "MatrixSelector":
      return ofModifiers(text, node, at) ?? ofDuration(text, node.range, at);
    case "SubqueryExpr":
      return (
        ofModifiers(text, node, at) ??
        ofDuration(text, node.range, at) ??
        (node.step && ofDuration(text, node.step, at))
      );
    case "Call":
      return ofCall(node, node.name, at, context);
    case "AggregateExpr":
      return ofCall(node, node.op, at, context) ?? ofGrouping(text, node, at, context);
    case "BinaryExpr":
      return ofBinary(text, node, at, context);
    case "NumberLiteral":
      return node.duration ? ofDuration(text, node, at) : undefined;
    case "ParenExpr":
      return at === node.start || at >= node.close
        ? result({ start: node.start, end: node.end }, node, context)
        : undefined;
    default:
      return undefined;
  }
}

function result(range: Range, node: Expr, context: CheckContext): Piece {
  return { range, markdown: describeResult(node, context) };
}

function ofSelector(node: VectorSelector, at: number, context: CheckContext): Piece | undefined {
  const named = { start: node.start, end: node.start + node.name.length };
  if (node.name !== "" && touches(named, at)) return metric(node.name, named, context);
  const matcher = node.matchers.find((one) => touches(one, at));
  if (!matcher) return undefined;
  if (matcher.label === "__name__" && matcher.op === "=" && matcher.value !== "")
    return metric(matcher.value, matcher, context);
  return { range: { start: matcher.start, end: matcher.end }, markdown: describeMatcher(node, matcher, context) };
}

function metric(name: string, { start, end }: Range, context: CheckContext): Piece | undefined {
  const recording = recordingOf(context.workspace, name);
  const markdown = recording
    ? `**\`${name}\`** · recording rule\n\n\`\`\`promql\n${recording.expr.trim()}\n\`\`\``
    : describeMetric(name, context.dkronVersion);
  return markdown === undefined ? undefined : { range: { start, end }, markdown };
}

/** The name of a function or aggregation, with what this call of it gives. */
function ofCall(node: Expr, name: string, at: number, context: CheckContext): Piece | undefined {
  const range = { start: node.start, end: node.start + name.length };
  const signature = touches(range, at) ? promqlSignature(name, context.prometheusVersion) : undefined;
  if (!signature) return undefined;
  const head = `\`\`\`promql\n${signature.label}\n\`\`\``;
  return { range, markdown: [head, signature.says, "---", describeResult(node, context)].join("\n\n") };
}

function ofGrouping(text: string, node: AggregateExpr, at: number, context: CheckContext): Piece | undefined {
  const { grouping } = node;
  if (!grouping || !touches(grouping, at)) return undefined;
  return ofLabels(grouping.labels, at, node.args.slice(-1), context) ?? keyword(text, at);
}

function ofLabels(
  labels: readonly LabelName[],
  at: number,
  of: readonly Expr[],
  context: CheckContext,
): Piece | undefined {
  const label = labels.find((one) => touches(one, at));
  return label && { range: label, markdown: describeLabel(label.name, of, context) };
}

function ofBinary(text: string, node: BinaryExpr, at: number, context: CheckContext): Piece | undefined {
  const operator = { start: node.opStart, end: node.opEnd };
  if (touches(operator, at)) {
    const says = promqlWords().others.get(node.op)?.says ?? "";
    return {
      range: operator,
      markdown: [`**\`${node.op}\`** ${says}`, describeResult(node, context)].join("\n\n---\n\n"),
    };
  }
  const sides = [node.left, node.right];
  const labels = [...(node.matching?.labels ?? []), ...(node.group?.include ?? [])];
  const modifiers = [node.matching, node.group, node.fill, node.bool].filter((one) => one !== undefined);
  if (!modifiers.some((one) => touches(one, at))) return undefined;
  return ofLabels(labels, at, sides, context) ?? keyword(text, at);
}

type Modified = Extract<Expr, { kind: "MatrixSelector" | "SubqueryExpr" | "VectorSelector" }>;

function ofModifiers(text: string, node: Modified, at: number): Piece | undefined {
  const offset = node.offset && touches(node.offset, at) ? node.offset : undefined;
  if (offset) return ofDuration(text, offset.duration, at) ?? keyword(text, at);
  if (node.at && touches(node.at, at)) {
    const { timestamp } = node.at;
    const when = timestamp === undefined ? "" : `\n\n${new Date(timestamp * 1000).toISOString()}`;
    return {
      range: { start: node.at.start, end: node.at.end },
      markdown: `**\`@\`** ${promqlWords().others.get("@")?.says}${when}`,
    };
  }
  return node.extended && touches(node.extended, at) ? keyword(text, at) : undefined;
}

/** The keyword around the offset. */
function keyword(text: string, at: number): Piece | undefined {
  let start = at;
  while (start > 0 && /\w/.test(text.charAt(start - 1))) start--;
  const word = /^\w*/.exec(text.slice(start))?.[0] ?? "";
  const found = promqlWords().others.get(word.toLowerCase());
  return (
    found && { range: { start, end: start + word.length }, markdown: `**\`${word.toLowerCase()}\`** ${found.says}` }
  );
}

function ofDuration(text: string, node: Duration, at: number): Piece | undefined {
  if (node.kind !== "NumberLiteral" || node.end <= node.start || !touches(node, at)) return undefined;
  const written = text.slice(node.start, node.end);
  const usual = formatDuration(node.value);
  const also = usual === written ? "" : ` (\`${usual}\`)`;
  return {
    range: { start: node.start, end: node.end },
    markdown: `**\`${written}\`** is ${node.value} seconds${also}.`,
  };
}
