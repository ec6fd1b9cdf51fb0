// prometheus/unknown-key: a key that Prometheus does not know.
import { topicCheck } from "./shared.ts";

export const prometheusUnknownKey = topicCheck("unknown-key", "error", "A key that Prometheus does not know");
