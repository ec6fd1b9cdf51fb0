// Escapes of label values, names and HELP texts, undone from left to right in one pass; unknown ones stay as they are written.

/** `\\` and `\n`, and where `quotes` may be escaped `\"` as well. */
export function undoEscapes(text: string, quotes: boolean): string {
  if (!text.includes("\\")) return text;
  return text.replace(/\\([\\n"])/g, (whole, escaped: string) => {
    if (escaped === "n") return "\n";
    return escaped === '"' && !quotes ? whole : escaped;
  });
}
