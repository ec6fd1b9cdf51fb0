// The list of checks: one row each. What runs when is the dispatcher's business (features/diagnostics.ts).
import type { FileCheck, RuleCheck } from "../check.ts";
import { metricUnknown } from "./metric/unknown.ts";
import { promqlSyntax } from "./promql/syntax.ts";
import { yamlSyntax } from "./yaml/syntax.ts";

/** Checks that look at a file as a whole. */
export const fileChecks: readonly FileCheck[] = [yamlSyntax];

/** Checks that look at one rule of a rule file. */
export const ruleChecks: readonly RuleCheck[] = [promqlSyntax, metricUnknown];
