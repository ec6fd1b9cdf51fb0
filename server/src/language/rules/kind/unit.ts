// kind/unit: values of different units compared, added, or held against a limit of another scale.
import type { BinaryExpr, Expr } from "../../../promql/syntax/tree.ts";
import { isComparison } from "../../../promql/types/constants.ts";
import type { Quantity } from "../../../promql/types/semantics.ts";
import { isKnown, isTime, sameUnit, type Unit, unitText } from "../../../promql/types/units.ts";
import type { Scalar } from "../../../yaml/tree.ts";
import { type Analysis, type Threshold, textOf } from "../../analysis.ts";
import type { CheckContext, Report, RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import { onExpression } from "../../expressionCheck.ts";
import { expressionFix } from "../../expressionFix.ts";
import { knownMetric } from "../../knownMetrics.ts";

export const kindUnit: RuleCheck = {
  id: "kind/unit",
  level: "warning",
  title: "Milliseconds held against seconds, megabytes against bytes, and the like",
  needs: ["known metric", "operator"],
  check: onExpression(({ analysis, expr, context }, report) => {
    for (const node of analysis.binaries) {
      const found = mixed(analysis, expr, node);
      if (found) report(found);
    }
    for (const threshold of analysis.thresholds) {
      const found =
        durationLimit(analysis, expr, threshold) ??
        percentLimit(analysis, expr, threshold) ??
        smallLimit(analysis, expr, threshold, context);
      if (found) report(found);
    }
  }),
};

const measures: ReadonlySet<string> = new Set([
  "ns",
  "us",
  "ms",
  "s",
  "min",
  "h",
  "d",
  "bytes",
  "KB",
  "ratio",
  "percent",
]);

function isMeasure({ name }: Unit): boolean {
  return measures.has(name);
}

/** Two series that are added, subtracted or compared and measure different things. */
function mixed(analysis: Analysis, expr: Scalar, node: BinaryExpr): Report | undefined {
  if (node.op !== "+" && node.op !== "-" && !isComparison(node.op)) return undefined;
  const left = analysis.quantity(node.left);
  const right = analysis.quantity(node.right);
  if (isConstant(left) || isConstant(right) || !isMeasure(left.unit) || !isMeasure(right.unit)) return undefined;
  // Twice a number of bytes is a number of bytes still.
  if (!isKnown(left.unit) || !isKnown(right.unit) || sameUnit(left.unit, right.unit)) return undefined;
  const a = unitText(left.unit);
  const b = unitText(right.unit);
  return {
    range: placeOf(expr, { start: node.opStart, end: node.opEnd }),
    message: `The left side is in ${a}, the right side in ${b}. What ${node.op} makes of them means nothing. Bring both to one unit first${scaleHint(left.unit, right.unit)}.`,
  };
}

function isConstant({ value }: Quantity): boolean {
  return value !== undefined;
}

function scaleHint(a: Unit, b: Unit): string {
  const factor = perSecond[a.name] !== undefined && perSecond[b.name] !== undefined ? secondsIn(a) / secondsIn(b) : 1;
  if (factor === 1) return "";
  return factor > 1 ? `: the right side / ${number(factor)}` : `: the left side / ${number(1 / factor)}`;
}

const perSecond: Readonly<Record<string, number>> = { ns: 1e-9, us: 1e-6, ms: 1e-3, s: 1, min: 60, h: 3600, d: 86_400 };

function secondsIn({ name }: Unit): number {
  return perSecond[name] ?? 1;
}

/** `x > 5s`: Prometheus reads 5, whatever x is measured in. */
function durationLimit(analysis: Analysis, expr: Scalar, { series, constant, value }: Threshold): Report | undefined {
  const limit = analysis.quantity(constant).unit;
  const { unit } = analysis.quantity(series);
  if (limit.name !== "s" || !isKnown(unit) || sameUnit(unit, limit) || unit.perSecond) return undefined;
  const written = textOf(analysis, constant);
  if (!isTime(unit)) return unitLess(expr, constant, written, unit, value);
  const text = number(value / secondsIn(unit));
  return {
    range: placeOf(expr, constant),
    message: `The value is in ${unitText(unit)}, and Prometheus reads ${written} as the number ${number(value)}. The limit is off by a factor of ${number(1 / secondsIn(unit))}. Write ${text}.`,
    fixes: [expressionFix(expr, `Write ${text}`, [{ range: constant, text }])],
  };
}

function unitLess(expr: Scalar, constant: Expr, written: string, unit: Unit, value: number): Report | undefined {
  if (!isMeasure(unit)) return undefined;
  return {
    range: placeOf(expr, constant),
    message: `The value is in ${unitText(unit)}, and ${written} is a length of time. Prometheus reads it as the number ${number(value)}. Write the limit as a number of ${unit.name}.`,
    fixes: [expressionFix(expr, `Write ${number(value)}`, [{ range: constant, text: number(value) }])],
  };
}

/** A limit between 0 and 1 for a value that was multiplied by 100. */
function percentLimit(
  analysis: Analysis,
  expr: Scalar,
  { op, series, constant, value }: Threshold,
): Report | undefined {
  if (analysis.quantity(series).unit.name !== "percent" || (op !== ">" && op !== ">=")) return undefined;
  if (value <= 0 || value >= 1) return undefined;
  const text = number(value * 100);
  return {
    range: placeOf(expr, constant),
    severity: "information",
    message: `The value is in percent, and ${textOf(analysis, constant)} is less than one of a hundred. The alert fires nearly always. If a share of 1 was meant, write ${text}.`,
    fixes: [expressionFix(expr, `Write ${text}`, [{ range: constant, text }])],
  };
}

type Scale = { readonly factor: number; readonly from: string };

/** Units in which people think, and what makes the metric's unit of them. */
const scales: Readonly<Record<string, readonly Scale[]>> = {
  ms: [{ factor: 1000, from: "seconds" }],
  ns: [
    { factor: 1e6, from: "milliseconds" },
    { factor: 1e9, from: "seconds" },
  ],
  bytes: [{ factor: 1024 ** 2, from: "megabytes" }],
};

/** How much a limit may be below the one that the catalogue's example has before it looks like another unit. */
const far = 200;

/** A limit that only makes sense in seconds or megabytes, by the side of the catalogue's own example for the metric. */
function smallLimit(
  analysis: Analysis,
  expr: Scalar,
  { op, series, constant, value }: Threshold,
  { dkronVersion }: CheckContext,
): Report | undefined {
  const { unit, metrics } = analysis.quantity(series);
  const possible = unit.perSecond ? undefined : scales[unit.name];
  const metric = metrics[0];
  if (!possible || (op !== ">" && op !== ">=") || value <= 0 || metric === undefined) return undefined;
  const usual = usualLimit(metric, dkronVersion);
  if (usual === undefined || value * far > usual) return undefined;
  const scale = possible.reduce((a, b) => (isNearer(value * b.factor, value * a.factor, usual) ? b : a));
  if (!isNearer(value * scale.factor, value, usual)) return undefined;
  const text = scaled(value, scale.factor);
  return {
    range: placeOf(expr, constant),
    severity: "information",
    message: `The value is in ${unitText(unit)}, and ${textOf(analysis, constant)} ${unitText(unit)} are next to nothing. The alert fires nearly always. If ${scale.from} were meant, write ${text}.`,
    fixes: [
      expressionFix(expr, `Write ${text}, which is ${textOf(analysis, constant)} ${scale.from}`, [
        { range: constant, text },
      ]),
    ],
  };
}

/** The limit of the catalogue's example alert. */
function usualLimit(metric: string, version: string): number | undefined {
  const alert = knownMetric(metric, version)?.row.alert;
  const written = alert?.above ?? /> ([\d.e]+)$/.exec(alert?.expr ?? "")?.[1];
  return written === undefined ? undefined : Number(written);
}

function isNearer(a: number, b: number, to: number): boolean {
  return Math.abs(Math.log(a / to)) < Math.abs(Math.log(b / to));
}

function scaled(value: number, factor: number): string {
  return factor === 1024 ** 2 ? `${number(value)} * 1024 * 1024` : number(value * factor);
}

/** Without the noise of binary fractions. */
function number(value: number): string {
  return String(Number(value.toPrecision(12)));
}
