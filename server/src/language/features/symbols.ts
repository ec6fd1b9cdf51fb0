// The outline of a file and the names of a workspace: groups and their rules, scrape jobs, keys of a dkron.yml.
import type { Range } from "../../ranges.ts";
import { keyOf, type Placed, rangeOf, type Scalar, valueAt, valuesOf, type YamlNode } from "../../yaml/tree.ts";
import type { DocumentSymbol, Place, SymbolKind } from "../answers.ts";
import type { Document } from "../document.ts";
import { type Rule, type RuleGroup, ruleGroups } from "../ruleFile.ts";
import type { Workspace } from "../workspace.ts";

/** More entries than this help nobody and cost the editor. */
const most = 5000;

export function documentSymbols(document: Document): readonly DocumentSymbol[] {
  const root = document.yaml.documents[0]?.root;
  switch (document.kind) {
    case "prometheus-rules":
      return groups(ruleGroups(document.yaml));
    case "prometheus-config":
      return root ? sections(root) : [];
    case "dkron-config":
      return root?.kind === "mapping" ? keys(root) : [];
    default:
      return [];
  }
}

function groups(list: readonly RuleGroup[]): DocumentSymbol[] {
  let left = most;
  return list.map((group) => {
    const rules = group.rules.slice(0, Math.max(left, 0));
    left -= rules.length + 1;
    return entry(group.node, group.name, "group", `${group.rules.length} rules`, rules.map(ofRule));
  });
}

function ofRule({ node, name, kind, expr }: Rule): DocumentSymbol {
  const detail = (expr?.value ?? "").replace(/\s+/g, " ").slice(0, 80).trim();
  return entry(node, name, kind ?? "key", detail, []);
}

function entry(
  node: Placed,
  name: Scalar | undefined,
  kind: SymbolKind,
  detail: string,
  children: readonly DocumentSymbol[],
): DocumentSymbol {
  const range = rangeOf(node);
  const selection: Range = name ? rangeOf(name) : { start: range.start, end: range.start };
  return { name: name?.value.trim() || "(no name)", kind, detail, range, selection, children };
}

/** Top-level keys; jobs are the children of theirs. */
function sections(root: YamlNode): DocumentSymbol[] {
  if (root.kind !== "mapping") return [];
  return keys(root).map((symbol) => {
    if (symbol.name !== "scrape_configs") return symbol;
    const jobs = valuesOf(valueAt(root, "scrape_configs")).slice(0, most);
    return { ...symbol, children: jobs.map(ofJob) };
  });
}

function ofJob(node: YamlNode): DocumentSymbol {
  const name = valueAt(node, "job_name");
  return entry(node, name?.kind === "scalar" ? name : undefined, "job", "", []);
}

function keys(root: Extract<YamlNode, { kind: "mapping" }>): DocumentSymbol[] {
  return root.pairs.slice(0, most).map((pair) => {
    const detail = pair.value.kind === "scalar" ? pair.value.value.slice(0, 80) : "";
    const name = keyOf(pair) ?? "";
    return {
      name: name || "(no name)",
      kind: "key",
      detail,
      range: rangeOf(pair),
      selection: rangeOf(pair.key),
      children: [],
    };
  });
}

export type WorkspaceSymbol = Place & { readonly name: string; readonly kind: SymbolKind };

/** Alerts, recording rules and scrape jobs whose names hold the letters of `query` in their order. */
export function workspaceSymbols(query: string, { files }: Workspace): readonly WorkspaceSymbol[] {
  const found: WorkspaceSymbol[] = [];
  const wanted = query.toLowerCase();
  for (const { uri, alerts, recordings, scrapeJobs } of files) {
    const lists = [
      ["alert", alerts()],
      ["record", recordings()],
      ["job", scrapeJobs],
    ] as const;
    for (const [kind, list] of lists)
      for (const { name, range } of list) {
        if (holds(name.toLowerCase(), wanted)) found.push({ uri, range, name, kind });
        if (found.length >= most) return found;
      }
  }
  return found;
}

function holds(name: string, letters: string): boolean {
  let at = 0;
  for (const letter of letters) {
    at = name.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
