// The facade: everything that can be asked of a document, for servers and command lines. Text in, plain data out;
// it knows no protocol and no disk, keeps nothing between calls but caches, and never throws because of a text.
import { describeRow } from "../catalog/describe.ts";
import { rowOf } from "../catalog/metrics.ts";
import type { Edit } from "../edits.ts";
import type { Range } from "../ranges.ts";
import type {
  Completion,
  DocumentLink,
  DocumentSymbol,
  Fold,
  Hover,
  InlayHint,
  Lens,
  Place,
  Signature,
  Token,
} from "./answers.ts";
import type { CheckContext } from "./check.ts";
import { type CheckService, checkService } from "./checkService.ts";
import type { Document } from "./document.ts";
import { codeActions, type Offer } from "./features/codeActions.ts";
import { codeLenses } from "./features/codeLens.ts";
import { completion } from "./features/completion.ts";
import { definition } from "./features/definition.ts";
import { folding } from "./features/folding.ts";
import { formatting } from "./features/format.ts";
import { hover } from "./features/hover.ts";
import { inlayHints } from "./features/inlayHints.ts";
import { documentLinks } from "./features/links.ts";
import { highlights, references } from "./features/references.ts";
import { type FileEdits, rename, renameable } from "./features/rename.ts";
import { selectionRanges } from "./features/selection.ts";
import { semanticTokens } from "./features/semanticTokens.ts";
import { signatureHelp } from "./features/signatureHelp.ts";
import { documentSymbols, type WorkspaceSymbol, workspaceSymbols } from "./features/symbols.ts";
import type { Finding } from "./finding.ts";
import type { Workspace } from "./workspace.ts";

/** All offsets are UTF-16 units of the document's text. */
export type LanguageService = CheckService & {
  /** Fixes of the findings that the range touches, and comments that turn their checks off. */
  readonly codeActions: (document: Document, findings: readonly Finding[], range: Range) => readonly Offer[];
  /** Proposals for what is being typed at `offset`, unfiltered. */
  readonly completion: (document: Document, offset: number, context: CheckContext) => readonly Completion[];
  /** Documentation of a proposal's `resolve`, as Markdown. */
  readonly describe: (row: string, context: CheckContext) => string | undefined;
  readonly hover: (document: Document, offset: number, context: CheckContext) => Hover | undefined;
  readonly signatureHelp: (document: Document, offset: number, context: CheckContext) => Signature | undefined;
  /** Where the recording rule, alert or scrape job at `offset` is defined. */
  readonly definition: (document: Document, offset: number, workspace: Workspace) => readonly Place[];
  readonly references: (
    document: Document,
    offset: number,
    workspace: Workspace,
    definitions: boolean,
  ) => readonly Place[];
  readonly highlights: (document: Document, offset: number, workspace: Workspace) => readonly Range[];
  readonly renameable: (document: Document, offset: number, workspace: Workspace) => Range | undefined;
  readonly rename: (
    document: Document,
    offset: number,
    to: string,
    workspace: Workspace,
    textOf: (uri: string) => string | undefined,
  ) => readonly FileEdits[] | { readonly refused: string };
  readonly documentSymbols: (document: Document) => readonly DocumentSymbol[];
  readonly workspaceSymbols: (query: string, workspace: Workspace) => readonly WorkspaceSymbol[];
  readonly folding: (document: Document) => readonly Fold[];
  /** Innermost first. */
  readonly selectionRanges: (document: Document, offset: number, context: CheckContext) => readonly Range[];
  readonly documentLinks: (document: Document, workspace: Workspace) => readonly DocumentLink[];
  readonly formatting: (document: Document, context: CheckContext, range?: Range) => readonly Edit[];
  readonly semanticTokens: (document: Document, context: CheckContext, range?: Range) => readonly Token[];
  readonly inlayHints: (document: Document, range: Range, context: CheckContext) => readonly InlayHint[];
  readonly codeLenses: (document: Document, workspace: Workspace) => readonly Lens[];
};

const describe: LanguageService["describe"] = (id, { dkronVersion }) => {
  const row = rowOf(id);
  return row && describeRow(row, dkronVersion);
};

export const languageService: LanguageService = {
  ...checkService,
  codeActions,
  completion,
  describe,
  hover,
  signatureHelp,
  definition,
  references,
  highlights,
  renameable,
  rename,
  documentSymbols,
  workspaceSymbols,
  folding,
  selectionRanges,
  documentLinks,
  formatting,
  semanticTokens,
  inlayHints,
  codeLenses,
};
