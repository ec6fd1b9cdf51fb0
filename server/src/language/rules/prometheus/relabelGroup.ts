// prometheus/relabel-group: a group in a replacement that the regular expression does not have.
import { topicCheck } from "./shared.ts";

export const prometheusRelabelGroup = topicCheck(
  "relabel-group",
  "warning",
  "A group in a replacement that the regular expression does not have",
);
