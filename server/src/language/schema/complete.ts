// Proposals for a slot of a YAML file that a schema describes: keys, values, items. Knows no file kind and no check.
import {
  availability,
  objectOf,
  type Schema,
  type SchemaKey,
  type SchemaPlace,
  type SchemaType,
  schemaAt,
} from "../../catalog/schema.ts";
import type { Range } from "../../ranges.ts";
import type { Slot } from "../../yaml/slot.ts";
import type { Completion } from "../answers.ts";
import { describeKey } from "./describe.ts";

/** A value to propose: its text, without quotes; they are added where YAML needs them. */
export type ValueProposal = {
  readonly value: string;
  readonly summary?: string;
  /** Write it as it is: a list or a mapping in YAML, or a scalar that must stay plain. */
  readonly raw?: boolean;
  readonly label?: string;
};

export type SchemaWorld = {
  readonly schema: Schema;
  /** Version of the program that reads the file, and its name. */
  readonly version: string;
  readonly program: string;
  /** Values that the schema does not know, by place: names from the workspace, templates … They come first. */
  readonly values?: (place: SchemaPlace) => readonly ValueProposal[];
  /** Keys of a map, whose names the schema does not know. */
  readonly mapKeys?: (place: SchemaPlace) => readonly ValueProposal[];
};

/**
 * All proposals for a slot, unfiltered; empty where the schema knows nothing. Text that begins another line carries
 * its whole indentation.
 */
export function schemaCompletion(text: string, offset: number, slot: Slot, world: SchemaWorld): Completion[] {
  const place = slot.kind === "comment" ? undefined : schemaAt(world.schema, slot.path);
  if (!place) return [];
  const at: At = { text, offset, slot, world };
  if (slot.kind === "value") return valueProposals(place, at, [...valuesOf(place, at), ...wholeValues(place, at)]);
  if (slot.kind === "item") {
    const values = unique([...valuesOf(place, at), ...itemExamples(place)]);
    return [...valueProposals(place, at, values), ...keyProposals(place, at)];
  }
  return [...keyProposals(place, at), ...(slot.bare ? dashProposals(place, at) : [])];
}

type At = { readonly text: string; readonly offset: number; readonly slot: Slot; readonly world: SchemaWorld };

/** Keys of the object here, without those that it has, in the order of the table. */
function keyProposals(place: SchemaPlace, at: At): Completion[] {
  const { slot, world } = at;
  if (place.type.kind === "map") return mapKeyProposals(place, at);
  const owner = objectOf(world.schema, place.type);
  if (!owner) return [];
  const written = new Set(slot.keys.map((key) => (world.schema.ignoreCase ? key.toLowerCase() : key)));
  return [...owner.keys.values()].flatMap((key, index) => {
    if (key.hidden || written.has(key.name) || availability(key, world.version) === "late") return [];
    const early = availability(key, world.version) === "early";
    return {
      label: key.name,
      kind: "key" as const,
      edit: { range: slot.range, text: keyText(key, at) },
      snippet: !slot.colon,
      detail: early ? `needs ${world.program} ${key.since}` : (key.summary ?? ""),
      documentation: describeKey(key, world),
      ...filterOf(key.name, slot),
      sort: `${early ? "1" : "0"}${String(index).padStart(4, "0")}`,
      deprecated: key.deprecated !== undefined,
    };
  });
}

function mapKeyProposals(place: SchemaPlace, at: At): Completion[] {
  const { slot, world } = at;
  const proposals = world.mapKeys?.(place) ?? [];
  return proposals
    .filter(({ value }) => !slot.keys.includes(value))
    .map(({ value, summary }, index) => ({
      label: value,
      kind: "key" as const,
      edit: { range: slot.range, text: slot.colon ? quotedLike(value, slot) : `${quotedLike(value, slot)}: ` },
      ...(summary && { detail: summary }),
      ...filterOf(value, slot),
      sort: String(index).padStart(4, "0"),
    }));
}

/** The key with its colon and the beginning of a value of its type, as a snippet. */
function keyText(key: SchemaKey, { slot }: At): string {
  const name = quotedLike(key.name, slot);
  if (slot.colon) return name;
  const { type } = key;
  if (slot.flow) return `${escaped(name)}: ${flowStub(type)}`;
  const inner = " ".repeat(slot.column + 2);
  if (type.kind === "list") return `${escaped(name)}:\n${inner}- $0`;
  if (type.kind === "map" || type.kind === "object") return `${escaped(name)}:\n${inner}$0`;
  return `${escaped(name)}: $0`;
}

function flowStub(type: SchemaType): string {
  if (type.kind === "list") return "[$0]";
  return type.kind === "map" || type.kind === "object" ? "{$0}" : "$0";
}

/** Inside quotes a key keeps them. */
function quotedLike(text: string, { style }: Slot): string {
  if (style === "double") return JSON.stringify(text);
  return style === "single" ? `'${text.replaceAll("'", "''")}'` : text;
}

const escaped = (text: string): string => text.replace(/[\\$}]/g, "\\$&");

