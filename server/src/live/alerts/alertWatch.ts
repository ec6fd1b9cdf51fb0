// Evaluates the rules of open files over and over, a little at a time, and shows what their alerts do. It must not know editors or files.
import type { EvaluationOptions } from "../../promql/engine/evaluate.ts";
import type { AlertStateFrame } from "../frames.ts";
import type { Clock } from "../sources/source.ts";
import { GroupRun } from "./groupRun.ts";
import { Recorded } from "./recorded.ts";
import type { GroupSpec } from "./rules.ts";
import { type Samples, sourceOfSamples } from "./storeSource.ts";

export type AlertWatchHost = {
  readonly clock: Clock;
  readonly samples: Samples;
  /** How long samples are kept, ms. */
  readonly history: number;
  /** The groups as they are now written; asked for before each round. */
  groups(): readonly GroupSpec[];
  options(): EvaluationOptions;
  show(states: readonly AlertStateFrame[]): void;
};

/** How often is looked whether a group is due, ms. */
const round = 1000;

/** Evaluation at one go, ms; then others have their turn. */
const slice = 4;
const pause = 4;

/** At work from the moment it is made until it is closed. */
export class AlertWatch {
  readonly #host: AlertWatchHost;
  readonly #recorded: Recorded;
  readonly #runs = new Map<string, GroupRun>();
  #cancel: (() => void) | undefined;
  #shown = "[]";
  #isClosed = false;

  constructor(host: AlertWatchHost) {
    this.#host = host;
    this.#recorded = new Recorded(host.history);
    this.#after(0, () => this.#round());
  }

  close(): void {
    this.#isClosed = true;
    this.#cancel?.();
  }

  #after(delay: number, call: () => void): void {
    if (!this.#isClosed) this.#cancel = this.#host.clock.after(delay, call);
  }

  #round(): void {
    const changed = this.#takeGroups(this.#host.groups());
    const now = this.#host.clock.now();
    const due = [...this.#runs.values()].filter((run) => changed.has(run) || now >= run.at + run.spec.interval);
    this.#goOn(this.#evaluate(due, now));
  }

  /** Gives the runs that have new rules. */
  #takeGroups(groups: readonly GroupSpec[]): ReadonlySet<GroupRun> {
    const changed = new Set<GroupRun>();
    const present = new Set<string>();
    for (const group of groups) {
      const key = `${group.file}\n${group.name}`;
      present.add(key);
      const run = this.#runs.get(key);
      if (run?.spec === group) continue;
      const current = run ?? new GroupRun(group, this.#recorded);
      this.#runs.set(key, current);
      if (current.update(group)) changed.add(current);
    }
    for (const key of this.#runs.keys()) if (!present.has(key)) this.#runs.delete(key);
    return changed;
  }

  *#evaluate(due: readonly GroupRun[], now: number): Generator<void> {
    const { samples, options } = this.#host;
    const oldest = samples.oldest();
    const source = sourceOfSamples(samples);
    for (const run of due) yield* run.evaluate(source, now, options(), oldest ?? now);
  }

  #goOn(work: Generator<void>): void {
    const begin = performance.now();
    while (performance.now() - begin < slice)
      if (work.next().done) {
        this.#show();
        this.#after(round, () => this.#round());
        return;
      }
    this.#after(pause, () => this.#goOn(work));
  }

  /** Tells only what is not as before. */
  #show(): void {
    const oldest = this.#host.samples.oldest();
    const states = [...this.#runs.values()].flatMap((run) => run.frames(oldest));
    const text = JSON.stringify(states);
    if (text === this.#shown) return;
    this.#shown = text;
    this.#host.show(states);
  }
}
