// Renames a recording rule, an alert or a scrape job everywhere in the workspace. Refuses names that cannot be written.
import type { Edit } from "../../edits.ts";
import type { Range } from "../../ranges.ts";
import type { Document } from "../document.ts";
import { type Name, nameAt, placesOf } from "../names.ts";
import type { Workspace } from "../workspace.ts";

/** What would be renamed, or undefined where nothing can be. Quotes of YAML are no part of the name. */
export function renameable(document: Document, offset: number, workspace: Workspace): Range | undefined {
  const name = nameAt(workspace, document.uri, offset);
  return name && bare(document.text, name);
}

const shapes: Readonly<Record<Name["of"], { readonly pattern: RegExp; readonly says: string }>> = {
  metric: {
    pattern: /^[a-zA-Z_:][\w:]*$/,
    says: "The name of a recording rule is made of letters, digits, `_` and `:`, and begins with no digit.",
  },
  alert: {
    pattern: /^[^\s"'#:{}[\],&*!|>%@`][^"'#\n]*$/,
    says: "Write the alert's name without quotes, `#` and line breaks.",
  },
  job: {
    pattern: /^[^\s"'#:{}[\],&*!|>%@`][^"'#\n]*$/,
    says: "Write the job's name without quotes, `#` and line breaks.",
  },
};

export type FileEdits = { readonly uri: string; readonly edits: readonly Edit[] };

/**
 * Edits by file, or the reason why there can be none. `textOf` gives the text of a file of the workspace that is open;
 * of others the places are taken as the facts have them.
 */
export function rename(
  document: Document,
  offset: number,
  to: string,
  workspace: Workspace,
  textOf: (uri: string) => string | undefined,
): readonly FileEdits[] | { readonly refused: string } {
  const name = nameAt(workspace, document.uri, offset);
  if (!name) return { refused: "Only recording rules, alerts and scrape jobs of this workspace can be renamed." };
  const { pattern, says } = shapes[name.of];
  if (!pattern.test(to) || to.trim() !== to) return { refused: says };
  const byFile = new Map<string, Edit[]>();
  for (const { uri, range } of placesOf(workspace, name)) {
    const text = textOf(uri);
    const place = text === undefined ? unquoted(range, name.name) : bare(text, { ...name, range });
    byFile.set(uri, [...(byFile.get(uri) ?? []), { range: place, text: to }]);
  }
  return [...byFile].map(([uri, edits]) => ({ uri, edits }));
}

function bare(text: string, { range }: Name): Range {
  const quoted = /^["']/.test(text.charAt(range.start)) && text.charAt(range.end - 1) === text.charAt(range.start);
  return quoted ? { start: range.start + 1, end: range.end - 1 } : range;
}

/** A scalar that is two units longer than its value stands in quotes. */
function unquoted(range: Range, name: string): Range {
  return range.end - range.start === name.length + 2 ? { start: range.start + 1, end: range.end - 1 } : range;
}
