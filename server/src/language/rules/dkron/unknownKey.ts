// dkron/unknown-key: a key that no agent reads; it is ignored without a word.
import { distance } from "fastest-levenshtein";
import { configKey, configKeys, configSchema, otherKey } from "../../../catalog/config/keys.ts";
import { type Pair, rangeOf, type YamlFile, type YamlNode } from "../../../yaml/tree.ts";
import type { Report } from "../../check.ts";
import { type DkronFile, settingOf } from "../../dkronFile.ts";
import type { Fix } from "../../finding.ts";
import { type SchemaEvent, walkSchema } from "../../schema/walk.ts";
import { dkronCheck, type Look, quoted, removePair, renameKey, written } from "./shared.ts";

export const dkronUnknownKey = dkronCheck({
  id: "dkron/unknown-key",
  level: "warning",
  title: "A key that no agent reads",
  *look(look): Iterable<Report> {
    const taken = new Set(look.file.settings.keys());
    for (const { name, pair } of unknownKeys(look)) {
      const other = otherKey(name);
      if (other?.why === "removed" || other?.why === "pro" || isHolder(name, pair)) continue;
      const nested = nestedKeys(pair.value);
      if (nested.length > 0 && !configKey(clean(name))) yield besideNested(name, pair, nested, look);
      else yield besideName(name, pair, taken, look);
    }
  },
});

type Unknown = Extract<SchemaEvent, { kind: "unknown-key" }>;

function unknownKeys({ file, document, version }: Look): Unknown[] {
  const found: Unknown[] = [];
  if (!file.root) return found;
  const report = (event: SchemaEvent): void => {
    if (event.kind === "unknown-key") found.push(event);
  };
  const schema = configSchema();
  const type = { kind: "object", name: schema.root } as const;
  walkSchema({ schema, version, file: document.yaml, report }, file.root, type);
  return found;
}

/** A key that only holds an anchor, or says by its name that it is a note. */
function isHolder(name: string, pair: Pair): boolean {
  return pair.value.anchor !== undefined || /^(?:x-|\.|_|#)/.test(name);
}

/** `mail-username"`, `data_dir`, ` data-dir`: the key without what slipped in. */
function clean(name: string): string {
  return name
    .replace(/["'`\s]/g, "")
    .replaceAll("_", "-")
    .replace(/^-+|-+$/g, "")
    .toLowerCase();
}

type Meant = { readonly key: string; readonly sure: boolean };

function meant(name: string): Meant | undefined {
  const tidy = clean(name);
  if (configKey(tidy)) return { key: tidy, sure: true };
  const other = otherKey(tidy);
  if (other?.use) return { key: other.use, sure: other.value === undefined && other.why === "invented" };
  const near = configKeys()
    .filter(({ hidden }) => !hidden)
    .map((key) => ({ key: key.name, steps: distance(tidy, key.name) }))
    .sort((a, b) => a.steps - b.steps)[0];
  return near && near.steps <= Math.max(1, Math.floor(tidy.length / 4))
    ? { key: near.key, sure: near.steps <= 2 }
    : undefined;
}

/** `taken`: keys that the file has, or has been told to have instead of another unknown one. */
function besideName(name: string, pair: Pair, taken: Set<string>, { file, text, document, version }: Look): Report {
  const found = meant(name);
  const range = rangeOf(pair.key);
  const lead = `Dkron has no key \`${name}\`: the agent ignores it without a word.`;
  const other = otherKey(clean(name));
  const removal = removePair(file, pair, text, "Remove it", false);
  if (!found) {
    const advice = other?.say ? sentence(other.say) : "Remove it.";
    return { range, message: `${lead} ${advice}`, fixes: removal };
  }
  const { key, sure } = found;
  const again = taken.has(key);
  taken.add(key);
  const advice = again ? `\`${key}\` says the same already; remove this one.` : `Write \`${key}\`.`;
  const fixes = again
    ? removal
    : other?.value
      ? []
      : isTaken(pair, key, document.yaml, version)
        ? renameKey(pair, key, sure)
        : renameAndQuote(pair, key, text);
  return { range, message: [lead, whyWrong(name, key), advice].filter(Boolean).join(" "), fixes };
}

/** Under its name the agent would refuse the value, so it is made a text along with it, where a text is wanted. */
function renameAndQuote(pair: Pair, name: string, text: string): Fix[] {
  const source = written(pair.value, text);
  if (configKey(name)?.target !== "string" || /[\r\n]/.test(source) || source.startsWith('"')) return [];
  const [rename] = renameKey(pair, name, false);
  const quotes = { range: rangeOf(pair.value), text: quoted(source) };
  return rename ? [{ ...rename, title: `Write ${name}, and quote the value`, edits: [...rename.edits, quotes] }] : [];
}

/** Whether the agent would take the value under that key. */
function isTaken(pair: Pair, name: string, file: YamlFile, version: string): boolean {
  const key = configKey(name);
  const setting = key && settingOf(file, key, pair, version);
  return setting === undefined || setting.result.errors.length === 0;
}

function whyWrong(name: string, key: string): string {
  if (/["'`]/.test(name)) return "A quote slipped into the name.";
  if (name.includes("_") && clean(name) === key) return "Names have dashes and no underscores.";
  return "";
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

/** Dkron's keys one level too deep: under `dkron:`, `agent:` or the like. */
function nestedKeys(value: YamlNode): readonly Pair[] {
  if (value.kind !== "mapping") return [];
  return value.pairs.filter((pair) => pair.key.kind === "scalar" && configKey(pair.key.value) !== undefined);
}

function besideNested(name: string, pair: Pair, nested: readonly Pair[], { file, text }: Look): Report {
  const names = nested.map(({ key }) => (key.kind === "scalar" ? `\`${key.value}\`` : "")).join(", ");
  return {
    range: rangeOf(pair.key),
    message: `Dkron's keys stand at the outermost level: under \`${name}\` the agent ignores ${names}. Move them out of it.`,
    fixes: unnest(pair, file, text),
  };
}

/** The lines below the key, two or more columns to the left, without the key's own line. */
function unnest(pair: Pair, file: DkronFile, text: string): Fix[] {
  const { value } = pair;
  if (value.kind !== "mapping" || value.flow || value.anchor) return [];
  const first = value.pairs[0];
  if (!first) return [];
  const start = rangeOf(pair).start;
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const removal = removePair(file, pair, text, "", true)[0]?.edits[0];
  if (!removal || lineStart !== removal.range.start) return [];
  const outer = start - lineStart;
  const firstStart = rangeOf(first).start;
  const by = firstStart - (text.lastIndexOf("\n", firstStart - 1) + 1) - outer;
  if (by <= 0 || !text.slice(start, firstStart).includes("\n")) return [];
  const body = text.slice(text.indexOf("\n", start) + 1, removal.range.end);
  const moved = body.replace(new RegExp(`^ {${outer}}? {${by}}`, "gm"), " ".repeat(outer));
  return [{ title: "Move them to the outermost level", safe: false, edits: [{ range: removal.range, text: moved }] }];
}
