// What an agent of a version is like besides its metrics: how its endpoint answers, which DogStatsD client it holds, HELP
// texts. Read from server/catalog/emitter; it must not know the cluster.
import { data as nativeData } from "../../../server/catalog/emitter/native.yml";
import { data as wireData } from "../../../server/catalog/emitter/wire.yml";
import { isExported } from "../../../server/src/catalog/availability.ts";
import { allRows } from "../../../server/src/catalog/metrics.ts";
import { compareVersions, sinkFacts } from "../../../server/src/catalog/versions.ts";
import type { DatadogFacts } from "./telemetry/sinks.ts";

export type EndpointFacts = { readonly contentType: string; readonly gzip: boolean };

/** What of the HTTP API the version has. */
export type ApiFacts = {
  readonly startsAt: boolean;
  readonly leaderInHealth: boolean;
  /** The header X-Total-Count. */
  readonly total: boolean;
  readonly statusText: boolean;
};

export type ElectionFacts = {
  readonly asksForRunning: boolean;
  /** Milliseconds that a new leader waits for servers which do not answer, before it schedules. */
  readonly waitsForLostServers: number;
  readonly preVote: boolean;
};

export type VersionFacts = {
  readonly version: string;
  /** Undefined for versions that have no `/metrics`. */
  readonly endpoint: EndpointFacts | undefined;
  readonly datadog: DatadogFacts;
  readonly api: ApiFacts;
  readonly election: ElectionFacts;
  /** Milliseconds that a run takes beyond its command. */
  readonly runOverhead: number;
  /** Whether an agent that is told to stop leaves the cluster with a word. */
  readonly saysGoodbye: boolean;
  /** Whether serf queries tell all agents of runs. */
  readonly tellsByQuery: boolean;
  /** HELP of a metric that go-metrics does not make, and the quantiles of a summary. */
  native(name: string): { readonly help: string; readonly quantiles?: readonly number[] };
};

type Since = { readonly since: string };
type Wire = {
  endpoint: readonly (Since & EndpointFacts)[];
  datadog: readonly (Since & Omit<DatadogFacts, "names">)[];
  api: readonly (Since & ApiFacts)[];
  election: readonly (Since & ElectionFacts)[];
  executor: readonly (Since & { overhead: number })[];
  queries: readonly (Since & { tell: boolean })[];
  goodbye: readonly (Since & { says: boolean })[];
};
type Native = Record<string, { help: readonly (Since & { text: string })[]; quantiles?: readonly number[] }>;

const wire = wireData as Wire;
const native = nativeData as Native;

/** The last row that has begun by `version`; the first one for what is older than all. */
function at<T extends Since>(rows: readonly T[], version: string): T {
  return (rows.findLast((row) => compareVersions(row.since, version) <= 0) ?? rows[0]) as T;
}

/** What the DogStatsD client counts about itself. */
function datadogNames(version: string): string[] {
  const rows = allRows().filter((row) => row.caller === "datadog-go" && isExported(row, version));
  return rows.map((row) => row.key);
}

export function versionFacts(version: string): VersionFacts {
  return {
    version,
    endpoint: compareVersions(version, sinkFacts().prometheus.since) < 0 ? undefined : at(wire.endpoint, version),
    datadog: { ...at(wire.datadog, version), names: datadogNames(version) },
    api: at(wire.api, version),
    election: at(wire.election, version),
    runOverhead: at(wire.executor, version).overhead,
    tellsByQuery: at(wire.queries, version).tell,
    saysGoodbye: at(wire.goodbye, version).says,
    native(name) {
      const known = native[name];
      if (known === undefined) return { help: name };
      const { quantiles } = known;
      return { help: at(known.help, version).text, ...(quantiles === undefined ? {} : { quantiles }) };
    },
  };
}
