// All faults in the structure of a rule file. Found once for each rule and kept while the rule is the same object, since
// files have thousands of rules and an edit touches one.
import { keptOn } from "../../../kept.ts";
import { lineAt } from "../../../lines.ts";
import { resolveAlias } from "../../../yaml/alias.ts";
import { type Mapping, type Pair, rangeOf, startOf, type YamlFile } from "../../../yaml/tree.ts";
import { type CheckSettings, type FileCheck, type Report, sameSettings } from "../../check.ts";
import type { Document } from "../../document.ts";
import type { Fix } from "../../finding.ts";
import { oldRules } from "../../oldRules.ts";
import { groupLists, isManifest, type Rule } from "../../ruleFile.ts";
import { ruleIndex } from "../../ruleIndex.ts";
import { bySettings } from "../../ruleLedger.ts";
import { type Fault, type FaultKind, fieldsOf, headOf, isBroken, textOf } from "./shared.ts";
import { decodingFaults } from "./sharedDecoding.ts";
import { isOrdinary, isValidAtSight } from "./sharedOrdinary.ts";
import { testFaults } from "./sharedTests.ts";
import { labelFaults, validationFaults } from "./sharedValidation.ts";

/** All faults of a file: of rules those of the file and its groups, then those of the rules. */
function ruleFaults(document: Document, settings: CheckSettings): readonly Fault[] {
  const known = kept.get(document.yaml);
  if (known && sameSettings(known.settings, settings)) return known.faults;
  const { yaml } = document;
  const faults = [...(document.kind === "prometheus-rules-test" ? testFaults(yaml, settings) : ofFile(yaml, settings))];
  kept.set(document.yaml, { settings, faults });
  return faults;
}

type Kept = { readonly settings: CheckSettings; readonly faults: readonly Fault[] };
const kept = keptOn<YamlFile, Kept>("file");
/** By the rule, which is a new object wherever it depends on an anchor that stands elsewhere. */
const keptOfRule = keptOn<Rule, Kept>("rule");

function* ofFile(file: YamlFile, settings: CheckSettings): Iterable<Fault> {
  const root = file.documents[0]?.root;
  if (!root || root.kind === "empty" || root.kind === "broken") return;
  if (root.kind !== "mapping" && oldRules(file.text)) return;
  const manifest = isManifest(root);
  if (!manifest) yield* decodingFaults(file, root, "rulefmt.RuleGroups", settings);
  // The operator hands manifests to Thanos as well.
  const accepted = manifest ? { ...settings, dialects: [...settings.dialects, "thanos"] } : settings;
  for (const groups of groupLists(file)) {
    if (groups.kind !== "sequence") continue;
    const names = new Map<string, Pair | undefined>();
    for (const { value } of groups.items) {
      const group = resolveAlias(file, value);
      // yaml.v3 leaves out items that are null.
      if (group?.kind === "mapping") yield* ofGroup(file, group, names, accepted);
    }
  }
  for (const faults of ofRules(file, settings).values()) yield* faults;
}

/** Faults of the rules that have some. */
const ofRules = ruleIndex((rule, { file }, settings: CheckSettings) => {
  const faults = ofRule(file, rule, settings);
  return faults.length > 0 ? faults : undefined;
}, bySettings);

function* ofGroup(
  file: YamlFile,
  group: Mapping,
  names: Map<string, Pair | undefined>,
  settings: CheckSettings,
): Iterable<Fault> {
  yield* decodingFaults(file, group, "rulefmt.RuleGroup", settings);
  const fields = fieldsOf(file, group);
  const name = fields.get("name");
  const text = textOf(file, name);
  if (text === "" && !isBroken(file, name))
    yield {
      kind: "missing",
      at: () => (name ? rangeOf(name.key) : headOf(group)),
      says: "Groupname must not be empty",
    };
  if (text !== undefined && names.has(text)) {
    const first = names.get(text);
    yield {
      kind: "name",
      at: () => (name ? rangeOf(text === "" ? name.key : name.value) : headOf(group)),
      says: `groupname: "${text}" is repeated in the same file`,
      ...(first && { first }),
    };
  } else if (text !== undefined) names.set(text, name);
  yield* labelFaults(file, fields.get("labels"), settings);
}

const none: readonly Fault[] = [];

function ofRule(file: YamlFile, rule: Rule, settings: CheckSettings): readonly Fault[] {
  const before = keptOfRule.get(rule);
  if (before && sameSettings(before.settings, settings)) return before.faults;
  const { node } = rule;
  if (isOrdinary(node, "rulefmt.Rule", settings) && isValidAtSight(node)) return none;
  const faults = [...decodingFaults(file, node, "rulefmt.Rule", settings), ...validationFaults(file, node, settings)];
  keptOfRule.set(rule, { settings, faults });
  return faults;
}

/** Where the first of two keys stands, in Prometheus' words. */
const lineOf = ({ lineStarts }: Document, { first, says }: Fault): string =>
  first && says.startsWith("mapping key") ? ` at line ${lineAt(lineStarts, startOf(first.key)) + 1}` : "";

type Spec = {
  readonly id: string;
  readonly title: string;
  readonly kinds: readonly FaultKind[];
  /** What to do about it, as a sentence, and how a machine would. */
  readonly advice: (fault: Fault) => { readonly text: string; readonly fixes?: readonly Fix[] };
};

/** A check that reports the faults of its kinds: Prometheus' words, why they matter, and what to do. */
export function structureCheck({ id, title, kinds, advice }: Spec): FileCheck {
  return {
    id,
    level: "error",
    title,
    kinds: ["prometheus-rules", "prometheus-rules-test"],
    *check(document, context): Iterable<Report> {
      const reader = document.kind === "prometheus-rules" ? "Prometheus" : "promtool";
      for (const fault of ruleFaults(document, context)) {
        if (!kinds.includes(fault.kind)) continue;
        const { text, fixes = [] } = advice(fault);
        yield {
          range: fault.at(),
          message: `${fault.says}${fault.kind === "duplicateKey" ? lineOf(document, fault) : ""}. ${reader} refuses the whole file. ${text}`,
          fixes,
          ...(fault.first && { related: [{ range: rangeOf(fault.first), message: "the first one" }] }),
        };
      }
    },
  };
}
