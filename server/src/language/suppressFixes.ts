// Edits that turn a finding's check off by a comment: for its line, its rule, its file. Writes what suppressions.ts reads.
import type { Edit } from "../edits.ts";
import { lineAt, startOfLine } from "../lines.ts";
import { touches } from "../ranges.ts";
import { endOf, rangeOf, type Scalar, startOf, type YamlNode } from "../yaml/tree.ts";
import type { Document } from "./document.ts";
import type { Finding, Fix } from "./finding.ts";
import { ruleGroups } from "./ruleFile.ts";

/** What can be written, from the narrowest to the widest; never safe, since it mends nothing. */
export function suppressFixes(document: Document, { code, range }: Finding): readonly Fix[] {
  const fixes: Fix[] = [];
  const offer = (where: string, edit: Edit | undefined): void => {
    if (edit) fixes.push({ title: `Disable ${code} for this ${where}`, edits: [edit], safe: false });
  };
  offer("line", lineComment(document, range.start, code));
  offer("rule", ruleComment(document, range.start, code));
  offer("file", insertion(0, `# dkron-metrics disable-file ${code}\n`));
  return fixes;
}

const insertion = (at: number, text: string): Edit => ({ range: { start: at, end: at }, text });

/** At the end of the line, where a comment can stand there; behind the ids of one that does. */
function lineComment(document: Document, offset: number, code: string): Edit | undefined {
  const { text, lineStarts } = document;
  if (code.startsWith("yaml/") || !commentsFit(document, offset)) return undefined;
  const lineNumber = lineAt(lineStarts, offset);
  const next = startOfLine(lineStarts, lineNumber + 1) ?? text.length + 1;
  const start = startOfLine(lineStarts, lineNumber) ?? 0;
  const line = text.slice(start, next - 1).trimEnd();
  const end = start + line.length;
  if (/# dkron-metrics:?\s+disable\s+[\w/,* -]+$/.test(line)) return insertion(end, `, ${code}`);
  return insertion(end, ` # dkron-metrics disable ${code}`);
}

/** A scalar of several lines takes no comment, but for PromQL in a literal block. */
function commentsFit(document: Document, offset: number): boolean {
  const { yaml, text } = document;
  let node: YamlNode | undefined = yaml.documents.find((one) => touches(rangeOf(one), offset))?.root;
  while (node && node.kind !== "scalar") {
    const next: YamlNode | undefined = childAt(node, offset);
    if (!next) return true;
    node = next;
  }
  if (!node || !text.slice(startOf(node), endOf(node)).includes("\n")) return true;
  return node.style === "literal" && isExpression(document, node) && text.lastIndexOf("\n", offset) > startOf(node);
}

function childAt(node: YamlNode, offset: number): YamlNode | undefined {
  if (node.kind === "sequence") return node.items.find(({ value }) => touches(rangeOf(value), offset))?.value;
  if (node.kind !== "mapping") return undefined;
  for (const { key, value } of node.pairs) {
    if (touches(rangeOf(key), offset)) return value.kind === "scalar" ? value : undefined;
    if (touches(rangeOf(value), offset)) return value;
  }
  return undefined;
}

function isExpression({ yaml }: Document, node: Scalar): boolean {
  return ruleGroups(yaml).some(({ rules }) => rules.some(({ expr }) => expr === node));
}

/** On a line of its own above the rule's dash. */
function ruleComment({ yaml, kind, text }: Document, offset: number, code: string): Edit | undefined {
  if (kind !== "prometheus-rules") return undefined;
  for (const { rules } of ruleGroups(yaml)) {
    const rule = rules.find(({ node }) => touches(rangeOf(node), offset));
    if (!rule || rule.node.flow) continue;
    const dash = text.lastIndexOf("-", startOf(rule.node));
    const line = text.lastIndexOf("\n", dash) + 1;
    const indent = text.slice(line, dash);
    return /^[ ]*$/.test(indent) ? insertion(line, `${indent}# dkron-metrics disable ${code}\n`) : undefined;
  }
  return undefined;
}
