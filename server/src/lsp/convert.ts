// Our plain data as the protocol's. The only place where offsets become positions and severities numbers.
import {
  type CodeAction,
  CodeActionKind,
  type CompletionItem,
  CompletionItemKind,
  CompletionItemTag,
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  InsertTextFormat,
  InsertTextMode,
  type Hover as LspHover,
  type Range as LspRange,
  MarkupKind,
  type TextEdit,
} from "vscode-languageserver";
import type { Edit } from "../edits.ts";
import type { Completion, Hover } from "../language/answers.ts";
import type { Document } from "../language/document.ts";
import type { Finding, Fix, Severity } from "../language/finding.ts";
import { offsetAt, positionAt } from "../lines.ts";
import type { Range } from "../ranges.ts";
import { fixAllKind } from "./capabilities.ts";

const severities: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const tags = { deprecated: DiagnosticTag.Deprecated, unnecessary: DiagnosticTag.Unnecessary };

/** Where the pages of the checks are read on the web. */
export const pages = "https://github.com/dkron-metrics/dkron-metrics/blob/main/server/docs/rules";

export function toRange(document: Document, range: Range): LspRange {
  return { start: positionAt(document.lineStarts, range.start), end: positionAt(document.lineStarts, range.end) };
}

export function fromRange({ text, lineStarts }: Pick<Document, "text" | "lineStarts">, range: LspRange): Range {
  return { start: offsetAt(text, lineStarts, range.start), end: offsetAt(text, lineStarts, range.end) };
}

export function toTextEdit(document: Document, edit: Edit): TextEdit {
  return { range: toRange(document, edit.range), newText: edit.text };
}

export function toDiagnostic(document: Document, finding: Finding): Diagnostic {
  const diagnostic: Diagnostic = {
    range: toRange(document, finding.range),
    severity: severities[finding.severity],
    code: finding.code,
    codeDescription: { href: `${pages}/${finding.code}.md` },
    source: "dkron-metrics",
    message: finding.message,
  };
  if (finding.tag) diagnostic.tags = [tags[finding.tag]];
  if (finding.related)
    diagnostic.relatedInformation = finding.related.map(({ range, message }) => ({
      location: { uri: document.uri, range: toRange(document, range) },
      message,
    }));
  return diagnostic;
}

export function toCodeAction(document: Document, finding: Finding, fix: Fix): CodeAction {
  return {
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [toDiagnostic(document, finding)],
    isPreferred: finding.fixes[0] === fix,
    edit: { changes: { [document.uri]: fix.edits.map((edit) => toTextEdit(document, edit)) } },
  };
}

const completionKinds: Record<Completion["kind"], CompletionItemKind> = {
  metric: CompletionItemKind.Variable,
  function: CompletionItemKind.Function,
  keyword: CompletionItemKind.Keyword,
  operator: CompletionItemKind.Operator,
  label: CompletionItemKind.Field,
  value: CompletionItemKind.Value,
  key: CompletionItemKind.Property,
  snippet: CompletionItemKind.Snippet,
  variable: CompletionItemKind.Variable,
  duration: CompletionItemKind.Unit,
  file: CompletionItemKind.File,
};

/** `snippets`: the client takes them; for others the stops are left out and what stands in them stays. */
export function toCompletions(document: Document, items: readonly Completion[], snippets: boolean): CompletionItem[] {
  // Nearly all items of a list replace the same word.
  let last: { readonly range: Range; readonly as: LspRange } | undefined;
  return items.map((item) => {
    const { range } = item.edit;
    if (last?.range.start !== range.start || last.range.end !== range.end)
      last = { range, as: toRange(document, range) };
    return toCompletion(document, item, last.as, snippets);
  });
}

function toCompletion(document: Document, item: Completion, range: LspRange, snippets: boolean): CompletionItem {
  const asSnippet = item.snippet === true && snippets;
  const { text } = item.edit;
  const out: CompletionItem = {
    label: item.label,
    kind: completionKinds[item.kind],
    textEdit: { range, newText: item.snippet && !snippets ? withoutStops(text) : text },
    insertTextFormat: asSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
  };
  if (item.also) out.additionalTextEdits = item.also.map((other) => toTextEdit(document, other));
  // Further lines carry their whole indentation already.
  if (text.includes("\n")) out.insertTextMode = InsertTextMode.asIs;
  if (item.detail !== undefined) out.detail = item.detail;
  if (item.documentation !== undefined) out.documentation = { kind: MarkupKind.Markdown, value: item.documentation };
  if (item.resolve !== undefined) out.data = item.resolve;
  if (item.filter !== undefined && item.filter !== item.label) out.filterText = item.filter;
  if (item.sort !== undefined) out.sortText = item.sort;
  if (item.deprecated) out.tags = [CompletionItemTag.Deprecated];
  return out;
}

/** A snippet's text as it is when nobody fills it in: `${1:5m}` is `5m`, `${1|a,b|}` is `a`. */
function withoutStops(snippet: string): string {
  return snippet
    .replace(
      /(?<!\\)\$(?:\d+|\{\d+(?::((?:\\.|[^}\\])*)|\|([^,|]*)[^|]*\|)?\})/g,
      (_, text = "", first = "") => text + first,
    )
    .replace(/\\([\\$}])/g, "$1");
}

export function toHover(document: Document, hover: Hover | undefined): LspHover | null {
  if (!hover) return null;
  return { range: toRange(document, hover.range), contents: { kind: MarkupKind.Markdown, value: hover.markdown } };
}

/** The action that applies the edits of all safe fixes at once; none where there is nothing to mend. */
export function toFixAll(document: Document, edits: readonly Edit[]): CodeAction[] {
  if (edits.length === 0) return [];
  return [
    {
      title: "Apply all safe fixes of Dkron Metrics",
      kind: fixAllKind,
      edit: { changes: { [document.uri]: edits.map((edit) => toTextEdit(document, edit)) } },
    },
  ];
}
