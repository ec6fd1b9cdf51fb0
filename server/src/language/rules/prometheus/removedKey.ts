// prometheus/removed-key: a key that Prometheus no longer knows.
import { topicCheck } from "./shared.ts";

export const prometheusRemovedKey = topicCheck("removed-key", "error", "A key that Prometheus no longer knows");
