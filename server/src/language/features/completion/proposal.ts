// A proposal before it has a place, and how it is written into the style of the YAML around it. Knows no language.
import type { Edit } from "../../../edits.ts";
import type { Range } from "../../../ranges.ts";
import type { Completion } from "../../answers.ts";
import type { Embedded } from "../../embedded.ts";

/** `insert` is a snippet where `snippet` says so. */
export type Proposal = Omit<Completion, "edit" | "also"> & { readonly insert: string };

/** Text that stays itself in a snippet. */
export function literal(text: string): string {
  return text.replace(/[\\$}]/g, "\\$&");
}

/** The proposals in place of `range` of the embedded text. `swapQuotes`: the language takes `'` for `"`, as PromQL does. */
export function placeAll(
  proposals: readonly Proposal[],
  range: Range,
  embedded: Embedded,
  file: string,
  swapQuotes: boolean,
): Completion[] {
  const at = embedded.place(range);
  const lead = at.start === at.end && file.charAt(at.start - 1) === ":" ? " " : "";
  return proposals.map((proposal) => {
    const { insert } = proposal;
    const opens = embedded.style === "plain" && at.start === embedded.range.start && insert.startsWith("{");
    if (opens) return { ...proposal, ...quoted(lead, insert, at, embedded, file) };
    return { ...proposal, edit: { range: at, text: lead + inStyle(insert, embedded, swapQuotes) } };
  });
}

function inStyle(text: string, { style }: Embedded, swapQuotes: boolean): string {
  if (style === "single") return text.replaceAll("'", "''");
  if (style !== "double") return text;
  return swapQuotes ? text.replaceAll('"', "'") : text.replaceAll('"', '\\"');
}

/** A plain scalar cannot begin with a brace: quotes go around what is there. */
function quoted(
  lead: string,
  insert: string,
  at: Range,
  { range }: Embedded,
  file: string,
): Pick<Completion, "edit" | "also"> {
  const rest = file.slice(at.end, range.end);
  const body = insert.replaceAll("'", "''");
  if (rest.trim() === "") return { edit: { range: at, text: `${lead}'${body}'` } };
  const doubled = [...rest.matchAll(/'/g)].map((match) => ({ start: at.end + match.index, end: at.end + match.index }));
  const end = at.end + rest.trimEnd().length;
  const also: Edit[] = [
    ...doubled.map((place) => ({ range: place, text: "'" })),
    { range: { start: end, end }, text: "'" },
  ];
  return { edit: { range: at, text: `${lead}'${body}` }, also };
}
