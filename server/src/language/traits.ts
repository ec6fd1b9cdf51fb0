// What a rule can have that checks look for, by names. Knows no rule.

/** A bit for each, so that a check's needs are held against a rule in one step. */
export const bits = {
  alert: 1 << 0,
  /** `for` or `keep_firing_for`. */
  duration: 1 << 1,
  expression: 1 << 2,
  /** An expression that Prometheus takes. */
  "valid expression": 1 << 3,
  "invalid expression": 1 << 4,
  /** A metric that the catalogue knows. */
  "known metric": 1 << 5,
  /** A name like Dkron's that neither an agent nor a recording rule makes. */
  "strange name": 1 << 6,
  /** One of either. */
  "Dkron name": 1 << 7,
  /** A comparison with a constant. */
  limit: 1 << 8,
  call: 1 << 9,
  aggregation: 1 << 10,
  "call or aggregation": 1 << 11,
  operator: 1 << 12,
  /** An operator that does not compare with a constant. */
  "operator but limit": 1 << 13,
  /** `by`, `without` or `group_left`. */
  "kept labels": 1 << 14,
  /** `=~` or `!~`. */
  pattern: 1 << 15,
  /** More than one in a selector. */
  "several matchers": 1 << 16,
  /** A text with an action in it. */
  template: 1 << 17,
  "label in template": 1 << 18,
  "value in template": 1 << 19,
  "query in template": 1 << 20,
  "problem in template": 1 << 21,
} as const;

export type Trait = keyof typeof bits;

/** Whether a rule with these traits has all that is needed. */
export function hasAll(traits: number, needs: readonly Trait[] | undefined): boolean {
  return needs === undefined || needs.every((trait) => (traits & bits[trait]) !== 0);
}
