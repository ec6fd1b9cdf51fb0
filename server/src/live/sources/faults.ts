// The sentences for what can go wrong with an agent or a Prometheus server: what is wrong, and what to do. Knows no sockets.
import type { HttpFault } from "./http.ts";

export type Failure = { readonly reason: string; readonly advice: string };

/** Who is asked: it decides what the advice can be. */
export type Peer = { readonly kind: "agent" | "prometheus"; readonly address: string; readonly timeout: number };

type Sentences = (peer: Peer, detail: string) => readonly [reason: string, advice: string];

const seconds = (milliseconds: number): string => `${milliseconds / 1000} s`;
const mebibytes = (bytes: string): string => `${Math.round((Number(bytes) / 2 ** 20) * 10) / 10} MiB`;

const connection: Readonly<Record<HttpFault["fault"], Sentences>> = {
  refused: ({ kind, address }) => [
    `Nothing listens on ${address}: the connection was refused.`,
    kind === "agent"
      ? "Start the agent or check `http-addr`; an agent without `server: true` (a worker) has no HTTP at all, so read its metrics through StatsD or DogStatsD; and while `retry-join` waits for others, no agent has one."
      : "Start the Prometheus server, or check the address.",
  ],
  unreachable: ({ address }) => [
    `There is no route to ${address}.`,
    "Check the address, the network and the firewall between here and there.",
  ],
  unknownHost: ({ address }) => [
    `The host of ${address} is not known to the name service.`,
    "Check the spelling, or write the IP address.",
  ],
  noConnection: ({ address, timeout }) => [
    `${address} did not take the connection within ${seconds(timeout)}.`,
    "A firewall that drops packets looks like this: check the address and the port, or raise the time-out.",
  ],
  noAnswer: ({ kind, address, timeout }) => [
    `${address} took the connection but said nothing within ${seconds(timeout)}.`,
    kind === "agent"
      ? "The agent hangs or is overloaded: look at its log; after a server of the cluster died, answers that need all servers can take 5 s and more."
      : "The server hangs or is overloaded: look at its log, or raise the time-out.",
  ],
  slow: ({ address, timeout }) => [
    `The answer of ${address} was not complete after ${seconds(timeout)}.`,
    "Raise the time-out if the network is slow; Prometheus gives a scrape up in the same way after `scrape_timeout`.",
  ],
  huge: ({ address }, detail) => [
    `The answer of ${address} is larger than the limit of ${mebibytes(detail)}, so it was not read.`,
    "Find out which metric has so many series, or raise the limit.",
  ],
  truncated: ({ address }) => [
    `${address} broke the connection off before its answer was complete.`,
    "What came was thrown away, for a number cut in two would be read as another one; the process may be restarting, or a proxy may limit the size.",
  ],
  badEncoding: ({ address }, detail) => [
    `The answer of ${address} says that it is encoded as \`${detail}\`, and could not be unpacked.`,
    "No encoding was asked for: look at the proxy in between.",
  ],
  redirectAway: ({ address }, detail) => [
    `${address} redirects to ${detail}, which is another host or no longer encrypted, so that it was not followed.`,
    "If that is where it is to be read from, set that address.",
  ],
  redirectLoop: ({ address }) => [
    `${address} redirects in circles.`,
    "Look at the proxy in between, or set the final address.",
  ],
  certificate: ({ address }, detail) => [
    `The TLS certificate of ${address} is not to be trusted (${detail}).`,
    "Add its authority to the system's, or allow self-signed certificates for this source if you know that the host is yours.",
  ],
  notTls: ({ address }) => [
    `${address} does not speak TLS.`,
    "Write `http://` instead of `https://`: Dkron itself never serves TLS.",
  ],
  notHttp: ({ address }) => [
    `What answers on ${address} does not speak HTTP.`,
    "Check the port: Dkron's HTTP is on 8080 by default, serf's gossip on 8946 and its RPC on 6868.",
  ],
  closed: () => ["The source was closed.", ""],
  other: ({ address }, detail) => [`${address} could not be read: ${detail}.`, "Look at the log of the other side."],
};

export function connectionFailure(fault: HttpFault, peer: Peer): Failure {
  const [reason, advice] = connection[fault.fault](peer, fault.detail);
  return { reason, advice };
}

/** Answers that are no answer: an HTTP status other than 200. */
export function statusFailure(status: number, peer: Peer, body: Buffer): Failure {
  const { address } = peer;
  const said = firstLine(body);
  const quote = said === "" ? "" : ` It says: ${said}`;
  if (status === 401 || status === 403)
    return {
      reason: `${address} answers ${status}: the credentials are missing or wrong.`,
      advice: "Set credentials for this source; they are kept in the editor's secret storage only.",
    };
  if (status === 400 && /HTTP request to an HTTPS server/i.test(said))
    return { reason: `${address} speaks TLS only.`, advice: "Write `https://` instead of `http://`." };
  if (status === 404)
    return {
      reason: `${address} answers 404: it does not know the path.`,
      advice: "Check the address and the path behind it.",
    };
  if (status >= 500)
    return {
      reason: `${address} answers ${status}.${quote}`,
      advice: "The fault is on the other side: look at its log.",
    };
  return { reason: `${address} answers ${status}, which is not expected here.${quote}`, advice: "Check the address." };
}

/** 404 on `/metrics`: `agent` is who answers `/v1/` at the same address, if that is a Dkron agent. */
export function noMetricsFailure(address: string, agent: { readonly version: string } | undefined): Failure {
  return {
    reason: agent
      ? `The agent at ${address} (Dkron ${agent.version}) answers, but has no \`/metrics\`.`
      : `${address} answers, but has no \`/metrics\`.`,
    advice:
      "Set `enable-prometheus: true` in its dkron.yml and start it again: without that, `/metrics` is 404 whatever else works.",
  };
}

/** 200, but with something that Prometheus would not read. */
export function contentTypeFailure(address: string, contentType: string): Failure {
  const html = contentType.startsWith("text/html");
  const what = contentType === "" ? "no content type" : `\`${contentType}\``;
  return {
    reason: `${address} answers with ${what} instead of metrics, which Prometheus 3 refuses.`,
    advice: html
      ? "This is a web page: a login or a user interface may stand in front of the agent."
      : "Check the address: an agent answers `text/plain; version=0.0.4`.",
  };
}

/** The beginning of what the other side said, safe to show. */
function firstLine(body: Buffer): string {
  const line = body.subarray(0, 400).toString("utf8").split("\n", 1)[0] ?? "";
  return line
    .replace(/[^\x20-\x7e\u00a0-\uffff]/g, " ")
    .trim()
    .slice(0, 200);
}
