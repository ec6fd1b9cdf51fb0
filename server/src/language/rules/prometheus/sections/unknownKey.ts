// What to write for a key that its section does not have: another name, or another place. Judges nothing.
import { prometheusSchema } from "../../../../catalog/prometheus/schema.ts";
import { objectOf, type SchemaKey, type SchemaObject, type SchemaType, schemaAt } from "../../../../catalog/schema.ts";
import { resolveAlias } from "../../../../yaml/alias.ts";
import { startOf, type YamlFile, type YamlNode } from "../../../../yaml/tree.ts";
import type { Path, SchemaEvent } from "../../../schema/walk.ts";
import { isOffered, nearestKey } from "./meantKey.ts";
import { anyOf } from "./told.ts";

/** `meant`: the key of the same section to write instead. */
export type Advice = { readonly text: string; readonly meant?: string };

type UnknownKey = Extract<SchemaEvent, { kind: "unknown-key" }>;

/** Looked for first where a slip would put it, then further off. */
export function adviceOn({ pair, name, owner, path }: UnknownKey, file: YamlFile): Advice {
  const slip = ofText(name, owner, file.text.slice(0, startOf(pair)));
  if (slip) return slip;
  const near = nearestKey(name, owner);
  if (near !== undefined) return write(near);
  const below = holdersBelow(name, owner, false);
  if (below.length > 0) return belowOf(below);
  const beside = besideOf(name, path);
  if (beside !== undefined) return { text: `It belongs beside \`${beside}\`: indent it as far as that.` };
  const alike = keyOfShape(owner, file, pair.value) ?? keyWithWord(name, owner);
  if (alike !== undefined) return write(alike);
  const further = [holdersBelow(name, owner, true), cousinsOf(name, path)].find((keys) => keys.length > 0);
  if (further) return belowOf(further);
  return { text: fromElsewhere(name, owner) ?? "Remove it, or look the name up." };
}

/** Names that hold more than a name: `labels {a`, `labels:{a` or `-targets`; `before`: what stands above. */
function ofText(name: string, owner: SchemaObject, before: string): Advice | undefined {
  if (/^-\w/.test(name)) {
    const text = "The dash of an entry needs a blank after it.";
    return /:[ \t]*\r?\n[ \t]*$/.test(before.slice(-200)) ? { text, meant: `- ${name.slice(1)}` } : { text };
  }
  const [, key = "", behind] = /^(\w+)([ :]).*\S/.exec(name) ?? [];
  if (!owner.keys.has(key)) return undefined;
  if (behind === ":") return { text: `The \`:\` behind \`${key}\` needs a blank after it.` };
  return { text: `The key \`${key}\` needs a \`:\` after it.` };
}

const write = (meant: string): Advice => ({ text: `Write \`${meant}\`.`, meant });

const belowOf = (keys: readonly string[]): Advice => ({ text: `It belongs below ${anyOf(keys)}.` });

/** The section that a key holds, itself or in a list. */
function sectionIn({ type }: SchemaKey): SchemaObject | undefined {
  return objectOf(prometheusSchema, type.kind === "list" ? type.of : type);
}

/** Keys of a section, discoveries or others, below which the name would be known; none where there are many. */
function holdersBelow(name: string, owner: SchemaObject, discoveries: boolean): string[] {
  const found = [...owner.keys.values()].filter((key) => {
    const section = isOffered(key) ? sectionIn(key) : undefined;
    const inner = section?.name.startsWith("sd.") === discoveries ? section.keys.get(name) : undefined;
    return inner !== undefined && isOffered(inner);
  });
  return found.length > 3 ? [] : found.map((key) => key.name);
}

/** The key around this place beside which the name would be known: it is indented too far. */
function besideOf(name: string, path: Path): string | undefined {
  for (let length = path.length - 1; length >= 0; length--) {
    const key = path[length];
    if (typeof key !== "string") continue;
    const around = schemaAt(prometheusSchema, path.slice(0, length));
    const known = around && objectOf(prometheusSchema, around.type)?.keys.get(name);
    if (known && isOffered(known)) return key;
  }
  return undefined;
}

/** Keys beside the one that holds the section, below which the name would be known: `files` of `static_configs`. */
function cousinsOf(name: string, path: Path): string[] {
  const length = path.findLastIndex((part) => typeof part === "string");
  const around = length < 0 ? undefined : schemaAt(prometheusSchema, path.slice(0, length));
  const section = around && objectOf(prometheusSchema, around.type);
  return section ? [...holdersBelow(name, section, false), ...holdersBelow(name, section, true)].slice(0, 3) : [];
}

/** The only key whose section has all that is written below the unknown one. */
function keyOfShape(owner: SchemaObject, file: YamlFile, value: YamlNode): string | undefined {
  const node = resolveAlias(file, value);
  const fits = [...owner.keys.values()].filter((key) => isOffered(key) && hasShape(key.type, file, node));
  return fits.length === 1 ? fits[0]?.name : undefined;
}

