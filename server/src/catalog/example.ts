// Makes the example alert of a row: the expression from the row's seed, with the names that PromQL needs.
import { prometheusName, promqlSelector } from "./names.ts";
import type { MetricRow } from "./types.ts";

/** An alert that works where the row is exported. `says`: what it means when it fires, without a full stop. */
export type ExampleRule = { readonly alert: string; readonly expr: string; readonly says: string };

/** The selector with more matchers: `{series:quantile="0.99"}` of a seed. */
function selectorWith(row: MetricRow, matchers: string): string {
  const selector = promqlSelector(row);
  return selector.endsWith("}") ? `${selector.slice(0, -1)}, ${matchers}}` : `${selector}{${matchers}}`;
}

/** The seed's expression with `{name}`, `{series}` and `{series:…}` filled in. */
function fillIn(expr: string, row: MetricRow): string {
  return expr
    .replace(/\{series:([^}]*)\}/g, (_, matchers: string) => selectorWith(row, matchers))
    .replaceAll("{series}", promqlSelector(row))
    .replaceAll("{name}", prometheusName(row));
}

/** `raft.leader.lastContact` → `DkronRaftLeaderLastContact`. */
function alertName(row: MetricRow): string {
  const words = row.key.replace(/^dkron[_.]/, "").split(/[^A-Za-z0-9]+/);
  return `Dkron${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("")}`;
}

function saysBound({ above, below }: NonNullable<MetricRow["alert"]>): string {
  if (above !== undefined) return `the value is above ${above}`;
  return below === undefined ? "the value is out of the ordinary" : `the value is below ${below}`;
}

/** The row's example alert; undefined where no useful one can be written. */
export function exampleRule(row: MetricRow): ExampleRule | undefined {
  const { alert } = row;
  if (!alert) return undefined;
  const seed = alert.expr ?? (alert.above === undefined ? `{series} < ${alert.below}` : `{series} > ${alert.above}`);
  return { alert: alertName(row), expr: fillIn(seed, row), says: alert.says ?? saysBound(alert) };
}
