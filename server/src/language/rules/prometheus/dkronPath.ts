// prometheus/dkron-path: a path where no agent serves metrics.
import type { Report } from "../../check.ts";
import { type DkronJob, dkronJobCheck } from "./sections/dkronJobs.ts";
import { textOf, valuePlace } from "./sections/section.ts";

export const prometheusDkronPath = dkronJobCheck("dkron-path", "warning", "A path where no agent serves metrics", look);

function* look({ section }: DkronJob): Iterable<Report> {
  const path = textOf(section, "metrics_path");
  if (path === "/metrics" || path === "/metrics/") return;
  const range = valuePlace(section, "metrics_path");
  const said = path === "" ? "An empty path is `/`" : `Agents do not answer at ${path}`;
  const message = `${said}: their metrics are at /metrics only, so the scrape fails. Remove the key or write /metrics.`;
  const fixes = path === "" ? [] : [{ title: "Write /metrics", safe: false, edits: [{ range, text: "/metrics" }] }];
  yield { range, message, fixes };
}
