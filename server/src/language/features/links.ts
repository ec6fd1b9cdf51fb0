// What can be opened from a file: addresses in annotations, rule files of a prometheus.yml, the metrics of its targets.
import { rangeOf, type Scalar, valueAt, valuesOf, type YamlNode } from "../../yaml/tree.ts";
import type { DocumentLink } from "../answers.ts";
import type { Document } from "../document.ts";
import { rulesIn } from "../expressions.ts";

export function documentLinks(document: Document): readonly DocumentLink[] {
  if (document.kind === "prometheus-rules")
    return rulesIn(document).flatMap(({ annotations }) => annotations.flatMap(({ value }) => address(value)));
  if (document.kind !== "prometheus-config" && document.kind !== "prometheus-rules-test") return [];
  const root = document.yaml.documents[0]?.root;
  const files = scalars(valuesOf(valueAt(root, "rule_files"))).flatMap((scalar) => file(scalar, document.uri));
  return [...files, ...valuesOf(valueAt(root, "scrape_configs")).flatMap(targets)];
}

const scalars = (nodes: readonly YamlNode[]): Scalar[] =>
  nodes.flatMap((node) => (node.kind === "scalar" ? [node] : []));

/** A web address; one with a template in it leads nowhere yet. */
function address(value: YamlNode): DocumentLink[] {
  if (value.kind !== "scalar" || !/^https?:\/\/[^\s{}]+$/.test(value.value)) return [];
  return [{ range: rangeOf(value), target: value.value }];
}

/** A path without wildcards, seen from the file that names it. */
function file(scalar: Scalar, from: string): DocumentLink[] {
  const path = scalar.value;
  if (path === "" || /[*?[\]{}]/.test(path) || !URL.canParse(from)) return [];
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  return URL.canParse(encoded, from) ? [{ range: rangeOf(scalar), target: new URL(encoded, from).href }] : [];
}

function targets(job: YamlNode): DocumentLink[] {
  const text = (key: string, usual: string): string => {
    const node = valueAt(job, key);
    return node?.kind === "scalar" && node.value !== "" ? node.value : usual;
  };
  const nodes = valuesOf(valueAt(job, "static_configs")).flatMap((config) => valuesOf(valueAt(config, "targets")));
  return scalars(nodes).flatMap((scalar) => {
    const target = `${text("scheme", "http")}://${scalar.value}${text("metrics_path", "/metrics")}`;
    const complete = /^[^\s/]+:\d+$/.test(scalar.value) && URL.canParse(target);
    return complete ? [{ range: rangeOf(scalar), target }] : [];
  });
}
