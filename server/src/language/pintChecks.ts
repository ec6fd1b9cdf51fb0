// Which of our checks a check of pint stands for, so that files that pint checks need no second set of comments.

/** pint's names (docs/checks of 0.87) and what says the same here. */
const table: Readonly<Record<string, readonly string[]>> = {
  "alerts/template": ["template/*"],
  "promql/regexp": ["regexp/*"],
  "promql/counter": ["kind/*"],
  "promql/rate": ["kind/*"],
  "promql/series": ["metric/*", "label/*"],
  "promql/syntax": ["promql/syntax"],
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
  return table[name] ?? [];
}
