// The groups and rules of a rule file as data over its YAML tree, plain or as PrometheusRule manifests.
// Lenient: takes what it finds, in any shape. Must not judge; checks do.
import { keptOn, type Owner } from "../kept.ts";
import { resolveAlias, standsAlone } from "../yaml/alias.ts";
import {
  keyOf,
  type Mapping,
  type Pair,
  type Scalar,
  valueAt,
  valuesOf,
  type YamlFile,
  type YamlNode,
} from "../yaml/tree.ts";

/** One rule. Fields that are absent, or not what they should be, are `undefined` or empty here. */
export type Rule = Owner & {
  readonly node: Mapping;
  readonly kind: "alert" | "record" | undefined;
  readonly name: Scalar | undefined;
  /** The text of `expr`; where it is an alias, the scalar that it stands for. */
  readonly expr: Scalar | undefined;
  /** First pair of each key, as written: the values may be aliases. */
  readonly fields: ReadonlyMap<string, Pair>;
  /** Of these the values are what an alias stands for. */
  readonly labels: readonly Pair[];
  readonly annotations: readonly Pair[];
};

export type RuleGroup = {
  /** The file that the group was read from, at this version of its text. */
  readonly file: YamlFile;
  readonly node: Mapping;
  readonly name: Scalar | undefined;
  readonly fields: ReadonlyMap<string, Pair>;
  /** Labels that the group adds to the rules' own. */
  readonly labels: readonly Pair[];
  readonly rules: readonly Rule[];
  /** Its interval and its labels as a text: all of a group that checks of a rule may look at. */
  readonly text: string;
  /** Whether nothing in it depends on an anchor that stands elsewhere. */
  readonly alone: boolean;
};

const groupsOf = keptOn<YamlFile, readonly RuleGroup[]>("file");

/** All groups of the first document, of manifests those of every one; empty where the file has another shape. */
export function ruleGroups(file: YamlFile): readonly RuleGroup[] {
  let groups = groupsOf.get(file);
  if (!groups) {
    groups = findGroups(file);
    groupsOf.set(file, groups);
  }
  return groups;
}

function findGroups(file: YamlFile): readonly RuleGroup[] {
  return groupLists(file)
    .flatMap(valuesOf)
    .flatMap((node) => {
      const mapping = resolveAlias(file, node);
      return mapping?.kind === "mapping" ? [groupOf(file, mapping, mapping === node)] : [];
    });
}

/** The node under `groups`; of manifests, which may stand one after the other, what is under `spec.groups` of each with rules. */
export function groupLists(file: YamlFile): readonly YamlNode[] {
  const [first] = file.documents;
  if (!isManifest(first?.root)) return listed(file, first?.root);
  const holders = file.documents.filter(({ root }) => holdsRules(root));
  return (holders.length > 0 ? holders : [first]).flatMap((one) => listed(file, valueAt(one?.root, "spec")));
}

function listed(file: YamlFile, outer: YamlNode | undefined): readonly YamlNode[] {
  const list = resolveAlias(file, valueAt(outer, "groups"));
  return list ? [list] : [];
}

/** Whether a manifest is one of rules. */
export function holdsRules(root: YamlNode | undefined): boolean {
  const kind = valueAt(root, "kind");
  return kind?.kind === "scalar" && kind.value === "PrometheusRule";
}

/** Whether the file is a Kubernetes manifest around the groups. */
export function isManifest(root: YamlNode | undefined): boolean {
  return valueAt(root, "apiVersion") !== undefined && valueAt(root, "kind") !== undefined;
}

/** All of a group but the file, of which there is a new one at every keystroke. */
type GroupBody = Omit<RuleGroup, "file">;

/** Groups by their node, which an edit elsewhere leaves the same object. */
const knownGroups = keptOn<Mapping, GroupBody>("mapping");

function groupOf(file: YamlFile, node: Mapping, isWritten: boolean): RuleGroup {
  const old = isWritten ? knownGroups.get(node) : undefined;
  const body = old ?? bodyOf(file, node, isWritten);
  if (!old && body.alone) knownGroups.set(node, body);
  const { name, fields, labels, rules, text, alone } = body;
  return { file, node, name, fields, labels, rules, text, alone };
}

function bodyOf(file: YamlFile, node: Mapping, isWritten: boolean): GroupBody {
  const fields = fieldsOf(node);
  const rules: Rule[] = [];
  const written = fields.get("rules")?.value;
  const list = resolveAlias(file, written);
  let alone = isWritten && list === written && node.chunk.aliases.length === 0;
  for (const { value } of list?.kind === "sequence" ? list.items : []) {
    const mapping = resolveAlias(file, value);
    if (mapping?.kind !== "mapping") continue;
    const rule = ruleOf(file, mapping);
    rules.push(rule);
    alone &&= value === mapping && known.get(mapping) === rule;
  }
  const labels = pairsOf(file, fields.get("labels"));
  const name = scalar(file, fields.get("name"));
  return { node, name, fields, labels, rules, text: ownText(fields, labels), alone };
}

function ownText(fields: RuleGroup["fields"], labels: RuleGroup["labels"]): string {
  const interval = fields.get("interval")?.value;
  let text = interval?.kind === "scalar" ? `${interval.value};` : ";";
  for (const { key, value } of labels)
    text += `${key.kind === "scalar" ? key.value : ""}:${value.kind === "scalar" ? value.value : ""};`;
  return text;
}

/** Rules by their node: an edit elsewhere leaves the node, and so the rule, the same object. */
const known = keptOn<Mapping, Rule>("mapping");

function ruleOf(file: YamlFile, node: Mapping): Rule {
  const old = known.get(node);
  if (old) return old;
  const fields = fieldsOf(node);
  const kind = fields.has("alert") ? "alert" : fields.has("record") ? "record" : undefined;
  const rule: Rule = {
    node,
    kind,
    name: kind && scalar(file, fields.get(kind)),
    expr: scalar(file, fields.get("expr")),
    fields,
    labels: pairsOf(file, fields.get("labels")),
    annotations: pairsOf(file, fields.get("annotations")),
    kept: undefined,
  };
  if (standsAlone(node)) known.set(node, rule);
  return rule;
}

function fieldsOf(node: Mapping): ReadonlyMap<string, Pair> {
  const { pairs } = node;
  const fields = new Map<string, Pair>();
  // From the last one on: of a key that stands twice the first counts.
  for (let i = pairs.length - 1; i >= 0; i--) {
    const pair = pairs[i] as Pair;
    const key = keyOf(pair);
    if (key !== undefined) fields.set(key, pair);
  }
  return fields;
}

function scalar(file: YamlFile, pair: Pair | undefined): Scalar | undefined {
  const node = resolveAlias(file, pair?.value);
  return node?.kind === "scalar" ? node : undefined;
}

/** The pairs of a mapping, with what stands for an alias in its place: a text is read where its anchor is. */
function pairsOf(file: YamlFile, pair: Pair | undefined): readonly Pair[] {
  const node = resolveAlias(file, pair?.value);
  if (node?.kind !== "mapping") return [];
  if (!node.pairs.some(({ value }) => value.kind === "alias")) return node.pairs;
  return node.pairs.map((one) => ({ ...one, value: resolveAlias(file, one.value) ?? one.value }));
}
