// Hover in a rule file: fields by the schema, names of rules, and the two languages inside: expressions, templates.
import { ruleSchema } from "../../../catalog/rules/schema.ts";
import type { Schema, SchemaObject } from "../../../catalog/schema.ts";
import { valueOffset } from "../../../yaml/offsets.ts";
import { pathAt } from "../../../yaml/path.ts";
import { rangeOf, type Scalar, startOf } from "../../../yaml/tree.ts";
import { analysisOf } from "../../analysis.ts";
import type { Hover } from "../../answers.ts";
import type { CheckContext } from "../../check.ts";
import type { Document } from "../../document.ts";
import { placeOf } from "../../expression.ts";
import { isManifest } from "../../ruleFile.ts";
import { pathOfRule, plainPath, rulePart, scalarAt } from "../../rulePath.ts";
import { schemaHover } from "../../schema/hover.ts";
import { expressionHover } from "./promql.ts";
import { describeResult } from "./result.ts";
import { templateHover } from "./template.ts";

export function ruleFileHover(document: Document, offset: number, context: CheckContext): Hover | undefined {
  const { yaml } = document;
  const found = pathAt(yaml, offset);
  if (!found) return undefined;
  const path = plainPath(yaml, found.path);
  const rule = pathOfRule(found.path);
  const { node } = found;
  const part = rulePart(path);
  if (node.kind === "scalar" && !found.isKey) {
    if (part.kind === "expr") return ofExpression(node, offset, context);
    if (part.kind === "template") return ofTemplate(document, node, rule, offset, context);
    if (path.length === 5 && (path[4] === "record" || path[4] === "alert"))
      return ofName(document, node, rule, context);
  }
  const reader = { schema: schemaOf(document, context), version: context.prometheusVersion, program: "Prometheus" };
  return schemaHover(yaml, offset, reader);
}

function ofExpression(scalar: Scalar, offset: number, context: CheckContext): Hover | undefined {
  const { expr, text } = analysisOf(scalar, context);
  const piece = expr && expressionHover(text, expr, valueOffset(scalar, offset), context);
  return piece && { range: placeOf(scalar, piece.range), markdown: piece.markdown };
}

function ofTemplate(
  { yaml }: Document,
  scalar: Scalar,
  rule: readonly (string | number)[],
  offset: number,
  context: CheckContext,
): Hover | undefined {
  const alert = scalarAt(yaml, rule, "alert", offset);
  const expr = scalarAt(yaml, rule, "expr", offset);
  if (!alert || !expr || !scalar.value.includes("{{")) return undefined;
  const analysis = analysisOf(expr, context);
  const piece = templateHover(scalar.value, valueOffset(scalar, offset), alert.value, analysis, context);
  return piece.markdown === "" ? undefined : { range: placeOf(scalar, piece.range), markdown: piece.markdown };
}

/** The name of a rule: what its expression gives. */
function ofName(
  { yaml }: Document,
  name: Scalar,
  rule: readonly (string | number)[],
  context: CheckContext,
): Hover | undefined {
  const scalar = scalarAt(yaml, rule, "expr", startOf(name));
  const expr = scalar && analysisOf(scalar, context).expr;
  if (!scalar || !expr) return undefined;
  const shown = `\`\`\`promql\n${scalar.value.trim()}\n\`\`\``;
  const markdown = [`**\`${name.value}\`**`, shown, describeResult(expr, context)].join("\n\n");
  return { range: rangeOf(name), markdown };
}

/** Of a manifest the groups stand in `spec`. */
function schemaOf({ yaml }: Document, { dialects }: CheckContext): Schema {
  const schema = ruleSchema(dialects);
  if (!isManifest(yaml.documents[0]?.root)) return schema;
  const spec = { name: "spec", type: { kind: "object", name: schema.root } } as const;
  const manifest: SchemaObject = { name: "manifest", keys: new Map([["spec", spec]]), strict: false };
  return { ...schema, root: "manifest", objects: new Map([...schema.objects, ["manifest", manifest]]) };
}
