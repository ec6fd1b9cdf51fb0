// Times and ids as Go's JSON has them: RFC 3339 with up to nine decimals, nanoseconds as whole numbers. It knows no field.

/** What Go prints for a time that was never set. */
export const neverTime = "0001-01-01T00:00:00Z";

/** Nanoseconds since 1970 of simulated milliseconds; the parts of a millisecond below its precision come from `noise`. */
export function nanoseconds(milliseconds: number, noise = 0): bigint {
  const whole = Math.floor(milliseconds);
  return (
    BigInt(whole) * 1_000_000n +
    BigInt(Math.floor((milliseconds - whole) * 1000) * 1000 + (Math.floor(noise * 1000) % 1000))
  );
}

/** Time in UTC; trailing zeros of the fraction are left out, as Go does. */
export function rfc3339(time: bigint): string {
  const seconds = new Date(Number(time / 1_000_000n)).toISOString().slice(0, 19);
  const fraction = (time % 1_000_000_000n).toString().padStart(9, "0").replace(/0+$/, "");
  return `${seconds}${fraction === "" ? "" : `.${fraction}`}Z`;
}
