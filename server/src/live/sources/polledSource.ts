// What all sources have in common that ask at an interval: how they are called, started, tried again and closed. It must not know what
// they ask for.
import type { Notice, SourceCounters, SourceKind, SourceState } from "../frames.ts";
import type { Failure } from "./faults.ts";
import { Poller } from "./poller.ts";
import type { Source, SourceWorld } from "./source.ts";

/** How a source is shown: `address` is a URL without credentials. */
export type Place = { readonly title: string; readonly address: string };

export abstract class PolledSource implements Source {
  abstract readonly kind: SourceKind;
  readonly id: string;
  readonly title: string;
  readonly address: string;
  readonly interval: number;
  counters: SourceCounters = { received: 0, failed: 0, bytes: 0, samples: 0, series: 0 };
  notices: readonly Notice[] = [];
  version: string | undefined;
  protected readonly world: SourceWorld;
  readonly #poller: Poller;

  constructor({ id, interval }: { id: string; interval: number }, { title, address }: Place, world: SourceWorld) {
    this.id = id;
    this.title = title;
    this.address = address;
    this.interval = interval;
    this.world = world;
    const { clock, on } = world;
    this.#poller = new Poller({ clock, interval, run: () => this.run(), changed: () => on.changed() });
  }

  get state(): SourceState {
    return this.#poller.state;
  }

  retry(): void {
    this.#poller.retry();
  }

  async close(): Promise<void> {
    this.hangUp();
    await this.#poller.close();
    this.world.intake.dispose();
  }

  /** One try; undefined: it went well. Not called before the source is made. */
  protected abstract run(): Promise<Failure | undefined>;

  /** Breaks off what is in flight. */
  protected abstract hangUp(): void;

  /** A try without an answer. */
  protected countFailure(): void {
    this.counters = { ...this.counters, failed: this.counters.failed + 1 };
  }
}
