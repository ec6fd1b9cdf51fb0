// prometheus/conflict: keys that exclude or need each other.
import { topicCheck } from "./shared.ts";

export const prometheusConflict = topicCheck("conflict", "error", "Keys that exclude or need each other");
