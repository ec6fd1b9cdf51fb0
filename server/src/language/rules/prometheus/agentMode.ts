// prometheus/agent-mode: a section that agent mode does not allow.
import { topicCheck } from "./shared.ts";

export const prometheusAgentMode = topicCheck("agent-mode", "off", "A section that agent mode does not allow");
