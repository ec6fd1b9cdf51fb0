// What an agent logs before it exits, by version. `A | B` is a line whose message is A and whose error field is B.
// Source: cmd/dkron.go, cmd/agent.go and dkron/agent.go of each generation, and the logs of real agents.
import { compareVersions } from "../versions.ts";

/** A refusal of the decoder; `row` is its line for one value, `count` how many there are in the file. */
export function decodingFailed(row: string, count: number, version: string): string {
  if (compareVersions(version, "4.0.0") < 0)
    return `config: Error unmarshalling config | ${count} error(s) decoding: * ${row}`;
  if (compareVersions(version, "4.0.5") < 0)
    return `config: Error unmarshalling config: ${count} error(s) decoding: * ${row}`;
  return `config: Error unmarshalling config: decoding failed due to the following error(s): ${row}`;
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
