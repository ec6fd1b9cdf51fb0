// The code behind each name of the function table; `and`, `or` and `call` are the evaluator's own.
import { compareStrings } from "../go/bytes.ts";
import { sprint, sprintf, sprintln } from "../go/format.ts";
import { toLower, toUpper } from "../go/unicode.ts";
import {
  anyOf,
  boolOf,
  floatOf,
  indirect,
  intOf,
  isTrue,
  type Maybe,
  pointerTo,
  rowOf,
  sliceOf,
  stringOf,
  timeOf,
  types,
  unwrap,
  type Value,
} from "../go/values.ts";
import { equalsAny, isLess, isLessOrEqual } from "./compare.ts";
import { entryOf, lengthOrFail, partOf } from "./containers.ts";
import { type Context, FunctionFailure, type Implementation, itemsAt, nilDereference, textAt } from "./context.ts";
import {
  humanize,
  humanize1024,
  humanizeDuration,
  humanizePercentage,
  humanizeTimestamp,
  numberOf,
  parseDuration,
  toDuration,
  toTime,
} from "./numbers.ts";
import { matches, replaceAll } from "./regexp.ts";
import { htmlEscape, jsEscape, queryEscape, stripDomain, stripPort, titleText } from "./text.ts";
import { pathOf, urlText } from "./url.ts";

const ofText =
  (change: (text: string) => string): Implementation =>
  (args) =>
    stringOf(change(textAt(args, 0)));
const ofNumber =
  (write: (value: number) => string): Implementation =>
  (args) =>
    stringOf(write(numberOf(args[0])));
const escaper =
  (escaped: (text: string) => string): Implementation =>
  (args) =>
    stringOf(escaped(sprint(args.map(printable))));

/** What an action shows of a value: what a pointer points to, a mark where there is nothing. */
export function printable(argument: Maybe): Maybe {
  const value = unwrap(argument);
  if (value === undefined) return stringOf("<no value>");
  return value.kind === "pointer" ? indirect(value).value : value;
}

function rowAt(args: readonly Maybe[], index: number): ReadonlyMap<string, Value> {
  const row = args[index];
  const target = row?.kind === "pointer" ? row.target : row;
  if (target?.kind !== "struct") throw new FunctionFailure(nilDereference);
  return target.fields;
}

function labelOf(row: ReadonlyMap<string, Value>, name: string): string {
  const labels = row.get("Labels");
  const value = labels?.kind === "map" ? labels.entries.get(name) : undefined;
  return value?.kind === "string" ? value.value : "";
}

function runQuery(expr: string, { world }: Context): Value {
  const rows = world.query(expr);
  if ("error" in rows) throw new FunctionFailure(rows.error);
  return sliceOf(
    types.rows,
    rows.map(({ labels, value }) => rowOf(labels, value)),
  );
}

function sorted(name: string, rows: Maybe): Maybe {
  if (rows?.kind !== "slice") return rows;
  const keyed = rows.items.map((item) => ({ item, key: labelOf(rowAt([item], 0), name) }));
  keyed.sort((a, b) => compareStrings(a.key, b.key));
  // Prometheus sorts the list itself, not a copy: whoever holds it sees the new order.
  const items = rows.items as Value[];
  keyed.forEach(({ item }, i) => {
    items[i] = item;
  });
  return rows;
}

const comparing =
  (holds: (first: Maybe, second: Maybe) => boolean): Implementation =>
  (args) =>
    boolOf(holds(args[0], args[1]));

function packed(args: readonly Maybe[]): Value {
  const entries = new Map(args.map((argument, i) => [`arg${i}`, anyOf(argument)]));
  return { kind: "map", type: types.args, entries };
}

function firstOf(args: readonly Maybe[]): Maybe {
  const [row] = itemsAt(args, 0);
  if (row === undefined) throw new FunctionFailure("first() called on vector with no elements");
  return row;
}

const link = (tab: number) => (expr: string) => `/graph?g0.expr=${queryEscape(expr)}&g0.tab=${tab}`;

/** By name. */
export const implementations: Readonly<Record<string, Implementation>> = {
  query: (args, context) => runQuery(textAt(args, 0), context),
  first: firstOf,
  label: (args) => stringOf(labelOf(rowAt(args, 1), textAt(args, 0))),
  value: (args) => rowAt(args, 0).get("Value"),
  strvalue: (args) => stringOf(labelOf(rowAt(args, 0), "__value__")),
  sortByLabel: (args) => sorted(textAt(args, 0), args[1]),
  args: packed,
  humanize: ofNumber(humanize),
  humanize1024: ofNumber(humanize1024),
  humanizeDuration: ofNumber(humanizeDuration),
  humanizePercentage: ofNumber(humanizePercentage),
  humanizeTimestamp: ofNumber(humanizeTimestamp),
  toTime: (args) => pointerTo(types.timePointer, timeOf(toTime(numberOf(args[0])))),
  toDuration: (args) => pointerTo(types.durationPointer, intOf(toDuration(numberOf(args[0])), types.duration)),
  now: (_, { world }) => floatOf(world.now),
  parseDuration: (args) => floatOf(parseDuration(textAt(args, 0))),
  title: ofText(titleText),
  toUpper: ofText(toUpper),
  toLower: ofText(toLower),
  match: (args) => boolOf(matches(textAt(args, 0), textAt(args, 1))),
  reReplaceAll: (args) => stringOf(replaceAll(textAt(args, 0), textAt(args, 1), textAt(args, 2))),
  stripPort: ofText(stripPort),
  stripDomain: ofText(stripDomain),
  graphLink: ofText(link(0)),
  tableLink: ofText(link(1)),
  urlQueryEscape: ofText(queryEscape),
  pathPrefix: (_, { externalURL }) => stringOf(pathOf(externalURL)),
  externalURL: (_, { externalURL }) => stringOf(urlText(externalURL)),
  safeHtml: (args) => stringOf(textAt(args, 0), types.html),
  not: (args) => boolOf(!isTrue(args[0])),
  eq: ([first, ...others]) => boolOf(equalsAny(first, others)),
  ne: comparing((first, second) => !equalsAny(first, [second])),
  lt: comparing(isLess),
  le: comparing(isLessOrEqual),
  gt: comparing((first, second) => !isLessOrEqual(first, second)),
  ge: comparing((first, second) => !isLess(first, second)),
  len: (args) => intOf(lengthOrFail(args[0])),
  index: ([container, ...keys]) => entryOf(container, keys),
  slice: ([container, ...bounds]) => partOf(container, bounds),
  print: (args) => stringOf(sprint(args)),
  println: (args) => stringOf(sprintln(args)),
  printf: ([format, ...args]) => stringOf(sprintf(textAt([format], 0), args)),
  html: escaper(htmlEscape),
  js: escaper(jsEscape),
  urlquery: escaper(queryEscape),
};
