// What a chart is told to draw. Plain shapes.
import type { Column } from "../derive.ts";
import type { Unit } from "../format.ts";

export type Tone = "good" | "bad" | "warning";

export type Line = {
  readonly label: string;
  readonly values: Column;
  /** A colour with a meaning; without it the next of the series' colours. */
  readonly colour?: Tone;
  /** Drawn in front and thicker: what the others are parts of. */
  readonly strong?: boolean;
};

/** A moment that is marked through the whole height, such as a process that began anew. Seconds. */
export type Mark = { readonly at: number; readonly label: string };

/** A value that matters, such as a quorum. */
export type Threshold = { readonly value: number; readonly label: string; readonly tone: Tone };

/** What a chart draws at one time. `times` in seconds; each line has one value a time. */
export type ChartData = {
  readonly times: readonly number[];
  readonly lines: readonly Line[];
  readonly marks?: readonly Mark[];
  readonly thresholds?: readonly Threshold[];
  /** Fill between the first line and the last: quantiles of one summary. */
  readonly band?: boolean;
};

export type ChartOptions = {
  readonly id: string;
  readonly title: string;
  /** One sentence under the title: what is drawn, and from what. */
  readonly about: string;
  readonly unit: Unit;
  /** Fixed ends of the value axis, where the unit has them. */
  readonly range?: readonly [number, number];
  /** Told when there is nothing to draw. */
  readonly empty: string;
  /** Of the drawing alone, in CSS pixels. */
  readonly height?: number;
};

/** The lines that have something to show, the strong ones last: what is drawn later lies in front. */
export function drawnLines({ lines }: ChartData): readonly Line[] {
  const drawn = lines.filter(({ values }) => values.some((value) => value !== null));
  return [...drawn.filter(({ strong }) => !strong), ...drawn.filter(({ strong }) => strong)];
}
