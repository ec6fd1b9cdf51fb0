// Classes of characters in PromQL text. Knows no token.

const ALPHA = 1;
const DIGIT = 2;
const SPACE = 4;
const NAME_GLUE = 8;
const HEX = 16;

/** One for each unit of UTF-16; past the end of a text `charCodeAt` gives NaN, which has none. */
const classes = new Uint8Array(0x10000);
const mark = (characters: string, flag: number): void => {
  for (const character of characters) {
    const code = character.charCodeAt(0);
    classes[code] = (classes[code] ?? 0) | flag;
  }
};
mark("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_", ALPHA);
mark("0123456789", DIGIT);
mark(" \t\n\r", SPACE);
mark(":", NAME_GLUE);
mark("0123456789abcdefABCDEF", HEX);

export function isAlpha(code: number): boolean {
  return ((classes[code] ?? 0) & ALPHA) !== 0;
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

export function isHexDigit(code: number): boolean {
  return ((classes[code] ?? 0) & HEX) !== 0;
}

export function isSpace(code: number): boolean {
  return ((classes[code] ?? 0) & SPACE) !== 0;
}

export function isAlphaNumeric(code: number): boolean {
  return ((classes[code] ?? 0) & (ALPHA | DIGIT)) !== 0;
}

/** Letters, digits, `_` and the `:` of recording rules. */
export function isNamePart(code: number): boolean {
  return ((classes[code] ?? 0) & (ALPHA | DIGIT | NAME_GLUE)) !== 0;
}

/**
 * Whether the unit at `index` is what Go reads as a broken rune: U+FFFD itself, which invalid UTF-8 is decoded to,
 * or half of a surrogate pair without its other half.
 */
export function isBrokenRune(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  if (code === 0xfffd) return true;
  if (code < 0xd800 || code > 0xdfff) return false;
  return (text.codePointAt(index) ?? 0) <= 0xffff;
}
