// prometheus/dkron-path: a path where no agent serves metrics.
import type { Report } from "../../check.ts";
import { type DkronJob, dkronJobCheck, portOf } from "./sections/dkronJobs.ts";
import { textOf, valuePlace } from "./sections/section.ts";

export const prometheusDkronPath = dkronJobCheck("dkron-path", "warning", "A path where no agent serves metrics", look);

/** A proxy may serve an agent below a path of its own; `/v1` is of the agents' API. */
const hasPrefix = /^(?!\/v1\b).*\/metrics\/?$/;

function* look({ section, targets }: DkronJob): Iterable<Report> {
  const path = textOf(section, "metrics_path");
  // With a query it is right but for the query, which is told of in any job.
  if (/^\/metrics\/?(?:\?.*)?$/.test(path) || /[${}]/.test(path)) return;
  const isDirect = targets.some(({ address }) => portOf(address) === "8080");
  if (!isDirect && hasPrefix.test(path)) return;
  const range = valuePlace(section, "metrics_path");
  const said = path === "" ? "An empty path is `/`" : `Agents do not answer at ${path}`;
  const message = `${said}: their metrics are at /metrics only, so the scrape fails. Remove the key or write /metrics.`;
  const fixes = path === "" ? [] : [{ title: "Write /metrics", safe: false, edits: [{ range, text: "/metrics" }] }];
  yield { range, message, fixes };
}
