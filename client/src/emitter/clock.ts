// Time for the stand-in agent: a clock that can run faster than the wall's, or only when told. It knows nothing of agents.

/** Milliseconds since 1970, as the cluster sees them. */
export type Clock = { now(): number };

/**
 * The wall clock, `speed` times as fast from the moment it is made. A speed of 1 is the wall clock itself.
 */
export function wallClock(speed = 1): Clock {
  const born = Date.now();
  return { now: () => born + (Date.now() - born) * speed };
}

/** A clock that stands still until it is set: for tests and benches. */
export type ManualClock = Clock & { set(time: number): void };

export function manualClock(start: number): ManualClock {
  let time = start;
  return {
    now: () => time,
    set: (next) => {
      time = next;
    },
  };
}
