// prometheus/key-version: a key or value that needs a later Prometheus.
import { topicCheck } from "./shared.ts";

export const prometheusKeyVersion = topicCheck("key-version", "error", "A key or value that needs a later Prometheus");
