// What features answer, as plain data in offsets: completions, hovers, symbols, places. Knows no protocol.
import type { Edit } from "../edits.ts";
import type { Range } from "../ranges.ts";

export type CompletionKind =
  | "metric"
  | "function"
  | "keyword"
  | "operator"
  | "label"
  | "value"
  | "key"
  | "snippet"
  | "variable"
  | "duration"
  | "file";

/** One proposal. `edit.text` is a snippet (`$1`, `${1:name}`) if `snippet`; `documentation` is Markdown. */
export type Completion = {
  readonly label: string;
  readonly kind: CompletionKind;
  readonly edit: Edit;
  /** Edits elsewhere that go with it; they touch nothing of `edit`'s range. */
  readonly also?: readonly Edit[];
  readonly snippet?: boolean;
  readonly detail?: string;
  readonly documentation?: string;
  /** Row of the catalogue that the documentation is to be taken from once somebody looks at the proposal. */
  readonly resolve?: string;
  /** What typed text is held against; the label where absent. */
  readonly filter?: string;
  /** Order among the proposals, as text. */
  readonly sort?: string;
  readonly deprecated?: boolean;
};

/** Markdown about what stands at `range`. */
export type Hover = { readonly range: Range; readonly markdown: string };

export type SymbolKind = "group" | "alert" | "record" | "job" | "key";

/** An entry of the outline. `range` holds `selection`, the name. */
export type DocumentSymbol = {
  readonly name: string;
  readonly detail?: string;
  readonly kind: SymbolKind;
  readonly range: Range;
  readonly selection: Range;
  readonly children: readonly DocumentSymbol[];
};

/** A place in any file. */
export type Place = { readonly uri: string; readonly range: Range };

/** The call around the cursor; `active` is the index of the argument that the cursor is in. */
export type Signature = {
  readonly label: string;
  readonly documentation: string;
  readonly parameters: readonly string[];
  readonly active: number;
};

export type InlayHint = { readonly offset: number; readonly text: string; readonly tooltip?: string };

/** A run of coloured text; `type` is one of `tokenTypes`. */
export type Token = { readonly range: Range; readonly type: TokenType };

export const tokenTypes = [
  "metric",
  "label",
  "function",
  "keyword",
  "operator",
  "string",
  "number",
  "comment",
  "variable",
] as const;
export type TokenType = (typeof tokenTypes)[number];

/** Lines from `start` to `end`, both counted from 0 and included. */
export type Fold = { readonly start: number; readonly end: number; readonly comment?: boolean };

/** A line above `range` that can be clicked to see where the name there is used. */
export type Lens = { readonly range: Range; readonly title: string };

/** `tooltip`: what else there is, where the target is one of several. */
export type DocumentLink = { readonly range: Range; readonly target: string; readonly tooltip?: string };
