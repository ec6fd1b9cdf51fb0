// The plain shapes that a live view is sent each tick and may ask for. JSON through and through; knows no socket, no store, no editor.

/** Seconds are never used: every time and duration here is in milliseconds (times since the Unix epoch). */
export type Millis = number;

export type SourceKind = "scrape" | "statsd" | "dogstatsd" | "api" | "prometheus";

/** How a source stands. `stale`: it was live, the last try failed, what is shown is from before. */
export type SourceState =
  | { readonly phase: "stopped"; readonly reason: string; readonly advice: string }
  | { readonly phase: "connecting"; readonly since: Millis; readonly note?: string }
  | { readonly phase: "live"; readonly since: Millis; readonly last: Millis }
  | {
      readonly phase: "stale";
      readonly since: Millis;
      readonly last: Millis;
      readonly reason: string;
      readonly advice: string;
      readonly nextTry: Millis | null;
    }
  | {
      readonly phase: "failing";
      readonly since: Millis;
      readonly failures: number;
      readonly reason: string;
      readonly advice: string;
      readonly nextTry: Millis | null;
    };

/** Something to be said about a source that otherwise works: a line that could not be read, what a limit left out, a mismatch. */
export type Notice = {
  readonly id: string;
  readonly severity: "error" | "warning" | "info";
  readonly message: string;
  /** Line of the exposition, from 1. */
  readonly line?: number;
};

/** What a source has done. Rates are of the last full second or interval; counts since it was started. */
export type SourceCounters = {
  /** Scrapes, queries or packets. */
  readonly received: number;
  readonly failed: number;
  readonly bytes: number;
  /** Samples of the last scrape, or lines of the last interval. */
  readonly samples: number;
  readonly series: number;
  /** Of the last scrape or query. */
  readonly lastDuration?: Millis;
  readonly lastBytes?: number;
  /** Listeners only. */
  readonly packetsPerSecond?: number;
  readonly linesPerSecond?: number;
  readonly badLines?: number;
  /** Packets that the kernel threw away since this listener opened; null: this system does not tell. */
  readonly kernelDrops?: number | null;
  /** Receive buffer in bytes: asked for, and what the kernel gave. */
  readonly receiveBuffer?: { readonly asked: number; readonly effective: number };
};

export type SourceFrame = {
  readonly id: string;
  readonly kind: SourceKind;
  /** The source as set up that found this one: a server found through the members of another. */
  readonly foundBy?: string;
  readonly title: string;
  /** URL without credentials, or `udp://host:port`. */
  readonly address: string;
  readonly interval: Millis;
  readonly state: SourceState;
  /** Dkron's version, or the Prometheus server's, where it said so. */
  readonly version?: string;
  readonly counters: SourceCounters;
  readonly notices: readonly Notice[];
};

export type SeriesType =
  | "counter"
  | "gauge"
  | "summary"
  | "histogram"
  | "unknown"
  | "info"
  | "stateset"
  | "gaugehistogram";

/** What a series is within its metric: decides how it is drawn. `set`, `mean` … are made from StatsD events. */
export type SeriesRole = "value" | "total" | "quantile" | "bucket" | "sum" | "count" | "created" | "statistic";

export type SeriesInfo = {
  /** Stable while the link lives; never used again for another series. */
  readonly id: number;
  readonly source: string;
  readonly name: string;
  /** Without the name and sorted by label; a scraped series has them as Prometheus stores them (`job` → `exported_job`). */
  readonly labels: Readonly<Record<string, string>>;
  readonly type: SeriesType;
  readonly role: SeriesRole;
  /** The value only grows until its process restarts: draw its rate. */
  readonly cumulative: boolean;
  /** The metric's name, as `# TYPE` has it. */
  readonly family: string;
  readonly unit?: string;
  readonly help?: string;
  /** Row of the catalogue, and the host and labels that the name itself holds. */
  readonly row?: string;
  readonly host?: string;
  readonly named?: Readonly<Record<string, string>>;
};

/** JSON has no NaN and no infinities; null: no sample, draw a gap. */
export type SampleValue = number | "NaN" | "+Inf" | "-Inf" | null;

/** One moment of one source. `ids` and `values` run in parallel and hold watched series only. */
export type SampleColumn = {
  readonly source: string;
  readonly at: Millis;
  readonly ids: readonly number[];
  readonly values: readonly SampleValue[];
};

