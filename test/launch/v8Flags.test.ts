// Settings of V8: for versions that were tried, and none for others, which would complain.
import { expect, test } from "vitest";
import { readFlags, settledFlags, v8Flags } from "../../server/src/launch/v8Flags.ts";

test.each([
  ["11.3.244.8-node.34", true],
  ["12.4.254.21-node.33", true],
  ["13.6.233.10-node.28", true],
  ["14.6.202.34-node.34", true],
  ["10.2.154.26-node.36", false],
  ["15.0.1", false],
  ["", false],
])("V8 %s", (v8, tried) => {
  const long = v8Flags(v8, "long");
  const short = v8Flags(v8, "short");
  expect(long.length > 0).toBe(tried);
  expect(short.length > long.length).toBe(tried);
  expect(short).toEqual(expect.arrayContaining([...long]));
  expect(settledFlags(v8, "long").length > 0).toBe(tried);
  expect(settledFlags(v8, "short")).toEqual([]);
  expect(readFlags(v8, "short").length > 0).toBe(tried);
  expect(readFlags(v8, "long")).toEqual([]);
});

test("what is set later is set at the start too, so that what is kept at the end is for the flags of the next start", () => {
  const nameOf = (flag: string): string => flag.replace(/^--(?:no-)?/, "").replace(/=.*/, "");
  for (const v8 of ["11.3.1", "12.4.1", "13.6.1", "14.6.1"])
    for (const life of ["short", "long"] as const) {
      const start = v8Flags(v8, life).map(nameOf);
      for (const later of [...readFlags(v8, life), ...settledFlags(v8, life)]) expect(start).toContain(nameOf(later));
    }
});
