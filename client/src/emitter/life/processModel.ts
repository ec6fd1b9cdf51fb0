// The Go process of one agent as its runtime and the kernel would report it: heap, collections, CPU, descriptors. It must
// not know metrics' names, nor what the agent does with its time.
import type { Random } from "../random.ts";

/** What scenarios turn: all 1 or 0 in a healthy process. */
export type Pressure = {
  /** How much more is allocated than usual. */
  allocation: number;
  /** How much longer collections stop the process than usual. */
  pause: number;
  /** Bytes and goroutines a second that are never given back. */
  leakedBytes: number;
  leakedGoroutines: number;
};

export type Collection = { readonly pause: number; readonly pauseSeconds: number };

const megabyte = 2 ** 20;
const page = 8192;
const span = 32_768;
const minimalGoal = 4 * megabyte;
/** A collection is forced after two minutes (runtime/proc.go, forcegcperiod). */
const forcedAfter = 120_000;
const objectSize = 150;

/** Figures of an idle agent of 4.1, bytes and counts; times in milliseconds since 1970. */
export class ProcessModel {
  readonly pressure: Pressure = { allocation: 1, pause: 1, leakedBytes: 0, leakedGoroutines: 0 };
  readonly #random: Random;
  readonly #started: number;
  readonly #baseGoroutines: number;
  #at: number;
  #live = 5.6 * megabyte;
  #leaked = 0;
  #leakedGoroutines = 0;
  #running = 0;
  #heapAlloc = 6.2 * megabyte;
  #heapPeak = 12 * megabyte;
  #totalAlloc = 9 * megabyte;
  #goal = minimalGoal * 2;
  #lastCollection: number;
  #collections = 0;
  #pauseTotal = 0;
  #cpu = 0.02;
  #received = 1542;
  #transmitted = 1542;
  #frees = 9000;
  #mallocs = 30_000;

  constructor(random: Random, started: number, baseGoroutines: number) {
    this.#random = random;
    this.#started = started;
    this.#at = started;
    this.#lastCollection = started;
    this.#baseGoroutines = baseGoroutines;
  }

  /** Time goes on to `now`; answers the collection that was due, if one was. */
  advance(now: number): Collection | undefined {
    const seconds = Math.max(0, now - this.#at) / 1000;
    this.#at = now;
    this.#leaked += this.pressure.leakedBytes * seconds;
    this.#leakedGoroutines += this.pressure.leakedGoroutines * seconds;
    this.allocate((10_500 + this.#random.between(0, 2000)) * seconds * this.pressure.allocation);
    this.#cpu += (0.004 + 0.002 * (this.pressure.allocation - 1) ** 0.5) * seconds;
    this.allocate(this.pressure.leakedBytes * seconds);
    const due = this.#heapAlloc >= this.#goal || now - this.#lastCollection > forcedAfter;
    return due ? this.collect() : undefined;
  }

  allocate(bytes: number): void {
    this.#heapAlloc += bytes;
    this.#totalAlloc += bytes;
    this.#mallocs += Math.round(bytes / objectSize);
    this.#heapPeak = Math.max(this.#heapPeak, this.#heapAlloc);
  }

  /** A run of a job begins (+1) or ends (-1) in this process. */
  run(change: 1 | -1): void {
    this.#running += change;
    if (change === 1) this.allocate(this.#random.between(150_000, 450_000));
    this.#cpu += 0.003;
  }

  /** Bytes over the network. */
  traffic(received: number, transmitted: number): void {
    this.#received += received;
    this.#transmitted += transmitted;
    this.#cpu += 0.0004;
  }

  collect(): Collection {
    const survived = Math.min(this.#heapAlloc, this.#live * this.#random.between(0.95, 1.15) + this.#leaked);
    this.#frees += Math.round((this.#heapAlloc - survived) / objectSize);
    this.#heapAlloc = survived;
    this.#goal = Math.max(minimalGoal, survived * 2);
    this.#lastCollection = this.#at;
    this.#collections++;
    const pause = Math.round(this.#random.spread(230_000, 1_400_000) * this.pressure.pause);
    this.#pauseTotal += pause;
    this.#cpu += 0.004 * this.pressure.pause ** 0.5;
    return { pause, pauseSeconds: pause / 1e9 };
  }

  /** The figures that the metrics of a second and of a scrape are made of, by the names that behaviour.yml uses. */
  figures(): Record<string, number> {
    const heapInuse = Math.ceil((this.#heapAlloc * 1.08 + 1.4 * megabyte) / page) * page;
    const heapSys = Math.ceil((this.#heapPeak * 1.4 + 4 * megabyte) / span) * span;
    const heapIdle = heapSys - heapInuse;
    const goroutines = Math.round(this.#baseGoroutines + this.#leakedGoroutines + 3 * this.#running);
    const stackInuse = Math.ceil((0.6 * megabyte + goroutines * 5000) / span) * span;
    const fixed = { buckHashSys: 1_450_313, mcacheInuse: 4592, mcacheSys: 16_072, otherSys: 627_911 };
    const mspanInuse = Math.round(heapInuse / page) * 160;
    const mspanSys = Math.ceil((mspanInuse * 1.2) / 16_320) * 16_320;
    const gcSys = Math.round(heapSys / 7);
    const sys = heapSys + stackInuse + mspanSys + gcSys + fixed.buckHashSys + fixed.mcacheSys + fixed.otherSys;
    return {
      ...fixed,
      goroutines,
      heapAlloc: Math.round(this.#heapAlloc),
      totalAlloc: Math.round(this.#totalAlloc),
      mallocs: this.#mallocs,
      frees: this.#frees,
      heapObjects: this.#mallocs - this.#frees,
      heapInuse,
      heapIdle,
      heapReleased: Math.floor((heapIdle * 0.46) / page) * page,
      heapSys,
      stackInuse,
      stackSys: stackInuse,
      mspanInuse,
      mspanSys,
      gcSys,
      sys,
      nextGc: Math.round(this.#goal),
      lastGc: this.#lastCollection / 1000,
      gcRuns: this.#collections,
      gcCpuFraction: 0.0004,
      pauseTotal: this.#pauseTotal,
      threads: 9,
      cpu: Math.round(this.#cpu * 100) / 100,
      openFds: 23 + 2 * this.#running + Math.round(this.#leakedGoroutines / 2),
      resident: Math.ceil((40 * megabyte + sys * 0.7) / 4096) * 4096,
      virtual: 1_369_407_488 + Math.ceil(this.#leaked / span) * span,
      startTime: Math.floor(this.#started / 10) / 100,
      received: Math.round(this.#received),
      transmitted: Math.round(this.#transmitted),
    };
  }
}
