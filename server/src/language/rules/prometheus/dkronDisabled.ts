// prometheus/dkron-disabled: a target whose dkron.yml does not turn metrics on.
import type { Report } from "../../check.ts";
import { agentAt, type DkronJob, dkronJobCheck, targetPlace } from "./sections/dkronJobs.ts";

export const prometheusDkronDisabled = dkronJobCheck(
  "dkron-disabled",
  "warning",
  "A target whose dkron.yml does not turn metrics on",
  look,
);

function* look({ targets, context }: DkronJob): Iterable<Report> {
  for (const target of targets) {
    const facts = agentAt(target.address, context.workspace);
    if (!facts?.agent?.server || facts.agent.enablePrometheus) continue;
    const name = facts.uri.slice(facts.uri.lastIndexOf("/") + 1);
    const message = `The agent at ${target.address} has no \`enable-prometheus: true\` in its ${name}: /metrics answers 404 and the scrape fails. Write it there.`;
    yield { range: targetPlace(target), message };
  }
}
