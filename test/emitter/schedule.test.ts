// When schedules are due next, in Dkron's six-field cron and named forms.
import { describe, expect, test } from "vitest";
import { parseSchedule } from "../../client/src/emitter/life/schedule.ts";
import { goDuration } from "../../server/src/catalog/goDuration.ts";

const from = Date.parse("2026-11-22T15:28:47.300Z");
const next = (text: string, timezone?: string): string | undefined => {
  const time = parseSchedule(text, timezone)(from);
  return time === undefined ? undefined : new Date(time).toISOString().replace(".000", "");
};

describe("next time of", () => {
  test.each([
    ["@every 5s", "", "2026-11-22T15:28:52Z"],
    ["@every 1h30m", "", "2026-11-22T16:58:47Z"],
    ["@hourly", "", "2026-11-22T16:00:00Z"],
    ["@daily", "", "2026-11-23T00:00:00Z"],
    ["@weekly", "", "2026-11-29T00:00:00Z"],
    ["@monthly", "", "2026-12-01T00:00:00Z"],
    ["@yearly", "", "2027-01-01T00:00:00Z"],
    ["*/10 * * * * *", "", "2026-11-22T15:28:50Z"],
    ["0 0 3 * * *", "", "2026-11-23T03:00:00Z"],
    ["0 0 3 * * *", "Europe/Madrid", "2026-11-23T02:00:00Z"],
    ["0 30 9 * * mon-fri", "", "2026-11-23T09:30:00Z"],
    ["0 0 0 1 jan,jul ?", "", "2027-01-01T00:00:00Z"],
    ["0 0 12 1 * sun", "", "2026-11-29T12:00:00Z"],
    ["0 0 0 * * 7", "", "2026-11-29T00:00:00Z"],
    ["15/20 * * * * *", "", "2026-11-22T15:28:55Z"],
    ["@at 2026-12-24T18:00:00Z", "", "2026-12-24T18:00:00Z"],
    ["@at 2020-12-24T18:00:00Z", "", undefined],
    ["@manually", "", undefined],
    ["0 0 0 30 2 *", "", undefined],
  ])("%s %s", (text, timezone, expected) => {
    expect(next(text, timezone)).toBe(expected);
  });

  test.each(["never", "* * * * *", "61 * * * * *", "*/0 * * * * *", "@every soon", "5-1 * * * * *"])(
    "%s is refused",
    (text) => {
      expect(() => parseSchedule(text)).toThrow(RangeError);
    },
  );
});

test("Go durations", () => {
  expect(goDuration("1h2m3.5s")).toBe(3_723_500);
  expect(goDuration("250ms")).toBe(250);
  expect(() => goDuration("5 s")).toThrow(RangeError);
});
