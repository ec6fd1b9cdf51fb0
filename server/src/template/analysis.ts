// What a template reads and where it will fail, in all its branches, found without running it. Knows actions; `inference.ts` knows pipelines.

import { quote } from "./go/quote.ts";
import { types } from "./go/values.ts";
import { type Environment, enclosed, type Inference, inferPipe, knownOf, problem, rootScope } from "./inference.ts";
import type { Branch, List, Node, TemplateCall, Tree } from "./tree.ts";
import type { Known, Scope, TemplateUses } from "./uses.ts";

type Walk = Inference & {
  /** What each defined template is called with. */
  readonly calls: Map<string, Known[]>;
  readonly defined: readonly string[];
  readonly probe: number;
  scope: Scope;
};

/** Every use of the alert's data and every call that is bound to fail. Never throws; broken actions are passed over. */
export function analyzeTemplate(tree: Tree): TemplateUses {
  return walkTree(tree, -1);
}

/** Variables in force at an offset of the template, and what the dot is there. */
export function scopeAt(tree: Tree, offset: number): Scope {
  return walkTree(tree, offset).scope;
}

function walkTree(tree: Tree, probe: number): Walk {
  const scope = rootScope();
  const walk = walkOf(tree, probe, scope);
  walkList(walk, scope, tree.root);
  for (const { name, list } of tree.definitions) {
    const passed = walk.calls.get(name) ?? [];
    const [first = { type: undefined }] = passed;
    const same = passed.every(({ type, map }) => type === first.type && map === first.map);
    const dot: Known = same ? first : { type: undefined };
    walkList(walk, { dot, variables: [{ name: "$", known: dot }] }, list);
  }
  return walk;
}

function walkOf(tree: Tree, probe: number, scope: Scope): Walk {
  const labels: Walk["labels"] = [];
  const values: Walk["values"] = [];
  const queries: Walk["queries"] = [];
  const variables: Walk["variables"] = [];
  const problems: Walk["problems"] = [];
  const guards: Walk["guards"] = [];
  const calls: Walk["calls"] = new Map();
  const defined = tree.definitions.map(({ name }) => name);
  return { labels, values, queries, variables, problems, guards, calls, defined, probe, scope };
}

/** Remembers the scope for the offset that is asked for; the innermost list is walked last and wins. */
function note(walk: Walk, scope: Environment, start: number, end: number): void {
  if (walk.probe < start || walk.probe > end) return;
  walk.scope = { dot: scope.dot, variables: [...scope.variables] };
}

function walkList(walk: Walk, scope: Environment, list: List): void {
  const isAsked = walk.probe >= 0;
  if (isAsked) note(walk, scope, list.start, list.end);
  for (let i = 0; i < list.nodes.length; i++) {
    const node = list.nodes[i] as Node;
    walkNode(walk, scope, node);
    if (isAsked) note(walk, scope, node.end, list.end);
  }
}

function walkNode(walk: Walk, scope: Environment, node: Node): void {
  switch (node.kind) {
    case "action": {
      const known = inferPipe(walk, scope, node.pipe);
      if (known.value !== undefined && node.pipe.declarations.length === 0) known.value.printed = true;
      return;
    }
    case "if":
    case "with":
    case "range":
      walkBranch(walk, scope, node);
      return;
    case "template":
      walkCall(walk, scope, node);
      return;
    default:
      return;
  }
}

function walkBranch(walk: Walk, outer: Environment, branch: Branch): void {
  const scope = enclosed(outer);
  const before = walk.labels.length;
  const known = inferPipe(walk, scope, branch.pipe);
  const tested = walk.labels.slice(before);
  if (branch.kind !== "range") {
    for (const use of tested) use.guarded = true;
  }
  walk.guards.push(branch.kind === "range" ? [] : tested.map(({ from, name }) => ({ from, name })));
  if (branch.kind === "range") walkBody(walk, scope, branch, known);
  else walkList(walk, branch.kind === "with" ? { ...enclosed(scope), dot: known } : enclosed(scope), branch.list);
  if (branch.elseList !== undefined) walkList(walk, enclosed(scope), branch.elseList);
  walk.guards.pop();
}

/** One round of a `range`, with the key and item that any round has. */
function walkBody(walk: Walk, scope: Environment, branch: Branch, over: Known): void {
  const { type } = over;
  const keyed = type?.kind === "map";
  const counted = type?.kind === "int" || type?.kind === "uint";
  const listed = type?.kind === "slice";
  if (type !== undefined && !keyed && !counted && !listed && over.nil !== true) {
    const message = `range can't iterate over a value of type ${type.name}`;
    problem(walk, branch.pipe, { kind: "type", message, fatal: true });
  }
  const item: Known = counted ? { type } : knownOf(type?.element, over.query);
  const key: Known = { type: keyed ? types.string : listed ? types.int : undefined };
  const values = branch.pipe.declarations.length > 1 ? [key, item] : [item];
  const inner = enclosed(scope);
  // The pipeline has declared them as what it ranges over.
  const declared = branch.pipe.assigns ? [] : inner.variables.splice(-values.length, branch.pipe.declarations.length);
  declared.forEach(({ name }, i) => {
    inner.variables.push({ name, known: values[i] ?? { type: undefined } });
  });
  walkList(walk, { ...inner, dot: item }, branch.list);
}

function walkCall(walk: Walk, scope: Environment, node: TemplateCall): void {
  const passed: Known = node.pipe === undefined ? { type: undefined, nil: true } : inferPipe(walk, scope, node.pipe);
  const calls = walk.calls.get(node.name) ?? [];
  walk.calls.set(node.name, [...calls, passed]);
  if (walk.defined.includes(node.name)) return;
  const message = `template ${quote(node.name)} not defined`;
  problem(walk, node.nameRange, { kind: "template", message, fatal: true }, walk.defined);
}
