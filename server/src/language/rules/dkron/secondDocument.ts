// dkron/second-document: what stands below the end of the first document is never read.
import { endingOf, isYaml } from "../../../catalog/config/fileTypes.ts";
import { endOf, startOf } from "../../../yaml/tree.ts";
import type { Report } from "../../check.ts";
import { dkronCheck } from "./shared.ts";

export const dkronSecondDocument = dkronCheck({
  id: "dkron/second-document",
  level: "warning",
  title: "A second YAML document, which no agent reads",
  *look({ document }): Iterable<Report> {
    const { text, documents } = document.yaml;
    if (!isYaml(endingOf(document.uri))) return;
    const [first, ...others] = documents;
    const second = others.find(({ root }) => root.kind !== "empty");
    if (!first || !second) return;
    const from = endOf(first);
    const markers = [...text.slice(from, startOf(second.root)).matchAll(/^(?:---|\.\.\.)(?!\S)/gm)];
    const [end] = markers;
    if (!end) return;
    const start = from + end.index;
    const all = [...new Set(markers.map(([marker]) => `the \`${marker}\``))].join(" and ");
    yield {
      range: { start, end: start + end[0].length },
      message: `Only the first document of the file is read, and everything below \`${end[0]}\` is ignored. Remove ${all}.`,
      fixes: [],
    };
  },
});
