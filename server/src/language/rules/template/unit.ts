// template/unit: a number shown in a unit that it does not have: humanizeDuration on milliseconds, "%" behind a ratio.

import { keptOnce } from "../../../kept.ts";
import { parse } from "../../../promql/syntax/parse.ts";
import type { Expr } from "../../../promql/syntax/tree.ts";
import type { Quantity } from "../../../promql/types/semantics.ts";
import { isKnown, isTime, type Unit } from "../../../promql/types/units.ts";
import type { Formatter, ValueUse } from "../../../template/uses.ts";
import { type CheckContext, fix, type Report, type RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import type { Rule } from "../../ruleFile.ts";
import { type TemplateText, usesOf } from "../../templates.ts";
import { type Behind, behind, loadable, placeName, quantityOf, resultExpr, resultQuantity } from "./shared.ts";
import { countedIn, isHundredfold, isSpan, isTimestamp, paceOf } from "./sharedShown.ts";

export const templateUnit: RuleCheck = {
  id: "template/unit",
  level: "warning",
  title: "A formatter or unit in a text that does not fit the value",
  needs: ["value in template"],
  check({ rule, context }, report): void {
    // Every value of the alert is the same one.
    const ofAlert = keptOnce(() => alertSource(rule, context));
    const sourceFor = ({ from }: ValueUse): Source | undefined =>
      from === "alert" ? ofAlert() : querySource(from.query, context);
    const expr = resultExpr(rule, context);
    const pace = expr && paceOf(expr);
    const templates = loadable(rule);
    for (let i = 0; i < templates.length; i++) {
      const template = templates[i] as TemplateText;
      const { values } = usesOf(template);
      for (let j = 0; j < values.length; j++) {
        const use = values[j] as ValueUse;
        if (!use.printed) continue;
        const after = behind(template, use);
        const source = saysUnit(use, after) ? sourceFor(use) : undefined;
        const found = source && (formatted(template, use, source) ?? suffixed(template, use, source, after));
        const said = found ?? doubled(template, use, after) ?? (pace && paced(template, use, after, pace));
        if (said) report(said);
      }
    }
  },
};

/** Whether a formatter or the text behind may name a unit: what the value is need not be asked else. */
function saysUnit({ formatters }: ValueUse, { rest }: Behind): boolean {
  return formatters.length > 0 || /^\s?[%ms]/.test(rest);
}

/** What is shown: its unit, and whether it is a moment rather than a length of time, for sure or by the sound of it. */
type Source = { readonly unit: Unit; readonly moment: boolean | "surely" };

function alertSource(rule: Rule, context: CheckContext): Source | undefined {
  const expr = resultExpr(rule, context);
  const quantity = resultQuantity(rule, context);
  return expr && quantity && sourceOf(expr, quantity);
}

function querySource(query: string, context: CheckContext): Source | undefined {
  const expr = queryExpr(query, context);
  return expr && sourceOf(expr, quantityOf(expr, context));
}

function sourceOf(expr: Expr, quantity: Quantity): Source | undefined {
  if (isTimestamp(expr)) return { unit: { name: "s", perSecond: false }, moment: "surely" };
  const unit = isKnown(quantity.unit) ? quantity.unit : isHundredfold(expr) ? percent : countedIn(expr);
  return unit && { unit, moment: isMoment(quantity) && !isSpan(expr) };
}

function queryExpr(query: string, { prometheusVersion }: CheckContext): Expr | undefined {
  const { expr, errors } = parse(query, { prometheusVersion });
  return errors.length === 0 ? expr : undefined;
}

const percent: Unit = { name: "percent", perSecond: false };

const isMoment = ({ kind, unit, metrics }: Quantity): boolean =>
  kind === "timestamp" ||
  /epoch|timestamp/.test(unit.name) ||
  metrics.some((name) => /time(stamp)?(_seconds)?$/.test(name));

/** What a formatter takes its number for, and whether a unit is that. */
const formatters: Readonly<Record<string, { takes: string; fits: (source: Source) => boolean }>> = {
  humanizeDuration: { takes: "seconds", fits: isLength },
  toDuration: { takes: "seconds", fits: isLength },
  humanizePercentage: {
    takes: "a ratio",
    fits: ({ unit }) => !isMeasure(unit) && !unit.perSecond && unit.name !== "percent",
  },
  humanizeTimestamp: {
    takes: "a moment, in seconds since 1970",
    fits: ({ unit, moment }) => moment !== false || !isMeasure(unit),
  },
  toTime: {
    takes: "a moment, in seconds since 1970",
    fits: ({ unit, moment }) => moment !== false || !isMeasure(unit),
  },
  humanize1024: {
    takes: "bytes",
    fits: ({ unit }) => !isTime(unit) && unit.name !== "percent" && unit.name !== "ratio",
  },
};

function isLength({ unit, moment }: Source): boolean {
  return unit.name === "s" && !unit.perSecond && moment !== "surely";
}

const takesMoment = /^(?:humanizeTimestamp|toTime)$/;
const bytes = /^(bytes|[KMGT]i?B|kB)$/;
const isMeasure = (unit: Unit): boolean => isTime(unit) || bytes.test(unit.name);

function formatted(template: TemplateText, use: ValueUse, source: Source): Report | undefined {
  const formatter = use.formatters.at(0);
  const kind = formatter && Object.hasOwn(formatters, formatter.name) ? formatters[formatter.name] : undefined;
  if (!formatter || !kind || kind.fits(source)) return undefined;
  const better = source.moment ? "humanizeTimestamp" : betterFor(source.unit);
  const instead = better ?? "humanize";
  const range = nameRange(template, formatter);
  const suffix = better === undefined ? shownUnit(source.unit) : "";
  const isShort = takesMoment.test(formatter.name) && isTime(source.unit);
  const isLong = source.moment === "surely" && formatter.name !== "humanizePercentage";
  const what = isShort
    ? `a length of time, ${inUnit(source.unit)}`
    : isLong
      ? "a moment, in seconds since 1970"
      : inUnit(source.unit);
  const shown = isShort ? "a day in 1970" : isLong ? "more than fifty years" : "another size than the alert means";
  return {
    range: placeOf(template.scalar, range),
    message:
      `${placeName(template)}: ${formatter.name} takes its number for ${kind.takes}, and this one is ${what}. ` +
      `The text would name ${shown}. Write ${instead}${suffix === "" ? "" : ` and the unit, ${suffix.trim()},`} instead.`,
    fixes: fixesFor(template, use, range, instead, suffix),
  };
}

/** The formatter made for a unit; `undefined` where only a plain number with its unit will do. */
function betterFor({ name, perSecond }: Unit): string | undefined {
  if (perSecond) return undefined;
  if (name === "s") return "humanizeDuration";
  return name === "ratio" ? "humanizePercentage" : undefined;
}

const shownUnit = ({ name, perSecond }: Unit): string => {
  const text = name === "percent" ? "%" : name === "bytes" ? "B" : isMeasure({ name, perSecond }) ? name : ` ${name}`;
  return perSecond ? `${text}/s` : text;
};

const inUnit = ({ name, perSecond }: Unit): string =>
  name === "ratio" ? "a ratio" : `in ${name}${perSecond ? " per second" : ""}`;

/** The formatter's own name in the text of its call. */
function nameRange({ scalar }: TemplateText, { name, start, end }: Formatter) {
  const at = scalar.value.indexOf(name, start);
  return at < 0 || at >= end ? { start, end } : { start: at, end: at + name.length };
}

function fixesFor(
  template: TemplateText,
  use: ValueUse,
  range: { start: number; end: number },
  name: string,
  suffix: string,
) {
  const { scalar } = template;
  const rename = { range: placeOf(scalar, range), text: name };
  if (suffix === "") return [fix(`Write ${name}`, rename, false)];
  const close = scalar.value.indexOf("}}", Math.max(use.end, range.end));
  if (close < 0 || /^\s*[\w%]/.test(scalar.value.slice(close + 2))) return [];
  const behind = placeOf(scalar, { start: close + 2, end: close + 2 });
  const title = `Write ${name} and ${suffix.trim()}`;
  return [{ title, edits: [rename, { range: behind, text: suffix }], safe: false }];
}

/** Units as people write them right behind a number; how they begin `saysUnit` knows. */
const written: readonly [RegExp, readonly string[]][] = [
  [/^\s?%/, ["percent"]],
  [/^\s?ms\b/, ["ms"]],
  [/^\s?(s|sec|seconds?)\b/, ["s"]],
];

/** A bare number with a unit behind its braces that is not its own. */
function suffixed(
  template: TemplateText,
  use: ValueUse,
  { unit, moment }: Source,
  { close, rest }: Behind,
): Report | undefined {
  const { scalar } = template;
  const isMarked = isTime(unit) || unit.name === "ratio" || unit.perSecond;
  if (moment || !isMarked || use.formatters.some(({ name }) => /^humanize(D|P|T)/.test(name))) return undefined;
  const found = written.find(([pattern]) => pattern.test(rest));
  if (!found || found[1].includes(unit.name)) return undefined;
  const isOther = isTime(unit) || unit.name === "ratio" || (unit.perSecond && found[1].includes("percent"));
  if (!isOther) return undefined;
  const suffix = found[0].exec(rest)?.[0] ?? "";
  const better = betterFor(unit);
  const range = placeOf(scalar, { start: close + 2, end: close + 2 + suffix.length });
  return {
    range,
    message:
      `${placeName(template)}: the text says "${suffix.trim()}", and the value is ${inUnit(unit)}. ` +
      `Readers will take it for another size. Write ${better === undefined ? `"${shownUnit(unit).trim()}"` : `| ${better} and no unit`} instead.`,
    fixes:
      better === undefined ? [fix(`Write ${shownUnit(unit).trim()}`, { range, text: shownUnit(unit) }, false)] : [],
  };
}

/** Formatters that write a unit, and that unit in the text behind. */
const ownUnit: Readonly<Record<string, RegExp>> = {
  humanizePercentage: /^\s?%/,
  humanizeDuration: /^\s?(?:ms|s|secs?|seconds?)\b/,
};

/** `{{ $value | humanizePercentage }}%` reads 5%%. */
function doubled(template: TemplateText, { formatters }: ValueUse, { close, rest }: Behind): Report | undefined {
  const name = formatters.at(-1)?.name ?? "";
  const suffix = Object.hasOwn(ownUnit, name) ? ownUnit[name]?.exec(rest)?.[0] : undefined;
  if (suffix === undefined) return undefined;
  const range = placeOf(template.scalar, { start: close + 2, end: close + 2 + suffix.length });
  return {
    range,
    message: `${placeName(template)}: ${name} writes the unit itself, and the text writes "${suffix.trim()}" behind it. Readers see both. Leave it out of the text.`,
    fixes: [fix(`Remove ${suffix.trim()}`, { range, text: "" }, false)],
  };
}

/** A pace as people write it behind a number and what is counted. */
const paces = {
  rate: /^ ?(?:[\w-]+ ){0,3}(per (?:\d+ )?(?:minutes?|min|hours?|days?)\b)|^ ?[\w-]*(\/ ?(?:min(?:ute)?|h(?:our|r)?|day)\b)/,
  increase: /^ ?(?:[\w-]+ ){0,3}(per sec(?:ond)?\b)|^ ?[\w-]*(\/ ?s(?:ec(?:ond)?)?\b)/,
};

/** `{{ $value }} errors per hour` of a `rate()`, which is by the second whatever its range is. */
function paced(
  template: TemplateText,
  { from }: ValueUse,
  { close, rest }: Behind,
  pace: keyof typeof paces,
): Report | undefined {
  if (from !== "alert") return undefined;
  const found = paces[pace].exec(rest);
  const said = found?.[1] ?? found?.[2];
  if (!found || said === undefined) return undefined;
  const end = close + 2 + found[0].length;
  const range = placeOf(template.scalar, { start: end - said.length, end });
  const right = said.startsWith("/") ? "/s" : "per second";
  const isRate = pace === "rate";
  return {
    range,
    message:
      `${placeName(template)}: the text says "${said}", and ${isRate ? "rate() is by the second, whatever its range is" : "increase() is how many there were in its range"}. ` +
      `Readers will take it for another size. ${isRate ? `Write "${right}", or multiply in the expression.` : "Name the range, or write rate() in the expression."}`,
    fixes: isRate ? [fix(`Write ${right}`, { range, text: right }, false)] : [],
  };
}
