// prometheus/dkron-single-server: one address for a cluster of several servers.
import type { Report } from "../../check.ts";
import { type DkronJob, dkronJobCheck, targetPlace } from "./sections/dkronJobs.ts";

export const prometheusDkronSingleServer = dkronJobCheck(
  "dkron-single-server",
  "information",
  "One address for a cluster of several servers",
  look,
);

function* look({ section, targets, context }: DkronJob): Iterable<Report> {
  const [only] = targets;
  if (targets.length !== 1 || !only) return;
  const discovers = [...section.entries.keys()].some((key) => key.endsWith("_sd_configs"));
  const servers = Math.max(1, ...context.workspace.files.map(({ agent }) => (agent?.server ? agent.servers : 1)));
  if (discovers || servers < 2) return;
  const message = `The cluster has ${servers} servers, and each exposes only its own metrics: one address shows one of them, behind a load balancer another one at each scrape. List all of them.`;
  yield { range: targetPlace(only), message };
}
