// Settings of V8: for versions that were tried, and none for others, which would complain.
import { expect, test } from "vitest";
import { v8Flags } from "../../server/src/launch/v8Flags.ts";

test.each<[v8: string, late: boolean, short: boolean]>([
  ["11.3.244.8-node.34", true, true],
  ["12.4.254.21-node.33", true, true],
  ["13.6.233.10-node.28", false, true],
  ["10.2.154.26-node.36", false, false],
  ["14.1.146.11", false, false],
  ["", false, false],
])("V8 %s", (v8, late, short) => {
  const long = v8Flags(v8, "long");
  expect(long.length > 0).toBe(late);
  const more = v8Flags(v8, "short").filter((flag) => !long.includes(flag));
  expect(more.length > 0).toBe(short);
});