function hasShape(type: SchemaType, file: YamlFile, node: YamlNode | undefined): boolean {
  if (type.kind === "list") {
    if (node?.kind !== "sequence" || node.items.length === 0) return false;
    return node.items.every(({ value }) => hasShape(type.of, file, resolveAlias(file, value)));
  }
  const section = objectOf(prometheusSchema, type);
  if (!section || node?.kind !== "mapping" || node.pairs.length === 0) return false;
  return node.pairs.every(({ key }) => key.kind === "scalar" && section.keys.has(key.value));
}

/** The only key that has the name among its words: `timeout` for `scrape_timeout`, `user` for `username`. */
function keyWithWord(name: string, owner: SchemaObject): string | undefined {
  const word = name.toLowerCase().replaceAll("-", "_");
  if (word.length < 3) return undefined;
  const keys = [...owner.keys.values()].filter(isOffered).map((key) => key.name);
  const first = keys.filter((key) => key.startsWith(word)).sort((a, b) => a.length - b.length);
  const [shortest] = first;
  if (shortest !== undefined) return first.every((key) => key.startsWith(shortest)) ? shortest : undefined;
  const inner = keys.filter((key) => `_${key}_`.includes(`_${word}_`));
  return inner.length === 1 ? inner[0] : undefined;
}

/** Groups of flags; `storage.tsdb.retention.time` is one of `storage`. */
const flags = /^(?:agent|alertmanager|config|enable-feature|log|query|rules|scrape|storage|web)$/;

const vmagent =
  /^(?:disable_compression|disable_keepalive|if|no_stale_markers|relabel_debug|scrape_align_interval|scrape_offset|series_limit|stream_parse)$/;

/** What belongs to another file, to another program or to the command line. */
function fromElsewhere(name: string, owner: SchemaObject): string | undefined {
  if (name.endsWith("[]")) return "It belongs below `params`.";
  const [group = "", ...rest] = name.split(".");
  if (rest.length > 0) return dotted(name, [group, ...rest], owner);
  if (owner.name === "Config") {
    if (name === "groups") return "Rules stand in files of their own, which `rule_files` names.";
    if (/^(?:route|receivers|inhibit_rules|templates)$/.test(name)) return "It belongs into the file of Alertmanager.";
    if (flags.test(name)) return `Prometheus takes this from its command line, as \`--${name}.…\`.`;
  }
  if (owner.name === "TSDBConfig" && /^(?:path|no-lockfile|wal-compression)$/.test(name))
    return `Prometheus takes this from its command line, as \`--storage.tsdb.${name}\`.`;
  if (vmagent.test(name)) return "Only vmagent reads it.";
  const places = placesOf(name);
  return places.length > 0 ? `It belongs into ${anyOf(places)}.` : undefined;
}

/** A name with dots: keys below each other, or a flag. */
function dotted(name: string, parts: readonly string[], owner: SchemaObject): string | undefined {
  const own = sectionPath(owner.name, parts);
  if (own) return `Write ${nested(parts)}.`;
  if (!flags.test(parts[0] ?? "")) return undefined;
  const key = sectionPath(prometheusSchema.root, parts);
  const other = key ? `, or from ${nested(parts)}${key.since === undefined ? "" : ` since ${key.since}`}` : "";
  return `Prometheus takes this from its command line, as \`--${name}\`${other}.`;
}

/** `time` below `storage`, `tsdb` and `retention`. */
function nested(parts: readonly string[]): string {
  const above = parts.slice(0, -1).map((part) => `\`${part}\``);
  const last = above.at(-1) ?? "";
  const list = above.length > 1 ? `${above.slice(0, -1).join(", ")} and ${last}` : last;
  return `\`${parts.at(-1)}\` below ${list}`;
}

function sectionPath(name: string, parts: readonly string[]): SchemaKey | undefined {
  let section = prometheusSchema.objects.get(name);
  let key: SchemaKey | undefined;
  for (const part of parts) {
    key = section?.keys.get(part);
    if (!key) return undefined;
    section = objectOf(prometheusSchema, key.type);
  }
  return key;
}

/** Sections, in the words of the file, that have the key. */
function placesOf(name: string): string[] {
  const sections = [...prometheusSchema.objects.values()].filter(({ keys }) => keys.has(name)).map((one) => one.name);
  const places: Readonly<Record<string, string>> = {
    GlobalConfig: "global",
    ScrapeConfig: "scrape_configs",
    StaticConfig: "static_configs",
    RelabelConfig: "relabel_configs",
    RemoteWriteConfig: "remote_write",
    TSDBConfig: "storage.tsdb",
    TLSConfig: "tls_config",
    BasicAuth: "basic_auth",
    QueueConfig: "queue_config",
    AlertingConfig: "alerting",
  };
  return sections.flatMap((section) => places[section] ?? []).slice(0, 3);
}
