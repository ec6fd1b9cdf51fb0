// Where on a chart's canvas its lines lie. Plain shapes.
import type { PixelScale } from "./trace.ts";

/** In whole device pixels; `ratio` of them are one CSS pixel. */
export type PlotArea = {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly ratio: number;
  readonly x: PixelScale;
  readonly y: PixelScale;
};

/** The whole pixel at which a value or a moment lies. */
export const pixelAt = ({ offset, factor }: PixelScale, value: number): number => Math.round(offset + value * factor);
