// The part of the facade that finds and mends, for command lines: they start without what only editors ask for.
import type { Edit } from "../edits.ts";
import type { CheckContext } from "./check.ts";
import type { Document } from "./document.ts";
import { facts } from "./facts.ts";
import { fixAll } from "./features/codeActions.ts";
import { diagnostics } from "./features/diagnostics.ts";
import type { Finding } from "./finding.ts";
import { asNamed } from "./scrapeFiles.ts";
import type { FileFacts, Workspace } from "./workspace.ts";

export type CheckService = {
  /** What the file says that others may want to know; `undefined` for kinds that say nothing. */
  readonly facts: (document: Document) => FileFacts | undefined;
  /** The file as what another file of the workspace says that it is; itself where none does. */
  readonly asNamed: (document: Document, workspace: Workspace) => Document;
  /** Findings of all checks, in the order of the text. */
  readonly diagnostics: (document: Document, context: CheckContext) => readonly Finding[];
  /** Edits that apply all safe fixes at once. */
  readonly fixAll: (findings: readonly Finding[]) => readonly Edit[];
};

export const checkService: CheckService = { facts, asNamed, diagnostics, fixAll };
