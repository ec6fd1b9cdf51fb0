// Functions of one number at a time, also those that read it as a point in time. Know no labels.

/** The calendar repeats after 400 years. */
const cycle = 146_097 * 86_400;

/** Seconds from the year that Go counts from to 1970: it is so far back that no time in 64 bits is before it. */
const toAbsolute = 9_223_372_028_741_760_000n;

/** A point in time within the first cycle since 1970, and the cycles before it. What 64 bits don't hold becomes their least number. */
function calendar(seconds: number): { readonly date: Date; readonly cycles: number } {
  const whole = Math.trunc(seconds);
  if (Math.abs(whole) < 8e12) return { date: new Date(whole * 1000), cycles: 0 };
  const fits = whole >= -(2 ** 63) && whole < 2 ** 63;
  const wrapped = BigInt.asUintN(64, (fits ? BigInt(whole) : -(2n ** 63n)) + toAbsolute) - toAbsolute;
  const rest = ((wrapped % BigInt(cycle)) + BigInt(cycle)) % BigInt(cycle);
  return { date: new Date(Number(rest) * 1000), cycles: Number((wrapped - rest) / BigInt(cycle)) };
}

const utc = (seconds: number): Date => calendar(seconds).date;
const day = 86_400_000;

function dayOfYear(seconds: number): number {
  const date = utc(seconds);
  return Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / day) + 1;
}

function daysInMonth(seconds: number): number {
  const date = utc(seconds);
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
}

function year(seconds: number): number {
  const { date, cycles } = calendar(seconds);
  return date.getUTCFullYear() + cycles * 400;
}

/** Of Unix seconds, in UTC; called without argument they read the time of evaluation. */
export const dates: Readonly<Record<string, (seconds: number) => number>> = {
  day_of_month: (seconds) => utc(seconds).getUTCDate(),
  day_of_week: (seconds) => utc(seconds).getUTCDay(),
  day_of_year: dayOfYear,
  days_in_month: daysInMonth,
  hour: (seconds) => utc(seconds).getUTCHours(),
  minute: (seconds) => utc(seconds).getUTCMinutes(),
  month: (seconds) => utc(seconds).getUTCMonth() + 1,
  year,
};

/** Go's `math.Min`: nothing is less than -Inf, not even where the other is NaN. */
export function least(a: number, b: number): number {
  return a === Number.NEGATIVE_INFINITY || b === Number.NEGATIVE_INFINITY ? Number.NEGATIVE_INFINITY : Math.min(a, b);
}

/** Go's `math.Max`. */
export function greatest(a: number, b: number): number {
  return a === Number.POSITIVE_INFINITY || b === Number.POSITIVE_INFINITY ? Number.POSITIVE_INFINITY : Math.max(a, b);
}

/** By the exponent and the logarithm of the rest, as Go does. Source: math/log10.go. */
function log2(value: number): number {
  if (!(value > 0) || value === Number.POSITIVE_INFINITY) return Math.log2(value);
  let exponent = Math.max(Math.floor(Math.log2(value)) + 1, -1073);
  // In two steps, for the power alone may be past the ends of a double.
  const half = Math.trunc(exponent / 2);
  let rest = value / 2 ** half / 2 ** (exponent - half);
  if (rest >= 1) {
    rest /= 2;
    exponent++;
  } else if (rest < 0.5) {
    rest *= 2;
    exponent--;
  }
  return rest === 0.5 ? exponent - 1 : Math.log(rest) * Math.LOG2E + exponent;
}

/** Functions of the value, some with more numbers after it. */
export const numbers: Readonly<Record<string, (value: number, ...params: number[]) => number>> = {
  abs: Math.abs,
  acos: Math.acos,
  acosh: Math.acosh,
  asin: Math.asin,
  asinh: Math.asinh,
  atan: Math.atan,
  atanh: Math.atanh,
  ceil: Math.ceil,
  clamp: (value, low = Number.NaN, high = Number.NaN) => greatest(low, least(high, value)),
  clamp_max: (value, high = Number.NaN) => least(high, value),
  clamp_min: (value, low = Number.NaN) => greatest(low, value),
  cos: Math.cos,
  cosh: Math.cosh,
  deg: (value) => (value * 180) / Math.PI,
  exp: Math.exp,
  floor: Math.floor,
  ln: Math.log,
  // As Go: by the natural logarithm, also where that is off by a bit.
  log10: (value) => Math.log(value) * Math.LOG10E,
  log2,
  rad: (value) => (value * Math.PI) / 180,
  // Ties go up. By the inverse, as Prometheus does: other rounding errors would follow.
  round: (value, nearest = 1) => Math.floor(value * (1 / nearest) + 0.5) / (1 / nearest),
  sgn: (value) => (value < 0 ? -1 : value > 0 ? 1 : value),
  sin: Math.sin,
  sinh: Math.sinh,
  sqrt: Math.sqrt,
  tan: Math.tan,
  tanh: Math.tanh,
};
