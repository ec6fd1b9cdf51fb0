// The clock outside of tests. Its timers never keep the process alive.
import type { Clock } from "./source.ts";

export const realClock: Clock = {
  now: () => Date.now(),
  after(delay, call) {
    const timer = setTimeout(call, delay);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