/** Scalars that fit: from outside, the enum's, true and false, the default and the examples. */
function valuesOf(place: SchemaPlace, { world }: At): ValueProposal[] {
  const own = [...(world.values?.(place) ?? [])];
  const { type, key } = place;
  if (type.kind === "enum") {
    const known = type.values.filter((value) => availability(value, world.version) === "known");
    own.push(...known.map(({ value, summary }) => ({ value, ...(summary && { summary }) })));
  }
  if (type.kind === "scalar" && type.scalar === "bool") {
    const off = key?.default === "true";
    own.push({ value: off ? "false" : "true", raw: true }, { value: off ? "true" : "false", raw: true });
  }
  if (type.kind !== "scalar" || key?.type !== type) return unique(own);
  const written = key.default === undefined || /\s(?![^"']*["'])/.test(key.default) ? [] : [key.default];
  const known = (text: string): ValueProposal => {
    const summary = text === key.default ? "the default" : undefined;
    return { ...readYaml(text), ...(summary && { summary }) };
  };
  return unique([...own, ...[...(key.examples ?? []), ...written].map(known)]);
}

/** Examples of whole lists and mappings, in flow style, where the value of such a key begins on the key's line. */
function wholeValues({ type, key }: SchemaPlace, { slot }: At): ValueProposal[] {
  if (!key || key.type !== type || (type.kind !== "list" && type.kind !== "map") || slot.style) return [];
  return (key.examples ?? []).map((value) => ({ value, raw: true }));
}

function unique(proposals: readonly ValueProposal[]): ValueProposal[] {
  const seen = new Set<string>();
  return proposals.filter(({ value }) => !seen.has(value) && seen.add(value));
}

/** The value of a scalar as the tables write it: quotes are YAML's. */
function readYaml(text: string): ValueProposal {
  if (/^".*"$/.test(text)) return { value: JSON.parse(text) as string };
  if (/^'.*'$/.test(text)) return { value: text.slice(1, -1).replaceAll("''", "'") };
  return { value: text, raw: /^(?:true|false|-?\d+(?:\.\d+)?)$/.test(text) };
}

function valueProposals(place: SchemaPlace, at: At, proposals: readonly ValueProposal[]): Completion[] {
  const { slot, text } = at;
  const lead = needsSpace(slot.range, text) ? " " : "";
  const word = place.type.kind === "scalar" && place.type.scalar === "duration" ? "duration" : "value";
  return proposals.map((proposal, index) => {
    const written =
      proposal.raw && !slot.style?.match(/double|single/) ? proposal.value : scalarText(proposal.value, slot);
    return {
      label: proposal.label ?? proposal.value,
      kind: word,
      edit: { range: slot.range, text: lead + written },
      ...(proposal.summary && { detail: proposal.summary }),
      ...filterOf(written, slot),
      sort: String(index).padStart(4, "0"),
    };
  });
}

/** Behind a colon or dash without a blank. */
function needsSpace(range: Range, text: string): boolean {
  return range.start === range.end && /[:-]/.test(text.charAt(range.start - 1));
}

/** A text as a scalar in the style that is begun, else plain if YAML reads it as that text, else in the quotes it lacks. */
function scalarText(value: string, { style, flow }: Slot): string {
  if (style === "single") return `'${value.replaceAll("'", "''")}'`;
  if (style === "double") return JSON.stringify(value);
  if (isPlain(value, flow)) return value;
  return value.includes('"') && !value.includes("'") ? `'${value}'` : JSON.stringify(value);
}

function isPlain(value: string, flow: boolean): boolean {
  if (value === "" || /^[\s\-?:,[\]{}#&*!|>'"%@`]|\s$|: |\s#|:$/.test(value)) return false;
  if (/^(?:~|null|true|false|[-+]?[\d.][\d._]*)$/i.test(value)) return false;
  return !(flow && /[,[\]{}]/.test(value));
}

/** Items of a list below a bare key, dash included. */
function dashProposals(place: SchemaPlace, at: At): Completion[] {
  if (place.type.kind !== "list") return [];
  const inner: SchemaPlace = { ...place, type: place.type.of };
  const values = unique([...valuesOf(inner, at), ...itemExamples(place)]);
  const proposals = values.map(({ value, summary }, index) => ({
    label: `- ${value}`,
    kind: "value" as const,
    edit: { range: at.slot.range, text: `- ${scalarText(value, at.slot)}` },
    ...(summary && { detail: summary }),
    sort: String(index).padStart(4, "0"),
  }));
  const empty = {
    label: "- …",
    kind: "snippet" as const,
    edit: { range: at.slot.range, text: "- $0" },
    snippet: true,
    sort: "9",
  };
  return [...proposals, empty];
}

/** The items of the lists that are examples: `["a", "b"]`. */
function itemExamples({ key }: SchemaPlace): ValueProposal[] {
  const items = (key?.examples ?? []).flatMap((example) => {
    try {
      const list: unknown = JSON.parse(example);
      return Array.isArray(list) ? list.filter((item) => typeof item === "string") : [];
    } catch {
      return [];
    }
  });
  return unique(items.map((value) => ({ value })));
}

/** Editors hold what is typed against the filter: inside quotes it begins with the quote. */
function filterOf(written: string, { style }: Slot): { filter?: string } {
  if (style !== "double" && style !== "single") return {};
  const quote = style === "double" ? '"' : "'";
  return { filter: written.startsWith(quote) ? written : quote + written };
}
