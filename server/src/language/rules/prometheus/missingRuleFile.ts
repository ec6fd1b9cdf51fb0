// prometheus/missing-rule-file: an entry of rule_files that no rule file of the workspace answers to.
import { resolveAlias } from "../../../yaml/alias.ts";
import { rangeOf, valueAt, valuesOf } from "../../../yaml/tree.ts";
import type { FileCheck, Report } from "../../check.ts";
import type { Workspace } from "../../workspace.ts";

export const prometheusMissingRuleFile: FileCheck = {
  id: "prometheus/missing-rule-file",
  level: "warning",
  title: "An entry of rule_files without a rule file",
  kinds: ["prometheus-config"],
  *check({ uri, yaml }, { workspace }): Iterable<Report> {
    const known = rulesBelow(folderOf(uri), workspace);
    if (known.length === 0) return;
    const list = resolveAlias(yaml, valueAt(yaml.documents[0]?.root, "rule_files"));
    for (const node of valuesOf(list)) {
      if (node.kind !== "scalar" || !isBelow(node.value)) continue;
      const pattern = patternOf(node.value.replace(/^\.\//, ""));
      if (known.some((path) => pattern.test(path))) continue;
      const wild = /[*?[]/.test(node.value);
      const message = wild
        ? `No rule file of this workspace answers to ${node.value}: Prometheus starts without a word, and no alert of it ever fires. The rule files here are ${named(known)}.`
        : `There is no rule file ${node.value} beside this file: Prometheus starts without a word, and no alert of it ever fires. The rule files here are ${named(known)}.`;
      yield { range: rangeOf(node), message };
    }
  },
};

const folderOf = (uri: string): string => uri.slice(0, uri.lastIndexOf("/") + 1);

/** Paths of rule files below a folder, relative to it. Without any, the workspace is not where the rules are. */
function rulesBelow(folder: string, { files }: Workspace): string[] {
  return files.flatMap(({ kind, uri }) =>
    kind === "prometheus-rules" && uri.startsWith(folder) ? [decodeURIComponent(uri.slice(folder.length))] : [],
  );
}

/** Paths that lead elsewhere belong to the machine that Prometheus runs on. */
const isBelow = (path: string): boolean => path !== "" && !/^(?:\/|~|[A-Za-z]:|\\)|\.\.\//.test(path);

/** A glob of Go's filepath.Match: `*` and `?` stop at slashes. */
function patternOf(glob: string): RegExp {
  const source = glob
    .replace(/[.+^${}()|\\]/g, "\\$&")
    .replaceAll("*", "[^/]*")
    .replaceAll("?", "[^/]");
  try {
    return new RegExp(`^${source}$`);
  } catch {
    return /^/;
  }
}

function named(paths: readonly string[]): string {
  const shown = paths.slice(0, 3).join(", ");
  return paths.length > 3 ? `${shown} and ${paths.length - 3} more` : shown;
}
