// What other files say to a file of scrape jobs: the `global` of the prometheus.yml that names it, and the jobs that are
// read before it. Judges nothing. Source: Config.GetScrapeConfigs of config/config.go.
import { goQuote } from "../../../../catalog/prometheus/goQuote.ts";
import { namedBy, pathOf, scrapeFilesOf } from "../../../scrapeFiles.ts";
import type { Workspace } from "../../../workspace.ts";
import type { Around } from "./look.ts";
import { globalsFrom } from "./times.ts";

const kept = new WeakMap<Workspace, Map<string, Around | undefined>>();

/** Undefined for a file that is nobody's scrape config file. */
export function aroundOf(uri: string, workspace: Workspace): Around | undefined {
  let known = kept.get(workspace);
  if (!known) {
    known = new Map();
    kept.set(workspace, known);
  }
  if (!known.has(uri)) known.set(uri, find(uri, workspace));
  return known.get(uri);
}

function find(uri: string, workspace: Workspace): Around | undefined {
  const main = namedBy(uri, workspace);
  if (!main) return undefined;
  const jobs = new Map(main.scrapeJobs.map(({ name }) => [name, "main config file"]));
  for (const file of scrapeFilesOf(main, workspace)) {
    if (file.uri === uri) break;
    for (const { name } of file.scrapeJobs) if (!jobs.has(name)) jobs.set(name, goQuote(pathOf(file.uri)));
  }
  const globals = globalsFrom((key) => main.globals[key] ?? "");
  return { globals, jobs, path: goQuote(pathOf(uri)), key: JSON.stringify([globals, [...jobs]]) };
}
