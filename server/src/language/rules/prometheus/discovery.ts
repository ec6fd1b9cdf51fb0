// prometheus/discovery: a service discovery that Prometheus refuses.
import { topicCheck } from "./shared.ts";

export const prometheusDiscovery = topicCheck("discovery", "error", "A service discovery that Prometheus refuses");
