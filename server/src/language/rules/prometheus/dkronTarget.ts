// prometheus/dkron-target: a target on which no agent serves metrics.
import { rangeOf } from "../../../yaml/tree.ts";
import type { CheckContext, Report } from "../../check.ts";
import type { Fix } from "../../finding.ts";
import type { StaticTarget } from "../../relabel/jobLabels.ts";
import { agentAt, type DkronJob, dkronJobCheck, hostOf, portOf, targetPlace } from "./sections/dkronJobs.ts";
import { textOf } from "./sections/section.ts";

export const prometheusDkronTarget = dkronJobCheck(
  "dkron-target",
  "warning",
  "A target on which no agent serves metrics",
  look,
);

function* look({ section, targets, context }: DkronJob): Iterable<Report> {
  const isSecure = textOf(section, "scheme").toLowerCase() === "https";
  for (const target of targets) {
    const { address } = target;
    const range = targetPlace(target);
    const other = otherPorts[portOf(address)];
    if (other) {
      const message = `Port ${portOf(address)} of an agent is ${other}, and no HTTP is spoken there: the scrape fails. Write the HTTP port, 8080 unless http-addr says otherwise.`;
      yield { range, message, fixes: toPort(target) };
    } else if (isMachine(address) && !isSecure) {
      const message = `Without a port ${address} is scraped on port 80, and agents listen on 8080. Write ${address}:8080.`;
      yield { range, message, fixes: toPort(target) };
    } else if (isWorker(address, context)) {
      const message = `${address} is an agent without \`server: true\`: only servers have an HTTP server, so the scrape fails. Remove the target; statsd-addr is the way to see workers.`;
      yield { range, message };
    }
  }
}

const otherPorts: Readonly<Record<string, string>> = { "8946": "for gossip (bind-addr)", "6868": "for RPC (rpc-port)" };

const toPort = ({ address, node }: StaticTarget): Fix[] => {
  const text = `${hostOf(address)}:8080`;
  return [{ title: `Write ${text}`, safe: false, edits: [{ range: rangeOf(node), text: JSON.stringify(text) }] }];
};

/** A name without a port that is no domain and holds nothing to be filled in: behind `cron.example.com` a proxy can be. */
const isMachine = (address: string): boolean => /^(?:[\w-]+|\d+\.\d+\.\d+\.\d+)$/.test(address);

/** By its dkron.yml, or by a name that says so; machines of a cluster are called workers too. */
function isWorker(address: string, { workspace }: CheckContext): boolean {
  const facts = agentAt(address, workspace);
  return facts ? facts.agent?.server === false : /dkron.*worker|worker.*dkron/i.test(hostOf(address));
}
