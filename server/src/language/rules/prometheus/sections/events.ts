// From what the walk over the schema comes by to what Prometheus would say of it. Knows no section by name but through its table.
import { distance } from "fastest-levenshtein";
import { goQuote } from "../../../../catalog/prometheus/goQuote.ts";
import { enumName, isChecked, plainName, removedKey, removedValue } from "../../../../catalog/prometheus/schema.ts";
import { compareVersions } from "../../../../catalog/versions.ts";
import { endOf, type Pair, rangeOf, startOf, type YamlFile, type YamlNode } from "../../../../yaml/tree.ts";
import type { Fix } from "../../../finding.ts";
import { scalarText } from "../../../scalarText.ts";
import type { SchemaEvent } from "../../../schema/walk.ts";
import { type DecodeFault, nullFault, quotedNullEnum, scalarFault, shapeFault } from "./decode.ts";
import { enumRefusal } from "./enums.ts";
import { entryPlace, nodePlace } from "./section.ts";
import { otherShape } from "./shape.ts";
import { anyOf, refusalOf, type Tell, type Told, type Topic } from "./told.ts";
import { adviceOn } from "./unknownKey.ts";

type Of<K extends SchemaEvent["kind"]> = Extract<SchemaEvent, { kind: K }>;

type OtherVersion = Extract<SchemaEvent, { kind: "early-key" | "late-key" }>;

/** Tells what an event amounts to; `object` events are for the checks of sections. */
export function tellEvent(event: SchemaEvent, version: string, file: YamlFile, tell: Tell): void {
  switch (event.kind) {
    case "unknown-key":
      tell(unknownKey(event, file));
      return;
    case "late-key":
    case "early-key":
      tell(otherVersion(event, version));
      return;
    case "duplicate-key":
      tell(duplicateKey(event, file));
      return;
    case "bad-merge": {
      const words = "map merge requires map or sequence of maps as the value";
      tell(refusalOf("type", rangeOf(event.pair.value), words, "Write an alias of a mapping."));
      return;
    }
    case "bad-key": {
      const shape = event.pair.key.kind === "mapping" ? "!!map" : "!!seq";
      fault("type", { words: `cannot unmarshal ${shape} into string`, isType: true }, event.pair.key, tell);
      return;
    }
    case "wrong-shape":
      fault("type", shapeFault(event.node, event.type, event.key), event.node, tell, ...otherShape(event, file));
      return;
    case "scalar":
      scalar(event, tell);
      return;
    case "empty":
      fault("value", nullFault(event.node, event.type, event.path), event.node, tell);
      emptyValue(event, tell);
      return;
    case "wrong-enum":
      wrongEnum(event, version, tell);
      return;
    case "early-value":
      tell(earlyValue(event, version));
      return;
    default:
      return;
  }
}

function fault(
  topic: Topic,
  found: DecodeFault | undefined,
  node: YamlNode,
  tell: Tell,
  advice = "",
  fixes: readonly Fix[] = [],
): void {
  if (!found) return;
  const line = found.isType ? startOf(node) : undefined;
  tell(refusalOf(found.isType ? "type" : topic, nodePlace(node), found.words, advice, { line, fixes }));
}

function scalar({ node, type, key, path }: Of<"scalar">, tell: Tell): void {
  const found = scalarFault(node, type, key, path);
  if (!found) return;
  const [advice, fixes] = mend(node, type.kind === "scalar" ? type.scalar : "");
  fault("value", found, node, tell, advice, fixes);
}

type ScalarNode = Of<"scalar">["node"];

