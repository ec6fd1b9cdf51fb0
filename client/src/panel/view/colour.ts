// Colours as numbers: reads the forms in which an editor writes them and keeps lines apart from their background. Pure.

/** Red, green, blue from 0 to 255. What was see-through is not any more: a thin line needs all its colour. */
export type Colour = readonly [red: number, green: number, blue: number];

/** `#rgb`, `#rrggbb`, `#rrggbbaa`, `rgb(…)`, `rgba(…)`; undefined for anything else. */
export function parseColour(text: string): Colour | undefined {
  const hex = /^#([\da-f]{3,8})$/i.exec(text.trim())?.[1];
  if (hex !== undefined) {
    const long = hex.length < 6 ? [...hex].map((digit) => digit + digit).join("") : hex;
    const at = (place: number): number => Number.parseInt(long.slice(place, place + 2), 16);
    return [at(0), at(2), at(4)];
  }
  const parts = /^rgba?\(([^)]+)\)$/i
    .exec(text.trim())?.[1]
    ?.split(/[\s,/]+/)
    .map(Number);
  return parts && parts.length >= 3 ? [parts[0] ?? 0, parts[1] ?? 0, parts[2] ?? 0] : undefined;
}

/** As CSS has it. */
export const cssColour = ([red, green, blue]: Colour, opacity = 1): string =>
  `rgba(${Math.round(red)}, ${Math.round(green)}, ${Math.round(blue)}, ${opacity})`;

/** WCAG 2.2's relative luminance. */
function luminance(colour: Colour): number {
  const [red, green, blue] = colour.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG 2.2's contrast ratio, 1 to 21. */
export function contrast(a: Colour, b: Colour): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

/** The colour, moved towards the foreground until it stands out from the background: 3 to 1, as WCAG 1.4.11 wants of graphics. */
export function legible(colour: Colour, background: Colour, foreground: Colour, least = 3): Colour {
  let made = colour;
  for (let step = 1; step <= 10 && contrast(made, background) < least; step++)
    made = colour.map((part, i) => part + ((foreground[i] ?? 0) - part) * (step / 10)) as unknown as Colour;
  return made;
}
