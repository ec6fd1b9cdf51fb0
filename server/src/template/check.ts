// Prometheus' verdict on a template when it loads a rule file. Knows the parser's errors, no values.
import { garbledLoadMessage } from "./garbled.ts";
import { quote } from "./go/quote.ts";
import { isEmpty } from "./parser.ts";
import { lineOf } from "./reading.ts";
import type { ParseError, ParseResult } from "./tree.ts";

/** Go's name for the template of an alert's label or annotation. */
export function templateName(alert: string): string {
  return `__alert_${alert}`;
}

/** What Prometheus writes before each template. */
export const declarations =
  "{{$labels := .Labels}}{{$externalLabels := .ExternalLabels}}{{$externalURL := .ExternalURL}}{{$value := .Value}}";

/** Bytes of the declarations: they shift what Go counts on the first line. */
export const prefixLength = declarations.length;

function whereStarted({ message, actionLine }: ParseError, name: string): string {
  if (actionLine === undefined) return "";
  return `${message.endsWith(" action") ? " started at" : " in action started at"} ${name}:${actionLine}`;
}

/** The sentence that Go has for an error in the template of an alert. */
export function goMessage(error: ParseError, alert: string): string {
  return sentenceOf(error, templateName(alert));
}

/** The sentence that Go has for an error in a template of that name: `template: NAME:LINE: MESSAGE`. */
export function sentenceOf(error: ParseError, name: string): string {
  return `template: ${name}:${error.line}: ${error.message}${whereStarted(error, name)}`;
}

/** The same as it is printed, which is something else where there is a `%` in the alert's name. */
export function printedMessage(error: ParseError, alert: string, text: string): string {
  if (!alert.includes("%")) return goMessage(error, alert);
  const name = templateName(alert);
  return garbledLoadMessage(name, error, whereStarted(error, name), { text, prefixLength }) ?? goMessage(error, alert);
}

/**
 * Whether Prometheus takes a template when it reads the rule file (only syntax, names of functions and variables, and
 * literals count then): undefined, or the first error with the sentence that `promtool check rules` prints behind
 * `label "x": ` or `annotation "x": `, garbled where a `%` in the alert's name does that.
 */
export function checkTemplate(
  { tree, errors }: ParseResult,
  alert: string,
): (ParseError & { readonly goMessage: string }) | undefined {
  let error = errors[0];
  if (error === undefined) {
    // The whole text has a name too, and Prometheus' own declarations before it make it never empty.
    const name = templateName(alert);
    const twin = tree.definitions.find((definition) => definition.name === name && !isEmpty(definition.list));
    if (twin === undefined) return undefined;
    const message = `template: multiple definition of template ${quote(name)}`;
    error = { message, line: lineOf(tree.text, tree.text.length), ...twin.nameRange };
  }
  return { ...error, goMessage: printedMessage(error, alert, tree.text) };
}
