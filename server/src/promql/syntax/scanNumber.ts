// Where a number or a duration ends in a text. Knows no token; what the digits mean is numbers.ts's.
import { isAlphaNumeric, isDigit, isHexDigit } from "./characters.ts";

const UNDERSCORE = 95;
const DOT = 46;
const SMALL_S = 115;

function isExponent(code: number): boolean {
  return code === 101 || code === 69;
}

/**
 * End of the number that begins at `start`, or, where the text is no number, `-1 - end` of what was read as one.
 * Follows Prometheus (promql/parser/lex.go, `scanNumber`) in what it takes, too: `_` and `.` may not follow each other.
 */
export function scanNumber(text: string, start: number): number {
  let i = start;
  let hex = false;
  if (text.charCodeAt(i) === 48) {
    i++;
    if ((text.charCodeAt(i) | 32) === 120) {
      hex = true;
      i++;
      if (text.charCodeAt(i) === UNDERSCORE) i++;
    }
  }
  const isPart = hex ? isHexDigit : isDigit;
  if (text.charCodeAt(i) === DOT) i++;
  if (isPart(text.charCodeAt(i))) i++;
  let dots = 0;
  let exponents = 0;
  for (;;) {
    const code = text.charCodeAt(i);
    if (code === DOT) {
      i++;
      if (++dots > 1) return -1 - i;
      const next = text.charCodeAt(i);
      if (next === DOT || next === UNDERSCORE) return -2 - i;
      if (hex) return -1 - i;
    } else if (isExponent(code)) {
      i++;
      if (++exponents > 1) return -1 - i;
      const sign = text.charCodeAt(i);
      if (sign === 43 || sign === 45) i++;
      if (stopsAfterGlue(text.charCodeAt(i))) return -2 - i;
      if (i >= text.length) return -1 - i;
    } else if (code === UNDERSCORE) {
      i++;
      if (stopsAfterGlue(text.charCodeAt(i))) return -2 - i;
      if (i >= text.length) return -1 - i;
    } else if (isPart(code)) {
      do i++;
      while (isPart(text.charCodeAt(i)));
    } else {
      break;
    }
  }
  return i === start || isAlphaNumeric(text.charCodeAt(i)) ? -1 - i : i;
}

/** What may not stand behind an exponent or an underscore. */
function stopsAfterGlue(code: number): boolean {
  return code === DOT || code === UNDERSCORE || isExponent(code);
}

/**
 * End of the duration whose first digits end at `at`, or `-1 - end` of what was read. Units are not checked beyond
 * their letters: `5hs` passes here and is refused when its value is read, as in Prometheus.
 */
export function scanDuration(text: string, at: number): number {
  let i = at;
  if (!"smhdwy".includes(text[i] ?? " ")) return -1 - i;
  i++;
  if (text.charCodeAt(i) === SMALL_S) i++;
  while (isDigit(text.charCodeAt(i))) {
    do i++;
    while (isDigit(text.charCodeAt(i)));
    if (!"smhdw".includes(text[i] ?? " ")) return -1 - i;
    i++;
    if (text.charCodeAt(i) === SMALL_S) i++;
  }
  return isAlphaNumeric(text.charCodeAt(i)) ? -2 - i : i;
}
