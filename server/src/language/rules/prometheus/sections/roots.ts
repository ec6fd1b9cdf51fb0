// What holds between the parts of a file, and what Prometheus looks at when all else is read. Source: Config.UnmarshalYAML of config/config.go.
import { goQuote } from "../../../../catalog/prometheus/goQuote.ts";
import type { Range } from "../../../../ranges.ts";
import { rangeOf } from "../../../../yaml/tree.ts";
import { isBadGlob } from "../../../goGlob.ts";
import { scalarText } from "../../../scalarText.ts";
import type { Globals, Look } from "./look.ts";
import { refuse } from "./look.ts";
import {
  childOf,
  childrenOf,
  dashPlace,
  isFilled,
  isNothing,
  itemsOf,
  keyPlace,
  nodeAt,
  type Section,
  textOf,
  valuePlace,
} from "./section.ts";
import { refusalOf } from "./told.ts";

/** `section` is the whole file. */
export function checkRoot(look: Look): void {
  const { section, globals } = look;
  checkPaths(look, "rule_files", "rule file");
  checkPaths(look, "scrape_config_files", "scrape config file");
  checkJobs(look);
  checkEscaping(look, globals);
  checkRemotes(look, "remote_write", "RemoteWriteConfig", "remote write");
  checkRemotes(look, "remote_read", "RemoteReadConfig", "remote read");
  const alerting = childOf(section, "alerting", "AlertingConfig");
  const alerts = alerting && ["alertmanagers", "alert_relabel_configs"].some((key) => isFilled(alerting, key));
  for (const key of ["alerting", "rule_files", "remote_read"]) {
    if (key === "alerting" ? !alerts : !isFilled(section, key)) continue;
    const words = `field ${key} is not allowed in agent mode`;
    refuse(look, "agent-mode", keyPlace(section, key), words, "Remove the section.");
  }
}

/** `*` may stand in the last part only. */
function checkPaths(look: Look, key: string, kind: string): void {
  for (const { value } of itemsOf(look.section, key)) {
    if (value.kind !== "scalar") continue;
    const path = scalarText(value);
    if (/^[^*]*(?:\*[^/]*)?$/.test(path)) {
      if (isBadGlob(path)) badPattern(look, kind, path, rangeOf(value));
      continue;
    }
    const advice = "Write `*` in the last part of the path only; name each folder by itself.";
    refuse(look, "value", rangeOf(value), `invalid ${kind} path ${goQuote(path)}`, advice);
  }
}

function badPattern({ tell }: Look, kind: string, path: string, range: Range): void {
  const words = `error retrieving ${kind}s for ${goQuote(path)}: syntax error in pattern`;
  const costs = "The file loads, and then cannot be applied.";
  tell(refusalOf("value", range, words, "Close the brackets: [ab] and [a-z] stand for one character.", { costs }));
}

function checkJobs(look: Look): void {
  const { section } = look;
  for (const { item, value } of itemsOf(section, "scrape_configs")) {
    if (!isNothing(value)) continue;
    const words = "empty or null scrape config section";
    look.tell(refusalOf("missing", dashPlace(section.file, item), words, "Write a job, or remove the dash."));
  }
  const jobs = childrenOf(section, "scrape_configs", "ScrapeConfig");
  const words = (name: string): string => `found multiple scrape configs with job name ${goQuote(name)}`;
  sameNames(look, jobs, "job_name", words, "Rename one of them, or join their targets in one job.");
}

/** The jobs of a scrape config file. `section` is the whole file. */
export function checkScrapeFile(look: Look): void {
  const { section, around } = look;
  for (const { item, value } of itemsOf(section, "scrape_configs")) {
    if (!isNothing(value)) continue;
    const words = "empty or null scrape config section";
    look.tell(refusalOf("missing", dashPlace(section.file, item), words, "Write a job, or remove the dash."));
  }
  const seen = new Map(around?.jobs);
  for (const job of childrenOf(section, "scrape_configs", "ScrapeConfig")) {
    const name = textOf(job, "job_name");
    const first = seen.get(name);
    if (name !== "" && first !== undefined) {
      const words = `found multiple scrape configs with job name ${goQuote(name)}, first found in ${first}`;
      refuse(look, "job", pairPlace(job, "job_name"), words, "Rename one of them, or join their targets in one job.");
    } else if (around) seen.set(name, around.path);
  }
}

function sameNames(
  look: Look,
  sections: readonly Section[],
  key: string,
  words: (name: string) => string,
  advice: string,
): void {
  const seen = new Set<string>();
  for (const section of sections) {
    const name = textOf(section, key);
    if (name === "") continue;
    if (seen.has(name)) refuse(look, "job", pairPlace(section, key), words(name), advice);
    seen.add(name);
  }
}

/** The key and its value. */
function pairPlace(section: Section, key: string) {
  const at = keyPlace(section, key);
  const value = valuePlace(section, key);
  return { start: at.start, end: Math.max(at.end, value.end) };
}

const schemes = /^(?:allow-utf-8|underscores|dots|values|)$/;

function checkEscaping(look: Look, { escaping, scheme }: Globals): void {
  const global = childOf(look.section, "global", "GlobalConfig");
  const jobs = nodeAt(look.section, "scrape_configs");
  if (!global || jobs?.kind !== "sequence" || jobs.items.length === 0) return;
  const at = valuePlace(global, "metric_name_escaping_scheme");
  if (!schemes.test(escaping)) {
    const words = `unknown global name escaping method specified, must be one of 'allow-utf-8', 'underscores', 'dots', or 'values', got ${goQuote(escaping)}`;
    refuse(look, "value", at, words, "Write one of these.");
  } else if (scheme === "legacy" && escaping === "allow-utf-8") {
    const words = "utf8 metric names requested but validation scheme is not set to UTF8";
    refuse(look, "conflict", at, words, "Write `underscores`.");
  }
}

function checkRemotes(look: Look, key: string, type: string, kind: string): void {
  const { section } = look;
  for (const { item, value } of itemsOf(section, key)) {
    if (!isNothing(value)) continue;
    const words = `empty or null ${kind} config section`;
    look.tell(refusalOf("missing", dashPlace(section.file, item), words, "Write a section, or remove the dash."));
  }
  const remotes = childrenOf(section, key, type);
  const words = (name: string): string => `found multiple ${kind} configs with job name ${goQuote(name)}`;
  sameNames(look, remotes, "name", words, "Give each a name of its own.");
  checkSameRemotes(look, remotes, kind);
}

/** Two sections that differ in nothing but their names pass the check and fail when they are applied. */
function checkSameRemotes(look: Look, remotes: readonly Section[], kind: string): void {
  const seen = new Set<string>();
  for (const section of remotes) {
    const parts = [...section.entries]
      .filter(([key]) => key !== "name")
      .map(([key, { pair }]) => {
        const { start, end } = rangeOf(pair.value);
        return `${key}=${section.file.text.slice(start, end)}`;
      });
    const text = parts.sort().join("\n");
    if (seen.has(text)) {
      const words = `duplicate ${kind} configs are not allowed, found duplicate for URL: ${textOf(section, "url")}`;
      const costs = "The file loads, and then cannot be applied.";
      look.tell(refusalOf("fails-later", keyPlace(section, "url"), words, "Remove one of the two.", { costs }));
    }
    seen.add(text);
  }
}
