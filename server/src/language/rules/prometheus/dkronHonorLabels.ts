// prometheus/dkron-honor-labels: honor_labels, with which a label of the scheduler replaces the job.
import type { Report } from "../../check.ts";
import { type DkronJob, dkronJobCheck } from "./sections/dkronJobs.ts";
import { boolOf, valuePlace } from "./sections/section.ts";

export const prometheusDkronHonorLabels = dkronJobCheck(
  "dkron-honor-labels",
  "warning",
  "honor_labels, with which a label of the scheduler replaces the job",
  look,
);

function* look({ section }: DkronJob): Iterable<Report> {
  if (!boolOf(section, "honor_labels")) return;
  const range = valuePlace(section, "honor_labels");
  const message =
    'Dkron\'s scheduler writes a label `job` with the names of its jobs; with honor_labels it replaces the job of the scrape, so `job="..."` in rules misses these series. Write false: they get `exported_job`.';
  yield { range, message, fixes: [{ title: "Write false", safe: false, edits: [{ range, text: "false" }] }] };
}
