// Which states each alert of the open rule files went through while the view was looking. Pure; knows no message and no DOM.
import type { AlertStateFrame } from "../messages.ts";

export type AlertState = AlertStateFrame["state"];

/** A state from `from` until `to`, seconds. */
export type Stretch = { readonly state: AlertState; readonly from: number; readonly to: number };

type Change = { readonly at: number; readonly state: AlertState | undefined };

/** Changes that are remembered of one alert: one that flaps each second must not grow without end. */
const mostChanges = 400;

/** Seconds without word after which nothing is known of what was between: two rounds of evaluation, and a half. */
const longestSilence = 150;

export class AlertHistory {
  readonly #changes = new Map<string, Change[]>();
  #last = 0;

  /** The states at one moment, in seconds. An alert that is not among them any more has none. */
  add(at: number, states: ReadonlyMap<string, AlertState>): void {
    if (at - this.#last > longestSilence)
      for (const changes of this.#changes.values()) note(changes, { at: this.#last, state: undefined });
    this.#last = at;
    for (const [key, changes] of this.#changes) if (!states.has(key)) note(changes, { at, state: undefined });
    for (const [key, state] of states) {
      const changes = this.#changes.get(key) ?? [];
      this.#changes.set(key, changes);
      note(changes, { at, state });
    }
  }

  /** What is seen of an alert between two moments, oldest first. */
  stretches(key: string, from: number, to: number): Stretch[] {
    const changes = this.#changes.get(key) ?? [];
    const known = Math.min(to, this.#last + longestSilence);
    return changes.flatMap(({ at, state }, index) => {
      const start = Math.max(from, at);
      const end = Math.min(known, changes[index + 1]?.at ?? known);
      return state === undefined || end <= start ? [] : [{ state, from: start, to: end }];
    });
  }

  /** Forgets alerts that were gone before `oldest`, seconds. */
  trim(oldest: number): void {
    for (const [key, changes] of this.#changes) {
      const last = changes.at(-1);
      if (last && last.state === undefined && last.at < oldest) this.#changes.delete(key);
    }
  }

  clear(): void {
    this.#changes.clear();
  }
}

function note(changes: Change[], change: Change): void {
  if (changes.at(-1)?.state === change.state && changes.length > 0) return;
  changes.push(change);
  if (changes.length > mostChanges) changes.splice(0, changes.length - mostChanges);
}
