// dkron/second-document: what stands below a --- is never read.
import { rangeOf } from "../../../yaml/tree.ts";
import type { Report } from "../../check.ts";
import { dkronCheck } from "./shared.ts";

export const dkronSecondDocument = dkronCheck({
  id: "dkron/second-document",
  level: "warning",
  title: "A second YAML document, which no agent reads",
  *look({ document }): Iterable<Report> {
    const second = document.yaml.documents[1];
    if (!second || second.root.kind === "empty") return;
    yield {
      range:
        second.root.kind === "mapping" && second.root.pairs[0]
          ? rangeOf(second.root.pairs[0].key)
          : rangeOf(second.root),
      message: "Only the first document of the file is read, and everything below `---` is ignored. Remove the `---`.",
      fixes: [],
    };
  },
});
