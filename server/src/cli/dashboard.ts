// `dkron-metrics dashboard`: prints a dashboard or an alert-rule file for a version. Knows no metric.
import { parseArgs } from "node:util";
import { isVersion, newestVersion } from "../catalog/versions.ts";
import { dashboards, isDashboard } from "../dashboards/dashboards.ts";
import type { Verb } from "./verb.ts";

const usage = `usage: dkron-metrics dashboard --for ${Object.keys(dashboards).join("|")} [--dkron-version VERSION]

Prints a dashboard of the metrics that this version exports, or an alert-rule file:
${Object.entries(dashboards)
  .map(([name, { about }]) => `  ${name.padEnd(10)}${about}`)
  .join("\n")}

Exit code: 0 printed, 2 could not run.
`;

const options = {
  for: { type: "string" },
  "dkron-version": { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

export const dashboard: Verb = async (args, terminal) => {
  const { values } = parseArgs({ args, options });
  if (values.help) {
    terminal.out(usage);
    return 0;
  }
  const version = values["dkron-version"] ?? newestVersion();
  const wrong = !values.for
    ? "say for what: --for"
    : !isDashboard(values.for)
      ? `there is none for "${values.for}"`
      : !isVersion(version)
        ? `"${version}" is no version`
        : undefined;
  if (wrong !== undefined || !values.for || !isDashboard(values.for)) {
    terminal.err(`dkron-metrics dashboard: ${wrong}\n${usage}`);
    return 2;
  }
  terminal.out(dashboards[values.for].make(version));
  return 0;
};
