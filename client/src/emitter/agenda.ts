// What is to happen when: a queue of actions ordered by time, then by the order of their making. It knows no clock.

export type Cancel = () => void;

type Entry = { time: number; order: number; action: (() => void) | undefined };

/**
 * Actions at points of simulated time (milliseconds since 1970). `runUntil` plays them in order, so that the same
 * entries give the same history however often or seldom it is called.
 */
export class Agenda {
  #heap: Entry[] = [];
  #made = 0;
  #now: number;

  constructor(start: number) {
    this.#now = start;
  }

  /** The time of the action that runs, or of the last `runUntil`. */
  get now(): number {
    return this.#now;
  }

  at(time: number, action: () => void): Cancel {
    const entry: Entry = { time: Math.max(time, this.#now), order: this.#made++, action };
    this.#heap.push(entry);
    this.#rise(this.#heap.length - 1);
    return () => {
      entry.action = undefined;
    };
  }

  after(delay: number, action: () => void): Cancel {
    return this.at(this.#now + delay, action);
  }

  /** Runs `action` after each gap of so many milliseconds, or of as many as are drawn each time, until cancelled. */
  every(gap: number | (() => number), action: () => void): Cancel {
    const next = typeof gap === "number" ? () => gap : gap;
    let stopped = false;
    const turn = (): void => {
      if (stopped) return;
      this.after(next(), turn);
      action();
    };
    this.after(next(), turn);
    return () => {
      stopped = true;
    };
  }

  /** Plays everything that is due up to `time`, and leaves `now` there. */
  runUntil(time: number): void {
    for (let next = this.#heap[0]; next !== undefined && next.time <= time; next = this.#heap[0]) {
      this.#take();
      this.#now = next.time;
      next.action?.();
    }
    this.#now = Math.max(this.#now, time);
  }

  /** Lets time jump without anything happening in between: all that is to come moves along. */
  skip(milliseconds: number): void {
    for (const entry of this.#heap) entry.time += milliseconds;
    this.#now += milliseconds;
  }

  #take(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#sink(0);
  }

  #rise(index: number): void {
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#swapIfEarlier(index, parent)) return;
      index = parent;
    }
  }

  #sink(index: number): void {
    const size = this.#heap.length;
    for (;;) {
      const left = 2 * index + 1;
      if (left >= size) return;
      const right = left + 1;
      const child = right < size && this.#earlier(right, left) ? right : left;
      if (!this.#swapIfEarlier(child, index)) return;
      index = child;
    }
  }

  #earlier(a: number, b: number): boolean {
    const first = this.#heap[a] as Entry;
    const second = this.#heap[b] as Entry;
    return first.time < second.time || (first.time === second.time && first.order < second.order);
  }

  #swapIfEarlier(child: number, parent: number): boolean {
    if (!this.#earlier(child, parent)) return false;
    const moved = this.#heap[child] as Entry;
    this.#heap[child] = this.#heap[parent] as Entry;
    this.#heap[parent] = moved;
    return true;
  }
}
