// What the catalogue's data looks like once read: rows, families, spans of versions, endpoints. Holds no data and no logic.

/** Where an agent sends its metrics: the `/metrics` endpoint, plain StatsD, or DogStatsD. */
export type Sink = "prometheus" | "statsd" | "dogstatsd";

/** The call that makes the metric. `summary` is a native Prometheus summary, `key-value` go-metrics' EmitKey. */
export type Instrument = "counter" | "gauge" | "sample" | "timer" | "summary" | "key-value";

/** What Prometheus calls it; `untyped` for what never reaches an endpoint. */
export type PrometheusType = "counter" | "gauge" | "summary" | "untyped";

/** Who has it: every agent, every server, the leader, its followers, a candidate, or nobody (no code path reaches the call). */
export type Emitter = "agent" | "server" | "leader" | "follower" | "candidate" | "nobody";

/**
 * How reliably the series is there, for whom `emitter` names:
 * `always` once `every` seconds have passed · `edge` written as rarely as series expire, so it flaps ·
 * `busy` while there is work · `sparse` for a minute after single events · `never`.
 */
export type Presence = "always" | "edge" | "busy" | "sparse" | "never";

/** What must hold besides the role: other nodes, other servers, or the key `encrypt`. */
export type Condition = "nodes" | "servers" | "encrypt";

export type MetricLabel = {
  readonly name: string;
  readonly meaning: string;
  /** All values it can have; absent: any text. */
  readonly values?: readonly string[];
};

/** Another row to use, by its id, and why. */
export type Substitute = { readonly key: string; readonly why: string };

/** The example rule: a threshold from which the expression follows, or the expression with `{name}` or `{series}` in it. */
export type AlertSeed = {
  readonly above?: number;
  readonly below?: number;
  readonly expr?: string;
  readonly says?: string;
};

/** Who reports it; `versions.yml` says when such a report is dropped. `client_golang` and others never are. */
export type Caller =
  | "go-metrics"
  | "agent"
  | "jobs"
  | "serf"
  | "memberlist"
  | "raft"
  | "raft-boltdb"
  | "client_golang"
  | "datadog-go"
  | "foreign";

/** How names are made: go-metrics' rules per sink, or the key is the name as it stands. */
export type Naming = "go-metrics" | "native";

/** One metric. `key` is dotted, without the leading `dkron.`; `<peer>` in it stands for any text. Native: the name itself. */
export type MetricRow = {
  readonly id: string;
  readonly key: string;
  readonly family: string;
  readonly instrument: Instrument;
  readonly naming: Naming;
  readonly caller: Caller;
  readonly sinks: readonly Sink[];
  /** Port of the endpoint, where it is not the agent's own `/metrics`. */
  readonly endpoint?: string;
  readonly unit: string;
  readonly meaning: string;
  readonly emitter: Emitter;
  readonly presence: Presence;
  /** Seconds between two reports, where it is a fixed time. */
  readonly every?: number;
  readonly cadence: string;
  readonly needs?: readonly Condition[];
  readonly range: readonly [number | null, number | null];
  readonly labels: readonly MetricLabel[];
  /** A gauge that only grows. */
  readonly cumulative?: boolean;
  /** Every server counts the same events: `sum` over instances multiplies them. */
  readonly everyServerCounts?: boolean;
  /** Versions whose code has the call; `until` is included. */
  readonly since: string;
  readonly until?: string;
  /** Versions that have the call but do not export it, besides those that `versions.yml` knows; both ends included. */
  readonly gaps: readonly { readonly since: string; readonly until: string; readonly because: string }[];
  /** Why no agent ever has it although the code is there. */
  readonly never?: string;
  /** Exported, but since this version nothing in Dkron causes it. */
  readonly idle?: { readonly since: string; readonly because: string };
  /** Exported, but its value says nothing. */
  readonly meaningless?: string;
  readonly instead: readonly Substitute[];
  readonly alert?: AlertSeed;
  readonly traps: readonly string[];
  /** The name that Dkron's documentation gives it, without `dkron.`. */
  readonly documented?: string;
  /** Another program's metric that users take for Dkron's: whose. */
  readonly foreign?: string;
  readonly source: string;
};

export type MetricFamily = {
  readonly family: string;
  readonly title: string;
  readonly about: string;
  readonly rows: readonly MetricRow[];
};

/** A run of versions that treat all callers alike; it holds until the next one begins. */
export type VersionSpan = {
  readonly since: string;
  readonly setsUp: "armon" | "hashicorp";
  readonly tag?: string;
  readonly dropped: readonly Caller[];
  readonly because?: string;
};

export type VersionTable = {
  readonly newest: string;
  readonly releases: readonly string[];
  readonly spans: readonly VersionSpan[];
  /** Words for a caller with their verb: `serf reports`. */
  readonly callers: Readonly<Partial<Record<Caller, string>>>;
  readonly sinks: Readonly<Record<Sink, { readonly since: string; readonly key: string }>>;
};

/** One path of an agent's HTTP API. `readonly: false`: a view must never call it. */
export type Endpoint = {
  readonly method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  readonly path: string;
  readonly readonly: boolean;
  readonly since: string;
  readonly answer: string;
  readonly traps?: readonly string[];
};

/** One version's answer about one row. */
export type Availability = {
  readonly state: "exported" | "compiledInNotExported" | "absent";
  /** A sentence without a full stop, for the middle of a message; empty when exported. */
  readonly reason: string;
  /** The run of versions around this one with the same state; `until` absent: up to the newest. */
  readonly since?: string;
  readonly until?: string;
};

/** A run of versions that export a row, both ends included; `until` absent: up to the newest. */
export type VersionRange = { readonly since: string; readonly until?: string };
