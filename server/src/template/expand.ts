// A template to text, as an alert's label or annotation becomes it. Knows actions and output; `evaluate.ts` knows the values.

import { Failure, failureShowing } from "./arguments.ts";
import { checkTemplate, declarations, prefixLength, templateName } from "./check.ts";
import { assign, evaluatePipe, type Run } from "./evaluate.ts";
import type { World } from "./functions/context.ts";
import { printable } from "./functions/implementations.ts";
import { garbledExpansionMessage, type Said } from "./garbled.ts";
import { normalized } from "./go/bytes.ts";
import { sprint } from "./go/format.ts";
import { sortedEntries } from "./go/printer.ts";
import { quote } from "./go/quote.ts";
import {
  anyOf,
  floatOf,
  indirect,
  intOf,
  isTrue,
  labelsOf,
  type Maybe,
  stringOf,
  types,
  type Value,
} from "./go/values.ts";
import { placeOffset, placeText } from "./nodeText.ts";
import { isEmpty, parseTemplate } from "./parser.ts";
import { columnOf, lineOf } from "./reading.ts";
import type { Branch, List, Node, ParseResult, TemplateCall, Tree } from "./tree.ts";

/** What a template sees of its alert. `labels` are those of the result sample, neither rule nor group labels. */
export type TemplateData = {
  readonly alert: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly externalLabels: Readonly<Record<string, string>>;
  readonly externalURL: string;
  readonly value: number;
};

/** `start` and `end` place the failure in the template, in UTF-16 units; `error` is Prometheus' whole sentence. */
export type Expansion =
  | { readonly text: string }
  | { readonly error: string; readonly message: string; readonly start: number; readonly end: number };

/** Go stops at 100,000; here before the stack ends, with the same sentence, for what recurses that deep never ends. */
const maxDepth = 1000;
const depthMessage = "exceeded maximum template depth (100000)";

/** A `range` over a large number would keep an editor waiting, a text that doubles in it would fill the memory. */
const maxSteps = 200_000;
const maxLength = 4_000_000;

type Expanding = Run & {
  /** The template, or the declarations before it while these run. */
  tree: Tree;
  readonly bodies: ReadonlyMap<string, List>;
  readonly output: string[];
  depth: number;
  steps: number;
  length: number;
};

type Signal = "break" | "continue" | undefined;

/**
 * The text that Prometheus 3.14 puts into the alert, or the error that it puts there in its place. Never throws.
 * `template` is a text or what `parseTemplate` made of it.
 */
export function expandTemplate(template: string | ParseResult, data: TemplateData, world: World): Expansion {
  const parsed = typeof template === "string" ? parseTemplate(template) : template;
  const refused = checkTemplate(parsed, data.alert);
  const name = templateName(data.alert);
  if (refused !== undefined) {
    const { goMessage, message, start, end } = refused;
    return { error: `error parsing template ${name}: ${goMessage}`, message, start, end };
  }
  const dot = dotOf(data);
  const run = runOf(parsed.tree, name, dot, data, world);
  try {
    walkMain(run, dot, parsed.tree);
    return { text: normalized(run.output.join("")) };
  } catch (thrown) {
    const deep = thrown instanceof RangeError && /call stack/.test(thrown.message);
    const message = deep ? depthMessage : thrown instanceof Error ? thrown.message : String(thrown);
    return failureOf(run, name, message, thrown instanceof Failure ? thrown.said : undefined);
  }
}

function dotOf(data: TemplateData): Value {
  const fields = new Map<string, Value>([
    ["Labels", labelsOf(data.labels)],
    ["ExternalLabels", labelsOf(data.externalLabels)],
    ["ExternalURL", stringOf(data.externalURL)],
    ["Value", anyOf(floatOf(data.value))],
  ]);
  return { kind: "struct", type: types.data, fields };
}

function runOf(tree: Tree, name: string, dot: Value, data: TemplateData, world: World): Expanding {
  const bodies = new Map<string, List>();
  for (const { name: defined, list } of tree.definitions) {
    const before = bodies.get(defined);
    if (before === undefined || isEmpty(before)) bodies.set(defined, list);
  }
  bodies.set(name, tree.root);
  return {
    world,
    externalURL: data.externalURL,
    name,
    place: undefined,
    variables: [{ name: "$", value: dot }],
    tree,
    bodies,
    output: [],
    depth: 0,
    steps: 0,
    length: 0,
  };
}

/** Go's sentence: line from 1, column in bytes from 0, the piece written back. */
function failureOf(run: Expanding, root: string, message: string, said: Said | undefined): Expansion {
  const { place, tree } = run;
  const offset = place === undefined ? 0 : placeOffset(place);
  const line = lineOf(tree.text, offset);
  const column = columnOf(tree.text, offset) + (line === 1 && tree !== declared ? prefixLength : 0);
  const where = `${root}:${line}:${column}`;
  const piece = place === undefined ? "" : placeText(place);
  const after = `: executing ${quote(run.name)} at <${piece}>: `;
  const sentence = root.includes("%")
    ? garbledExpansionMessage(`template: ${where}`, after, message, said)
    : `template: ${where}${after}${message}`;
  return {
    error: `error executing template ${root}: ${sentence}`,
    message,
    start: place?.start ?? 0,
    end: place?.end ?? 0,
  };
}

