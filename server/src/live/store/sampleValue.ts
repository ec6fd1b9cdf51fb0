// A sample as JSON can hold it.
import type { SampleValue } from "../frames.ts";

/** Undefined: no sample at that moment. */
export function toSampleValue(value: number | undefined): SampleValue {
  if (value === undefined) return null;
  if (Number.isFinite(value)) return value;
  return Number.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
}
