// prometheus/dkron-relabel: relabelling that drops or renames what rules of the workspace use.
import { rangeOf } from "../../../yaml/tree.ts";
import type { Report } from "../../check.ts";
import { rulesOf } from "../../relabel/jobLabels.ts";
import { relabelSteps } from "../../relabel/relabel.ts";
import type { Workspace } from "../../workspace.ts";
import { type DkronJob, dkronJobCheck } from "./sections/dkronJobs.ts";
import { itemsOf, textOf } from "./sections/section.ts";
import { schemeOf } from "./sections/times.ts";

export const prometheusDkronRelabel = dkronJobCheck(
  "dkron-relabel",
  "warning",
  "Relabelling that drops or renames what rules of the workspace use",
  look,
);

function* look(job: DkronJob): Iterable<Report> {
  const { section, context, globals } = job;
  if (!section.entries.has("metric_relabel_configs")) return;
  const used = usedMetrics(context.workspace);
  if (used.size === 0) return;
  const rules = rulesOf(section.file, section.node, "metric_relabel_configs");
  const sections = itemsOf(section, "metric_relabel_configs");
  const lost = new Map<number, string[]>();
  for (const name of used) {
    const labels = new Map([
      ["__name__", name],
      ["job", textOf(section, "job_name")],
    ]);
    const steps = relabelSteps(labels, rules, schemeOf(section, globals));
    const index = steps.findIndex(({ after }) => after?.get("__name__") !== name);
    if (index >= 0) lost.set(index, [...(lost.get(index) ?? []), name]);
  }
  for (const [index, names] of lost) {
    const item = sections[index]?.value;
    if (item?.kind !== "mapping") continue;
    const [first] = item.pairs;
    const shown = `${names.slice(0, 3).join(", ")}${names.length > 3 ? ` and ${names.length - 3} more` : ""}`;
    const message = `This rule takes away ${shown}, which rules of this workspace use: they see nothing and never fire. Let the rule spare ${names.length > 1 ? "them" : "it"}.`;
    yield { range: rangeOf(first?.key ?? item), message };
  }
}

const usedIn = new WeakMap<Workspace, ReadonlySet<string>>();

/** Metrics of Dkron that rule files of the workspace use and no recording rule makes; asked for each job. */
function usedMetrics(workspace: Workspace): ReadonlySet<string> {
  const before = usedIn.get(workspace);
  if (before) return before;
  const found = findUsed(workspace);
  usedIn.set(workspace, found);
  return found;
}

function findUsed({ files, recordings }: Workspace): ReadonlySet<string> {
  const names = files.flatMap(({ uses }) =>
    uses()
      .filter(({ of }) => of === "metric")
      .map(({ name }) => name),
  );
  return new Set(names.filter((name) => name.startsWith("dkron_") && !recordings.has(name)));
}
