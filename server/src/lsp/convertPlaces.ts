// Places, outlines and colours as the protocol has them. Beside convert.ts, which has findings and proposals.
import {
  type CodeLens,
  type FoldingRange,
  type Location,
  type InlayHint as LspInlayHint,
  type Range as LspRange,
  type DocumentSymbol as LspSymbol,
  SymbolKind as LspSymbolKind,
  type SelectionRange,
  type SignatureHelp,
} from "vscode-languageserver";
import {
  type DocumentSymbol,
  type Fold,
  type InlayHint,
  type Lens,
  type Place,
  type Signature,
  type SymbolKind,
  type Token,
  tokenTypes,
} from "../language/answers.ts";
import type { Document } from "../language/document.ts";
import { type LineStarts, positionAt, startOfLine } from "../lines.ts";
import type { Range } from "../ranges.ts";
import { toRange } from "./convert.ts";

/** `lineStarts` are those of the place's file. */
export function toLocation({ uri, range }: Place, lineStarts: LineStarts): Location {
  return { uri, range: rangeIn(range, lineStarts) };
}

export function rangeIn(range: Range, lineStarts: LineStarts): LspRange {
  return { start: positionAt(lineStarts, range.start), end: positionAt(lineStarts, range.end) };
}

export const symbolKinds: Record<SymbolKind, LspSymbolKind> = {
  group: LspSymbolKind.Namespace,
  alert: LspSymbolKind.Event,
  record: LspSymbolKind.Variable,
  job: LspSymbolKind.Object,
  key: LspSymbolKind.Property,
};

export function toSymbol(document: Document, symbol: DocumentSymbol): LspSymbol {
  return {
    name: symbol.name,
    ...(symbol.detail && { detail: symbol.detail }),
    kind: symbolKinds[symbol.kind],
    range: toRange(document, symbol.range),
    selectionRange: toRange(document, symbol.selection),
    children: symbol.children.map((child) => toSymbol(document, child)),
  };
}

export function toFold({ start, end, comment }: Fold): FoldingRange {
  return { startLine: start, endLine: end, ...(comment && { kind: "comment" }) };
}

/** Ranges innermost first as a chain of parents. */
export function toSelection(document: Document, ranges: readonly Range[]): SelectionRange {
  let chain: SelectionRange | undefined;
  for (const range of [...ranges].reverse())
    chain = { range: toRange(document, range), ...(chain && { parent: chain }) };
  return chain ?? { range: toRange(document, { start: 0, end: document.text.length }) };
}

export function toSignatureHelp(signature: Signature | undefined): SignatureHelp | null {
  if (!signature) return null;
  const { label, documentation, parameters, active } = signature;
  return {
    signatures: [
      {
        label,
        documentation: { kind: "markdown", value: documentation },
        parameters: parameters.map((parameter) => ({ label: parameter })),
      },
    ],
    activeSignature: 0,
    activeParameter: active,
  };
}

export function toInlayHint(document: Document, { offset, text, tooltip }: InlayHint): LspInlayHint {
  return {
    position: positionAt(document.lineStarts, offset),
    label: text,
    ...(tooltip !== undefined && { tooltip }),
  };
}

/** The command is the client's own: it shows the references of the name below. */
export function toCodeLens(document: Document, { range, title }: Lens): CodeLens {
  const place = toRange(document, range);
  return {
    range: place,
    command: { title, command: "dkronMetrics.showReferences", arguments: [document.uri, place.start] },
  };
}

/** Five numbers a token, each place told from the one before; a token over several lines is cut at their ends. */
export function toTokenData(document: Document, tokens: readonly Token[]): number[] {
  const data: number[] = [];
  let line = 0;
  let character = 0;
  for (const { range, type } of tokens) {
    const start = positionAt(document.lineStarts, range.start);
    const next = startOfLine(document.lineStarts, start.line + 1) ?? document.text.length + 1;
    const length = Math.min(range.end, next - 1) - range.start;
    if (length <= 0) continue;
    data.push(
      start.line - line,
      start.line === line ? start.character - character : start.character,
      length,
      tokenTypes.indexOf(type),
      0,
    );
    line = start.line;
    character = start.character;
  }
  return data;
}
