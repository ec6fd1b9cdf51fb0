// prometheus/empty-value: an empty value that is not the default.
import { topicCheck } from "./shared.ts";

export const prometheusEmptyValue = topicCheck("empty-value", "warning", "An empty value that is not the default");
