// prometheus/job: jobs that cannot be told apart, or that wait longer than they pause.
import { topicCheck } from "./shared.ts";

export const prometheusJob = topicCheck(
  "job",
  "error",
  "Jobs that cannot be told apart, or that wait longer than they pause",
);
