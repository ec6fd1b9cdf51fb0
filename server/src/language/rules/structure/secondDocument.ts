// structure/second-document: Prometheus reads the first YAML document of a file and leaves the others.
import { rangeOf, valueAt, type YamlNode } from "../../../yaml/tree.ts";
import type { FileCheck, Report } from "../../check.ts";

export const structureSecondDocument: FileCheck = {
  id: "structure/second-document",
  level: "warning",
  title: "A second YAML document, which Prometheus does not read",
  kinds: ["prometheus-rules"],
  *check({ yaml }): Iterable<Report> {
    // Of manifests each document is one of its own.
    if (isManifest(yaml.documents[0]?.root)) return;
    const second = yaml.documents.slice(1).find(({ root }) => root.kind !== "empty");
    if (!second) return;
    const { start } = rangeOf(second.root);
    yield {
      range: { start, end: Math.min(rangeOf(second.root).end, start + 3) },
      message:
        "A second YAML document begins here. Prometheus reads the first one only, so that these rules never run. Move them into a file of their own, or into the first document's groups.",
    };
  },
};

function isManifest(root: YamlNode | undefined): boolean {
  return valueAt(root, "apiVersion") !== undefined && valueAt(root, "kind") !== undefined;
}
