// prometheus/job: jobs that cannot be told apart, or that wait longer than they pause.
import { goQuote } from "../../../catalog/prometheus/goQuote.ts";
import { resolveAlias } from "../../../yaml/alias.ts";
import { rangeOf, valueAt, valuesOf } from "../../../yaml/tree.ts";
import type { FileCheck, Report } from "../../check.ts";
import type { Document } from "../../document.ts";
import { pathOf, patternFrom } from "../../scrapeFiles.ts";
import type { Workspace } from "../../workspace.ts";
import { topicCheck } from "./shared.ts";

const jobs = topicCheck("job", "error", "Jobs that cannot be told apart, or that wait longer than they pause");

export const prometheusJob: FileCheck = {
  ...jobs,
  *check(document, context): Iterable<Report> {
    yield* jobs.check(document, context);
    yield* readTwice(document, context.workspace);
  },
};

/** A scrape config file that two patterns find is read twice, and its jobs with it. Source: Config.GetScrapeConfigs. */
function* readTwice({ uri, yaml }: Document, { files }: Workspace): Iterable<Report> {
  const found = new Map<string, string>();
  for (const entry of valuesOf(resolveAlias(yaml, valueAt(yaml.documents[0]?.root, "scrape_config_files")))) {
    if (entry.kind !== "scalar") continue;
    const pattern = patternFrom(uri, entry.value);
    const read = files.filter(
      (file) => file.uri !== uri && file.scrapeJobs.length > 0 && pattern.test(pathOf(file.uri)),
    );
    const twice = read.find((file) => found.has(file.uri));
    const [job] = twice?.scrapeJobs ?? [];
    if (twice && job) {
      const path = goQuote(pathOf(twice.uri));
      const message = `found multiple scrape configs with job name ${goQuote(job.name)}, first found in ${path}. Prometheus does not load the file. That file answers to \`${found.get(twice.uri)}\` above, too, and is read for each of the two: let one pattern find it.`;
      yield { range: rangeOf(entry), message };
    }
    for (const file of read) if (!found.has(file.uri)) found.set(file.uri, entry.value);
  }
}
