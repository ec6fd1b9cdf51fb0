// Go's durations, as Dkron and scenarios write them. It knows no key.

const unitMilliseconds: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1e3,
  m: 6e4,
  h: 3.6e6,
};

/** Milliseconds of a Go duration such as `1h30m`. Throws RangeError. */
export function goDuration(text: string): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ns|us|\u00b5s|ms|s|m|h)/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join("") !== text.trim())
    throw new RangeError(`"${text}" is no duration such as 90s or 1h30m.`);
  return parts.reduce((sum, [, number, unit]) => sum + Number(number) * (unitMilliseconds[unit ?? ""] ?? 0), 0);
}
