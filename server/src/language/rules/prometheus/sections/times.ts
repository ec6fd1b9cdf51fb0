// What `global` and a job say together: how often and how long is scraped, and which names are valid. Judges nothing.
import { readDuration, type Scheme } from "../../../../catalog/prometheus/values.ts";
import { compareVersions } from "../../../../catalog/versions.ts";
import type { Globals } from "./look.ts";
import { isSet, type Section, textOf } from "./section.ts";

/** Milliseconds; undefined where it cannot be read. Null is 0. */
export function durationIn(section: Section, key: string): number | undefined {
  if (section.entries.has(key) && !isSet(section, key)) return 0;
  const read = readDuration(textOf(section, key) || "0");
  return read.error === undefined ? read.value : undefined;
}

/** The names that a job may have, `metric_name_validation_scheme` of its own or of `global`. */
export function schemeOf(section: Section, globals: Globals): Scheme {
  const own = textOf(section, "metric_name_validation_scheme");
  if (own === "legacy" || own === "utf8") return own;
  return globals.scheme;
}

/** How often a job scrapes and how long it waits, in milliseconds; what cannot be read is as if absent. */
export function timesOf(section: Section, globals: Globals): { readonly interval: number; readonly timeout: number } {
  const interval = durationIn(section, "scrape_interval") || globals.interval;
  const own = durationIn(section, "scrape_timeout");
  return { interval, timeout: own || Math.min(globals.timeout, interval) };
}

/** Prometheus' own values where `global` says nothing. Milliseconds. */
const standing = { interval: 60_000, timeout: 10_000 };

export function globalsOf(section: Section | undefined): Globals {
  return globalsFrom((key) => (section?.entries.has(key) ? textOf(section, key) : ""));
}

/** Before 3.0 no name could have other letters than those of old. */
export function inVersion(globals: Globals, version: string): Globals {
  return compareVersions(version, "3.0") < 0 ? { ...globals, scheme: "legacy" } : globals;
}

/** `global` by its texts; "" for what is not written. */
export function globalsFrom(text: (key: string) => string): Globals {
  const duration = (key: string): number => {
    const read = readDuration(text(key) || "0");
    return read.error === undefined ? read.value : 0;
  };
  const interval = duration("scrape_interval") || standing.interval;
  return {
    scheme: text("metric_name_validation_scheme") === "legacy" ? "legacy" : "utf8",
    escaping: text("metric_name_escaping_scheme"),
    interval,
    timeout: duration("scrape_timeout") || Math.min(standing.timeout, interval),
  };
}
