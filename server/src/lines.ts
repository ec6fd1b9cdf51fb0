// Offsets to lines and back. A line ends behind "\n", "\r\n" or a lone "\r". Pure algebra.

/** Zero-based line and UTF-16 column, as the Language Server Protocol counts them. */
export type Position = { readonly line: number; readonly character: number };

/** Offsets at which lines begin; the first is 0. */
export function lineStarts(text: string): number[] {
  const starts = [0];
  if (!text.includes("\r")) {
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
    return starts;
  }
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
  }
  return starts;
}

/** Index of the line that holds `offset`; offsets past the end belong to the last line. */
export function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

export function positionAt(starts: readonly number[], offset: number): Position {
  const line = lineAt(starts, offset);
  return { line, character: offset - (starts[line] ?? 0) };
}

/** Offset of a position; a line past the end gives the start of the last line. The column is not clamped. */
export function offsetAt(starts: readonly number[], position: Position): number {
  return (starts[Math.min(position.line, starts.length - 1)] ?? 0) + position.character;
}