/**
 * `reset`: a counter fell · `restart`: the process's start time changed · `expired`: a go-metrics series went since nothing
 * updated it for 60 s and will begin from zero · `gone`: it went for another reason · `gap`: the source had no answer.
 */
export type LiveEvent = {
  readonly kind: "reset" | "restart" | "expired" | "gone" | "gap";
  readonly at: Millis;
  readonly source: string;
  readonly series?: number;
  readonly message?: string;
};

export type MemberStatus = "none" | "alive" | "leaving" | "left" | "failed";

export type MemberFrame = {
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly status: MemberStatus;
  readonly server: boolean;
  readonly leader: boolean;
  readonly version?: string;
  readonly tags: Readonly<Record<string, string>>;
};

export type JobFrame = {
  readonly name: string;
  readonly displayName: string;
  readonly schedule: string;
  readonly timezone: string;
  readonly disabled: boolean;
  /** "" (never ran), `success`, `failed`, `partially_failed`; a newer agent may say something else. */
  readonly status: string;
  readonly successes: number;
  readonly errors: number;
  /** Since the counters were last cleared, each attempt counted; null: it never ran. */
  readonly successRate: number | null;
  readonly lastSuccess: Millis | null;
  readonly lastError: Millis | null;
  readonly next: Millis | null;
  /** How late it is: next run in the past while enabled; null: not overdue. */
  readonly overdueBy: Millis | null;
  readonly running: number;
  readonly parent: string | null;
  readonly children: readonly string[];
  readonly executor: string;
  readonly concurrency: string;
  readonly owner: string;
};

export type ExecutionFrame = {
  readonly id: string;
  readonly job: string;
  readonly node: string;
  readonly startedAt: Millis;
  readonly finishedAt: Millis | null;
  readonly success: boolean;
  readonly attempt: number;
  /** Unix nanoseconds, beyond what a JSON number holds; the same for all nodes and attempts of one trigger. */
  readonly group: string;
};

export type DayFrame = { readonly date: string; readonly successes: number; readonly failures: number };

/** What one agent's HTTP API said of the cluster; times are by our clock, also where the agent's is not as ours. */
export type ClusterFrame = {
  readonly source: string;
  readonly at: Millis;
  readonly agent: { readonly name: string; readonly version: string } | null;
  readonly health: { readonly healthy: boolean; readonly issues: readonly string[] } | null;
  readonly members: readonly MemberFrame[];
  /** Null: none, or the one that was named is not to be trusted; `leaderNote` says which. */
  readonly leader: string | null;
  readonly leaderNote: string | null;
  readonly jobs: readonly JobFrame[];
  readonly busy: readonly ExecutionFrame[];
  /** Null: this version has no `/v1/stats` (before 4.1.0). */
  readonly days: readonly DayFrame[] | null;
  readonly serf: Readonly<Record<string, string>>;
  /** Parts that could not be read this time, a sentence each; what is shown for them is from before. */
  readonly missing: readonly string[];
};

/** One alert as a Prometheus server holds it. */
export type ServerAlertFrame = {
  readonly name: string;
  readonly state: "inactive" | "pending" | "firing" | "unknown";
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly activeAt: Millis | null;
  readonly value: SampleValue;
};

/**
 * What an alert of the open rule file would do now, on the samples of the link: one for each set of labels that its expression
 * answers, one without labels where it answers nothing.
 */
export type AlertStateFrame = {
  readonly group: string;
  readonly rule: string;
  /** URI of the rule file. */
  readonly file: string;
  readonly state: "inactive" | "pending" | "firing" | "unknown";
  /** Since when the condition holds. */
  readonly since: Millis | null;
  /** When a pending alert will fire if its condition goes on to hold. */
  readonly firesAt?: Millis;
  /** Until when `keep_firing_for` keeps an alert firing whose condition no longer holds. */
  readonly keptUntil?: Millis;
  readonly value: SampleValue;
  readonly labels: Readonly<Record<string, string>>;
  /** Their templates expanded. */
  readonly annotations: Readonly<Record<string, string>>;
  /** A sentence: why it is unknown. */
  readonly reason?: string;
  /** Where it looks back further than samples are known: how far, and since when they are. Until then it may change. */
  readonly history?: { readonly looksBack: Millis; readonly since: Millis };
};

