// Value types of all parts of an expression, and where they do not fit, as Prometheus' checkAST says. Knows no metric.
import { isSpace } from "../syntax/characters.ts";
import { quoteString } from "../syntax/quoting.ts";
import type {
  AggregateExpr,
  BinaryExpr,
  Call,
  Expr,
  LabelMatcher,
  PromqlError,
  VectorSelector,
} from "../syntax/tree.ts";
import { isComparison } from "./constants.ts";
import { functions, type PromqlFunction, type ValueType } from "./functions.ts";
import { documentedType, inferType } from "./inferType.ts";
import { regexpMatches } from "./regexps.ts";

type Type = ValueType | undefined;
type Checker = { readonly text: string; readonly errors: PromqlError[] };

/**
 * Errors in Prometheus' order (promql/parser/parse.go, `checkAST`). What is missing or unknown is of no type and gives
 * no error, so that the healthy parts of half-typed text are checked all the same.
 */
export function typeErrors(text: string, expr: Expr): readonly PromqlError[] {
  const errors: PromqlError[] = [];
  typeOf({ text, errors }, expr);
  return errors;
}

function report(checker: Checker, { start, end }: { start: number; end: number }, message: string): void {
  checker.errors.push({ start, end, message });
}

function typeOf(checker: Checker, expr: Expr): Type {
  switch (expr.kind) {
    case "AggregateExpr":
      return checkAggregate(checker, expr);
    case "BinaryExpr":
      return checkBinary(checker, expr);
    case "Call":
      return checkCall(checker, expr);
    case "MatrixSelector":
      typeOf(checker, expr.selector);
      return "matrix";
    case "NumberLiteral":
      return "scalar";
    case "ParenExpr":
      return typeOf(checker, expr.expr);
    case "StringLiteral":
      return "string";
    case "SubqueryExpr": {
      const type = typeOf(checker, expr.expr);
      if (type !== undefined && type !== "vector") {
        report(checker, expr, `subquery is only allowed on instant vector, got ${type} instead`);
      }
      return "matrix";
    }
    case "UnaryExpr": {
      const type = typeOf(checker, expr.expr);
      if (type === "matrix" || type === "string") {
        const got = quoteString(documentedType(type));
        report(
          checker,
          expr,
          `unary expression only allowed on expressions of type scalar or instant vector, got ${got}`,
        );
      }
      return type;
    }
    case "VectorSelector":
      checkSelector(checker, expr, true);
      return "vector";
    case "Missing":
      return undefined;
  }
}

/** @param called the function whose argument it is */
function expect(checker: Checker, expr: Expr, wanted: ValueType, where: string, called?: string): void {
  const type = typeOf(checker, expr);
  if (type === undefined || type === wanted) return;
  const place = called === undefined ? where : `${where} ${quoteString(called)}`;
  report(checker, expr, `expected type ${documentedType(wanted)} in ${place}, got ${documentedType(type)}`);
}

function checkAggregate(checker: Checker, { op, expr, param }: AggregateExpr): Type {
  if (expr) expect(checker, expr, "vector", "aggregation expression");
  if (param) expect(checker, param, op === "count_values" ? "string" : "scalar", "aggregation parameter");
  return "vector";
}

/** The operator with its modifiers, as Prometheus cuts it out: its end stands on the last character, not behind it. */
function operatorRange(checker: Checker, { left, right }: BinaryExpr): { start: number; end: number } {
  const { text } = checker;
  let start = left.end;
  while (isSpace(text.charCodeAt(start))) start++;
  let end = right.start - 1;
  while (end > start && isSpace(text.charCodeAt(end))) end--;
  return { start, end };
}

function isSetOperator(op: string): boolean {
  return op === "and" || op === "or" || op === "unless";
}

function checkBinary(checker: Checker, expr: BinaryExpr): Type {
  const left = typeOf(checker, expr.left);
  const right = typeOf(checker, expr.right);
  const isScalar = left === "scalar" && right === "scalar";
  const compares = isComparison(expr.op);
  if (expr.bool && !compares) {
    report(checker, operatorRange(checker, expr), "bool modifier can only be used on comparison operators");
  }
  if (compares && !expr.bool && isScalar) {
    report(checker, operatorRange(checker, expr), "comparisons between scalars must use BOOL modifier");
  }
  if (expr.matching?.on && expr.group) checkIncluded(checker, expr);
  checkSide(checker, expr.left, left);
  checkSide(checker, expr.right, right);
  checkMatching(checker, expr, left, right);
  return isScalar ? "scalar" : "vector";
}

