// The marks of an axis: how far apart they are, where they lie and what stands beside them. Pure; knows no canvas.
import { clock } from "../format.ts";

/** Distances between the marks of the time axis, seconds. */
const clockSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200];

/** Seconds on an axis above which its labels have no seconds: a quarter of an hour, and what rounding adds to it. */
const longSpan = 900.5;
/** Seconds between two marks above which it matters how far the user's clock is from that of Greenwich. */
const zoneStep = 900;

/** The least step whose marks are `apart` pixels or more from each other, 0 where none is large enough. `steps` rise. */
export function chooseStep(steps: readonly number[], span: number, pixels: number, apart: number): number {
  const least = (apart * span) / pixels;
  return steps.find((step) => step >= least) ?? 0;
}

export type Label = (tick: number) => string;

/** One axis' marks. The labels are made anew only when other marks come into sight, which is not each second. */
export class Axis {
  ticks: readonly number[] = [];
  labels: readonly string[] = [];
  #step = 0;
  #label: Label | undefined;

  /** Whole multiples of `step` between the ends, counted from `origin`. */
  set(low: number, high: number, step: number, label: Label, origin = 0): void {
    // What the division of two decimals leaves behind the point must not cost a mark at an end.
    const first = step === 0 ? 0 : Math.ceil((low - origin) / step - 1e-9);
    const count = step === 0 ? 0 : Math.max(0, Math.floor((high - origin) / step + 1e-9) - first + 1);
    const start = first * step + origin;
    const isSame = step === this.#step && label === this.#label && count === this.ticks.length;
    if (isSame && (count === 0 || start === this.ticks[0])) return;
    [this.#step, this.#label] = [step, label];
    this.ticks = Array.from({ length: count }, (_, i) => (first + i) * step + origin);
    this.labels = this.ticks.map(label);
  }
}

const exactTime: Label = (tick) => clock(tick * 1000);
const shortTime: Label = (tick) => clock(tick * 1000, false);

export const hasSeconds = (span: number): boolean => span <= longSpan;

/** Marks at the full minutes, quarters and hours of the user's clock. `from` and `to` in seconds since 1970. */
export function setTimes(axis: Axis, from: number, to: number, pixels: number, apart: number): void {
  const step = chooseStep(clockSteps, to - from, pixels, apart);
  const origin = step > zoneStep ? new Date(from * 1000).getTimezoneOffset() * 60 : 0;
  axis.set(from, to, step, hasSeconds(to - from) ? exactTime : shortTime, origin);
}