let declared: Tree | undefined;

/** The whole template: Prometheus' declarations are part of it, and run each time that it calls itself by its name. */
function walkMain(run: Expanding, dot: Maybe, tree: Tree): void {
  declared ??= parseTemplate(declarations).tree;
  run.tree = declared;
  walkList(run, dot, declared.root);
  run.tree = tree;
  walkList(run, dot, tree.root);
}

function walkList(run: Expanding, dot: Maybe, list: List): Signal {
  run.place = list;
  for (const node of list.nodes) {
    const signal = walk(run, dot, node);
    if (signal !== undefined) return signal;
  }
  return undefined;
}

function step(run: Expanding): void {
  if (++run.steps > maxSteps) throw new Failure("the template takes too many steps to be expanded here");
}

function write(run: Expanding, text: string): void {
  run.length += text.length;
  if (run.length > maxLength) throw new Failure("the text grows too long to be expanded here");
  run.output.push(text);
}

function walk(run: Expanding, dot: Maybe, node: Node): Signal {
  run.place = node;
  step(run);
  switch (node.kind) {
    case "text":
      write(run, node.text);
      return undefined;
    case "action": {
      const value = evaluatePipe(run, dot, node.pipe);
      if (node.pipe.declarations.length === 0) write(run, sprint([printable(value)]));
      return undefined;
    }
    case "if":
    case "with":
      return walkCondition(run, dot, node);
    case "range":
      return walkRange(run, dot, node);
    case "template":
      walkCall(run, dot, node);
      return undefined;
    default:
      return node.kind;
  }
}

function walkCondition(run: Expanding, dot: Maybe, branch: Branch): Signal {
  const visible = run.variables.length;
  const value = evaluatePipe(run, dot, branch.pipe);
  let signal: Signal;
  if (isTrue(value)) signal = walkList(run, branch.kind === "with" ? value : dot, branch.list);
  else if (branch.elseList !== undefined) signal = walkList(run, dot, branch.elseList);
  run.variables.length = visible;
  return signal;
}

/** Keys and values that a `range` goes through: entries of maps by sorted key, items of lists, the numbers below a number. */
function* entriesOf(branch: Branch, value: Maybe): Generator<readonly [Maybe, Maybe]> {
  if (value === undefined) return;
  switch (value.kind) {
    case "map":
      for (const [key, held] of sortedEntries(value)) yield [stringOf(key), held];
      return;
    case "slice":
      for (const [i, item] of value.items.entries()) yield [intOf(i), item];
      return;
    case "int":
    case "uint":
      if (branch.pipe.declarations.length > 1) {
        throw failureShowing("can't use %v to iterate over more than one variable", value);
      }
      for (let i = 0n; i < value.value; i++) yield [undefined, { ...value, value: i }];
      return;
    default:
      throw failureShowing("range can't iterate over %v", value);
  }
}

function walkRange(run: Expanding, dot: Maybe, branch: Branch): Signal {
  const outer = run.variables.length;
  const held = indirect(evaluatePipe(run, dot, branch.pipe));
  const inner = run.variables.length;
  let ran = false;
  for (const [key, item] of entriesOf(branch, held.isNil ? undefined : held.value)) {
    ran = true;
    step(run);
    setLoopVariables(run, branch, key, item, inner);
    const signal = walkList(run, item, branch.list);
    run.variables.length = inner;
    if (signal === "break") break;
  }
  const signal = ran || branch.elseList === undefined ? undefined : walkList(run, dot, branch.elseList);
  run.variables.length = outer;
  return signal;
}

/** One variable holds the item; of two the first holds the key. */
function setLoopVariables(run: Expanding, branch: Branch, key: Maybe, item: Maybe, inner: number): void {
  const { declarations, assigns } = branch.pipe;
  const values = declarations.length > 1 ? [key, item] : [item];
  declarations.forEach(({ name }, i) => {
    const variable = run.variables[inner - declarations.length + i];
    if (assigns) assign(run, name, values[i]);
    else if (variable !== undefined) variable.value = values[i];
  });
}

/** A template sees its dot and `$`, which are the same at its start, and no variable of the caller. */
function walkCall(run: Expanding, dot: Maybe, node: TemplateCall): void {
  const body = run.bodies.get(node.name);
  if (body === undefined) throw new Failure(`template ${quote(node.name)} not defined`);
  if (run.depth >= maxDepth) throw new Failure(depthMessage);
  const passed = node.pipe === undefined ? undefined : evaluatePipe(run, dot, node.pipe);
  const { variables, name } = run;
  run.variables = [{ name: "$", value: passed }];
  run.name = node.name;
  run.depth++;
  if (body === run.tree.root) walkMain(run, passed, run.tree);
  else walkList(run, passed, body);
  run.depth--;
  run.name = name;
  run.variables = variables;
}
