// Times in UTC and durations as Go's `time` package writes and counts them. Knows no templates and no values.

export const monthNames = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

export const weekdayNames = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;

export const second = 1_000_000_000n;

/** Nanoseconds from the year 1 to 1970: times are rounded from there. */
const epochFromYearOne = 62_135_596_800n * second;

export type Clock = {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly nanosecond: number;
  /** From 0, Sunday. */
  readonly weekday: number;
  /** From 1. */
  readonly yearDay: number;
};

export function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b < 0n ? quotient - 1n : quotient;
}

/** Days since 1970 of a day of the Gregorian calendar; `month` from 1, `day` may be any number. */
function daysOf(year: bigint, month: bigint, day: bigint): bigint {
  // Years from March on, so that the leap day is their last.
  const from = month > 2n ? year : year - 1n;
  const sinceMarch = (153n * ((month + 9n) % 12n) + 2n) / 5n;
  const leapDays = floorDivide(from, 4n) - floorDivide(from, 100n) + floorDivide(from, 400n);
  return from * 365n + leapDays + sinceMarch + day - 719_469n;
}

/** The calendar repeats after 400 years. */
const cycleDays = 146_097;

/** Calendar and clock of nanoseconds since 1970. */
export function clockOf(nanoseconds: bigint): Clock {
  const seconds = floorDivide(nanoseconds, second);
  const cycleSeconds = BigInt(cycleDays) * 86_400n;
  const cycle = floorDivide(seconds, cycleSeconds);
  const date = new Date(Number(seconds - cycle * cycleSeconds) * 1000);
  const yearStart = Date.UTC(date.getUTCFullYear(), 0, 1);
  return {
    year: date.getUTCFullYear() + Number(cycle) * 400,
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    nanosecond: Number(nanoseconds - seconds * second),
    weekday: date.getUTCDay(),
    yearDay: Math.floor((date.getTime() - yearStart) / 86_400_000) + 1,
  };
}

/** Years, months and days added on the calendar: 31 January and a month is 3 March. Wraps at 64 bits as Go does. */
export function addDate(nanoseconds: bigint, years: bigint, months: bigint, days: bigint): bigint {
  const { year, month, day } = clockOf(nanoseconds);
  const months0 = BigInt.asIntN(64, BigInt(month - 1) + months);
  const newYear = BigInt.asIntN(64, BigInt(year) + years + floorDivide(months0, 12n));
  const newMonth = months0 - floorDivide(months0, 12n) * 12n + 1n;
  const newDays = daysOf(newYear, newMonth, BigInt.asIntN(64, BigInt(day) + days));
  const dayLength = 86_400n * second;
  const time = nanoseconds - floorDivide(nanoseconds, dayLength) * dayLength;
  return BigInt.asIntN(64, newDays * 86_400n) * second + time;
}

const digits = (value: number, width: number, fill = "0"): string => {
  const size = Math.abs(value).toString().padStart(width, fill);
  return value < 0 ? `-${size}` : size;
};

const layoutPieces =
  /January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST|002|0[1-6]|15|1|_2006|2006|__2|_2|2|3|4|5|PM|pm|[-Z]07(?:0000|:00:00|00|:00)?|[.,](?:0+|9+)(?!\d)/g;

/** Go's `Format`: the layout is how 2 January 2006, 15:04:05 would be written. */
export function formatTime(nanoseconds: bigint, layout: string): string {
  const clock = clockOf(nanoseconds);
  return layout.replace(layoutPieces, (piece) => formatPiece(clock, piece));
}

function formatPiece(clock: Clock, piece: string): string {
  const month = monthNames[clock.month - 1] ?? "";
  const weekday = weekdayNames[clock.weekday] ?? "";
  const hour = clock.hour % 12 === 0 ? 12 : clock.hour % 12;
  const forms: Readonly<Record<string, () => string>> = {
    January: () => month,
    Jan: () => month.slice(0, 3),
    Monday: () => weekday,
    Mon: () => weekday.slice(0, 3),
    MST: () => "UTC",
    "002": () => digits(clock.yearDay, 3),
    __2: () => digits(clock.yearDay, 3, " "),
    "01": () => digits(clock.month, 2),
    "1": () => digits(clock.month, 0),
    "02": () => digits(clock.day, 2),
    _2: () => digits(clock.day, 2, " "),
    "2": () => digits(clock.day, 0),
    "15": () => digits(clock.hour, 2),
    "03": () => digits(hour, 2),
    "3": () => digits(hour, 0),
    "04": () => digits(clock.minute, 2),
    "4": () => digits(clock.minute, 0),
    "05": () => digits(clock.second, 2),
    "5": () => digits(clock.second, 0),
    "06": () => digits(((clock.year % 100) + 100) % 100, 2),
    "2006": () => digits(clock.year, 4),
    _2006: () => `_${digits(clock.year, 4)}`,
    PM: () => (clock.hour >= 12 ? "PM" : "AM"),
    pm: () => (clock.hour >= 12 ? "pm" : "am"),
  };
  const form = forms[piece];
  if (form !== undefined) return form();
  if (piece.startsWith("Z")) return "Z";
  if (piece.startsWith("-")) return piece.replace("-", "+").replace("7", "0");
  const fraction = digits(clock.nanosecond, 9).slice(0, piece.length - 1);
  if (piece[1] === "0") return (piece[0] ?? "") + fraction;
  const shown = fraction.replace(/0+$/, "");
  return shown === "" ? "" : (piece[0] ?? "") + shown;
}

