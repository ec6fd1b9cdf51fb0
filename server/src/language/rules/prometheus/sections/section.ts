// One section of a prometheus.yml as Go's decoder sees it: the keys in force, their texts, and where to point. Judges nothing.
import { prometheusSchema } from "../../../../catalog/prometheus/schema.ts";
import type { SchemaKey, SchemaObject } from "../../../../catalog/schema.ts";
import type { Range } from "../../../../ranges.ts";
import { resolveAlias } from "../../../../yaml/alias.ts";
import { isMerge, type MergedPair, mergedPairs } from "../../../../yaml/keys.ts";
import { isNullScalar, resolveScalar } from "../../../../yaml/resolve.ts";
import {
  type Item,
  type Mapping,
  type Pair,
  rangeOf,
  type Scalar,
  startOf,
  type YamlFile,
  type YamlNode,
} from "../../../../yaml/tree.ts";
import { scalarText } from "../../../scalarText.ts";
import type { Entries, Entry } from "../../../schema/walk.ts";
import { meantKey } from "./meantKey.ts";

export type Section = {
  readonly file: YamlFile;
  readonly owner: SchemaObject;
  readonly node: Mapping;
  readonly entries: Entries;
};

/** The section that a node holds; undefined where it is no mapping. `<<` stands for its keys at its place. */
export function sectionOf(file: YamlFile, name: string, value: YamlNode | undefined): Section | undefined {
  const node = resolveAlias(file, value);
  const owner = prometheusSchema.objects.get(name);
  if (!node || !owner) return undefined;
  if (node.kind === "scalar" && isNullWord(node)) return zeroSection(file, owner, node);
  return node.kind === "mapping" ? { file, owner, node, entries: withMeant(entriesIn(file, node), owner) } : undefined;
}

/**
 * A misspelt key is told of as such; for all else the one that is meant is there, or what follows from its lack would be
 * told as well.
 */
export function withMeant(entries: Entries, owner: SchemaObject): Entries {
  const meant: [string, Entry][] = [];
  for (const [name, entry] of entries) {
    const key = owner.keys.get(name);
    if (key && key.until === undefined) continue;
    const other = meantKey(name, owner);
    if (other !== undefined) meant.push([other, entry]);
    else meant.push(...withColon(name, entry));
  }
  return meant.length === 0 ? entries : new Map([...meant, ...entries]);
}

/** `target_label x` for `target_label: x`. */
function withColon(name: string, { pair, via }: Entry): [string, Entry][] {
  const [, key, value] = /^(\w+)(?: +|:)(\S.*)$/.exec(name) ?? [];
  if (key === undefined || value === undefined || pair.key.kind !== "scalar") return [];
  return [[key, { pair: { ...pair, value: { ...pair.key, value, raw: value, kept: undefined } }, via }]];
}

const zeroOwners = new WeakMap<SchemaObject, SchemaObject>();

/** What `NULL` makes of a section: all keys have the zero value of their type, and it is checked like any other. */
export function zeroSection(file: YamlFile, owner: SchemaObject, at: Scalar): Section {
  let zero = zeroOwners.get(owner);
  if (!zero) {
    const keys = [...owner.keys].map(([name, { default: _, ...key }]): [string, SchemaKey] => [name, key]);
    zero = { ...owner, keys: new Map(keys) };
    zeroOwners.set(owner, zero);
  }
  const { chunk, start, end, anchor, tag } = at;
  const node: Mapping = { kind: "mapping", flow: true, pairs: [], chunk, start, end, anchor, tag, kept: undefined };
  return { file, owner: zero, node, entries: new Map() };
}

/** Of mappings that nothing outside has a say in: the node stays the same as long as its text does. */
const plainEntries = new WeakMap<Mapping, Entries>();

function entriesIn(file: YamlFile, node: Mapping): Entries {
  const known = plainEntries.get(node);
  if (known) return known;
  const found = readEntries(file, node);
  if (node.pairs.every((pair) => pair.key.kind === "scalar" && !isMerge(pair))) plainEntries.set(node, found);
  return found;
}

function readEntries(file: YamlFile, node: Mapping): Entries {
  const found = new Map<string, MergedPair>();
  for (const entry of mergedPairs(file, node).pairs) {
    const key = resolveAlias(file, entry.pair.key);
    if (key?.kind !== "scalar") continue;
    if (found.get(key.value)?.visit !== entry.visit) found.set(key.value, entry);
  }
  return found;
}

/** A key of a map such as `labels`. `isNone`: a null, which some types take for a name. */
type MapEntry = { readonly name: string; readonly isNone: boolean; readonly entry: Entry };

/** Entries of a map, those of `<<` included; none where the value is no mapping. */
export function mapEntries({ file, entries }: Section, key: string): readonly MapEntry[] {
  const node = resolveAlias(file, entries.get(key)?.pair.value);
  if (node?.kind !== "mapping") return [];
  return mergedPairs(file, node).pairs.flatMap((entry) => {
    const name = resolveAlias(file, entry.pair.key);
    if (name?.kind !== "empty" && name?.kind !== "scalar") return [];
    return [{ name: isNull(name) ? "" : scalarText(name), isNone: isNothing(name), entry }];
  });
}

/** A null: an empty value, `~`, `null`, `Null` or `NULL`. */
export function isNull(node: YamlNode | undefined): boolean {
  return !node || node.kind === "empty" || (node.kind === "scalar" && isNullScalar(node));
}

