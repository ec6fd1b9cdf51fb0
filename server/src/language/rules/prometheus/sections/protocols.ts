// scrape_protocols, of `global` and of jobs. Source: validateAcceptScrapeProtocols of config/config.go.

import { rangeOf } from "../../../../yaml/tree.ts";
import { scalarText } from "../../../scalarText.ts";
import { type Look, refuse } from "./look.ts";
import { isNull, isSet, itemsOf, keyPlace, nodeAt, valuePlace } from "./section.ts";

const known = [
  "OpenMetricsText0.0.1",
  "OpenMetricsText1.0.0",
  "PrometheusProto",
  "PrometheusText0.0.4",
  "PrometheusText1.0.0",
];

export const unknownProtocol = (text: string): string =>
  `unknown scrape protocol ${text}, supported: [${known.join(" ")}]`;

export const isProtocol = (text: string): boolean => known.includes(text);

/** `whose` ends the messages: `for global config`. */
export function checkProtocols(look: Look, whose: string): void {
  const { section } = look;
  const list = nodeAt(section, "scrape_protocols");
  if (!isSet(section, "scrape_protocols") || list?.kind !== "sequence") return;
  if (list.items.length === 0) {
    const at =
      section.owner.name === "ScrapeConfig"
        ? keyPlace(section, "scrape_protocols")
        : valuePlace(section, "scrape_protocols");
    const words = `scrape_protocols cannot be empty ${whose}`;
    refuse(look, "value", at, words, "Remove the key to have the default.");
  }
  const all = itemsOf(section, "scrape_protocols").map(({ value }) => ({
    text: isNull(value) ? "" : scalarText(value),
    range: rangeOf(value),
  }));
  const seen = new Set<string>();
  for (const { text, range } of all) {
    if (!isProtocol(text))
      refuse(look, "value", range, `scrape_protocols: ${unknownProtocol(text)} ${whose}`, "Write one of these.");
    if (seen.has(text.toLowerCase())) {
      const got = `[${all.map((one) => one.text).join(" ")}]`;
      refuse(look, "value", range, `duplicated protocol in scrape_protocols, got ${got} ${whose}`, "Remove it.");
    }
    seen.add(text.toLowerCase());
  }
}
