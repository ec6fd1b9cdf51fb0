// The shape that every metric file must have, as a JSON schema.

const version = { type: "string", pattern: "^\\d+\\.\\d+\\.\\d+$" };
const sentence = { type: "string", pattern: "^[A-Z].*\\.$" };
const words = { type: "string", minLength: 2, pattern: "[^.]$" };
const sinks = { type: "array", items: { enum: ["prometheus", "statsd", "dogstatsd"] }, minItems: 1, uniqueItems: true };
const callers = [
  "go-metrics",
  "agent",
  "jobs",
  "serf",
  "memberlist",
  "raft",
  "raft-boltdb",
  "client_golang",
  "datadog-go",
  "foreign",
];

const units = [
  ...["bytes", "KB", "ns", "ms", "s", "ratio", "percent", "flag", "code", "points"],
  ...["acknowledgements", "additions", "allocations", "barriers", "checks", "collections", "commands", "connections"],
  ...["coordinates", "elections", "entries", "entries/s", "events", "executions", "files", "frees", "goroutines"],
  ...["jobs", "lookups", "members", "messages", "metrics", "nodes", "objects", "operations", "packets", "pages"],
  ...["probes", "queries", "removals", "requests", "responses", "restores", "runs", "servers", "starts"],
  ...["threads", "timeouts", "transactions", "transitions"],
];

const label = {
  type: "object",
  properties: {
    name: { type: "string", pattern: "^[a-zA-Z_][a-zA-Z0-9_]*$" },
    meaning: words,
    values: { type: "array", items: { type: "string" }, minItems: 1, uniqueItems: true },
  },
  required: ["name", "meaning"],
  additionalProperties: false,
};

const properties = {
  key: { type: "string", minLength: 3 },
  instrument: { enum: ["counter", "gauge", "sample", "timer", "summary", "key-value"] },
  naming: { enum: ["go-metrics", "native"] },
  caller: { enum: callers },
  sinks,
  endpoint: { type: "string", pattern: "^:\\d+$" },
  unit: { enum: units },
  meaning: sentence,
  emitter: { enum: ["agent", "server", "leader", "follower", "candidate", "nobody"] },
  presence: { enum: ["always", "edge", "busy", "sparse", "never"] },
  every: { type: "number", minimum: 0 },
  cadence: words,
  needs: { type: "array", items: { enum: ["nodes", "servers", "encrypt"] }, minItems: 1 },
  range: { type: "array", items: { type: ["number", "null"] }, minItems: 2, maxItems: 2 },
  labels: { type: "array", items: label },
  cumulative: { const: true },
  everyServerCounts: { const: true },
  since: version,
  until: version,
  gaps: {
    type: "array",
    items: {
      type: "object",
      properties: { since: version, until: version, because: words },
      required: ["since", "until", "because"],
      additionalProperties: false,
    },
  },
  never: words,
  idle: {
    type: "object",
    properties: { since: version, because: words },
    required: ["since", "because"],
    additionalProperties: false,
  },
  meaningless: words,
  instead: {
    type: "array",
    items: {
      type: "object",
      properties: { key: { type: "string" }, why: words },
      required: ["key", "why"],
      additionalProperties: false,
    },
  },
  alert: {
    type: "object",
    properties: { above: { type: "number" }, below: { type: "number" }, expr: { type: "string" }, says: words },
    additionalProperties: false,
    anyOf: [{ required: ["above"] }, { required: ["below"] }, { required: ["expr"] }],
  },
  traps: { type: "array", items: { type: "string", pattern: "\\.$" }, minItems: 1 },
  documented: { type: "string" },
  foreign: words,
  source: { type: "string", minLength: 5 },
};

/** What a family may say once for all its rows. */
const familyWide = ["naming", "caller", "sinks", "endpoint"] as const;

export const familySchema = {
  type: "object",
  properties: {
    family: { type: "string" },
    title: words,
    about: sentence,
    ...Object.fromEntries(familyWide.map((name) => [name, properties[name]])),
    defaults: { type: "object", properties, additionalProperties: false },
    rows: {
      type: "array",
      minItems: 1,
      items: { type: "object", properties, additionalProperties: false, required: ["key", "meaning", "source"] },
    },
  },
  required: ["family", "title", "about", "caller", "rows"],
  additionalProperties: false,
};

/** What a row must have once its family's defaults are filled in. */
export const rowSchema = {
  type: "object",
  required: ["instrument", "unit", "emitter", "presence", "cadence", "range", "since"],
};

export const versionSchema = {
  type: "object",
  properties: {
    newest: version,
    releases: { type: "array", items: version, uniqueItems: true },
    spans: {
      type: "array",
      items: {
        type: "object",
        properties: {
          since: version,
          setsUp: { enum: ["armon", "hashicorp"] },
          tag: { type: "string" },
          dropped: { type: "array", items: { enum: callers } },
          because: words,
        },
        required: ["since", "setsUp", "dropped"],
        additionalProperties: false,
      },
    },
    callers: { type: "object", additionalProperties: words },
    sinks: { type: "object" },
  },
  required: ["newest", "releases", "spans", "callers", "sinks"],
  additionalProperties: false,
};

export const endpointSchema = {
  type: "object",
  properties: {
    endpoints: {
      type: "array",
      items: {
        type: "object",
        properties: {
          method: { enum: ["GET", "POST", "PATCH", "PUT", "DELETE"] },
          path: { type: "string", pattern: "^/" },
          readonly: { type: "boolean" },
          since: version,
          answer: sentence,
          traps: { type: "array", items: sentence },
        },
        required: ["method", "path", "readonly", "since", "answer"],
        additionalProperties: false,
      },
    },
  },
  required: ["endpoints"],
  additionalProperties: false,
};
