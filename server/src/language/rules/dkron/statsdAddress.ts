// dkron/statsd-address: addresses of the two StatsD sinks that bring no metrics, or stop the agent.
import { hostKind, portFault, splitHostPort } from "../../../catalog/config/address.ts";
import { dogStatsdAddsPort } from "../../../catalog/config/agentWords.ts";
import type { Report } from "../../check.ts";
import { type Setting, textOf } from "../../dkronFile.ts";
import type { Fix } from "../../finding.ts";
import { dkronCheck, exits, keyRange, quoted, readable, replaceValue, valueRange } from "./shared.ts";

export const dkronStatsdAddress = dkronCheck({
  id: "dkron/statsd-address",
  level: "warning",
  title: "A StatsD address that brings no metrics",
  *look({ file, version }): Iterable<Report> {
    const plain = readable(file, "statsd-addr");
    const dog = readable(file, "dog-statsd-addr");
    if (plain) yield* ofStatsd(plain, textOf(file, "statsd-addr") ?? "");
    if (dog) yield* ofDogStatsd(dog, textOf(file, "dog-statsd-addr") ?? "", version);
    if (
      plain &&
      dog &&
      textOf(file, "statsd-addr") === textOf(file, "dog-statsd-addr") &&
      textOf(file, "statsd-addr") !== ""
    )
      yield {
        range: valueRange(dog),
        message:
          "Both sinks go to one address, so each metric arrives twice, as `dkron.<host>.runtime.alloc_bytes` and as `dkron.runtime.alloc_bytes`. Keep the one that the receiver understands.",
        fixes: [],
      };
  },
});

const advice = 'Write host and port, such as `"localhost:8125"`.';

/** go-metrics dials in the background: a bad address is only logged. */
function* ofStatsd(setting: Setting, text: string): Iterable<Report> {
  const fault = text === "" ? undefined : udpFault(text);
  if (!fault) return;
  yield {
    range: valueRange(setting),
    message: `No metric can be sent to \`${text}\`: the agent only logs \`[ERR] Error connecting to statsd! Err: dial udp: ${fault}\`. ${advice}`,
    fixes: fixesOf(setting, text),
  };
}

/** datadog-go resolves the address at start and the agent does not go on without it. */
function* ofDogStatsd(setting: Setting, text: string, version: string): Iterable<Report> {
  if (text === "" || text.startsWith("unix://")) return;
  const adds = dogStatsdAddsPort(version);
  const address = adds && !text.includes(":") ? `${text}:8125` : text;
  const fault = udpFault(address);
  if (fault) {
    yield {
      range: keyRange(setting),
      severity: "error",
      message: `\`${text}\` is no address that the DogStatsD client takes (${fault}). ${exits(version, "agent: Can not setup metrics")} ${advice}`,
      fixes: fixesOf(setting, text),
    };
  } else if (address !== text) {
    yield {
      range: valueRange(setting),
      severity: "information",
      message: `Without a port Dkron ${version} sends to 8125, and versions 4.0.0 to 4.1.1 exit here. Write the port.`,
      fixes: replaceValue(setting, quoted(address), `Write ${address}`, true),
    };
  }
}

/** Go's words for what cannot be dialled over UDP. */
function udpFault(text: string): string | undefined {
  const read = splitHostPort(text);
  if (!read.ok) return read.error;
  const wrong = portFault(read.value.port, "udp");
  if (wrong) return wrong;
  const { host } = read.value;
  return hostKind(host) === "impossible" ? `lookup ${host}: no such host` : undefined;
}

function fixesOf(setting: Setting, text: string): Fix[] {
  const bare = text.replace(/^[a-z]+:\/\/|\/+$/gi, "");
  const candidates = /^\d{1,5}$/.test(bare) ? [`localhost:${bare}`] : [bare, `${bare}:8125`, `[${bare}]:8125`];
  const good = candidates.find((candidate) => candidate !== text && !udpFault(candidate));
  return good ? replaceValue(setting, quoted(good), `Write ${good}`, good === bare) : [];
}
