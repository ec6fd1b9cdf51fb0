// A Datadog dashboard (API v1) of what the DogStatsD sink sends. Knows no metric.
import { type Panel, sectionsFor } from "./panels.ts";

/** The dashboard as a JSON value, one group of widgets a section. */
export function datadogDashboard(version: string): Record<string, unknown> {
  return {
    title: "Dkron",
    description: `Made from the metrics that Dkron ${version} sends to DogStatsD.`,
    layout_type: "ordered",
    reflow_type: "auto",
    template_variables: [{ name: "scope", prefix: "env", default: "*" }],
    widgets: sectionsFor(version, "dogstatsd").map(({ title, panels }) => ({
      definition: { type: "group", layout_type: "ordered", title, widgets: panels.map(widget) },
    })),
  };
}

function widget({ title, unit, queries }: Panel) {
  return {
    definition: {
      type: "timeseries",
      title: `${title} (${unit})`,
      show_legend: true,
      requests: queries.map(({ expr }, index) => ({
        response_format: "timeseries",
        display_type: "line",
        queries: [{ data_source: "metrics", name: `q${index}`, query: expr }],
        formulas: [{ formula: `q${index}` }],
      })),
    },
  };
}
