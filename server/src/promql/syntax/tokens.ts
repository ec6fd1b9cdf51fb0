// The kinds of PromQL tokens and what each may stand for. Tables only; knows no text.

/** Numbers, not strings: the parser compares a kind at every step. The order groups them as Prometheus' messages do. */
export const EOF = 0;
export const ERROR = 1;
export const IDENTIFIER = 2;
export const METRIC_IDENTIFIER = 3;
export const NUMBER = 4;
export const DURATION = 5;
export const STRING = 6;
export const LEFT_PAREN = 7;
export const RIGHT_PAREN = 8;
export const LEFT_BRACE = 9;
export const RIGHT_BRACE = 10;
export const LEFT_BRACKET = 11;
export const RIGHT_BRACKET = 12;
export const COMMA = 13;
export const COLON = 14;
export const EQL = 15;

export const FIRST_OPERATOR = 16;
export const EQL_REGEX = 16;
export const NEQ_REGEX = 17;
export const AT = 18;
export const LOR = 19;
export const LAND = 20;
export const LUNLESS = 21;
export const EQLC = 22;
export const NEQ = 23;
export const GTR = 24;
export const GTE = 25;
export const LSS = 26;
export const LTE = 27;
export const TRIM_UPPER = 28;
export const TRIM_LOWER = 29;
export const ADD = 30;
export const SUB = 31;
export const MUL = 32;
export const DIV = 33;
export const MOD = 34;
export const ATAN2 = 35;
export const POW = 36;

export const FIRST_AGGREGATOR = 37;
export const AVG = 37;
export const BOTTOMK = 38;
export const COUNT = 39;
export const COUNT_VALUES = 40;
export const GROUP = 41;
export const LIMIT_RATIO = 42;
export const LIMITK = 43;
export const MAX = 44;
export const MIN = 45;
export const QUANTILE = 46;
export const STDDEV = 47;
export const STDVAR = 48;
export const SUM = 49;
export const TOPK = 50;

export const FIRST_KEYWORD = 51;
export const ANCHORED = 51;
export const BOOL = 52;
export const BY = 53;
export const FILL = 54;
export const FILL_LEFT = 55;
export const FILL_RIGHT = 56;
export const GROUP_LEFT = 57;
export const GROUP_RIGHT = 58;
export const IGNORING = 59;
export const OFFSET = 60;
export const ON = 61;
export const SMOOTHED = 62;
export const WITHOUT = 63;

export const FIRST_PREPROCESSOR = 64;
export const START = 64;
export const END = 65;
export const STEP = 66;
export const RANGE = 67;
export const MAX_OF = 68;
export const MIN_OF = 69;

/** No token has been read yet. */
export const UNREAD = 70;
const KINDS = 71;

/** Words that the lexer does not leave as identifiers, in lower case; case does not count. */
export const keywords: ReadonlyMap<string, number> = new Map([
  ["and", LAND],
  ["or", LOR],
  ["unless", LUNLESS],
  ["atan2", ATAN2],
  ["sum", SUM],
  ["avg", AVG],
  ["count", COUNT],
  ["min", MIN],
  ["max", MAX],
  ["group", GROUP],
  ["stddev", STDDEV],
  ["stdvar", STDVAR],
  ["topk", TOPK],
  ["bottomk", BOTTOMK],
  ["count_values", COUNT_VALUES],
  ["quantile", QUANTILE],
  ["limitk", LIMITK],
  ["limit_ratio", LIMIT_RATIO],
  ["offset", OFFSET],
  ["smoothed", SMOOTHED],
  ["anchored", ANCHORED],
  ["by", BY],
  ["without", WITHOUT],
  ["on", ON],
  ["ignoring", IGNORING],
  ["group_left", GROUP_LEFT],
  ["group_right", GROUP_RIGHT],
  ["fill", FILL],
  ["fill_left", FILL_LEFT],
  ["fill_right", FILL_RIGHT],
  ["bool", BOOL],
  ["start", START],
  ["end", END],
  ["step", STEP],
  ["range", RANGE],
  ["max_of", MAX_OF],
  ["min_of", MIN_OF],
  ["inf", NUMBER],
  ["nan", NUMBER],
]);

const METRIC_NAME = 1;
const LABEL_NAME = 2;
const EXPRESSION_START = 4;

/** What a kind may be besides itself: a metric's name, a label in a grouping, the first token of an expression. */
const roles = new Uint8Array(KINDS);

function give(role: number, kinds: Iterable<number>): void {
  for (const kind of kinds) roles[kind] = (roles[kind] ?? 0) | role;
}

const words = new Set(keywords.values());
words.delete(NUMBER);
const notMetricNames = new Set([ATAN2, BOOL, ON, IGNORING, GROUP_LEFT, GROUP_RIGHT]);
const metricNames = [IDENTIFIER, METRIC_IDENTIFIER, ...[...words].filter((kind) => !notMetricNames.has(kind))];
give(METRIC_NAME, metricNames);
// `without` is the one word that no grouping takes as a label, and so stays a mistake there as in Prometheus.
give(LABEL_NAME, [IDENTIFIER, METRIC_IDENTIFIER, ...[...words].filter((kind) => kind !== WITHOUT)]);
give(EXPRESSION_START, [...metricNames, NUMBER, DURATION, STRING, LEFT_PAREN, LEFT_BRACE, ADD, SUB]);

export function mayNameMetric(kind: number): boolean {
  return ((roles[kind] ?? 0) & METRIC_NAME) !== 0;
}

export function mayNameLabel(kind: number): boolean {
  return ((roles[kind] ?? 0) & LABEL_NAME) !== 0;
}

export function startsExpression(kind: number): boolean {
  return ((roles[kind] ?? 0) & EXPRESSION_START) !== 0;
}

export function isAggregator(kind: number): boolean {
  return kind >= FIRST_AGGREGATOR && kind < FIRST_KEYWORD;
}

/** Binding power of binary operators, loosest 1; 0 is no binary operator. */
export const precedence = new Uint8Array(KINDS);
for (const [power, kinds] of [
  [1, [LOR]],
  [2, [LAND, LUNLESS]],
  [3, [EQLC, NEQ, GTR, GTE, LSS, LTE, TRIM_UPPER, TRIM_LOWER]],
  [4, [ADD, SUB]],
  [5, [MUL, DIV, MOD, ATAN2]],
  [6, [POW]],
] as const) {
  for (const kind of kinds) precedence[kind] = power;
}
