// What a chart is told to draw. Plain shapes.
import type { Column } from "../derive.ts";
import type { Unit } from "../format.ts";

export type Line = { readonly label: string; readonly values: Column; readonly colour?: "good" | "bad" };

/** What a chart draws at one time. `times` in seconds; each line has one value a time. */
export type ChartData = { readonly times: readonly number[]; readonly lines: readonly Line[] };

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
};
