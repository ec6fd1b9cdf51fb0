// What can be opened from a file: addresses in annotations, rule files of a prometheus.yml, the metrics of its targets.
import { rangeOf, type Scalar, valueAt, valuesOf, type YamlNode } from "../../yaml/tree.ts";
import type { DocumentLink } from "../answers.ts";
import type { Document } from "../document.ts";
import { rulesIn } from "../expressions.ts";
import { isGlob } from "../goGlob.ts";
import { pathOf, patternFrom } from "../scrapeFiles.ts";
import type { Workspace } from "../workspace.ts";

export function documentLinks(document: Document, workspace: Workspace): readonly DocumentLink[] {
  if (document.kind === "prometheus-rules")
    return rulesIn(document).flatMap(({ annotations }) => annotations.flatMap(({ value }) => address(value)));
  if (document.kind !== "prometheus-config" && document.kind !== "prometheus-rules-test") return [];
  const root = document.yaml.documents[0]?.root;
  const files = ["rule_files", "scrape_config_files"].flatMap((key) =>
    scalars(valuesOf(valueAt(root, key))).flatMap((scalar) =>
      isGlob(scalar.value) ? matches(scalar, document.uri, workspace) : file(scalar, document.uri),
    ),
  );
  return [...files, ...valuesOf(valueAt(root, "scrape_configs")).flatMap(targets)];
}

const scalars = (nodes: readonly YamlNode[]): Scalar[] =>
  nodes.flatMap((node) => (node.kind === "scalar" ? [node] : []));

/** A web address; one with a template in it leads nowhere yet. */
function address(value: YamlNode): DocumentLink[] {
  if (value.kind !== "scalar" || !/^https?:\/\/[^\s{}]+$/.test(value.value)) return [];
  return [{ range: rangeOf(value), target: value.value }];
}

/** The first of the workspace's files that a pattern means; the others are named. */
function matches(scalar: Scalar, from: string, { files }: Workspace): DocumentLink[] {
  const pattern = patternFrom(from, scalar.value);
  const found = files.map(({ uri }) => uri).filter((uri) => uri !== from && pattern.test(pathOf(uri)));
  const [target, ...more] = found.sort();
  if (target === undefined) return [];
  const names = more.slice(0, 5).map((uri) => pathOf(uri).replace(/^.*\//, ""));
  const rest = more.length > 5 ? `, and ${more.length - 5} more` : "";
  const tooltip =
    more.length === 0 ? {} : { tooltip: `The first of ${found.length} files; also ${names.join(", ")}${rest}` };
  return [{ range: rangeOf(scalar), target, ...tooltip }];
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