/** `Null` and `NULL`: yaml v2 asks a type that reads itself what it makes of them, and of the other nulls it does not. */
export function isNullWord(node: YamlNode): boolean {
  return node.kind === "scalar" && !node.tag && node.style === "plain" && /^(?:Null|NULL)$/.test(node.value);
}

/** A null that no type gets to see: the value is left out. */
export function isNothing(node: YamlNode | undefined): boolean {
  return isNull(node) && !(node && isNullWord(node));
}

export function nodeAt({ file, entries }: Section, key: string): YamlNode | undefined {
  return resolveAlias(file, entries.get(key)?.pair.value);
}

/** Whether a key is written with something else than null; sections and URLs are also there where it is `NULL`. */
export function isSet(section: Section, key: string): boolean {
  if (!section.entries.has(key)) return false;
  const value = nodeAt(section, key);
  if (!isNull(value)) return true;
  const type = section.owner.keys.get(key)?.type;
  const readsItself = type?.kind === "object" || (type?.kind === "scalar" && type.scalar === "url");
  return readsItself && !isNothing(value);
}

/** The text in force: as written, "" for null, the default where the key is absent. "" also for lists and mappings. */
export function textOf(section: Section, key: string): string {
  if (!section.entries.has(key)) return section.owner.keys.get(key)?.default ?? "";
  const value = nodeAt(section, key);
  return value && !isNull(value) ? scalarText(value) : "";
}

/** Whether a text, list or mapping is there that is not empty. What cannot be read counts: it is meant. */
export function isFilled(section: Section, key: string): boolean {
  const value = nodeAt(section, key);
  if (!section.entries.has(key)) return textOf(section, key) !== "";
  if (isNull(value)) return false;
  if (value?.kind === "sequence") return value.items.length > 0;
  if (value?.kind === "mapping") return value.pairs.length > 0;
  return value?.kind !== "scalar" || scalarText(value) !== "";
}

/** The number in force; 0 for null, undefined where it cannot be read. */
export function numberOf(section: Section, key: string): number | undefined {
  const value = nodeAt(section, key);
  if (!section.entries.has(key)) return Number(section.owner.keys.get(key)?.default ?? 0);
  if (isNull(value)) return 0;
  if (value?.kind !== "scalar") return undefined;
  const read = resolveScalar(value, "yaml2");
  return read.type === "int" || read.type === "float" ? Number(read.value) : undefined;
}

/** The boolean in force; false for null and for what cannot be read. */
export function boolOf(section: Section, key: string): boolean {
  const value = nodeAt(section, key);
  if (!section.entries.has(key)) return section.owner.keys.get(key)?.default === "true";
  if (value?.kind !== "scalar") return false;
  return resolveScalar(value, "yaml2").value === true;
}

/** Items of a list, with the node each one stands for. */
export function itemsOf(section: Section, key: string): readonly { item: Item; value: YamlNode }[] {
  const list = nodeAt(section, key);
  if (list?.kind !== "sequence") return [];
  return list.items.map((item) => ({ item, value: resolveAlias(section.file, item.value) ?? item.value }));
}

export function childOf(section: Section, key: string, name: string): Section | undefined {
  return sectionOf(section.file, name, section.entries.get(key)?.pair.value);
}

/** Sections of a list; null and broken items are left out. */
export function childrenOf(section: Section, key: string, name: string): readonly Section[] {
  return itemsOf(section, key).flatMap(({ value }) => sectionOf(section.file, name, value) ?? []);
}

/** Where a key stands; the `<<` where an alias brought it. */
export function keyPlace(section: Section, key: string): Range {
  const entry = section.entries.get(key);
  return entry ? entryPlace(entry) : startPlace(section);
}

export function entryPlace({ pair, via }: Entry): Range {
  return rangeOf(isByAlias(via) ? (via as Pair).key : pair.key);
}

const isByAlias = (via: Pair | undefined): boolean => via !== undefined && via.value.kind !== "mapping";

/** Where a value stands; the key where nothing is written, the `<<` where an alias brought it. */
export function valuePlace(section: Section, key: string): Range {
  const entry = section.entries.get(key);
  if (!entry || isByAlias(entry.via) || entry.pair.value.kind === "empty" || isNull(nodeAt(section, key)))
    return keyPlace(section, key);
  const value = rangeOf(entry.pair.value);
  const isEmptyText = value.end - value.start === 2 && textOf(section, key) === "";
  return isEmptyText ? { start: keyPlace(section, key).start, end: value.end } : nodePlace(entry.pair.value);
}

/** A value with the tag in front of it. */
export function nodePlace(node: YamlNode): Range {
  const { start, end } = rangeOf(node);
  return { start: node.tag ? Math.min(start, node.chunk.base + node.tag.start) : start, end };
}

/** The first key of a section, where something is missing. */
export function startPlace({ node }: Section): Range {
  const [first] = node.pairs;
  return first ? rangeOf(first.key) : rangeOf(node);
}

/** The last of these keys that are written, in the order of the text: the one that is too much. */
export function lastPlace(section: Section, keys: readonly string[]): Range {
  const places = keys.filter((key) => section.entries.has(key)).map((key) => keyPlace(section, key));
  return places.sort((a, b) => a.start - b.start).at(-1) ?? startPlace(section);
}

/** The dash of an item with nothing behind it, up to the end of its line; in flow style the item. */
export function dashPlace({ text }: YamlFile, item: Item): Range {
  if (item.dash === undefined) return rangeOf(item);
  const start = startOf(item);
  const blanks = /^-[ \t]*(?:\r?\n)?/.exec(text.slice(start, start + 200))?.[0] ?? "-";
  return { start, end: start + (blanks.length > 2 ? blanks.length : 1) };
}
