// Numbers as Go prints them: strconv's 'g' and 'f' forms. It knows nothing of metrics.

/**
 * strconv.FormatFloat(value, 'g', -1, 64), the form of every value in a text exposition: the shortest digits that
 * read back the same, with an exponent of two digits or more from 1e+06 up and below 1e-04.
 */
export function goFloat(value: number): string {
  if (Number.isInteger(value) && value < 1e6 && value > -1e6) return Object.is(value, -0) ? "-0" : String(value);
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "+Inf" : "-Inf";
  const size = Math.abs(value);
  if (size < 1e6 && size >= 1e-4) return String(value);
  const text = value.toExponential();
  const mark = text.indexOf("e");
  const digits = text.slice(mark + 2);
  return digits.length > 1 ? text : `${text.slice(0, mark + 2)}0${digits}`;
}

/**
 * fmt's `%f`: six decimals, halves to even. A binary number lies exactly between two such decimals only if it is an
 * odd multiple of 1/128; there `toFixed` would round up.
 */
export function sixDecimals(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
  const text = value.toFixed(6);
  const parts = value * 128;
  if (!Number.isInteger(parts) || parts % 2 === 0 || Number(text.at(-1)) % 2 === 0) return text;
  return `${text.slice(0, -1)}${Number(text.at(-1)) - 1}`;
}

/** strconv.FormatFloat(value, 'f', -1, 64): the shortest digits, never an exponent. DogStatsD gauges have it. */
export function plainFloat(value: number): string {
  const text = String(value);
  if (!text.includes("e")) return text;
  const [mantissa = "0", exponent = "0"] = text.split("e");
  const power = Number(exponent);
  if (power < 0) return value.toFixed(Math.min(100, (mantissa.split(".")[1]?.length ?? 0) - power));
  return BigInt(value).toString();
}
