// Numbers in Go's forms, against what Go prints.
import { describe, expect, test } from "vitest";
import { goFloat, plainFloat, sixDecimals } from "../../client/src/emitter/telemetry/goNumber.ts";

describe("strconv's 'g', -1", () => {
  test.each([
    [0, "0"],
    [-0, "-0"],
    [999_999, "999999"],
    [1_000_000, "1e+06"],
    [1_234_567, "1.234567e+06"],
    [12_958_736, "1.2958736e+07"],
    [0.0001, "0.0001"],
    [0.00001, "1e-05"],
    [0.000080617, "8.0617e-05"],
    [Math.fround(0.1), "0.10000000149011612"],
    [2 ** 63, "9.223372036854776e+18"],
    [2 ** 64, "1.8446744073709552e+19"],
    [1e21, "1e+21"],
    [1.5e300, "1.5e+300"],
    [5e-324, "5e-324"],
    [-1_500_000, "-1.5e+06"],
    [1_795_361_325.06, "1.79536132506e+09"],
    [Number.NaN, "NaN"],
    [Number.POSITIVE_INFINITY, "+Inf"],
    [Number.NEGATIVE_INFINITY, "-Inf"],
  ])("%s is %s", (value, text) => {
    expect(goFloat(value)).toBe(text);
  });
});

describe("fmt's %f", () => {
  test.each([
    [1, "1.000000"],
    [0.003244, "0.003244"],
    [2_208_582_144, "2208582144.000000"],
    [0.007_812_5, "0.007812"],
    [0.023_437_5, "0.023438"],
    [-0.007_812_5, "-0.007812"],
    [Math.fround(0.1), "0.100000"],
  ])("%s is %s", (value, text) => {
    expect(sixDecimals(value)).toBe(text);
  });
});

describe("strconv's 'f', -1", () => {
  test.each([
    [42, "42"],
    [2_208_582_144, "2208582144"],
    [1e21, "1000000000000000000000"],
    [1.5e-7, "0.00000015"],
    [0.25, "0.25"],
  ])("%s is %s", (value, text) => {
    expect(plainFloat(value)).toBe(text);
  });
});
