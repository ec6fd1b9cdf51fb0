// Lines that would be keys or entries but for a colon or a blank, and the fix. Judges nothing.
import type { Edit } from "../../../../edits.ts";
import type { Range } from "../../../../ranges.ts";
import type { Fix } from "../../../finding.ts";

/** `behind`: what follows the colon at once, where only the blank is missing. */
export type IsKey = (name: string, behind?: string) => boolean;

/** `scrape_interval 15s` or `scrape_interval:15s`, one on each line, or a lonely key above the entries of its list. */
export function colonFix(text: string, { start, end }: Range, isKey: IsKey): Fix | undefined {
  const edits: Edit[] = [];
  let title = "";
  let isAboveList = false;
  let at = start;
  for (const line of text.slice(start, end).split("\n")) {
    const isEntry: boolean = isAboveList && /^[ \t]*- /.test(line);
    const key: KeyLine | undefined = isEntry ? undefined : keyOn(line, at, isKey);
    if (!isEntry && !key) return undefined;
    if (key) {
      edits.push(key.edit);
      title = key.title;
      isAboveList = key.isLonely;
    }
    at += line.length + 1;
  }
  return { title: edits.length > 1 ? "Write each key with `: `" : title, safe: true, edits };
}

type KeyLine = { readonly edit: Edit; readonly title: string; readonly isLonely: boolean };

function keyOn(line: string, at: number, isKey: IsKey): KeyLine | undefined {
  const written = /^([ \t]*)(\w+)(:(?!\/\/)\S.*| +[^\s#].*)?$/.exec(line.replace(/[ \t]#.*$/, "").trimEnd());
  const [, blanks = "", name = "", rest = ""] = written ?? [];
  const isTight = rest.startsWith(":");
  if (!written || !(isTight ? isKey(name, rest.slice(1)) : isKey(name))) return undefined;
  const place = at + blanks.length + name.length + (isTight ? 1 : 0);
  const edit = { range: { start: place, end: place }, text: isTight ? " " : ":" };
  const to = rest === "" ? `${name}:` : `${name}: ${rest.replace(/^[: ]+/, "")}`;
  return { edit, title: `Write ${to}`, isLonely: rest === "" };
}

/** `-targets`, of each entry that lacks the blank. */
export function dashFix(starts: readonly number[]): Fix {
  const edits = starts.map((start): Edit => ({ range: { start: start + 1, end: start + 1 }, text: " " }));
  return { title: "Put a blank behind the dash", safe: true, edits };
}
