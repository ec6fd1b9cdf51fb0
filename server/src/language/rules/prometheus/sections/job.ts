// One scrape job. Source: ScrapeConfig.UnmarshalYAML and Validate of config/config.go.
import { goQuote } from "../../../../catalog/prometheus/goQuote.ts";
import { rangeOf, startOf } from "../../../../yaml/tree.ts";
import type { Fix } from "../../../finding.ts";
import { rulesOf } from "../../../relabel/jobLabels.ts";
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
  checkPath(look);
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

/** The path is escaped as a whole, a `?` as well. Source: Target.URL of scrape/target.go. */
function checkPath({ section, tell }: Look): void {
  const path = textOf(section, "metrics_path");
  if (!path.includes("?")) return;
  const rules = rulesOf(section.file, section.node, "relabel_configs");
  if (rules.some(({ targetLabel }) => targetLabel === "__metrics_path__")) return;
  const message = `Prometheus asks for \`${path.replaceAll("?", "%3F")}\`: a \`?\` is part of the path, so the program does not find it. Write what follows the \`?\` below \`params\`.`;
  tell({ topic: "fails-later", range: valuePlace(section, "metrics_path"), message, fixes: queryFixes(section, path) });
}

/** The query as `params` below the path. */
function queryFixes(section: Section, path: string): Fix[] {
  const pair = section.entries.get("metrics_path")?.pair;
  const [, plain = "", query = ""] = /^([\w./-]*)\?([\w.=&-]+)$/.exec(path) ?? [];
  const parts = query.split("&").map((part) => part.split("="));
  const isPlain = parts.every(([name, value, ...more]) => name && value && more.length === 0);
  const names = new Set(parts.map(([name]) => name));
  if (!pair || section.node.flow || section.entries.has("params") || !isPlain || names.size < parts.length) return [];
  const start = startOf(pair);
  const column = " ".repeat(start - (section.file.text.lastIndexOf("\n", start - 1) + 1));
  const params = parts.map(([name, value]) => `\n${column}  ${name}: ["${value}"]`).join("");
  const text = `${plain || "/"}\n${column}params:${params}`;
  return [{ title: "Write the query below params", safe: true, edits: [{ range: rangeOf(pair.value), text }] }];
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
