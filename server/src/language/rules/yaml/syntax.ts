// yaml/syntax: text that is not YAML. Everything that can be read in spite of it is still checked. Prometheus and promtool
// read the first document alone, and of that no more than what they take for it.
import { resolveAlias } from "../../../yaml/alias.ts";
import { aheadErrors, markerErrors } from "../../../yaml/errors.ts";
import { isPassedOver } from "../../../yaml/lookAhead.ts";
import type { Engine } from "../../../yaml/resolve.ts";
import { type Chunk, rangeIn, rangeOf, type YamlFile } from "../../../yaml/tree.ts";
import type { FileCheck, Report } from "../../check.ts";
import { ignoredRest } from "../../endOfReading.ts";
import { oldRules } from "../../oldRules.ts";
import { isManifest } from "../../ruleFile.ts";

export const yamlSyntax: FileCheck = {
  id: "yaml/syntax",
  level: "error",
  title: "The file is not valid YAML",
  kinds: ["prometheus-rules", "prometheus-rules-test", "checker-config", "emitter-scenario"],
  *check({ yaml, kind, text }): Iterable<Report> {
    if (kind === "prometheus-rules" && oldRules(text)) return;
    for (const { range, message } of markerErrors(yaml)) yield { range, message };
    const isRules = kind === "prometheus-rules" && !isManifest(yaml.documents[0]?.root);
    const [first] = isRules || kind === "prometheus-rules-test" ? yaml.documents : [];
    yield* inChunks(yaml, (first ?? yaml).chunk, isRules ? "yaml3" : "yaml2");
    if (isRules) for (const { range, message } of aheadErrors(yaml)) yield { range, message };
    const { length } = yaml.text;
    if (length < text.length) yield ignoredRest(isRules ? "Prometheus" : "promtool", text, length);
  },
};

/** Chunks with errors or aliases: nearly all of thousands have neither, and this runs at every keystroke. */
function addDoubtful(chunk: Chunk, found: Chunk[]): void {
  const { errors, aliases, children } = chunk;
  if (errors.length > 0 || aliases.length > 0) found.push(chunk);
  for (let i = 0; i < children.length; i++) addDoubtful(children[i] as Chunk, found);
}

function* inChunks(yaml: YamlFile, all: Chunk, engine: Engine): Iterable<Report> {
  const chunks: Chunk[] = [];
  addDoubtful(all, chunks);
  for (const chunk of chunks) {
    for (const { code, message, ...place } of chunk.errors) {
      const range = rangeIn(chunk, place);
      if (code !== "tab" || engine === "yaml2" || !isPassedOver(yaml.text, range.start)) yield { range, message };
    }
    for (const alias of chunk.aliases)
      if (!resolveAlias(yaml, alias))
        yield {
          range: rangeOf(alias),
          message: `unknown anchor '${alias.name}' referenced. The whole file is refused. Write &${alias.name} in front of what is meant, before this place; a text that begins with * belongs in quotes.`,
        };
  }
}
