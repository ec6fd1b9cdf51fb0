// prometheus/dkron-interval: scrapes a minute or more apart, which miss what agents forget.
import { durationWords } from "../../../catalog/prometheus/values.ts";
import type { Range } from "../../../ranges.ts";
import { endOf, startOf } from "../../../yaml/tree.ts";
import type { Report } from "../../check.ts";
import type { Fix } from "../../finding.ts";
import { type DkronJob, dkronJobCheck, jobPlace } from "./sections/dkronJobs.ts";
import { childOf, isSet, type Section, valuePlace } from "./sections/section.ts";
import { durationIn, timesOf } from "./sections/times.ts";

export const prometheusDkronInterval = dkronJobCheck(
  "dkron-interval",
  "warning",
  "Scrapes a minute or more apart, which miss what agents forget",
  look,
);

function* look({ section, root, globals }: DkronJob): Iterable<Report> {
  const { interval } = timesOf(section, globals);
  if (interval < 60_000) return;
  const global = childOf(root, "global", "GlobalConfig");
  const own = isSet(section, "scrape_interval") ? section : undefined;
  const holder = own ?? (global && isSet(global, "scrape_interval") ? global : undefined);
  if (holder && durationIn(holder, "scrape_interval") === undefined) return;
  const range = own ? valuePlace(own, "scrape_interval") : jobPlace({ section } as DkronJob);
  const whence = own ? "" : holder ? " (from `global`)" : " (the default)";
  const message = `The job scrapes every ${durationWords(interval)}${whence}, and agents drop a series that nothing updated for 60 s: events are lost and counters begin anew. Write \`scrape_interval: 15s\` here.`;
  yield { range, message, fixes: own ? [mended(range)] : added(section) };
}

const mended = (range: Range): Fix => ({ title: "Write 15s", safe: false, edits: [{ range, text: "15s" }] });

/** Below `job_name`, at its column. */
function added({ file, node, entries }: Section): Fix[] {
  const pair = entries.get("job_name")?.pair;
  if (!pair || node.flow || entries.get("job_name")?.via) return [];
  const start = startOf(pair);
  const column = start - (file.text.lastIndexOf("\n", start - 1) + 1);
  const end = endOf(pair);
  const text = `\n${" ".repeat(column)}scrape_interval: 15s`;
  return [{ title: "Add scrape_interval: 15s", safe: false, edits: [{ range: { start: end, end }, text }] }];
}
