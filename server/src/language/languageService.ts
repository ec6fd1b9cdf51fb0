// The facade: everything that can be asked of a document, for servers and command lines. Text in, plain data out;
// it knows no protocol and no disk, keeps nothing between calls but caches, and never throws because of a text.
import { describeRow } from "../catalog/describe.ts";
import { rowOf } from "../catalog/metrics.ts";
import type { Edit } from "../edits.ts";
import type { Range } from "../ranges.ts";
import type { Completion, Hover } from "./answers.ts";
import type { CheckContext } from "./check.ts";
import type { Document } from "./document.ts";
import { facts } from "./facts.ts";
import { codeActions, fixAll, type Offer } from "./features/codeActions.ts";
import { completion } from "./features/completion.ts";
import { diagnostics } from "./features/diagnostics.ts";
import { hover } from "./features/hover.ts";
import type { Finding } from "./finding.ts";
import type { FileFacts } from "./workspace.ts";

/** All offsets are UTF-16 units of the document's text. */
export type LanguageService = {
  /** What the file says that others may want to know; `undefined` for kinds that say nothing. */
  readonly facts: (document: Document) => FileFacts | undefined;
  /** Findings of all checks, in the order of the text. */
  readonly diagnostics: (document: Document, context: CheckContext) => readonly Finding[];
  /** Fixes of the findings that the range touches, and comments that turn their checks off. */
  readonly codeActions: (document: Document, findings: readonly Finding[], range: Range) => readonly Offer[];
  /** Edits that apply all safe fixes at once. */
  readonly fixAll: (findings: readonly Finding[]) => readonly Edit[];
  /** Proposals for what is being typed at `offset`, unfiltered. */
  readonly completion: (document: Document, offset: number, context: CheckContext) => readonly Completion[];
  /** Documentation of a proposal's `resolve`, as Markdown. */
  readonly describe: (row: string, context: CheckContext) => string | undefined;
  readonly hover: (document: Document, offset: number, context: CheckContext) => Hover | undefined;
};

const describe: LanguageService["describe"] = (id, { dkronVersion }) => {
  const row = rowOf(id);
  return row && describeRow(row, dkronVersion);
};

export const languageService: LanguageService = {
  facts,
  diagnostics,
  codeActions,
  fixAll,
  completion,
  describe,
  hover,
};
