// Writes an expression as the value of a key: in its style where that can hold it, as a literal block where it has lines.
import type { Edit } from "../edits.ts";
import { endOf, type Pair, rangeOf, type Scalar, startOf } from "../yaml/tree.ts";

/** Edits of the file after which the scalar's value is `text`, line breaks at its end aside; undefined where none can say it. */
export function writeScalar(file: string, pair: Pair, scalar: Scalar, text: string): readonly Edit[] | undefined {
  const isBlock = scalar.style === "literal" || scalar.style === "folded";
  if (!text.includes("\n") && !isBlock) return [{ range: rangeOf(scalar), text: onLine(text, scalar.style) }];
  const column = columnOf(file, startOf(pair.key));
  if (!isBlock && !/^\s*(?:#.*)?$/.test(lineBehind(file, endOf(scalar)))) return undefined;
  const indent = isBlock && scalar.indent > column && scalar.indent - column < 10 ? scalar.indent : column + 2;
  const lineBreak = file.includes("\r\n") ? "\r\n" : "\n";
  const body = text.split("\n").map((line) => (line === "" ? "" : " ".repeat(indent) + line));
  // The first line tells the indentation of a block, unless the header does.
  const indicator = text.startsWith(" ") ? String(indent - column) : "";
  if (!isBlock) return [{ range: rangeOf(scalar), text: [`|${indicator}-`, ...body].join(lineBreak) }];
  const start = startOf(scalar);
  const written = /^[|>][\d+-]*/.exec(file.slice(start, start + 4))?.[0] ?? "|";
  const chomping = written.replace(/[|>\d]/g, "");
  const style = text.includes("\n") || indicator !== "" ? "|" : written.charAt(0);
  const header = `${style}${indicator}${chomping}`;
  const content = { start: scalar.chunk.base + scalar.rawStart, end: endOf(scalar) };
  const headerEdit = { range: { start, end: start + written.length }, text: header };
  return [...(header === written ? [] : [headerEdit]), { range: content, text: body.join(lineBreak) }];
}

function onLine(text: string, style: Scalar["style"]): string {
  if (style === "double") return JSON.stringify(text);
  if (style === "plain" && isPlain(text)) return text;
  return `'${text.replaceAll("'", "''")}'`;
}

/** Whether YAML reads the text as a plain scalar with that very value. */
function isPlain(text: string): boolean {
  return !/^[\s\-?:,[\]{}#&*!|>'"%@`]|\s$|: |\s#|:$/.test(text) || /^-[^\s]/.test(text);
}

function columnOf(file: string, offset: number): number {
  return offset - (Math.max(file.lastIndexOf("\n", offset - 1), file.lastIndexOf("\r", offset - 1)) + 1);
}

function lineBehind(file: string, offset: number): string {
  return /^[^\r\n]*/.exec(file.slice(offset, offset + 500))?.[0] ?? "";
}