/** The alerts of one group of an open rule file; none where the group is gone or has none. */
export type GroupAlertsFrame = {
  /** URI. */
  readonly file: string;
  readonly group: string;
  readonly alerts: readonly AlertStateFrame[];
};

/** What tells a group from all others: a file may hold a name once. A file is a URI, which has no line breaks. */
export const groupKey = (file: string, group: string): string => `${file}\n${group}`;

/** What the store keeps and what its limits left out. `leftOut` is a sentence, absent if nothing was. */
export type StoreFrame = {
  readonly series: number;
  readonly samples: number;
  readonly bytes: number;
  readonly maxSeries: number;
  readonly maxBytes: number;
  readonly refusedSeries: number;
  readonly leftOut?: string;
};

/**
 * One tick of a view. A tick never holds more than what changed: `sources`, `added`, `removed`, `clusters` and `store` are
 * absent where nothing did. `full`: forget everything first. Of many series at once each frame adds some; more frames follow.
 */
export type Frame = {
  readonly sequence: number;
  readonly at: Millis;
  readonly full: boolean;
  readonly sources?: readonly SourceFrame[];
  readonly removedSources?: readonly string[];
  readonly added?: readonly SeriesInfo[];
  /** Series that the store has dropped for good: their last sample is older than the history. */
  readonly removed?: readonly number[];
  readonly columns: readonly SampleColumn[];
  readonly events: readonly LiveEvent[];
  readonly clusters?: readonly ClusterFrame[];
  readonly alerts?: readonly { readonly source: string; readonly alerts: readonly ServerAlertFrame[] }[];
  /** Those of the groups in which one changed. */
  readonly ruleAlerts?: readonly GroupAlertsFrame[];
  readonly store?: StoreFrame;
};

/** The samples of some series in a span of time. */
export type HistoryRequest = {
  readonly ids: readonly number[];
  readonly from: Millis;
  readonly to: Millis;
  /** At most so many points a series: each is the last sample of its part of the span. */
  readonly points?: number;
};

/** One block a source, since sources tick apart: `values[i]` belongs to `ids[i]` and has one entry for each of `times`. */
export type HistoryBlock = {
  readonly source: string;
  readonly times: readonly Millis[];
  readonly ids: readonly number[];
  readonly values: readonly (readonly SampleValue[])[];
};

export type History = { readonly blocks: readonly HistoryBlock[]; readonly events: readonly LiveEvent[] };

/** The newest sample of each series asked for, all of them if `ids` is absent. */
export type LastValues = {
  readonly ids: readonly number[];
  readonly values: readonly SampleValue[];
  readonly at: readonly Millis[];
};

/** What to connect to. No credentials here: the caller hands them in when asked, and nothing keeps them. */
export type LinkSettings = {
  readonly sources: readonly SourceSettings[];
  /** Span of time kept; memory decides if it would not fit. */
  readonly history: Millis;
  readonly maxSeries: number;
  readonly maxBytes: number;
};

export type HttpSettings = {
  readonly url: string;
  readonly timeout: Millis;
  /** Largest answer taken, in bytes after unpacking. */
  readonly maxBytes: number;
  /** Take a TLS certificate that no authority vouches for. */
  readonly allowSelfSigned: boolean;
};

export type SourceSettings =
  | ({
      readonly kind: "scrape";
      readonly id: string;
      readonly interval: Millis;
      /** Find the other servers through `/v1/members` and scrape them too, at this URL's port and path. */
      readonly everyServer: boolean;
      /** The target label `job`, as in prometheus.yml. */
      readonly job: string;
    } & HttpSettings)
  | ({ readonly kind: "api"; readonly id: string; readonly interval: Millis } & HttpSettings)
  | ({
      readonly kind: "prometheus";
      readonly id: string;
      readonly interval: Millis;
      /** Instant selectors or expressions asked for at each tick. */
      readonly queries: readonly string[];
    } & HttpSettings)
  | {
      readonly kind: "statsd";
      readonly id: string;
      readonly host: string;
      readonly port: number;
      readonly interval: Millis;
      /** A signed gauge (`-5|g`, `+5|g`) changes the last value (Etsy) or is the value (as Dkron means it). */
      readonly signedGauges: "delta" | "value";
    }
  | {
      readonly kind: "dogstatsd";
      readonly id: string;
      readonly host: string;
      readonly port: number;
      readonly interval: Millis;
      /** The path of `unix:///path`, if the agent sends to a socket. */
      readonly socket?: string;
    };
