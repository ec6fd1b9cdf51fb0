// configuration/value: a value in .dkron-metrics.yml that cannot be what it stands for.
import { distance } from "fastest-levenshtein";
import { typeInWords } from "../../../catalog/schema.ts";
import { compareVersions, isVersion, newestVersion } from "../../../catalog/versions.ts";
import { rangeOf } from "../../../yaml/tree.ts";
import { type FileCheck, fix, type Report } from "../../check.ts";
import type { SchemaEvent } from "../../schema/walk.ts";
import { eventsOf } from "./shared.ts";

export const configurationValue: FileCheck = {
  id: "configuration/value",
  level: "warning",
  title: "A value in .dkron-metrics.yml that cannot be what it stands for",
  kinds: ["checker-config"],
  *check(document): Iterable<Report> {
    for (const event of eventsOf(document)) {
      const report = judge(event);
      if (report) yield report;
    }
  },
};

const defaults = "What stands there is passed over, and the default counts.";

function judge(event: SchemaEvent): Report | undefined {
  switch (event.kind) {
    case "wrong-shape":
      return {
        range: rangeOf(event.node),
        message: `${event.key?.name ?? "The file"} must be a ${shape(event)}. ${defaults} Write ${example(event)}.`,
      };
    case "wrong-enum": {
      const { node, values } = event;
      const words = values.map(({ value }) => value);
      const meant = words.find((word) => distance(word, node.value.toLowerCase()) <= 2 || word.startsWith(node.value));
      const range = rangeOf(node);
      return {
        range,
        message: `"${node.value}" is none of ${words.join(", ")}. ${defaults} Write ${meant ?? "one of them"}.`,
        fixes: meant === undefined ? [] : [fix(`Write ${meant}`, { range, text: meant }, false)],
      };
    }
    case "scalar":
      return event.type.kind === "scalar" && event.type.scalar === "version" ? version(event) : undefined;
    default:
      return undefined;
  }
}

type Of<K extends SchemaEvent["kind"]> = Extract<SchemaEvent, { kind: K }>;

const shape = ({ type }: Of<"wrong-shape">): string =>
  type.kind === "list" ? "list" : type.kind === "map" || type.kind === "object" ? "mapping" : typeInWords(type);

const example = ({ type, key }: Of<"wrong-shape">): string =>
  type.kind === "list" ? `- ${key?.examples?.[0] ?? "thanos"}` : type.kind === "map" ? "id: level" : "one value";

function version({ node, key }: Of<"scalar">): Report | undefined {
  const { value } = node;
  const range = rangeOf(node);
  if (value === "latest") return undefined;
  if (!isVersion(value))
    return {
      range,
      message: `"${value}" is no version. ${defaults} Write a version such as ${key?.examples?.[0]}, or latest.`,
    };
  if (key?.name !== "agent-version" || compareVersions(value.replace(/^v/, ""), newestVersion()) <= 0) return undefined;
  return {
    range,
    severity: "information",
    message: `Dkron ${value} is newer than all that is known here. Files are checked against ${newestVersion()}. Write latest, or ${newestVersion()}.`,
  };
}
