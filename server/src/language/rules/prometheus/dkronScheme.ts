// prometheus/dkron-scheme: https, which agents do not speak.
import type { Report } from "../../check.ts";
import { type DkronJob, dkronJobCheck, portOf } from "./sections/dkronJobs.ts";
import { textOf, valuePlace } from "./sections/section.ts";

export const prometheusDkronScheme = dkronJobCheck(
  "dkron-scheme",
  "information",
  "https, which agents do not speak",
  look,
);

function* look({ section, targets }: DkronJob): Iterable<Report> {
  if (textOf(section, "scheme").toLowerCase() !== "https") return;
  const direct = targets.filter(({ address }) => portOf(address) === "8080");
  if (direct.length === 0 && targets.length > 0) return;
  const range = valuePlace(section, "scheme");
  const message =
    "Agents have no TLS: with https the scrape fails unless a proxy in front of them speaks it. Write http, or the proxy's port.";
  yield { range, message, fixes: [{ title: "Write http", safe: false, edits: [{ range, text: "http" }] }] };
}
