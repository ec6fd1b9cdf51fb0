// prometheus/value: a value that Prometheus refuses.
import { topicCheck } from "./shared.ts";

export const prometheusValue = topicCheck("value", "error", "A value that Prometheus refuses");
