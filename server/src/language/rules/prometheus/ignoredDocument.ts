// prometheus/ignored-document: text behind the first document of a file, which Prometheus never reads.
import { endOf, rangeOf } from "../../../yaml/tree.ts";
import type { FileCheck, Report } from "../../check.ts";

export const prometheusIgnoredDocument: FileCheck = {
  id: "prometheus/ignored-document",
  level: "warning",
  title: "Text behind the first document, which Prometheus never reads",
  kinds: ["prometheus-config"],
  *check({ yaml }): Iterable<Report> {
    const [first, second] = yaml.documents;
    if (!first || second?.root.kind === undefined || second.root.kind === "empty") return;
    const { start } = rangeOf(second);
    const marker = yaml.text.indexOf("\n", start);
    const end = marker === -1 ? endOf(second) : Math.min(marker, endOf(second));
    const message =
      "Prometheus reads the first document of a file only: everything from here on is ignored. Remove the `---` or `...`, or write a file of its own.";
    yield { range: { start, end: Math.max(end, start + 1) }, message };
  },
};
