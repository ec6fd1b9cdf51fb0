// The life of an alert: inactive, pending, firing, kept firing, resolved. Pure: results and a time in, states out.
import type { Labels } from "../../promql/engine/labels.ts";

/** What an evaluation answered for one set of labels, templates expanded. */
export type AlertResult = {
  readonly labels: Labels;
  readonly annotations: Readonly<Record<string, string>>;
  readonly value: number;
};

/** Times in ms. What is resolved is no longer there. */
export type ActiveAlert = AlertResult & {
  readonly state: "firing" | "pending";
  readonly activeAt: number;
  /** Since when only `keep_firing_for` holds it. */
  readonly keptSince: number | undefined;
};

export type ActiveAlerts = ReadonlyMap<string, ActiveAlert>;

export const noAlerts: ActiveAlerts = new Map();

/**
 * The states after an evaluation at `at`. `results` by a key of their labels; `holdFor` is `for`, ms.
 * Source: rules/alerting.go, `AlertingRule.Eval`.
 */
export function advance(
  before: ActiveAlerts,
  results: ReadonlyMap<string, AlertResult>,
  { holdFor, keepFiringFor }: { readonly holdFor: number; readonly keepFiringFor: number },
  at: number,
): ActiveAlerts {
  const after = new Map<string, ActiveAlert>();
  for (const [key, alert] of before) {
    if (results.has(key) || alert.state !== "firing") continue;
    const keptSince = alert.keptSince ?? at;
    if (keepFiringFor > 0 && at - keptSince < keepFiringFor) after.set(key, { ...alert, keptSince });
  }
  for (const [key, result] of results) {
    const known = before.get(key);
    const activeAt = known?.activeAt ?? at;
    const isFiring = known?.state === "firing" || at - activeAt >= holdFor;
    after.set(key, { ...result, activeAt, state: isFiring ? "firing" : "pending", keptSince: undefined });
  }
  return after;
}