/** What to write instead of a scalar, and an edit where a machine can tell. */
function mend(node: ScalarNode, scalarType: string): [string, Fix[]] {
  const to = (text: string, safe: boolean): Fix[] => [
    { title: `Write ${text}`, safe, edits: [{ range: rangeOf(node), text }] },
  ];
  const text = node.value.trim();
  switch (scalarType) {
    case "bool": {
      const word = /^(?:true|yes|on|1)$/i.test(text)
        ? "true"
        : /^(?:false|no|off|0)$/i.test(text)
          ? "false"
          : undefined;
      return ["Write `true` or `false`, without quotes.", word === undefined ? [] : to(word, true)];
    }
    case "int":
    case "uint":
    case "float": {
      const bare = text.replaceAll(/[,' ](?=\d{3}\b)/g, "");
      return [
        "Write a number, without quotes.",
        (/^-?\d+(?:\.\d+)?$/.test(bare) && scalarType !== "uint") || /^\d+$/.test(bare) ? to(bare, true) : [],
      ];
    }
    case "duration":
      return mendDuration(text, to);
    case "bytes":
      return mendSize(text, to);
    case "url":
      return /^[\w.-]+:\d+(?:\/[\w./-]*)?$/.test(text)
        ? [`Write \`http://${text}\`.`, to(`http://${text}`, false)]
        : ["", []];
    case "regexp":
      return ["Write it in the syntax of RE2: no look-around, no back-references.", []];
    default:
      return ["", []];
  }
}

type To = (text: string, safe: boolean) => Fix[];

function mendDuration(text: string, to: To): [string, Fix[]] {
  const advice = "Write a number and a unit: `30s`, `5m`, `1h30m`.";
  if (/^\d+$/.test(text)) return [advice, to(`${text}s`, false)];
  const tidy = text
    .toLowerCase()
    .replaceAll(/\s+/g, "")
    .replace(/secs?$|seconds?$/, "s")
    .replace(/mins?$|minutes?$/, "m")
    .replace(/hours?$/, "h");
  return [advice, tidy !== text && /^(?:\d+(?:ms|[smhdwy]))+$/.test(tidy) ? to(tidy, true) : []];
}

function mendSize(text: string, to: To): [string, Fix[]] {
  const advice = "Write a number and `B`, `KB`, `MB`, `GB` or `KiB`, `MiB`, `GiB`.";
  if (/^\d+$/.test(text)) return [advice, to(`${text}B`, true)];
  const tidy = text.replaceAll(/\s+/g, "").toUpperCase().replace(/I?B?$/, "");
  return [advice, /^\d+(?:\.\d+)?[KMGTPE]$/.test(tidy) ? to(`${tidy}B`, true) : []];
}

function unknownKey(event: Of<"unknown-key">, file: YamlFile): Told {
  const { pair, name, owner, via } = event;
  const words = `field ${name} not found in type ${plainName(owner.name)}`;
  const { text, meant } = adviceOn(event, file);
  const fixes: Fix[] =
    meant !== undefined && !via && pair.key.kind === "scalar"
      ? [
          {
            title: `Write ${meant}`,
            safe: distance(name, meant) <= 2,
            edits: [{ range: rangeOf(pair.key), text: meant }],
          },
        ]
      : [];
  return refusalOf("unknown-key", entryPlace({ pair, via }), words, text, { line: startOf(pair.key), fixes });
}

function otherVersion({ kind, pair, key, owner }: OtherVersion, version: string): Told {
  const words = `field ${key.name} not found in type ${plainName(owner.name)}`;
  const range = rangeOf(pair.key);
  const line = startOf(pair.key);
  if (kind === "early-key") {
    const advice = `It needs ${key.since}; the version in the settings is ${version}.`;
    return refusalOf("key-version", range, words, advice, { line });
  }
  const removed = removedKey(owner.name, key.name);
  const advice = `${key.until} was the last version to read it. ${key.deprecated ?? ""}`.trim();
  const to = removed?.write;
  const plain = removed && !removed.asList && !removed.asScalar;
  const fixes: Fix[] =
    to === undefined
      ? []
      : plain
        ? [{ title: `Write ${to}`, safe: true, edits: [{ range, text: to }] }]
        : asList(pair, to, removed?.asList ?? false);
  return refusalOf("removed-key", range, words, advice, { line, fixes });
}

function asList(pair: Pair, to: string, wanted: boolean): Fix[] {
  if (!wanted || pair.value.kind !== "scalar") return [];
  const value = rangeOf(pair.value);
  const edits = [
    { range: rangeOf(pair.key), text: to },
    { range: { start: value.start, end: value.start }, text: "[" },
    { range: { start: value.end, end: value.end }, text: "]" },
  ];
  return [{ title: `Write ${to}`, safe: true, edits }];
}

function earlyValue({ node, value }: Of<"early-value">, version: string): Told {
  const words = `${goQuote(node.value)} is not known to Prometheus ${version}`;
  return refusalOf("key-version", rangeOf(node), words, `It needs ${value.since}.`);
}

function duplicateKey({ pair, first, name, owner, via }: Of<"duplicate-key">, { text }: YamlFile): Told {
  const words = owner
    ? `field ${name} already set in type ${plainName(owner.name)}`
    : `key ${goQuote(name)} already set in map`;
  const line = owner || pair.value.kind === "empty" ? startOf(pair.key) : startOf(pair.value);
  const same = scalarText(first.value) === scalarText(pair.value) && first.value.kind === "scalar";
  return refusalOf("duplicate-key", entryPlace({ pair, via }), words, "Keep one of the two.", {
    line,
    fixes: via || !same ? [] : removal(pair, text),
  });
}

/** Takes a pair out with its whole lines, where it has them for itself. */
function removal(pair: Pair, text: string): Fix[] {
  const start = text.lastIndexOf("\n", startOf(pair) - 1) + 1;
  const lineEnd = text.indexOf("\n", endOf(pair) - 1);
  const end = lineEnd === -1 ? text.length : lineEnd + 1;
  const alone =
    /^[ \t]*$/.test(text.slice(start, startOf(pair))) &&
    /^[ \t]*(?:#.*)?$/.test(text.slice(endOf(pair), end).trimEnd());
  return alone ? [{ title: "Remove the second", safe: true, edits: [{ range: { start, end }, text: "" }] }] : [];
}

function wrongEnum({ node, values }: Of<"wrong-enum">, version: string, tell: Tell): void {
  const quoted = quotedNullEnum(node, values);
  if (quoted === "taken") return;
  if (quoted) {
    fault("type", quoted, node, tell);
    return;
  }
  const name = enumName(values);
  const text = scalarText(node);
  const removed = removedValue(name, text);
  if (removed && compareVersions(version, removed.until) <= 0) return;
  const words = isChecked(name) ? enumRefusal(name, text) : undefined;
  if (words === undefined) return;
  const known = values.map(({ value }) => value);
  const near = known
    .map((value) => ({ value, steps: distance(value.toLowerCase(), text.trim().toLowerCase()) }))
    .sort((a, b) => a.steps - b.steps)[0];
  const meant =
    removed?.write ?? (near && near.steps <= 2 && text !== "" ? near.value : known.length === 1 ? known[0] : undefined);
  const advice = removed
    ? `${removed.until} was the last version with it. Write \`${removed.write}\`.`
    : `Write ${meant === undefined ? anyOf(known) : `\`${meant}\``}.`;
  const fixes: Fix[] =
    meant === undefined
      ? []
      : [{ title: `Write ${meant}`, safe: true, edits: [{ range: rangeOf(node), text: meant }] }];
  tell(refusalOf("value", rangeOf(node), words, advice, { fixes }));
}

/** Times and limits for which 0 means "the default". */
const inherits = /^(?:scrape_interval|scrape_timeout|evaluation_interval)$|_limit$/;

/** Null sets the zero value of Go and not the default: worth a word where the two differ. */
function emptyValue({ node, type, key, path }: Of<"empty">, tell: Tell): void {
  const standing = key?.default;
  if (!key || key.type !== type || standing === undefined || inherits.test(key.name) || key.name === "action") return;
  if (/^(?:false|0|0s|0B|)$/.test(standing) || path[0] === "global" || path[0] === "storage") return;
  if (type.kind !== "scalar") return;
  const zero =
    type.scalar === "bool" ? "false" : /^(?:int|uint|float|duration)$/.test(type.scalar) ? "0" : "the empty text";
  const at = rangeOf(node);
  const range = at.end > at.start ? at : { start: at.start - 1 - key.name.length, end: at.start };
  const message = `An empty \`${key.name}\` is ${zero} to Prometheus, not the default \`${standing}\`. Remove the key to have the default, or write the value.`;
  const fixes: Fix[] = [
    {
      title: `Write ${standing}`,
      safe: false,
      edits: [{ range: at, text: at.end > at.start ? quotedIfNeeded(standing) : ` ${quotedIfNeeded(standing)}` }],
    },
  ];
  tell({ topic: "empty-value", range, message, fixes });
}

const quotedIfNeeded = (text: string): string => (/^[\w/:.-]+$/.test(text) ? text : JSON.stringify(text));
