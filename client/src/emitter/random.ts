// Numbers by chance that come out the same for the same seed. It knows nothing of what they stand for.

export type Random = {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  /** A whole number in [low, high]. */
  whole(low: number, high: number): number;
  /** True in `probability` of all calls. */
  chance(probability: number): boolean;
  /** Log-normal with this median; one value in a hundred is above `high`. Durations are of this shape. */
  spread(median: number, high: number): number;
  /** A generator of its own, so that what one part draws does not shift another's numbers. */
  fork(name: string): Random;
};

/** sfc32, seeded with a number and a name. */
export function random(seed: number, name = ""): Random {
  let [a, b, c, counter] = [seed | 0, (seed / 2 ** 32) | 0, hash(name), 1];
  const bits = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let round = 0; round < 12; round++) bits();
  const next = (): number => bits() / 2 ** 32;
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    whole: (low, high) => low + Math.floor((high - low + 1) * next()),
    chance: (probability) => next() < probability,
    spread: (median, high) => median * Math.exp((Math.log(high / median) / 2.326) * normal(next)),
    fork: (child) => random(seed, `${name}/${child}`),
  };
}

/** Box–Muller; 2.326 above is the standard normal's 99th percentile. */
function normal(next: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}

/** FNV-1a over the characters' UTF-8 bytes, as an unsigned 32-bit number. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of Buffer.from(text)) value = Math.imul(value ^ byte, 0x01000193);
  return value >>> 0;
}
