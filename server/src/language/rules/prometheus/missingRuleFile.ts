// prometheus/missing-rule-file: an entry of rule_files or scrape_config_files that no file of the workspace answers to.
import { resolveAlias } from "../../../yaml/alias.ts";
import { rangeOf, valueAt, valuesOf } from "../../../yaml/tree.ts";
import type { FileCheck, Report } from "../../check.ts";
import type { Document } from "../../document.ts";
import { globPattern, isGlob } from "../../goGlob.ts";
import type { Kind } from "../../kind.ts";
import type { Workspace } from "../../workspace.ts";

export const prometheusMissingRuleFile: FileCheck = {
  id: "prometheus/missing-rule-file",
  level: "warning",
  title: "An entry of rule_files or scrape_config_files without a file",
  kinds: ["prometheus-config"],
  *check(document, { workspace }): Iterable<Report> {
    const rules = below(document.uri, "prometheus-rules", workspace);
    yield* look(document, "rule_files", rules, "rule file", "and no alert of it ever fires");
    const jobs = below(document.uri, "prometheus-config", workspace);
    yield* look(document, "scrape_config_files", jobs, "file of scrape jobs", "and nothing of it is ever scraped");
  },
};

/** Without any file of the kind the workspace is not where they are. */
function* look(
  { yaml }: Document,
  key: string,
  known: readonly string[],
  what: string,
  costs: string,
): Iterable<Report> {
  if (known.length === 0) return;
  for (const node of valuesOf(resolveAlias(yaml, valueAt(yaml.documents[0]?.root, key)))) {
    if (node.kind !== "scalar" || !isBelow(node.value)) continue;
    const pattern = globPattern(node.value.replace(/^\.\//, ""));
    if (known.some((path) => pattern.test(path))) continue;
    const found = isGlob(node.value)
      ? `No ${what} of this workspace answers to ${node.value}`
      : `There is no ${what} ${node.value} beside this file`;
    const message = `${found}: Prometheus starts without a word, ${costs}. The ones here are ${named(known)}.`;
    yield { range: rangeOf(node), message };
  }
}

const folderOf = (uri: string): string => uri.slice(0, uri.lastIndexOf("/") + 1);

/** Paths of other files of a kind below a file's folder, relative to it. */
function below(uri: string, kind: Kind, { files }: Workspace): string[] {
  const folder = folderOf(uri);
  return files.flatMap((file) =>
    file.kind === kind && file.uri !== uri && file.uri.startsWith(folder)
      ? [decodeURIComponent(file.uri.slice(folder.length))]
      : [],
  );
}

/** Paths that lead elsewhere belong to the machine that Prometheus runs on. */
const isBelow = (path: string): boolean => path !== "" && !/^(?:\/|~|[A-Za-z]:|\\)|\.\.\//.test(path);

function named(paths: readonly string[]): string {
  const shown = paths.slice(0, 3).join(", ");
  return paths.length > 3 ? `${shown} and ${paths.length - 3} more` : shown;
}
