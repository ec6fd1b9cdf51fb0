// All that Prometheus finds wrong with a parsed expression, in its words and order. Knows no metric.
import type { ParseResult } from "../syntax/parse.ts";
import type { ParseOptions } from "../syntax/parser.ts";
import { quoteString } from "../syntax/quoting.ts";
import type { Call, Expr, PromqlError, VectorSelector } from "../syntax/tree.ts";
import { isAtLeast, newestVersion } from "../syntax/versions.ts";
import { eachChild } from "../syntax/walk.ts";
import { functionStatus } from "./functions.ts";
import { newerPieces } from "./languageSince.ts";
import { regexpError } from "./regexps.ts";
import { typeErrors } from "./typeErrors.ts";

const none: readonly PromqlError[] = [];

/**
 * Every error of the text, first the one that Prometheus prints. Like Prometheus it looks at types only where syntax,
 * function names and regular expressions are right. `options` are those that the text was parsed with.
 */
export function check(parsed: ParseResult, options: ParseOptions = {}): readonly PromqlError[] {
  const { expr, errors } = parsed;
  if (!expr) return errors;
  const { prometheusVersion: version } = options;
  const found: Noted[] = [];
  const before = parsed.guessedFrom;
  collectNames(expr, { before, options, older: version && !isAtLeast(version, newestVersion) ? version : "", found });
  if (found.length > 0) return merge(errors, found);
  return errors.length > 0 ? errors : (typeErrors(parsed.text, expr) ?? none);
}

/** An error in Prometheus' words, and what it does not say. */
export function inFull({ message, hint }: PromqlError): string {
  return hint === undefined ? message : `${message}: ${hint}`;
}

type Noted = PromqlError & { readonly seen: number };

/** `older`: the version, where it is not the newest. */
type Collecting = {
  readonly before: number;
  readonly options: ParseOptions;
  readonly older: string;
  readonly found: Noted[];
};

/** Functions and regular expressions before a place, in the order in which Prometheus completes nodes: children first. */
function collectNames(expr: Expr, collecting: Collecting): void {
  const { before, options, older, found } = collecting;
  if (expr.start >= before) return;
  if (older !== "") collectNewer(expr, older, found);
  if (expr.kind === "VectorSelector") {
    if (expr.matchers.length > 0) collectRegexps(expr, found);
    return;
  }
  eachChild(expr, collectNames, collecting);
  if (expr.kind === "Call" && expr.close >= 0) collectFunction(expr, options, found);
}

function collectRegexps({ matchers }: VectorSelector, found: Noted[]): void {
  for (const matcher of matchers) {
    if ((matcher.op !== "=~" && matcher.op !== "!~") || matcher.valueStart < 0) continue;
    const message = regexpError(matcher.value);
    if (message !== undefined) found.push({ start: matcher.start, end: matcher.end, message, seen: matcher.end });
  }
}

/** What older versions do not take, in our words: theirs speak of a wrong token. */
function collectNewer(expr: Expr, version: string, found: Noted[]): void {
  for (const { start, end, what, since } of newerPieces(expr)) {
    if (!isAtLeast(version, since)) found.push({ start, end, message: `${what} needs Prometheus ${since}`, seen: end });
  }
}

function collectFunction(call: Call, options: ParseOptions, found: Noted[]): void {
  const error = functionError(call.name, options);
  if (error) found.push({ start: call.start, end: call.start + call.name.length, ...error, seen: call.end });
}

function functionError(name: string, options: ParseOptions): Omit<PromqlError, "start" | "end"> | undefined {
  const status = functionStatus(name, options.prometheusVersion);
  if (status.state === "known") {
    if (!status.experimental || options.experimentalFunctions) return undefined;
    return { message: `function ${quoteString(name)} is not enabled` };
  }
  const message = `unknown function with name ${quoteString(name)}`;
  if (status.state === "later") return { message, hint: `it needs Prometheus ${status.since}` };
  if (status.state === "unknown" || status.now === undefined) return { message };
  return { message, hint: `since Prometheus ${status.until} it is ${status.now}` };
}

/** Both lists are in order of `seen`; at one place the completed node comes before the token that follows it. */
function merge(syntax: ParseResult["errors"], found: readonly Noted[]): readonly PromqlError[] {
  if (syntax.length === 0) return found;
  const merged: PromqlError[] = [];
  let next = 0;
  for (const error of syntax) {
    for (; next < found.length && (found[next]?.seen ?? 0) <= error.seen; next++) merged.push(found[next] as Noted);
    merged.push(error);
  }
  return [...merged, ...found.slice(next)];
}
