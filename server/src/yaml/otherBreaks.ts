// Line breaks of Go's parsers that are none to editors and to js-yaml: NEL, LS and PS. Knows no splitting.
// Source: is_break in yamlprivateh.go of yaml v2 and v3.
import { piecesOf } from "./offsets.ts";
import { startOf, walk, type YamlFile } from "./tree.ts";

const otherBreak = /[\u0085\u2028\u2029]/g;

/** Whether there are any: hardly a text has one, and this is asked of each that is opened. */
export function hasOtherBreaks(text: string): boolean {
  return text.includes("\u0085") || text.includes("\u2028") || text.includes("\u2029");
}

/** The text with a line feed for each, at the same offsets. */
export function withLineFeeds(text: string): string {
  return hasOtherBreaks(text) ? text.replace(otherBreak, "\n") : text;
}

/**
 * Puts LS and PS back into the values of a file that was just read from `text` with line feeds in their place: Go folds
 * and keeps a NEL as it does a line feed, but keeps the other two as they are wherever a break leaves something.
 */
export function restoreBreaks(file: YamlFile, text: string): void {
  for (const node of file.documents.flatMap(({ root }) => [...walk(root)])) {
    if (node.kind !== "scalar") continue;
    const from = startOf({ ...node, start: node.rawStart });
    const raw = text.slice(from, from + node.raw.length);
    if (!/[\u2028\u2029]/.test(raw)) continue;
    let value = "";
    for (const piece of piecesOf(node)) {
      const decoded = node.value.slice(piece.value, piece.value + piece.length);
      const written = raw.slice(piece.raw, piece.raw + piece.width);
      value += piece.length === piece.width ? kept(decoded, written) : decoded;
    }
    Object.assign(node, { value });
  }
}

/** Unit by unit what is decoded, but where LS or PS is written. */
const kept = (decoded: string, written: string): string =>
  written.replace(/[^\u2028\u2029]/g, (_, at: number) => decoded.charAt(at));
