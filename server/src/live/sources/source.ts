// What every source of live data is to the link: how it is started, what it tells, what it may not know of views and editors.
import type {
  ClusterFrame,
  LiveEvent,
  Notice,
  ServerAlertFrame,
  SourceCounters,
  SourceKind,
  SourceState,
} from "../frames.ts";
import type { Hearing } from "../record/heard.ts";
import type { Intake } from "../store/intake.ts";

/** User and password, or a token. Asked for before each request and forgotten after it: never stored, never logged. */
export type Credentials =
  | { readonly scheme: "basic"; readonly user: string; readonly password: string }
  | { readonly scheme: "bearer"; readonly token: string };

/** Time and timers, so that tests decide when it is. */
export type Clock = {
  now(): number;
  /** Calls back once after `delay` ms; the result cancels it. Never keeps the process alive. */
  after(delay: number, call: () => void): () => void;
};

/** What a source needs from the outside. */
export type SourceWorld = {
  readonly clock: Clock;
  /** Where its samples go. */
  readonly intake: Intake;
  /** Asked before each request with the origin it goes to; undefined: none are set for it. */
  readonly credentials: (origin: string) => Promise<Credentials | undefined>;
  /** Told of what comes over the wire, before it is read. */
  readonly heard?: Hearing;
  readonly on: {
    /** State, counters or notices are not what they were. */
    changed(): void;
    event(event: LiveEvent): void;
    cluster(frame: ClusterFrame): void;
    alerts(alerts: readonly ServerAlertFrame[]): void;
    /** Scrape URLs of the other servers that it found; only a scrape of every server calls this. */
    servers(urls: readonly string[]): void;
  };
};

/** Running from the moment it is made until it is closed. */
export type Source = {
  readonly id: string;
  readonly kind: SourceKind;
  readonly title: string;
  readonly address: string;
  readonly interval: number;
  readonly state: SourceState;
  readonly counters: SourceCounters;
  readonly notices: readonly Notice[];
  readonly version: string | undefined;
  /** Tries at once, whatever the back-off says. */
  retry(): void;
  close(): Promise<void>;
};
