// prometheus/duplicate-key: a key that stands twice.
import { topicCheck } from "./shared.ts";

export const prometheusDuplicateKey = topicCheck("duplicate-key", "error", "A key that stands twice");
