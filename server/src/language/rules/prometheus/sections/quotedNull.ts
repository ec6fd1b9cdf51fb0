// A `null` or `~` in quotes: Go's decoder takes it for a null before a type is asked to read it, so it stays a text that the
// type's own reading never sees. Source: `prepare` in decode.go of go.yaml.in/yaml/v2.
import { enumName, goName } from "../../../../catalog/prometheus/schema.ts";
import type { EnumValue, SchemaKey, SchemaType } from "../../../../catalog/schema.ts";
import type { YamlNode } from "../../../../yaml/tree.ts";
import type { Path } from "../../../schema/walk.ts";

export function isQuotedNull(node: YamlNode): boolean {
  return node.kind === "scalar" && !node.tag && node.style !== "plain" && /^(?:null|~)$/.test(node.value);
}

/** Sections that are held by value and not by pointer, in lists too. */
const heldByValue = new Set([
  "AlertingConfig",
  "ChunkEncodingConfig",
  "GlobalConfig",
  "Header",
  "MetadataConfig",
  "OTLPConfig",
  "QueueConfig",
  "RuntimeConfig",
  "StorageConfig",
  "TLSConfig",
  "TracingConfig",
  "sd.docker.Filter",
  "sd.kubernetes.AttachMetadata",
  "sd.kubernetes.Namespaces",
  "sd.kubernetes.Selector",
]);

/** The Go type that holds a section. */
export const heldType = (section: string): string => `${heldByValue.has(section) ? "" : "*"}${goName(section)}`;

/** Enums that are numbers to Go. */
const numbers: Readonly<Record<string, string>> = {
  tlsVersion: "config.TLSVersion",
  validationScheme: "model.ValidationScheme",
};

/** Enums whose own reading would refuse the text, and nothing else does. */
const onlyReadThemselves = new Set([
  "alertmanagerApi",
  "digitaloceanRole",
  "hetznerRole",
  "kubernetesRole",
  "relabelAction",
  "tracingClient",
]);

/** Whether Prometheus takes the text for an enum that does not have it. */
export const isTakenUnread = (values: readonly EnumValue[]): boolean => onlyReadThemselves.has(enumName(values));

/** Keys for which nothing is something else than false: everywhere, and in a job alone. */
const pointersToBool = new Set(["extra_scrape_metrics", "scrape_native_histograms"]);
const pointersInJobs = new Set(["always_scrape_classic_histograms", "convert_classic_histograms_to_nhcb"]);

/** The Go type that the text does not fit where a section or a map is wanted; undefined where it is read like any other text. */
export function shapeOfQuotedNull(type: SchemaType, key: SchemaKey | undefined): string | undefined {
  if (type.kind === "object") return heldType(type.name);
  if (type.kind !== "map") return undefined;
  return key?.name === "external_labels"
    ? "labels.Labels"
    : key?.name === "http_headers"
      ? "*config.Headers"
      : undefined;
}

/** The same where an enum is wanted. */
export const enumOfQuotedNull = (values: readonly EnumValue[]): string | undefined => numbers[enumName(values)];

/** The same where true or false is wanted. */
export function switchOfQuotedNull(key: SchemaKey | undefined, path: Path): string | undefined {
  const name = key?.name ?? "";
  return pointersToBool.has(name) || (path[0] !== "global" && pointersInJobs.has(name)) ? "*bool" : undefined;
}
