// What an agent logs before it exits, by version. `A | B` is a line whose message is A and whose error field is B.
// Source: cmd/dkron.go, cmd/agent.go and dkron/agent.go of each generation, and the logs of real agents.
import { compareVersions } from "../versions.ts";

/** The decoder goes through the fields of Config in dkron/config.go in their order. */
const fields: readonly string[] = [
  ...["node-name", "bind-addr", "http-addr", "profile", "advertise-addr", "tags", "server", "encrypt", "join"],
  ...["retry-join", "retry-max", "retry-interval", "rpc-port", "advertise-rpc-port", "log-level", "datacenter"],
  ...["region", "bootstrap", "bootstrap-expect", "data-dir", "devmode", "reconcileinterval", "raft-multiplier"],
  ...["mail-host", "mail-port", "mail-username", "mail-password", "mail-from", "mail-payload", "mail-subject-prefix"],
  ...["pre-webhook-endpoint", "pre-webhook-payload", "pre-webhook-headers"],
  ...["webhook-endpoint", "webhook-payload", "webhook-headers", "dog-statsd-addr", "dog-statsd-tags", "statsd-addr"],
  ...["serf-reconnect-timeout", "enable-prometheus", "ui", "disable-usage-stats", "cronitor-endpoint", "otel-endpoint"],
  ...["agent-run-max-retries", "agent-run-retry-initial-interval", "agent-run-retry-max-interval"],
];

/** What the decoder says of one value of a key: a line of its refusal. */
export type Refusal = { readonly key: string; readonly row: string };

/** The refusal of a whole file: up to 4.0.4 its lines stand in the order of the alphabet, since then in that of the fields. */
export function decodingFailed(refusals: readonly Refusal[], version: string): string {
  const intro = `config: Error unmarshalling config${compareVersions(version, "4.0.0") < 0 ? " |" : ":"}`;
  if (compareVersions(version, "4.0.5") < 0) {
    const rows = refusals.map(({ row }) => `* ${row}`).sort((a, b) => (a < b ? -1 : Number(a > b)));
    return `${intro} ${rows.length} error(s) decoding: ${rows.join(" ")}`;
  }
  const place = ({ key }: Refusal): number => fields.indexOf(key);
  const rows = refusals.toSorted((a, b) => place(a) - place(b)).map(({ row }) => row);
  return `${intro} decoding failed due to the following error(s): ${rows.join(" ")}`;
}

export function tagsFailed(reason: string, version: string): string {
  const separator = compareVersions(version, "4.0.0") < 0 ? " |" : ":";
  return `config: Error unmarshalling cli tags${separator} ${reason}`;
}

/** Without a host in `bind-addr`, or one that the host does not have. */
export const noBindAddress = "listen tcp: lookup <nil>: no such host";

/** What a file that cannot be read does to the agent: nothing of it counts. `reason` is the reader's. */
export function fileIgnored(version: string, reason: string): string {
  const words = `No valid config found: Applying default values. | ${reason}`;
  return `Dkron ${version} ignores the whole file with \`${words}\` and starts as no server and without HTTP, or, on a host without a private address, exits with \`${noBindAddress}\`.`;
}

export function serfFailed(reason: string): string {
  return `agent: Can not setup serf, ${reason}`;
}

export function raftFailed(reason: string): string {
  return `agent: Raft layer failed to start | ${reason}`;
}

export function memberlistFailed(reason: string): string {
  return serfFailed(`Failed to create memberlist: ${reason}`);
}

/** An advertised address without a host. memberlist's words begin in lower case since 0.5.4, which Dkron has since 4.0.9. */
export function noAdvertiseAddress(version: string): string {
  const old = compareVersions(version, "4.0.9") < 0;
  return memberlistFailed(
    old
      ? 'Failed to get final advertise address: Failed to parse advertise address "<nil>"'
      : 'failed to get final advertise address: failed to parse advertise address "<nil>"',
  );
}

/** datadog-go 3.2 and 4.8.3 differ in what they take for an address: 4.8.3 adds port 8125 where none is written. */
export function dogStatsdAddsPort(version: string): boolean {
  return compareVersions(version, "4.0.0") < 0 || compareVersions(version, "4.1.2") >= 0;
}
