// prometheus/placeholder: the `...` of a documentation's snippet, which stands for lines that were left out.
import type { FileCheck, Report } from "../../check.ts";
import { placeholderLines } from "./sections/placeholder.ts";

export const prometheusPlaceholder: FileCheck = {
  id: "prometheus/placeholder",
  level: "error",
  title: "The `...` of a snippet, where lines were left out",
  kinds: ["prometheus-config"],
  *check({ yaml }): Iterable<Report> {
    for (const { range, line } of placeholderLines(yaml.text)) {
      const message =
        "`...` stands for lines that the documentation left out; it is no YAML here, so Prometheus does not load the file. Remove the line.";
      yield { range, message, fixes: [{ title: "Remove the line", safe: true, edits: [{ range: line, text: "" }] }] };
    }
  },
};
