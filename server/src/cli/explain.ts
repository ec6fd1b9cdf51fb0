// What can be told of checks without a file: their list, and the page of one. Knows no finding.
import { readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { distance } from "fastest-levenshtein";
import { allChecks } from "../language/rules/index.ts";
import type { Terminal } from "./verb.ts";

/** Where packages have the pages: beside the folder of the bundle that runs. */
function pagesFolder(): string {
  return join(dirname(realpathSync(process.argv[1] ?? ".")), "../server/docs/rules");
}

/** Prints a check's page; 2 where there is no such check. */
export function explain(id: string, terminal: Terminal, folder = pagesFolder()): number {
  if (!allChecks.some((check) => check.id === id)) {
    const [best] = allChecks
      .map((check) => ({ id: check.id, far: distance(check.id, id) }))
      .sort((a, b) => a.far - b.far);
    const meant = best && best.far <= Math.max(2, id.length / 3) ? `; did you mean ${best.id}?` : "; see --list-checks";
    terminal.err(`dkron-metrics check: there is no check "${id}"${meant}\n`);
    return 2;
  }
  terminal.out(readFileSync(join(folder, `${id}.md`), "utf8"));
  return 0;
}

/** One line a check, or with `json` an array of `{id, level, title}`. */
export function listChecks(json: boolean, terminal: Terminal): number {
  const rows = allChecks.map(({ id, level, title }) => ({ id, level, title })).sort((a, b) => (a.id < b.id ? -1 : 1));
  const width = Math.max(...rows.map(({ id }) => id.length));
  const lines = rows.map(({ id, level, title }) => `${id.padEnd(width)}  ${level.padEnd(11)}  ${title}\n`);
  terminal.out(json ? `${JSON.stringify(rows, null, 2)}\n` : lines.join(""));
  return 0;
}
