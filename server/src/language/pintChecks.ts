// Which of our checks a check of pint stands for, so that files that pint checks need no second set of comments.

/** pint's names (docs/checks of 0.87) and what says the same here. */
export const pintTable: Readonly<Record<string, readonly string[]>> = {
  "alerts/absent": ["alert/absent-for", "kind/absent-expiring"],
  "alerts/annotation": ["alert/no-summary"],
  "alerts/comparison": ["alert/no-condition", "alert/never", "alert/dead", "alert/bool"],
  "alerts/for": ["alert/no-for", "alert/zero-for", "alert/short-for", "structure/duration"],
  "alerts/template": ["template/*"],
  "group/interval": ["alert/long-interval"],
  "promql/counter": ["kind/raw-counter"],
  "promql/fragile": ["alert/fragile", "alert/ratio-without-for"],
  "promql/impossible": ["alert/dead", "alert/never", "alert/same-labels", "label/gone"],
  "promql/nan": ["alert/division"],
  "promql/rate": ["kind/rate-of-gauge", "kind/rate-of-sum", "kind/short-range"],
  "promql/regexp": ["regexp/*"],
  "promql/series": ["metric/*", "label/*"],
  "promql/syntax": ["promql/syntax"],
  "promql/vector_matching": ["alert/many-to-many", "alert/dead"],
  "rule/duplicate": ["alert/duplicate"],
  "rule/for": ["alert/no-for", "alert/zero-for", "alert/short-for"],
  "rule/label": ["alert/no-severity"],
  "rule/name": ["alert/name-case"],
  "yaml/parse": ["yaml/*", "structure/*"],
};

/** Ids behind `disable NAME` or `snooze TIME NAME`; a snooze that is over turns nothing off. `now` in milliseconds. */
export function pintChecks(verb: string, rest: string, now = Date.now()): readonly string[] {
  const words = rest.trim().split(/\s+/);
  if (verb.endsWith("snooze")) {
    const until = Date.parse(words.shift() ?? "");
    if (!(until > now)) return [];
  }
  const name = (words[0] ?? "").replace(/\(.*$/, "");
  return pintTable[name] ?? [];
}
