// What a rule can have that checks look for, by names. Knows no rule.

const names = [
  "alert",
  // `for` or `keep_firing_for`.
  "duration",
  "expression",
  // An expression that Prometheus takes.
  "valid expression",
  "invalid expression",
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
  // One of either.
  "Dkron name",
  // A comparison with a constant.
  "limit",
  "call",
  "aggregation",
  "call or aggregation",
  "operator",
  // One that does not compare with a constant.
  "operator but limit",
  // `by`, `without` or `group_left`.
  "kept labels",
  "matcher",
  // More than one in a selector.
  "several matchers",
  // `=~` or `!~`.
  "pattern",
  // A text with an action in it.
  "template",
  "label in template",
  "value in template",
  "query in template",
  "problem in template",
] as const;

export type Trait = (typeof names)[number];

/** A bit for each, so that a check's needs are held against a rule in one step; bits there are 31. */
export const bits = Object.fromEntries(names.map((name, index) => [name, 1 << index])) as Readonly<
  Record<Trait, number>
>;

/** Whether a rule with these traits has all that is needed. */
export function hasAll(traits: number, needs: readonly Trait[] | undefined): boolean {
  return needs === undefined || needs.every((trait) => (traits & bits[trait]) !== 0);
}
