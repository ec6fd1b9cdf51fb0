// What several checks of templates need: what the alert's expression gives, and names for messages. Holds no check.
import { metricInfo } from "../../../catalog/info.ts";
import { type InferredLabels, inferLabels } from "../../../promql/types/inferLabels.ts";
import type { MetricInfo, MetricWorld } from "../../../promql/types/metricInfo.ts";
import { inferQuantity, type Quantity } from "../../../promql/types/semantics.ts";
import type { Scalar } from "../../../yaml/tree.ts";
import type { CheckContext } from "../../check.ts";
import { parsed } from "../../expression.ts";
import type { Rule } from "../../ruleFile.ts";
import { templatesOf } from "../../templates.ts";

/** What is known of metrics, by the version that names and types are asked for. */
const lookups = new Map<string, MetricWorld["metric"]>();

/** The catalogue as the world of an expression. Targets may bring labels of their own, so nothing is closed. */
export function worldOf({ dkronVersion }: CheckContext): MetricWorld {
  let metric = lookups.get(dkronVersion);
  if (!metric) {
    const known = new Map<string, MetricInfo | undefined>();
    metric = (name) => {
      if (!known.has(name)) known.set(name, metricInfo(name, dkronVersion));
      return known.get(name);
    };
    lookups.set(dkronVersion, metric);
  }
  return { metric };
}

type Kept<T> = { readonly context: CheckContext; readonly answer: T };

const labels = new WeakMap<Scalar, Kept<InferredLabels>>();

/** Labels of the alert's result; `undefined` where the expression cannot be read. */
export function resultLabels({ expr }: Rule, context: CheckContext): InferredLabels | undefined {
  const tree = expr && healthy(expr, context);
  if (!tree) return undefined;
  const before = labels.get(expr);
  if (before?.context === context) return before.answer;
  const answer = inferLabels(tree, worldOf(context));
  labels.set(expr, { context, answer });
  return answer;
}

/** Kind and unit of `$value`. */
export function resultQuantity({ expr }: Rule, context: CheckContext): Quantity | undefined {
  const tree = expr && healthy(expr, context);
  return tree && inferQuantity(tree, worldOf(context).metric);
}

function healthy(expr: Scalar, { prometheusVersion }: CheckContext) {
  const { expr: tree, errors } = parsed(expr, prometheusVersion);
  return errors.length === 0 ? tree : undefined;
}

/** `label "x"` or `annotation "x"`, as Prometheus names the place. */
export function placeName({ place, name }: { readonly place: string; readonly name: string }): string {
  return `${place} "${name}"`;
}

/** Templates that Prometheus would load: what a broken one means is anybody's guess. */
export function loadable(rule: Rule) {
  return templatesOf(rule).filter(({ parsed: { errors } }) => errors.length === 0);
}
