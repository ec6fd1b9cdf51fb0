// yaml/syntax: text that is not YAML. Everything that can be read in spite of it is still checked.
import { chunksOf, rangeIn } from "../../../yaml/tree.ts";
import type { FileCheck, Report } from "../../check.ts";

export const yamlSyntax: FileCheck = {
  id: "yaml/syntax",
  level: "error",
  title: "The file is not valid YAML",
  kinds: ["prometheus-rules", "prometheus-rules-test", "checker-config", "emitter-scenario"],
  *check({ yaml }): Iterable<Report> {
    for (const chunk of chunksOf(yaml.chunk))
      for (const error of chunk.errors) yield { range: rangeIn(chunk, error), message: error.message };
  },
};
