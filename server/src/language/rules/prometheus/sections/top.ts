// The sections beside the jobs: global, storage, tracing, otlp, alerting. Source: config/config.go.
import { goQuote, isUtf8 } from "../../../../catalog/prometheus/goQuote.ts";
import { isReservedHeader } from "../../../../catalog/prometheus/headers.ts";
import { isLabelName, readSize, sizeWords } from "../../../../catalog/prometheus/values.ts";
import { formatFloat } from "../../../../template/go/floats.ts";
import { resolveAlias } from "../../../../yaml/alias.ts";
import { rangeOf } from "../../../../yaml/tree.ts";
import { scalarText } from "../../../scalarText.ts";
import { checkHttpClient, loginKeys } from "./httpClient.ts";
import { crash, type Look, refuse } from "./look.ts";
import { checkProtocols } from "./protocols.ts";
import { checkRules } from "./relabel.ts";
import {
  boolOf,
  dashPlace,
  entryPlace,
  isFilled,
  isNothing,
  isNull,
  isSet,
  itemsOf,
  keyPlace,
  lastPlace,
  mapEntries,
  nodeAt,
  nodePlace,
  numberOf,
  startPlace,
  textOf,
  valuePlace,
} from "./section.ts";
import { checkAddresses } from "./static.ts";
import { checkAlertmanagers } from "./targets.ts";
import { durationIn } from "./times.ts";
import { refusalOf } from "./told.ts";

export function checkGlobal(look: Look): void {
  const { section, globals } = look;
  const timeout = section.entries.has("scrape_timeout") ? durationIn(section, "scrape_timeout") : 0;
  if (timeout !== undefined && timeout > globals.interval) {
    const words = "global scrape timeout greater than scrape interval";
    refuse(look, "value", keyPlace(section, "scrape_timeout"), words, "Write a shorter timeout or a longer interval.");
  }
  checkProtocols(look, "for global config");
  for (const { name, entry } of mapEntries(section, "external_labels")) {
    if (!isLabelName(name, globals.scheme))
      refuse(look, "value", entryPlace(entry), `${goQuote(name)} is not a valid label name`, "Rename it.");
    const value = resolveAlias(section.file, entry.pair.value);
    if (value?.kind !== "scalar" || isUtf8(scalarText(value))) continue;
    refuse(look, "value", nodePlace(value), `${goQuote(scalarText(value))} is not a valid label value`, "Write UTF-8.");
  }
}

export function checkRetention(look: Look): void {
  const { section } = look;
  const size = readSize(textOf(section, "size") || "0");
  if (size.error === undefined && size.value < 0) {
    const words = `'storage.tsdb.retention.size' must be greater than or equal to 0, got ${sizeWords(size.value)}`;
    refuse(look, "value", valuePlace(section, "size"), words, "Write 0 for no limit.");
  }
  const percentage = numberOf(section, "percentage");
  if (percentage !== undefined && (percentage < 0 || percentage > 100)) {
    const words = `'storage.tsdb.retention.percentage' must be in the range [0, 100], got ${formatFloat(percentage, "g", -1)}`;
    refuse(look, "value", valuePlace(section, "percentage"), words, "Write a part of the disk in percent.");
  }
}

export function checkTracing(look: Look): void {
  const { section } = look;
  if (!isFilled(section, "endpoint")) {
    const at = section.entries.has("endpoint") ? valuePlace(section, "endpoint") : startPlace(section);
    refuse(look, "missing", at, "tracing endpoint must be set", "Write `endpoint`.");
  }
  if (!isNothing(nodeAt(section, "client_type")) && textOf(section, "client_type") === "") {
    const words = "expected tracing client type to be to be http or grpc, but got ";
    refuse(look, "value", valuePlace(section, "client_type"), words, "Write `grpc`.");
  }
  for (const { name, entry } of mapEntries(section, "headers")) {
    const words =
      name.toLowerCase() === "authorization"
        ? "custom authorization header configuration is not yet supported"
        : isReservedHeader(name)
          ? `${name} is a reserved header. It must not be changed`
          : undefined;
    if (words !== undefined) refuse(look, "value", entryPlace(entry), words, "Remove it.");
  }
}

