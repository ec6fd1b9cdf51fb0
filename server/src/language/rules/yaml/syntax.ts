// yaml/syntax: text that is not YAML. Everything that can be read in spite of it is still checked.
import { resolveAlias } from "../../../yaml/alias.ts";
import { chunksOf, rangeIn, rangeOf } from "../../../yaml/tree.ts";
import type { FileCheck, Report } from "../../check.ts";

export const yamlSyntax: FileCheck = {
  id: "yaml/syntax",
  level: "error",
  title: "The file is not valid YAML",
  kinds: ["prometheus-rules", "prometheus-rules-test", "checker-config", "emitter-scenario"],
  *check({ yaml }): Iterable<Report> {
    // Nearly all of thousands of chunks have neither, and this runs at every keystroke.
    for (const chunk of chunksOf(yaml.chunk).filter(({ errors, aliases }) => errors.length + aliases.length > 0)) {
      for (const error of chunk.errors) yield { range: rangeIn(chunk, error), message: error.message };
      for (const alias of chunk.aliases)
        if (!resolveAlias(yaml, alias))
          yield {
            range: rangeOf(alias),
            message: `unknown anchor '${alias.name}' referenced. The whole file is refused. Write &${alias.name} in front of what is meant, before this place; a text that begins with * belongs in quotes.`,
          };
    }
  },
};
