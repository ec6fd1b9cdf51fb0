// Words and order of alerts, and how one is told from another of the same name. Pure.
import type { AlertStateFrame } from "../../messages.ts";
import type { AlertState } from "../alertHistory.ts";
import { span } from "../format.ts";

export type OwnAlert = AlertStateFrame & { readonly key: string };

export const stateWords: Record<AlertState, string> = {
  firing: "● firing",
  pending: "◐ pending",
  inactive: "○ inactive",
  unknown: "? unknown",
};
export const stateTones: Record<AlertState, string> = {
  firing: "bad",
  pending: "warning",
  inactive: "good",
  unknown: "muted",
};
/** What comes first. */
export const urgency: Record<AlertState, number> = { firing: 3, pending: 2, unknown: 1, inactive: 0 };

/** Two rules of one name are common, one for each severity, and without labels while they are inactive: their place tells them apart. */
export function numbered(alerts: readonly AlertStateFrame[]): OwnAlert[] {
  const seen = new Map<string, number>();
  return alerts.map((alert) => {
    const name = `${ruleName(alert)}/${labelText(alert.labels)}`;
    const place = seen.get(name) ?? 0;
    seen.set(name, place + 1);
    return { ...alert, key: `${name}/${place}` };
  });
}

/** Under this key an alert's rule was known while its expression answered nothing. */
export const quietKey = (alert: AlertStateFrame): string => `${ruleName(alert)}//0`;

const ruleName = ({ file, group, rule }: AlertStateFrame): string => `${file}/${group}/${rule}`;

export type StateCounts = Readonly<Record<AlertState, number>>;

export function countStates(alerts: readonly { readonly state: AlertState }[]): StateCounts {
  const counts = { firing: 0, pending: 0, unknown: 0, inactive: 0 };
  for (const { state } of alerts) counts[state]++;
  return counts;
}

/** `1 firing`, else `2 pending`: what is to be looked at first; in a word where nothing is. */
export function mostUrgent({ firing, pending, inactive, unknown }: StateCounts): string {
  if (firing > 0) return `${firing} firing`;
  if (pending > 0) return `${pending} pending`;
  return inactive > 0 ? "all quiet" : unknown > 0 ? "unknown" : "none";
}

/** Why it is unknown, or may change: how much history its expression wants, how much there is, and when that is enough. */
export function doubtText({ reason, history }: AlertStateFrame, now: number): string {
  if (!history) return reason ?? "";
  const { looksBack, since } = history;
  const known = Math.max(0, now - since);
  const enough = known < looksBack ? `in ${span(looksBack - known)}` : "at its next evaluation";
  return `Insufficient history: it looks back ${span(looksBack)}, and samples are known of the last ${span(known)} only. What it answers is certain ${enough}.`;
}

export const labelText = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .filter(([label]) => label !== "alertname")
    .map(([label, value]) => `${label}=${value}`)
    .join(", ");
