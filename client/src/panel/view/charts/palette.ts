// Which colour and which dashes a line has: six colours, then the same dashed, so that none is told by colour alone.
import { type Colour, cssColour } from "../colour.ts";
import type { Theme } from "../theme.ts";
import type { Line } from "./chartData.ts";

export type LineStyle = {
  readonly colour: Colour;
  /** The same as CSS has it. */
  readonly paint: string;
  readonly dash: readonly number[];
  readonly width: number;
};

const dashes: readonly (readonly number[])[] = [[], [6, 3], [2, 3], [10, 3, 2, 3]];

/** One style for each line; those with a colour of their own do not use up one of the others. */
export function lineStyles(lines: readonly Line[], theme: Theme): readonly LineStyle[] {
  const { series } = theme;
  let next = 0;
  return lines.map(({ colour, strong }) => {
    const width = (strong ? 2 : 1) + (theme.highContrast ? 0.75 : 0);
    if (colour) return { colour: theme[colour], paint: cssColour(theme[colour]), dash: [], width };
    const place = next++;
    const taken = series[place % series.length] ?? series[0] ?? [128, 128, 128];
    return {
      colour: taken,
      paint: cssColour(taken),
      dash: dashes[Math.floor(place / series.length) % dashes.length] ?? [],
      width,
    };
  });
}
