// template/unknown-name: a function or variable that templates do not have, or not yet in this version of Prometheus.
import { distance } from "fastest-levenshtein";
import { keptOnce } from "../../../kept.ts";
import { isAtLeast } from "../../../promql/syntax/versions.ts";
import { functionTable } from "../../../template/functionTable.ts";
import type { Identifier, List, Operand, ParseError, Pipe, Tree } from "../../../template/tree.ts";
import { fix, type Report, type RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import { isIntricate, parsedOf, type TemplateText, templatesOf } from "../../templates.ts";
import { placeName, sentenceOn } from "./shared.ts";

export const templateUnknownName: RuleCheck = {
  id: "template/unknown-name",
  level: "error",
  title: "A function or variable that templates of this Prometheus version do not have",
  needs: ["template"],
  check({ rule, context: { prometheusVersion } }, report): void {
    for (const template of templatesOf(rule).filter(isIntricate)) {
      const { tree, errors } = parsedOf(template);
      for (const error of errors)
        if (error.unknown) report(unknown(template, error, error.unknown, rule.name?.value ?? ""));
      if (isAtLeast(prometheusVersion, newestNeed())) continue;
      for (const call of identifiers(tree)) {
        const since = functionTable.get(call.name)?.since;
        if (since === undefined || isAtLeast(prometheusVersion, since)) continue;
        const message =
          `${placeName(template)}: ${call.name} needs Prometheus ${since}. ` +
          `${prometheusVersion} does not know the function and refuses the whole file. Do without it, or upgrade.`;
        report({ range: placeOf(template.scalar, call), message });
      }
    }
  },
};

/** The version behind which every function is there. */
const newestNeed = keptOnce(() =>
  [...functionTable.values()]
    .flatMap(({ since }) => since ?? [])
    .reduce((newest, since) => (isAtLeast(since, newest) ? since : newest), "0.0"),
);

function unknown(
  template: TemplateText,
  error: ParseError,
  { what, name, known }: NonNullable<ParseError["unknown"]>,
  alert: string,
): Report {
  const range = placeOf(template.scalar, error);
  const meant = nearest(name, known);
  const instead = meant === undefined ? otherwise(what, known) : `Write ${meant} instead.`;
  return {
    range,
    message: `${placeName(template)}: ${sentenceOn(template, error, alert)}. Prometheus refuses the whole file until this is mended. ${instead}`,
    fixes: meant === undefined ? [] : [fix(`Write ${meant}`, { range, text: meant }, false)],
  };
}

function otherwise(what: "function" | "variable", known: readonly string[]): string {
  if (what === "function") return "The functions that templates have are in Prometheus' template reference.";
  return known.length === 1
    ? "Inside a define only . and $ can be used: hand over what it needs with template."
    : `Known here: ${known.join(", ")}.`;
}

/** Words of other template languages, and what does the same here. */
const elsewhere: Readonly<Record<string, string>> = {
  upper: "toUpper",
  lower: "toLower",
  default: "or",
  formatTime: "humanizeTimestamp",
  humanizeBytes: "humanize1024",
  humanise: "humanize",
  replace: "reReplaceAll",
  $label: "$labels",
  $values: "$value",
};

function nearest(name: string, known: readonly string[]): string | undefined {
  const same = elsewhere[name];
  if (same !== undefined && known.includes(same)) return same;
  const lower = name.toLowerCase();
  const ranked = known
    .filter((candidate) => candidate.length > 1)
    .map((candidate) => ({ candidate, far: distance(candidate.toLowerCase(), lower) }))
    .sort((a, b) => a.far - b.far);
  const best = ranked[0];
  return best && best.far <= Math.max(1, Math.floor(name.length / 3)) ? best.candidate : undefined;
}

/** Function names that a template calls, in all its branches. */
function* identifiers({ root, definitions }: Tree): Generator<Identifier> {
  yield* inList(root);
  for (const { list } of definitions) yield* inList(list);
}

function* inList({ nodes }: List): Generator<Identifier> {
  for (const node of nodes) {
    if ("pipe" in node && node.pipe) yield* inPipe(node.pipe);
    if ("list" in node) yield* inList(node.list);
    if ("elseList" in node && node.elseList) yield* inList(node.elseList);
  }
}

function* inPipe({ commands }: Pipe): Generator<Identifier> {
  for (const { args } of commands) for (const operand of args) yield* inOperand(operand);
}

function* inOperand(operand: Operand): Generator<Identifier> {
  if (operand.kind === "identifier") yield operand;
  else if (operand.kind === "pipe") yield* inPipe(operand);
  else if (operand.kind === "chain") yield* inOperand(operand.operand);
}
