// Lines above recording rules and scrape jobs that say how often they are used in the workspace.
import type { Lens } from "../answers.ts";
import type { Document } from "../document.ts";
import type { Definition, Use, Workspace } from "../workspace.ts";

export function codeLenses({ uri }: Document, workspace: Workspace): readonly Lens[] {
  const own = workspace.files.find((file) => file.uri === uri);
  if (!own) return [];
  const counts = countUses(workspace);
  const lenses = (list: readonly Definition[], of: Use["of"], what: string): Lens[] =>
    list.map(({ name, range }) => ({ range, title: title(counts.get(`${of} ${name}`) ?? 0, what) }));
  return [
    ...lenses(own.recordings(), "metric", "this recording rule"),
    ...lenses(own.scrapeJobs, "job", "this scrape job"),
  ];
}

function countUses({ files }: Workspace): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { uses } of files)
    for (const { of, name } of uses()) counts.set(`${of} ${name}`, (counts.get(`${of} ${name}`) ?? 0) + 1);
  return counts;
}

function title(count: number, what: string): string {
  if (count === 0) return `No expression uses ${what}`;
  return `${count} ${count === 1 ? "expression uses" : "expressions use"} ${what}`;
}
