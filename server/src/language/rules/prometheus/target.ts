// prometheus/target: a target that is no host and port.
import { topicCheck } from "./shared.ts";

export const prometheusTarget = topicCheck("target", "error", "A target that is no host and port");
