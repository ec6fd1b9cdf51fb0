// Does one thing again and again, never twice at once, and keeps the state of a source: live, stale, failing, when next. It must not
// know what the thing is.
import type { SourceState } from "../frames.ts";
import type { Failure } from "./faults.ts";
import type { Clock } from "./source.ts";

export type PollerOptions = {
  readonly clock: Clock;
  /** From the beginning of one try to that of the next, ms. */
  readonly interval: number;
  /** One try. Undefined: it went well. */
  readonly run: () => Promise<Failure | undefined>;
  readonly changed: () => void;
};

/** Longest time between two tries, unless the interval is longer. */
const longestWait = 30_000;
/** After so many failures in a row what is shown is no longer called stale, but failing. */
const staleFailures = 3;

export class Poller {
  readonly #options: PollerOptions;
  #state: SourceState;
  #failures = 0;
  #firstFailure = 0;
  #lastSuccess: number | undefined;
  #liveSince = 0;
  #cancel: (() => void) | undefined;
  #running: Promise<void> | undefined;
  #again = false;
  #closed = false;

  constructor(options: PollerOptions) {
    this.#options = options;
    this.#state = { phase: "connecting", since: options.clock.now() };
    this.#cancel = options.clock.after(0, () => this.#try());
  }

  get state(): SourceState {
    return this.#state;
  }

  /** Tries now, or right after what is running. */
  retry(): void {
    if (this.#closed) return;
    this.#again = this.#running !== undefined;
    if (this.#again) return;
    this.#cancel?.();
    this.#try();
  }

  /** Ends when nothing is running any more. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#cancel?.();
    await this.#running;
  }

  #try(): void {
    if (this.#closed) return;
    const { clock, run } = this.#options;
    const started = clock.now();
    this.#running = run()
      .catch(unexpected)
      .then((failure) => {
        this.#running = undefined;
        if (this.#closed) return;
        const wait = this.#again ? 0 : this.#waitAfter(failure, clock.now() - started);
        this.#again = false;
        this.#enter(failure, clock.now() + wait);
        this.#cancel = clock.after(wait, () => this.#try());
        this.#options.changed();
      });
  }

  /** The rest of the interval; twice as long with each failure. */
  #waitAfter(failure: Failure | undefined, took: number): number {
    const { interval } = this.#options;
    this.#failures = failure ? this.#failures + 1 : 0;
    const spacing = interval * 2 ** Math.min(Math.max(this.#failures - 1, 0), 16);
    const capped = Math.min(spacing, Math.max(interval, longestWait));
    return Math.max(capped - took, took > capped ? interval - (took % interval) : 0);
  }

  #enter(failure: Failure | undefined, nextTry: number): void {
    const now = this.#options.clock.now();
    if (!failure) {
      if (this.#state.phase !== "live") this.#liveSince = now;
      this.#lastSuccess = now;
      this.#state = { phase: "live", since: this.#liveSince, last: now };
      return;
    }
    if (this.#failures <= 1) this.#firstFailure = now;
    const { reason, advice } = failure;
    const since = this.#firstFailure;
    const last = this.#lastSuccess;
    this.#state =
      last !== undefined && this.#failures < staleFailures
        ? { phase: "stale", since, last, reason, advice, nextTry }
        : { phase: "failing", since, failures: Math.max(this.#failures, 1), reason, advice, nextTry };
  }
}

/** A try that broke down itself, as where credentials were to be had and could not be asked for. */
function unexpected(error: unknown): Failure {
  const said = error instanceof Error ? error.message : String(error);
  return {
    reason: `The request could not be made: ${said}`,
    advice: "Try again; if it stays, report it with this sentence.",
  };
}
