// prometheus/relabel: a relabelling rule that Prometheus refuses.
import { topicCheck } from "./shared.ts";

export const prometheusRelabel = topicCheck("relabel", "error", "A relabelling rule that Prometheus refuses");
