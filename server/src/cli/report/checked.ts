// One file with what was found in it: what every format of the command line is given.
import type { Document } from "../../language/document.ts";
import type { Finding } from "../../language/finding.ts";
import type { Terminal } from "../verb.ts";

/** `file` as the user named it. */
export type Checked = { readonly file: string; readonly document: Document; readonly findings: readonly Finding[] };

/** The whole output of a run as one text. */
export type Format = (checked: readonly Checked[], terminal: Terminal) => string;

/** Where the page of a check is read. */
export function href(code: string): string {
  return `https://github.com/dkron-metrics/dkron-metrics/blob/main/server/docs/rules/${code}.md`;
}
