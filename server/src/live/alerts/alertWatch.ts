// Evaluates the rules of open files over and over, a little at a time, and shows what their alerts do. It must not know editors or files.
import type { EvaluationOptions } from "../../promql/engine/evaluate.ts";
import { type GroupAlertsFrame, groupKey } from "../frames.ts";
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
  /** Told of the groups in which something changed. */
  show(groups: readonly GroupAlertsFrame[]): void;
};

/** How often is looked whether a group is due, ms. */
const round = 1000;

/** Evaluation at one go, ms; then others have their turn. */
const slice = 4;
const pause = 4;

/** What was told of a group, and of which evaluation and samples that was. */
type Shown = {
  readonly file: string;
  readonly group: string;
  readonly text: string;
  readonly turn: number;
  readonly oldest: number | undefined;
  /** Something in it was not certain for want of older samples. */
  readonly isDoubtful: boolean;
};

/** At work from the moment it is made until it is closed. */
export class AlertWatch {
  readonly #host: AlertWatchHost;
  readonly #recorded: Recorded;
  readonly #runs = new Map<string, GroupRun>();
  #cancel: (() => void) | undefined;
  readonly #shown = new Map<string, Shown>();
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
    // Before there are samples a rule is not begun with: else it would answer for nothing until its next turn.
    const begins = this.#host.samples.oldest() !== undefined;
    const due = [...this.#runs.values()].filter(
      (run) => (begins || Number.isFinite(run.at)) && (changed.has(run) || now >= run.at + run.spec.interval),
    );
    this.#goOn(this.#evaluate(due, now));
  }

  /** Gives the runs that have new rules. */
  #takeGroups(groups: readonly GroupSpec[]): ReadonlySet<GroupRun> {
    const changed = new Set<GroupRun>();
    const present = new Set<string>();
    for (const group of groups) {
      const key = groupKey(group.file, group.name);
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
    for (const run of due) {
      const which = now >= run.at + run.spec.interval ? "all" : "new";
      yield* run.evaluate(source, now, options(), oldest ?? now, which);
    }
  }

  #goOn(work: Generator<void>): void {
    const begin = performance.now();
    while (performance.now() - begin < slice)
      if (work.next().done) {
        this.#after(0, () => {
          this.#show();
          this.#after(round, () => this.#round());
        });
        return;
      }
    this.#after(pause, () => this.#goOn(work));
  }

  /** Tells only what is not as before. */
  #show(): void {
    const oldest = this.#host.samples.oldest();
    const told: GroupAlertsFrame[] = [];
    for (const [key, { file, group }] of this.#shown)
      if (!this.#runs.has(key)) {
        this.#shown.delete(key);
        told.push({ file, group, alerts: [] });
      }
    for (const [key, run] of this.#runs) {
      const shown = this.#shown.get(key);
      if (shown?.turn === run.turn && !isOutdated(shown, oldest)) continue;
      const { file, name: group } = run.spec;
      const alerts = run.frames(oldest, this.#host.history);
      const text = JSON.stringify(alerts);
      const isDoubtful = alerts.some(({ history }) => history !== undefined);
      this.#shown.set(key, { file, group, text, turn: run.turn, oldest, isDoubtful });
      if (text !== (shown?.text ?? "[]")) told.push({ file, group, alerts });
    }
    if (told.length > 0) this.#host.show(told);
  }
}

/** Whether the oldest samples are others now, and that matters. */
function isOutdated(shown: Shown, oldest: number | undefined): boolean {
  return shown.oldest !== oldest && (shown.isDoubtful || shown.oldest === undefined || oldest === undefined);
}
