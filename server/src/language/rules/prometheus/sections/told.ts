// What is said of a prometheus.yml before it becomes findings: Prometheus' words, its consequence and what to write. Judges nothing.
import type { Range } from "../../../../ranges.ts";
import type { Finding, Fix, Severity } from "../../../finding.ts";

/** Checks whose findings come out of one reading of the file; their ids are `prometheus/` and this. */
export type Topic =
  | "syntax"
  | "unknown-key"
  | "removed-key"
  | "key-version"
  | "duplicate-key"
  | "type"
  | "value"
  | "missing"
  | "conflict"
  | "relabel"
  | "relabel-group"
  | "job"
  | "target"
  | "discovery"
  | "agent-mode"
  | "fails-later"
  | "empty-value";

/** `line`: an offset on the line that Prometheus would name. */
export type Told = {
  readonly topic: Topic;
  readonly range: Range;
  readonly message: string;
  readonly line?: number;
  readonly fixes?: readonly Fix[];
  readonly severity?: Severity;
  readonly tag?: Finding["tag"];
};

export type Tell = (told: Told) => void;

/** What a refusal costs: the file is not loaded at all. */
const refusal = "Prometheus does not load the file.";

type More = {
  readonly line?: number | undefined;
  readonly fixes?: readonly Fix[];
  /** Instead of that the file is not loaded. */
  readonly costs?: string;
  readonly severity?: Severity;
};

/** A refusal in Prometheus' own words, and what to write instead. */
export function refusalOf(topic: Topic, range: Range, words: string, advice: string, more: More = {}): Told {
  const { line, fixes, costs = refusal, severity } = more;
  return {
    topic,
    range,
    message: [`${words}${/[.!]$/.test(words) ? "" : "."}`, costs, advice].filter((part) => part !== "").join(" "),
    ...(line !== undefined && { line }),
    ...(fixes && { fixes }),
    ...(severity && { severity }),
  };
}

/** `a, b or c`. */
export function anyOf(words: readonly string[]): string {
  const quoted = words.map((word) => `\`${word}\``);
  return quoted.length < 2 ? quoted.join("") : `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1)}`;
}
