// yaml/syntax: text that is not YAML. Everything that can be read in spite of it is still checked.
import { resolveAlias } from "../../../yaml/alias.ts";
import { markerErrors } from "../../../yaml/errors.ts";
import { type Chunk, chunksOf, rangeIn, rangeOf, type YamlFile } from "../../../yaml/tree.ts";
import type { FileCheck, Report } from "../../check.ts";
import { ignoredRest, readPart } from "../../endOfReading.ts";

export const yamlSyntax: FileCheck = {
  id: "yaml/syntax",
  level: "error",
  title: "The file is not valid YAML",
  kinds: ["prometheus-rules", "prometheus-rules-test", "checker-config", "emitter-scenario"],
  *check({ yaml, kind }): Iterable<Report> {
    for (const { range, message } of markerErrors(yaml)) yield { range, message };
    if (kind === "prometheus-rules-test") yield* inTests(yaml);
    else yield* inChunks(yaml, yaml.chunk);
  },
};

function* inChunks(yaml: YamlFile, all: Chunk): Iterable<Report> {
  // Nearly all of thousands of chunks have neither, and this runs at every keystroke.
  for (const chunk of chunksOf(all).filter(({ errors, aliases }) => errors.length + aliases.length > 0)) {
    for (const error of chunk.errors) yield { range: rangeIn(chunk, error), message: error.message };
    for (const alias of chunk.aliases)
      if (!resolveAlias(yaml, alias))
        yield {
          range: rangeOf(alias),
          message: `unknown anchor '${alias.name}' referenced. The whole file is refused. Write &${alias.name} in front of what is meant, before this place; a text that begins with * belongs in quotes.`,
        };
  }
}

/** promtool reads the first document alone, and of that no more than what it takes for it. */
function* inTests(yaml: YamlFile): Iterable<Report> {
  const part = readPart(yaml);
  yield* inChunks(part, (part.documents[0] ?? part).chunk);
  if (part !== yaml) yield ignoredRest("promtool", yaml.text, part.text.length);
}
