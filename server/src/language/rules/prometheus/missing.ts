// prometheus/missing: something that a section needs is not there.
import { topicCheck } from "./shared.ts";

export const prometheusMissing = topicCheck("missing", "error", "Something that a section needs is not there");
