// Functions of one number at a time, also those that read it as a point in time. Know no labels.

const utc = (seconds: number): Date => new Date(Math.trunc(seconds) * 1000);
const day = 86_400_000;

function dayOfYear(seconds: number): number {
  const date = utc(seconds);
  return Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / day) + 1;
}

function daysInMonth(seconds: number): number {
  const date = utc(seconds);
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
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
  year: (seconds) => utc(seconds).getUTCFullYear(),
};

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
  clamp: (value, low = Number.NaN, high = Number.NaN) => Math.max(low, Math.min(high, value)),
  clamp_max: (value, high = Number.NaN) => Math.min(high, value),
  clamp_min: (value, low = Number.NaN) => Math.max(low, value),
  cos: Math.cos,
  cosh: Math.cosh,
  deg: (value) => (value * 180) / Math.PI,
  exp: Math.exp,
  floor: Math.floor,
  ln: Math.log,
  log10: Math.log10,
  log2: Math.log2,
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
