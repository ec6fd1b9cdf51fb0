// static_configs: label names, and addresses that are URLs. Source: CheckTargetAddress of config/config.go.
import { goQuote } from "../../../../catalog/prometheus/goQuote.ts";
import { isLabelName } from "../../../../catalog/prometheus/values.ts";
import { rangeOf } from "../../../../yaml/tree.ts";
import type { Fix } from "../../../finding.ts";
import { scalarText } from "../../../scalarText.ts";
import { type Look, refuse } from "./look.ts";
import {
  childrenOf,
  entryPlace,
  isNothing,
  isSet,
  itemsOf,
  mapEntries,
  nodeAt,
  type Section,
  textOf,
} from "./section.ts";
import { refusalOf } from "./told.ts";

/** Names in a map of labels; null is one too, and taken. */
export function checkLabelNames(look: Look, key: string): void {
  for (const { name, isNone, entry } of mapEntries(look.section, key)) {
    if (isNone || isLabelName(name, "utf8")) continue;
    const words = `${goQuote(name)} is not a valid label name`;
    refuse(look, "value", entryPlace(entry), words, "Write a name, or remove the label.");
  }
}

/** `source_labels`. */
export function checkSourceLabels(look: Look): void {
  for (const { value } of itemsOf(look.section, "source_labels")) {
    if (value.kind !== "scalar" || isNothing(value) || isLabelName(scalarText(value), "utf8")) continue;
    const words = `${goQuote(scalarText(value))} is not a valid label name`;
    refuse(look, "value", rangeOf(value), words, "Write a label's name.");
  }
}

/** Targets with a slash, of a job or Alertmanager that does not relabel them. */
export function checkAddresses(look: Look): void {
  const { section } = look;
  const rules = nodeAt(section, "relabel_configs");
  if (isSet(section, "relabel_configs") && (rules?.kind !== "sequence" || rules.items.length > 0)) return;
  for (const group of childrenOf(section, "static_configs", "StaticConfig")) {
    for (const { value } of itemsOf(group, "targets")) {
      const text = scalarText(value);
      if (!text.includes("/")) continue;
      const words = `${goQuote(text)} is not a valid hostname`;
      const address = hostPort(text);
      const isProbe = probes(section);
      const advice = isProbe
        ? probeAdvice
        : address
          ? `Write \`${address}\`; scheme and path belong into \`scheme\` and \`${pathKey(section)}\`.`
          : "Write host and port only.";
      const fixes: Fix[] =
        address && !isProbe && /^(?:http:\/\/)?[^/]+\/?(?:metrics\/?)?$/.test(text) && value.kind === "scalar"
          ? [
              {
                title: `Write ${address}`,
                safe: true,
                edits: [{ range: rangeOf(value), text: JSON.stringify(address) }],
              },
            ]
          : [];
      look.tell(refusalOf("target", rangeOf(value), words, advice, { fixes }));
    }
  }
}

const pathKey = ({ owner }: Section): string => (owner.keys.has("metrics_path") ? "metrics_path" : "path_prefix");

/** Whether the job asks an exporter that is told whom to probe. */
function probes(section: Section): boolean {
  const params = ["module", "target"].some((name) =>
    mapEntries(section, "params").some((entry) => entry.name === name),
  );
  return params || /^\/(?:probe|snmp)\b/.test(textOf(section, "metrics_path"));
}

const probeAdvice =
  "An exporter is told whom to probe by `relabel_configs`: they copy `__address__` to `__param_target` and write the exporter's own address.";

/** Host and port of a URL or of an address with a path. */
export function hostPort(text: string): string | undefined {
  return /^(?:[a-z][a-z0-9+.-]*:\/\/)?([^/\s]+)/i.exec(text)?.[1];
}
