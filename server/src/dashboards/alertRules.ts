// The four recommendations of Dkron's metrics page as an alert-rule file, in the form that really fires on a version:
// a job that fails, a cluster that loses nodes, jobs that take longer, resources that run out. Knows no editor.
import { dump } from "js-yaml";
import { data } from "../../catalog/dashboards/alerts.yml";
import { isExported } from "../catalog/availability.ts";
import { rowOf } from "../catalog/metrics.ts";

type Alert = {
  readonly alert: string;
  /** Rows that the version must export for the alert to make sense. */
  readonly needs: readonly string[];
  /** Rows in whose absence this alert takes the place of a better one. */
  readonly unless?: readonly string[];
  readonly expr: string;
  readonly for?: string;
  readonly severity: string;
  readonly summary: string;
  readonly description: string;
};

type Table = { readonly groups: readonly { readonly name: string; readonly alerts: readonly Alert[] }[] };

/** The rule file as YAML, with a remark on top that names the version. */
export function alertRules(version: string): string {
  const has = (id: string): boolean => {
    const row = rowOf(id);
    return row !== undefined && isExported(row, version);
  };
  const groups = (data as Table).groups.flatMap(({ name, alerts }) => {
    const rules = alerts
      .filter(({ needs, unless = [] }) => needs.every(has) && !unless.some(has))
      .map(({ alert, expr, for: held, severity, summary, description }) => ({
        alert,
        expr,
        ...(held !== undefined && { for: held }),
        labels: { severity },
        annotations: { summary, description },
      }));
    return rules.length > 0 ? [{ name, rules }] : [];
  });
  return `# Alerts for Dkron ${version}: every metric in them is one that this version exports.\n${dump({ groups }, { lineWidth: 120 })}`;
}
