// How the agent reads `tag` and `tags`: entries, texts, and where they stand.
import { type GoValue, goDecimal, goPrint } from "../../../catalog/config/goValue.ts";
import { compareVersions } from "../../../catalog/versions.ts";
import type { Range } from "../../../ranges.ts";
import { rangeOf } from "../../../yaml/tree.ts";
import type { Setting } from "../../dkronFile.ts";

/** Entries of `tag` as the agent reads them: a text is split at white space, items of a list become texts. */
export function tagTexts(setting: Setting, version: string): readonly string[] {
  const { value } = setting;
  if (isDropped(setting, version)) return [];
  if (value.kind === "list") return value.items.map(itemText);
  if (value.kind === "string") return value.value.split(/\s+/).filter(Boolean);
  return [itemText(value)];
}

/** Whether the agent makes no tag at all of it: of a mapping, and since 4.0.9 of a list in which there is one, or a list. */
export function isDropped({ value }: Setting, version: string): boolean {
  if (value.kind === "map") return true;
  const nested = value.kind === "list" && value.items.some(({ kind }) => kind === "map" || kind === "list");
  return nested && compareVersions(version, "4.0.9") >= 0;
}

/** What cast.ToString makes of an item; lists, maps and nulls are empty. */
function itemText(value: GoValue): string {
  if (value.kind === "float") return goDecimal(value.value);
  return value.kind === "list" || value.kind === "map" || value.kind === "nil" ? "" : goPrint(value);
}

/** Where an entry of a list stands. */
export function itemRange({ node }: Setting, index: number): Range | undefined {
  const item = node.kind === "sequence" ? node.items[index]?.value : undefined;
  return item && rangeOf(item);
}