export function checkOtlp(look: Look): void {
  const { section, globals } = look;
  const promoteAll = boolOf(section, "promote_all_resource_attributes");
  if (promoteAll && isFilled(section, "promote_resource_attributes")) {
    const keys = ["promote_all_resource_attributes", "promote_resource_attributes"];
    const words =
      "'promote_all_resource_attributes' and 'promote_resource_attributes' cannot be configured simultaneously";
    refuse(look, "conflict", lastPlace(section, keys), words, "Keep one of the two.");
  }
  if (!promoteAll && isFilled(section, "ignore_resource_attributes")) {
    const words = "'ignore_resource_attributes' cannot be configured unless 'promote_all_resource_attributes' is true";
    refuse(look, "conflict", keyPlace(section, "ignore_resource_attributes"), words, "Remove it.");
  }
  checkAttributes(look, "promote_resource_attributes", "promoted");
  checkAttributes(look, "ignore_resource_attributes", "ignored");
  const strategy = textOf(section, "translation_strategy");
  if (globals.scheme === "legacy" && /^(?:NoTranslation|NoUTF8EscapingWithSuffixes)$/.test(strategy)) {
    const words = `OTLP translation strategy ${goQuote(strategy)} is not allowed when UTF8 is disabled`;
    refuse(
      look,
      "conflict",
      valuePlace(section, "translation_strategy"),
      words,
      "Write `UnderscoreEscapingWithSuffixes`.",
    );
  }
}

function checkAttributes(look: Look, key: string, done: string): void {
  const seen = new Set<string>();
  for (const { value } of itemsOf(look.section, key)) {
    if (value.kind === "mapping" || value.kind === "sequence") continue;
    const text = isNull(value) ? "" : scalarText(value).trim();
    if (text === "")
      refuse(look, "value", rangeOf(value), `invalid '${key}': empty ${done} OTel resource attribute`, "Remove it.");
    else if (seen.has(text)) {
      const words = `invalid '${key}': duplicated ${done} OTel resource attribute ${goQuote(text)}`;
      refuse(look, "value", rangeOf(value), words, "Remove it.");
    }
    seen.add(text);
  }
}

export function checkAlerting(look: Look): void {
  for (const { item, value } of itemsOf(look.section, "alertmanagers")) {
    if (!isNothing(value)) continue;
    const at = dashPlace(look.section.file, item);
    look.tell(refusalOf("missing", at, crash, "Write a section, or remove the dash."));
  }
  checkRules(look, "alert_relabel_configs", look.globals.scheme, "empty or null alert relabeling rule");
}

export function checkAlertmanager(look: Look): void {
  const { section, globals } = look;
  checkRules(look, "relabel_configs", globals.scheme, "empty or null Alertmanager target relabeling rule");
  checkRules(look, "alert_relabel_configs", globals.scheme, "empty or null Alertmanager alert relabeling rule");
  checkHttpClient(look);
  checkDiscoveryLists(look);
  checkAddresses(look);
  checkAlertmanagers(look);
  const methods = loginKeys(section, ["basic_auth", "authorization", "oauth2"]);
  if (isSet(section, "sigv4") && methods.length > 0) {
    const words = "at most one of basic_auth, authorization, oauth2, & sigv4 must be configured";
    refuse(look, "conflict", lastPlace(section, [...methods, "sigv4"]), words, "Keep one of them.");
  }
}

/** Null elements of service discoveries, static ones included. */
export function checkDiscoveryLists(look: Look): void {
  const { section } = look;
  for (const key of section.entries.keys()) {
    if (!/_sd_configs$|^static_configs$/.test(key)) continue;
    for (const { item, value } of itemsOf(section, key)) {
      // A group of targets that `NULL` makes is taken, though it has none.
      if (key === "static_configs" ? !isNothing(value) : !isNull(value)) continue;
      const words = `empty or null section in ${key}`;
      look.tell(
        refusalOf("missing", dashPlace(look.section.file, item), words, "Write a section, or remove the dash."),
      );
    }
  }
}
