// prometheus/syntax: the file is not valid YAML, as Go reads it.
import { topicCheck } from "./shared.ts";

export const prometheusSyntax = topicCheck("syntax", "error", "The file is not valid YAML, as Go reads it");
