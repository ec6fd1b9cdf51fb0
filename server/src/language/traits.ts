// What a rule can have that checks look for, by names. Knows no rule.

const names = [
  "alert",
  // `for` or `keep_firing_for`.
  "duration",
  // An expression that Prometheus takes, or does not; one that is empty is neither.
  "valid expression",
  "invalid expression",
  "empty expression",
  // Metrics that the catalogue knows: any, those that only grow, and so on.
  "known metric",
  "known counter",
  "known gauge",
  "known summary",
  // Of which every server counts the same.
  "metric of every server",
  // That is gone when it was not written for a minute.
  "expiring metric",
  // Of which the catalogue has something to tell: nothing writes it, another program does, its value says nothing.
  "peculiar metric",
  // A name like Dkron's that neither an agent nor a recording rule makes.
  "strange name",
  // A comparison with a constant.
  "limit",
  "call",
  // `absent()`, or one of buckets such as `histogram_quantile()`.
  "absent",
  "histogram call",
  "aggregation",
  "operator",
  // One that does not compare with a constant.
  "operator but limit",
  "bool",
  // `by`, `without` or `group_left`.
  "kept labels",
  "matcher",
  // More than one in a selector.
  "several matchers",
  // `=~` or `!~`.
  "pattern",
  // A matcher of the label `quantile`.
  "quantile",
  // A text with an action in it.
  "template",
  "template in label",
  "label in template",
  "value in template",
  "query in template",
  "problem in template",
] as const;

type Name = (typeof names)[number];

/** One of several. */
const either = {
  expression: ["valid expression", "invalid expression", "empty expression"],
  "Dkron name": ["known metric", "strange name"],
  "call or aggregation": ["call", "aggregation"],
  quantiles: ["known summary", "quantile"],
  "bucket of Dkron": ["strange name", "histogram call"],
} as const satisfies Readonly<Record<string, readonly Name[]>>;

export type Trait = Name | keyof typeof either;

/** A bit for each, so that a check's needs are held against a rule in one step; there are 32. */
const own = Object.fromEntries(names.map((name, index) => [name, 1 << index])) as Readonly<Record<Name, number>>;

const ofEither = Object.entries(either).map(([name, some]) => [name, some.reduce((bits, one) => bits | own[one], 0)]);

/** The bit of each trait; of one that is one of several, all of theirs. */
export const bits: Readonly<Record<Trait, number>> = { ...own, ...Object.fromEntries(ofEither) };

/** The bits of each trait that is needed. */
export function bitsOf(needs: readonly Trait[] | undefined): readonly number[] {
  return needs?.map((trait) => bits[trait]) ?? [];
}

/** Whether a rule with these traits has one of the bits of each need. */
export function hasAll(traits: number, needs: readonly number[]): boolean {
  for (let i = 0; i < needs.length; i++) if ((traits & (needs[i] as number)) === 0) return false;
  return true;
}
