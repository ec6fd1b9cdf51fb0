// Lines that would be keys or entries but for a colon or a blank, and the fix. Judges nothing.
import type { Edit } from "../../../../edits.ts";
import type { Range } from "../../../../ranges.ts";
import type { Fix } from "../../../finding.ts";

type IsKey = (name: string) => boolean;

/** `scrape_interval 15s` or `scrape_interval:15s`, one on each line. */
export function colonFix(text: string, { start, end }: Range, isKey: IsKey): Fix | undefined {
  const edits: Edit[] = [];
  let title = "Write each key with `: `";
  let at = start;
  for (const line of text.slice(start, end).split("\n")) {
    const [, blanks = "", name = "", rest = ""] = /^([ \t]*)(\w+)(:\S.*| +\S.*)?\r?$/.exec(line) ?? [];
    if (!isKey(name)) return undefined;
    const isColon = rest.startsWith(":");
    const place = at + blanks.length + name.length + (isColon ? 1 : 0);
    edits.push({ range: { start: place, end: place }, text: isColon ? " " : ":" });
    if (line.length === end - start) title = `Write ${`${name}: ${rest.slice(isColon ? 1 : 0).trim()}`.trim()}`;
    at += line.length + 1;
  }
  return { title, safe: true, edits };
}

/** `-targets`, of each entry that lacks the blank. */
export function dashFix(starts: readonly number[]): Fix {
  const edits = starts.map((start): Edit => ({ range: { start: start + 1, end: start + 1 }, text: " " }));
  return { title: "Put a blank behind the dash", safe: true, edits };
}
