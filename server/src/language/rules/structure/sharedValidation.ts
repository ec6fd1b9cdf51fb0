// Faults that Prometheus finds in a rule that could be decoded (model/rulefmt/rulefmt.go, `Validate`); expressions and
// templates have checks of their own.
import { compareVersions } from "../../../catalog/versions.ts";
import { type Mapping, type Pair, rangeOf, type YamlFile } from "../../../yaml/tree.ts";
import type { CheckSettings } from "../../check.ts";
import { durationProblem } from "../../duration.ts";
import { entriesOf, type Fault, fieldsOf, headOf, isBroken, textOf } from "./shared.ts";

/** What rulefmt's `Validate` says of a rule that could be decoded; expressions and templates have checks of their own. */
export function* validationFaults(file: YamlFile, rule: Mapping, settings: CheckSettings): Iterable<Fault> {
  const fields = fieldsOf(file, rule);
  const value = (name: string): string => textOf(file, fields.get(name)) ?? "?";
  const at = (name: string) => () => rangeOf((fields.get(name) as Pair).key);
  const [record, alert] = [value("record"), value("alert")];
  if (record !== "" && alert !== "")
    yield { kind: "conflict", at: at("alert"), says: "only one of 'record' and 'alert' must be set" };
  if (record === "" && alert === "")
    yield { kind: "missing", at: () => headOf(rule), says: "one of 'record' or 'alert' must be set" };
  if (value("expr") === "" && !isBroken(file, fields.get("expr")))
    yield {
      kind: "missing",
      at: fields.has("expr") ? at("expr") : () => headOf(rule),
      says: "field 'expr' must be set in rule",
    };
  if (record !== "" && record !== "?") {
    yield* alertOnlyFields(file, fields);
    yield* recordName(fields.get("record") as Pair, record, settings);
  }
  yield* labelFaults(file, fields.get("labels"), settings);
  for (const { pair, name } of entriesOf(file, fields.get("annotations")))
    if (!isLabelName(name, settings)) yield named(pair, `invalid annotation name: ${name}`);
}

function* alertOnlyFields(file: YamlFile, fields: ReadonlyMap<string, Pair>): Iterable<Fault> {
  const refused = (name: string): Fault[] => {
    const pair = fields.get(name);
    return pair
      ? [{ kind: "conflict", at: () => rangeOf(pair.key), says: `invalid field '${name}' in recording rule`, pair }]
      : [];
  };
  if (entriesOf(file, fields.get("annotations")).length > 0) yield* refused("annotations");
  for (const name of ["for", "keep_firing_for"]) {
    const text = textOf(file, fields.get(name));
    if (text !== undefined && text !== "" && durationProblem(text) === undefined && !/^(0|(0+[a-z]+)+)$/.test(text))
      yield* refused(name);
  }
}

function* recordName(pair: Pair, name: string, settings: CheckSettings): Iterable<Fault> {
  const valid = utf8Names(settings) ? isUtf8(name) : /^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(name);
  const at = () => rangeOf(pair.value);
  if (!valid) yield { kind: "name", at, says: `invalid recording rule name: ${name}` };
  else if (/[{}]/.test(name))
    yield { kind: "name", at, says: `braces present in the recording rule name; should it be in expr?: ${name}` };
}

export function* labelFaults(file: YamlFile, pair: Pair | undefined, settings: CheckSettings): Iterable<Fault> {
  for (const { pair: entry, name, value } of entriesOf(file, pair)) {
    if (!isLabelName(name, settings) || name === "__name__") yield named(entry, `invalid label name: ${name}`);
    if (value !== undefined && value !== "" && !isUtf8(value))
      yield {
        kind: "name",
        at: () => rangeOf(entry.value),
        says: `invalid label value: ${value.replace(/[\udc80-\udcff]/g, "\ufffd")}`,
      };
  }
}

const named = (pair: Pair, says: string): Fault => ({ kind: "name", at: () => rangeOf(pair.key), says });

const utf8Names = ({ prometheusVersion }: CheckSettings): boolean => compareVersions(prometheusVersion, "3.0") >= 0;

const isUtf8 = (text: string): boolean =>
  text !== "" && !/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text);

function isLabelName(name: string, settings: CheckSettings): boolean {
  return utf8Names(settings) ? isUtf8(name) : /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name);
}
