// All that can be made, by name: what it is, the file's usual name, and its text for a version.
import { alertRules } from "./alertRules.ts";
import { datadogDashboard } from "./datadog.ts";
import { grafanaDashboard } from "./grafana.ts";

export type Dashboard = {
  readonly about: string;
  readonly file: string;
  /** The text of the file for a version of the catalogue. */
  readonly make: (version: string) => string;
};

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

export const dashboards = {
  grafana: {
    about: "Grafana dashboard (classic JSON) over Prometheus",
    file: "dkron-grafana.json",
    make: (version) => json(grafanaDashboard(version, "prometheus")),
  },
  graphite: {
    about: "Grafana dashboard over Graphite, for StatsD",
    file: "dkron-graphite.json",
    make: (version) => json(grafanaDashboard(version, "graphite")),
  },
  datadog: {
    about: "Datadog dashboard, for DogStatsD",
    file: "dkron-datadog.json",
    make: (version) => json(datadogDashboard(version)),
  },
  rules: { about: "Prometheus alert rules", file: "dkron.rules.yml", make: alertRules },
} satisfies Record<string, Dashboard>;

export type DashboardName = keyof typeof dashboards;

export function isDashboard(name: string): name is DashboardName {
  return Object.hasOwn(dashboards, name);
}
