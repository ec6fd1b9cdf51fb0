// prometheus/type: a value of another type than the key has.
import { topicCheck } from "./shared.ts";

export const prometheusType = topicCheck("type", "error", "A value of another type than the key has");
