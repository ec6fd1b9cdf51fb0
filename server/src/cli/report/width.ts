// How wide a text is on a terminal, and the part of a long line that is worth showing. Knows no finding.

/** Columns that a terminal gives the text: two for East Asian wide characters and emoji, none for what joins. */
export function columns(text: string): number {
  if (narrow.test(text)) return text.length;
  let sum = 0;
  for (const character of text) sum += widthOf(character);
  return sum;
}

const narrow = /^[\t -~]*$/;

// East_Asian_Width W and F of Unicode, by their large blocks.
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;

function widthOf(character: string): number {
  // Below all that joins but the soft hyphen.
  if (character < "\u0300" && character !== "\u00ad") return 1;
  if (/^(\p{Mn}|\p{Me}|\p{Cf})$/u.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}

const longest = 160;
const margin = 60;

/** The text, or where it is long the part around a stretch, with dots where something is left out. */
export function cut(text: string, start: number, end: number): { text: string; start: number; end: number } {
  if (text.length <= longest) return { text, start, end: Math.min(end, text.length) };
  const from = Math.max(0, start - margin);
  const to = Math.min(text.length, Math.max(start + margin, Math.min(end + margin / 2, from + longest)));
  const lead = from > 0 ? "…" : "";
  const shown = `${lead}${text.slice(from, to)}${to < text.length ? "…" : ""}`;
  const by = lead.length - from;
  return { text: shown, start: start + by, end: Math.min(end, to) + by };
}