export function timeText(nanoseconds: bigint): string {
  return formatTime(nanoseconds, "2006-01-02 15:04:05.999999999 -0700 MST");
}

/** A time in UTC in Go's binary form: version, seconds since the year 1, nanoseconds, no offset. */
export function timeBytes(nanoseconds: bigint): number[] {
  const seconds = floorDivide(nanoseconds + epochFromYearOne, second);
  const rest = nanoseconds - floorDivide(nanoseconds, second) * second;
  const hex = BigInt.asUintN(64, seconds).toString(16).padStart(16, "0") + rest.toString(16).padStart(8, "0");
  return [1, ...(hex.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16)), 0xff, 0xff];
}

/** `%#v` of a time. */
export function timeSource(nanoseconds: bigint): string {
  const at = clockOf(nanoseconds);
  const parts = [at.day, at.hour, at.minute, at.second, at.nanosecond].join(", ");
  return `time.Date(${at.year}, time.${monthNames[at.month - 1]}, ${parts}, time.UTC)`;
}

function withFraction(value: bigint, places: number): string {
  const scale = 10n ** BigInt(places);
  const fraction = (value % scale).toString().padStart(places, "0").replace(/0+$/, "");
  return (value / scale).toString() + (fraction === "" || places === 0 ? "" : `.${fraction}`);
}

/** `1h0m0s`, `1.5s`, `100ms`, `0s`. */
export function durationText(nanoseconds: bigint): string {
  const sign = nanoseconds < 0n ? "-" : "";
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds;
  if (size === 0n) return "0s";
  if (size < 1000n) return `${sign}${size}ns`;
  if (size < 1_000_000n) return `${sign}${withFraction(size, 3)}µs`;
  if (size < second) return `${sign}${withFraction(size, 6)}ms`;
  const minutes = size / (60n * second);
  const seconds = `${withFraction(size % (60n * second), 9)}s`;
  if (minutes === 0n) return sign + seconds;
  if (minutes < 60n) return `${sign}${minutes}m${seconds}`;
  return `${sign}${minutes / 60n}h${minutes % 60n}m${seconds}`;
}

/** To a multiple of `unit`, away from zero on a tie; unchanged for a unit that isn't positive. */
export function roundDuration(duration: bigint, unit: bigint): bigint {
  if (unit <= 0n) return duration;
  const size = duration < 0n ? -duration : duration;
  const rest = size % unit;
  const near = rest + rest < unit ? size - rest : size + unit - rest;
  const limit = duration < 0n ? 2n ** 63n : 2n ** 63n - 1n;
  return (duration < 0n ? -1n : 1n) * (near > limit ? limit : near);
}

export function truncateDuration(duration: bigint, unit: bigint): bigint {
  return unit <= 0n ? duration : duration - (duration % unit);
}

/** As `roundDuration` from the year 1 on, up on a tie. */
export function roundTime(nanoseconds: bigint, unit: bigint): bigint {
  if (unit <= 0n) return nanoseconds;
  const rest = restOf(nanoseconds, unit);
  return rest + rest < unit ? nanoseconds - rest : nanoseconds + unit - rest;
}

export function truncateTime(nanoseconds: bigint, unit: bigint): bigint {
  return unit <= 0n ? nanoseconds : nanoseconds - restOf(nanoseconds, unit);
}

function restOf(nanoseconds: bigint, unit: bigint): bigint {
  const since = nanoseconds + epochFromYearOne;
  return ((since % unit) + unit) % unit;
}

/** Whole units and the rest added as floats, as `Hours`, `Minutes` and `Seconds` do. */
export function inUnits(duration: bigint, unit: bigint): number {
  return Number(duration / unit) + Number(duration % unit) / Number(unit);
}
