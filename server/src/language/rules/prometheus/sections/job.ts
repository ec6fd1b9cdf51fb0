// One scrape job. Source: ScrapeConfig.UnmarshalYAML and Validate of config/config.go.
import { goQuote } from "../../../../catalog/prometheus/goQuote.ts";
import { checkHttpClient, checkTlsPair } from "./httpClient.ts";
import { type Look, missing, refuse } from "./look.ts";
import { checkProtocols, isProtocol, unknownProtocol } from "./protocols.ts";
import { checkRules } from "./relabel.ts";
import { childrenOf, isFilled, isSet, keyPlace, type Section, startPlace, textOf, valuePlace } from "./section.ts";
import { checkAddresses } from "./static.ts";
import { checkTargets } from "./targets.ts";
import { durationIn, schemeOf, timesOf } from "./times.ts";
import { checkDiscoveryLists } from "./top.ts";

export function checkJob(look: Look): void {
  const { section } = look;
  if (!isFilled(section, "job_name")) {
    const at = section.entries.has("job_name") ? keyPlace(section, "job_name") : startPlace(section);
    missing(look, "job_name is empty", "Write a name: it becomes the label `job`.", at);
  }
  checkTimes(look);
  checkNames(look);
  checkDiscoveryLists(look);
  checkAddresses(look);
  const scheme = schemeOf(section, look.globals);
  checkRules(look, "relabel_configs", scheme, "empty or null target relabeling rule in scrape config");
  checkRules(look, "metric_relabel_configs", scheme, "empty or null metric relabeling rule in scrape config");
  checkHttpClient(look);
  checkTlsPairs(look);
  checkTargets(look);
}

function checkTlsPairs(look: Look): void {
  checkTlsPair(look);
  for (const section of childrenOf(look.section, "kubernetes_sd_configs", "sd.kubernetes"))
    checkTlsPair({ ...look, section });
}

function checkTimes(look: Look): void {
  const { section, globals } = look;
  if (["scrape_interval", "scrape_timeout"].some((key) => durationIn(section, key) === undefined)) return;
  const { interval, timeout } = timesOf(section, globals);
  if (timeout <= interval) return;
  const words = `scrape timeout greater than scrape interval for scrape config with job name ${nameOf(section)}`;
  refuse(look, "job", keyPlace(section, "scrape_timeout"), words, "Write a shorter timeout or a longer interval.");
}

const nameOf = (section: Section): string => goQuote(textOf(section, "job_name"));

const escapings = /^(?:allow-utf-8|underscores|dots|values|)$/;

function checkNames(look: Look): void {
  const { section, globals } = look;
  checkProtocols(look, `for scrape config with job name ${nameOf(section)}`);
  const fallback = textOf(section, "fallback_scrape_protocol");
  if (fallback !== "" && !isProtocol(fallback)) {
    const words = `invalid fallback_scrape_protocol for scrape config with job name ${nameOf(section)}: ${unknownProtocol(fallback)}`;
    refuse(look, "value", valuePlace(section, "fallback_scrape_protocol"), words, "Write `PrometheusText0.0.4`.");
  }
  const escaping = textOf(section, "metric_name_escaping_scheme");
  if (!escapings.test(escaping)) {
    const words = `unknown scrape config name escaping method specified, must be one of 'allow-utf-8', 'underscores', 'dots', or 'values', got ${goQuote(escaping)}`;
    refuse(look, "value", valuePlace(section, "metric_name_escaping_scheme"), words, "Write one of these.");
  }
  const inForce = escaping === "" ? globals.escaping : escaping;
  if (schemeOf(section, globals) !== "legacy" || inForce !== "allow-utf-8") return;
  const key = isSet(section, "metric_name_escaping_scheme")
    ? "metric_name_escaping_scheme"
    : "metric_name_validation_scheme";
  if (!section.entries.has(key)) return;
  const words = "utf8 metric names requested but validation scheme is not set to UTF8";
  refuse(look, "conflict", valuePlace(section, key), words, "Write `underscores`.");
}