function checkSide(checker: Checker, side: Expr, type: Type): void {
  if (type !== "matrix" && type !== "string") return;
  report(checker, side, "binary expression must contain only scalar and instant vector types");
}

function checkIncluded(checker: Checker, expr: BinaryExpr): void {
  const times = new Map<string, number>();
  for (const { name } of expr.group?.include ?? []) times.set(name, (times.get(name) ?? 0) + 1);
  for (const { name } of expr.matching?.labels ?? []) {
    const message = `label ${quoteString(name)} must not occur in ON and GROUP clause at once`;
    for (let i = times.get(name) ?? 0; i > 0; i--) report(checker, operatorRange(checker, expr), message);
  }
}

function checkMatching(checker: Checker, expr: BinaryExpr, left: Type, right: Type): void {
  if (left === undefined || right === undefined) return;
  const isSet = isSetOperator(expr.op);
  if (left !== "vector" || right !== "vector") {
    if (expr.matching && expr.matching.labels.length > 0) {
      report(checker, expr, "vector matching only allowed between instant vectors");
    }
    if (expr.fill) report(checker, expr, "filling in missing series only allowed between instant vectors");
  } else if (isSet) {
    if (expr.group) {
      report(checker, expr, `no grouping allowed for ${quoteString(expr.op)} operation`);
      report(checker, expr, "set operations must always be many-to-many");
    }
    if (expr.fill) report(checker, expr, "filling in missing series not allowed for set operators");
  }
  if (isSet && (left === "scalar" || right === "scalar")) {
    report(checker, expr, `set operator ${quoteString(expr.op)} not allowed in binary scalar expression`);
  }
}

function checkCall(checker: Checker, call: Call): Type {
  const { name, args } = call;
  const found = functions.get(name);
  if (!found) {
    for (const arg of args) typeOf(checker, arg);
    return undefined;
  }
  const wrongCount = call.close < 0 ? undefined : countError(name, found, args.length);
  if (wrongCount !== undefined) report(checker, call, wrongCount);
  const bypassed = name === "info" && args[1] ? checkInfo(checker, call, args[1]) : undefined;
  const types = found.args;
  for (let i = 0; i < args.length; i++) {
    if (i >= types.length && found.variadic === undefined) break;
    const arg = args[i] as Expr;
    const wanted = types[Math.min(i, types.length - 1)] ?? "vector";
    if (arg === bypassed) checkSelector(checker, bypassed, false);
    else expect(checker, arg, wanted, "call to function", name);
  }
  return found.returns;
}

function countError(name: string, { args, variadic }: PromqlFunction, got: number): string | undefined {
  const wrong = (wanted: string): string =>
    `expected ${wanted} argument(s) in call to ${quoteString(name)}, got ${got}`;
  if (variadic === undefined) return got === args.length ? undefined : wrong(`${args.length}`);
  const least = args.length - 1;
  if (got < least) return wrong(`at least ${least}`);
  const most = least + variadic;
  return variadic > 0 && got > most ? wrong(`at most ${most}`) : undefined;
}

/** The second argument of `info` is a bare list of matchers, which may all match the empty string. */
function checkInfo(checker: Checker, call: Call, labels: Expr): VectorSelector | undefined {
  const type = inferType(labels);
  if (type === undefined) return undefined;
  if (type !== "vector") {
    report(checker, call, `expected type instant vector in call to function "info", got ${documentedType(type)}`);
  }
  if (labels.kind !== "VectorSelector") {
    report(checker, labels, "expected label selectors only");
    return undefined;
  }
  if (labels.name === "") return labels;
  report(checker, labels, "expected label selectors only, got vector selector instead");
  return undefined;
}

function checkSelector(checker: Checker, selector: VectorSelector, needsMatcher: boolean): void {
  const { name, matchers } = selector;
  if (name !== "") {
    for (let i = 0; i < matchers.length; i++) {
      const { label, value } = matchers[i] as LabelMatcher;
      if (label !== "__name__") continue;
      const names = `${quoteString(name)} or ${quoteString(value)}`;
      report(checker, selector, `metric name must not be set twice: ${names}`);
    }
  } else if (needsMatcher && !refusesEmpty(selector)) {
    report(checker, selector, "vector selector must contain at least one non-empty matcher");
  }
}

/** Whether some matcher does not match the empty string, so that the selector can't mean every series there is. */
function refusesEmpty({ matchers, close }: VectorSelector): boolean {
  if (close < 0) return true;
  for (const { op, value, valueStart } of matchers) {
    if (op === undefined || valueStart < 0) return true;
    if (op === "=" ? value !== "" : op === "!=" ? value === "" : regexpMatches(value, "") === (op === "!~"))
      return true;
  }
  return false;
}
