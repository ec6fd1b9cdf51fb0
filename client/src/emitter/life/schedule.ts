// When a job's schedule is due next: `@every`, the named schedules, and six-field cron with seconds, in the job's time
// zone. It must not know jobs.
import { goDuration } from "../../../../server/src/catalog/goDuration.ts";

const day = 86_400_000;

const named: Readonly<Record<string, string>> = {
  "@yearly": "0 0 0 1 1 *",
  "@annually": "0 0 0 1 1 *",
  "@monthly": "0 0 0 1 * *",
  "@weekly": "0 0 0 * * 0",
  "@daily": "0 0 0 * * *",
  "@midnight": "0 0 0 * * *",
  "@hourly": "0 0 * * * *",
  "@minutely": "0 * * * * *",
};

type Field = { readonly low: number; readonly high: number; readonly names?: readonly string[] };

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const fields: readonly Field[] = [
  { low: 0, high: 59 },
  { low: 0, high: 59 },
  { low: 0, high: 23 },
  { low: 1, high: 31 },
  { low: 1, high: 12, names: months },
  { low: 0, high: 7, names: weekdays },
];

/** Answers the next due time after `after` (milliseconds since 1970); undefined: never again. */
export type Schedule = (after: number) => number | undefined;

/**
 * Reads a schedule of a Dkron job (website/docs/usage/cron-spec.md). Throws RangeError with a sentence for a text that
 * is none.
 */
export function parseSchedule(text: string, timezone = ""): Schedule {
  const trimmed = text.trim();
  if (trimmed === "@manually") return () => undefined;
  const every = /^@every\s+(.+)$/.exec(trimmed);
  if (every?.[1] !== undefined) return everySchedule(goDuration(every[1]));
  const once = /^@at\s+(.+)$/.exec(trimmed);
  if (once?.[1] !== undefined) return onceSchedule(once[1]);
  return cronSchedule(named[trimmed.toLowerCase()] ?? trimmed, timezone);
}

/** Whole seconds: the scheduler rounds what is between (robfig/cron, constantdelay.go). */
function everySchedule(gap: number): Schedule {
  const step = Math.max(1000, Math.floor(gap / 1000) * 1000);
  return (after) => Math.floor(after / 1000) * 1000 + step;
}

function onceSchedule(text: string): Schedule {
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new RangeError(`"${text}" is no time such as 2026-01-31T10:00:00Z.`);
  return (after) => (time > after ? time : undefined);
}

function cronSchedule(text: string, timezone: string): Schedule {
  const words = text.split(/\s+/);
  if (words.length !== fields.length)
    throw new RangeError(`"${text}" is no schedule: Dkron's cron has six fields, the first for seconds.`);
  const sets = fields.map((field, index) => fieldSet(words[index] ?? "", field));
  if (sets[5]?.delete(7)) sets[5].add(0);
  const free = { day: words[3] === "*" || words[3] === "?", weekday: words[5] === "*" || words[5] === "?" };
  const local = localTime(timezone);
  return (after) => firstMatch(sets as CronSets, free, local, Math.floor(after / 1000) * 1000 + 1000);
}

type CronSets = [Set<number>, Set<number>, Set<number>, Set<number>, Set<number>, Set<number>];

function fieldSet(word: string, field: Field): Set<number> {
  const set = new Set<number>();
  for (const item of word.split(",")) {
    const [range = "", step = "1"] = item.split("/");
    const [low, high] = rangeOf(range, field, item.includes("/"));
    const by = Number(step);
    if (!Number.isInteger(by) || by < 1 || low === undefined || high === undefined || low > high)
      throw new RangeError(`"${item}" is not within ${field.low} to ${field.high}.`);
    for (let value = low; value <= high; value += by) set.add(value);
  }
  return set;
}

function rangeOf(range: string, field: Field, stepped: boolean): [number | undefined, number | undefined] {
  if (range === "*" || range === "?") return [field.low, field.names === weekdays ? 6 : field.high];
  const [first = "", last] = range.split("-");
  const low = fieldValue(first, field);
  return [low, last === undefined ? (stepped ? field.high : low) : fieldValue(last, field)];
}

function fieldValue(word: string, { low, high, names }: Field): number | undefined {
  const index = names?.indexOf(word.toLowerCase()) ?? -1;
  if (index !== -1) return index + (names === months ? 1 : 0);
  const value = /^\d+$/.test(word) ? Number(word) : Number.NaN;
  return value >= low && value <= high ? value : undefined;
}

type LocalTime = (time: number) => {
  month: number;
  day: number;
  weekday: number;
  hour: number;
  minute: number;
  second: number;
};

function localTime(timezone: string): LocalTime {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: timezone === "" ? "UTC" : timezone,
    hourCycle: "h23",
    month: "numeric",
    day: "numeric",
    weekday: "short",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  return (time) => {
    const parts = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, value]));
    return {
      month: Number(parts.month),
      day: Number(parts.day),
      weekday: weekdays.indexOf((parts.weekday ?? "").toLowerCase()),
      hour: Number(parts.hour),
      minute: Number(parts.minute),
      second: Number(parts.second),
    };
  };
}

const horizon = 5 * 366 * day;

/** Skips what cannot match in steps: to the next midnight, hour, minute, second. */
function firstMatch(
  [seconds, minutes, hours, days, monthSet, weekdaySet]: CronSets,
  free: { day: boolean; weekday: boolean },
  local: LocalTime,
  from: number,
): number | undefined {
  for (let time = from; time < from + horizon; ) {
    const now = local(time);
    const dayFits =
      free.day || free.weekday
        ? days.has(now.day) && weekdaySet.has(now.weekday)
        : days.has(now.day) || weekdaySet.has(now.weekday);
    const intoHour = (now.minute * 60 + now.second) * 1000;
    if (!monthSet.has(now.month) || !dayFits || !hours.has(now.hour)) time += 3_600_000 - intoHour;
    else if (!minutes.has(now.minute)) time += 60_000 - now.second * 1000;
    else if (!seconds.has(now.second)) time += 1000;
    else return time;
  }
  return undefined;
}
