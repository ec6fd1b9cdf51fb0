// Everything that Prometheus would refuse in a prometheus.yml, in one reading; what was said of a job is kept while its text stays.
import { goQuote } from "../../../../catalog/prometheus/goQuote.ts";
import { prometheusSchema } from "../../../../catalog/prometheus/schema.ts";
import type { SchemaType } from "../../../../catalog/schema.ts";
import { compareVersions } from "../../../../catalog/versions.ts";
import { shift } from "../../../../ranges.ts";
import { documentErrors, errorsOf } from "../../../../yaml/errors.ts";
import { chunksOf, endOf, startOf, type YamlFile, type YamlNode } from "../../../../yaml/tree.ts";
import { ignoredRest, readPart } from "../../../endOfReading.ts";
import { type Path, type SchemaEvent, walkSchema } from "../../../schema/walk.ts";
import { checkDiscovery } from "./discovery.ts";
import { tellEvent } from "./events.ts";
import { withVariables } from "./filledIn.ts";
import { checkOAuth2, checkTls } from "./httpClient.ts";
import { checkJob } from "./job.ts";
import type { Around, Globals, Look, SectionCheck } from "./look.ts";
import { type Placeholder, placeholderLines } from "./placeholder.ts";
import { checkAzure, checkRemoteRead, checkRemoteWrite, checkSigv4 } from "./remote.ts";
import { checkRoot, checkScrapeFile } from "./roots.ts";
import {
  childOf,
  isFilled,
  isNullWord,
  keyPlace,
  type Section,
  sectionOf,
  textOf,
  valuePlace,
  withMeant,
} from "./section.ts";
import { checkLabelNames, checkSourceLabels } from "./static.ts";
import { syntax } from "./syntax.ts";
import { globalsOf, inVersion } from "./times.ts";
import { refusalOf, type Tell, type Told } from "./told.ts";
import { checkAlerting, checkAlertmanager, checkGlobal, checkOtlp, checkRetention, checkTracing } from "./top.ts";

/** Checks by section; those of discoveries share one. */
const checks: Readonly<Record<string, readonly SectionCheck[]>> = {
  Config: [checkRoot],
  ScrapeConfigs: [checkScrapeFile],
  GlobalConfig: [checkGlobal],
  ScrapeConfig: [checkJob, checkScheme],
  StaticConfig: [(look) => checkLabelNames(look, "labels")],
  RelabelConfig: [checkSourceLabels],
  TLSConfig: [checkTls],
  OAuth2: [checkOAuth2],
  AlertingConfig: [checkAlerting],
  AlertmanagerConfig: [checkAlertmanager, checkScheme],
  RemoteWriteConfig: [checkRemoteWrite, checkAzure],
  RemoteReadConfig: [checkRemoteRead, (look) => checkLabelNames(look, "required_matchers")],
  SigV4Config: [checkSigv4],
  TSDBRetentionConfig: [checkRetention],
  TracingConfig: [checkTracing],
  OTLPConfig: [checkOtlp],
};

const kept = new WeakMap<YamlFile, Kept>();

/**
 * What is to be said of the first document, the only one that Prometheus reads. `version`: of Prometheus. `around`: for a
 * file that another one names as its scrape config file.
 */
export function judge(file: YamlFile, version: string, around?: Around): readonly Told[] {
  const key = `${version} ${around?.key ?? ""}`;
  const before = kept.get(file);
  if (before?.key === key) return before.told;
  const told = tellAll(file, version, around);
  kept.set(file, { key, told });
  return told;
}

function tellAll(file: YamlFile, version: string, around: Around | undefined): readonly Told[] {
  const told: Told[] = [];
  const colonless = new Set<number>();
  const document = file.documents[0];
  if (document) {
    const problems = documentErrors(file, document, "yaml2");
    const part = problems.length > 0 ? readPart(file, "yaml2") : file;
    if (part !== file)
      return [
        ...judge(part, version, around),
        { topic: "syntax", ...ignoredRest("Prometheus", file.text, part.text.length) },
      ];
    for (const problem of problems) {
      const one = syntax(file, problem);
      told.push(one);
      if (problem.code === "colon" || one.range.start !== problem.range.start) colonless.add(one.range.start);
    }
    const root = sectionOf(file, "Config", document.root);
    const written = around?.globals ?? globalsOf(root && childOf(root, "global", "GlobalConfig"));
    const globals = inVersion(written, version);
    const key = JSON.stringify([version, globals]);
    const walk: Reading = { file, version, globals, around, key, tell: (one) => told.push(one) };
    read(walk, document.root, { kind: "object", name: around ? "ScrapeConfigs" : "Config" }, []);
  } else for (const problem of errorsOf(file)) told.push(syntax(file, problem));
  const once = withoutColonless(unique(told), colonless, file.text);
  return withVariables(withoutPlaceholders(once, placeholderLines(file.text)), file.text);
}

type Reading = {
  readonly file: YamlFile;
  readonly version: string;
  readonly globals: Globals;
  readonly around: Around | undefined;
  /** What the findings in a job depend on besides its text. */
  readonly key: string;
  readonly tell: Tell;
};

function read(reading: Reading, node: YamlNode, type: SchemaType, path: Path): void {
  const { file, version, globals, around, tell } = reading;
  const isTold = nestedKeys();
  const report = (event: SchemaEvent): void => {
    if (!isTold(event)) tellEvent(event, version, file, tell);
    const section = sectionIn(event, file);
    if (section) checkSection({ section, globals, around, tell });
  };
  const enter = (inner: YamlNode, innerType: SchemaType, at: Path): boolean => {
    if (inner === node || innerType.kind !== "object" || innerType.name !== "ScrapeConfig") return true;
    readJob(reading, inner, innerType, at);
    return false;
  };
  walkSchema(
    { schema: prometheusSchema, version, file, report, merges: "in place", enter },
    node,
    type,
    undefined,
    path,
  );
}

/** Whether a key came with a section around it that is told to be too new: the same words once more. */
function nestedKeys(): (event: SchemaEvent) => boolean {
  let end = -1;
  let since = "";
  return (event) => {
    if (event.kind === "early-value") return startOf(event.node) < end && isWithin(event.value.since, since);
    if (event.kind !== "early-key") return false;
    if (startOf(event.pair) < end && isWithin(event.key.since, since)) return true;
    end = endOf(event.pair);
    since = event.key.since ?? "";
    return false;
  };
}

const isWithin = (version: string | undefined, other: string): boolean =>
  version === undefined || compareVersions(version, other) <= 0;

/** The section that an event is about: one that is written, or one that `NULL` makes. */
function sectionIn(event: SchemaEvent, file: YamlFile): Section | undefined {
  if (event.kind === "object") {
    const { owner, node, entries } = event;
    return { file, owner, node, entries: withMeant(entries, owner) };
  }
  if (event.kind !== "empty" || event.type.kind !== "object" || !isNullWord(event.node)) return undefined;
  return sectionOf(file, event.type.name, event.node);
}

function checkSection(look: Look): void {
  const { name } = look.section.owner;
  for (const check of checks[name] ?? []) check(look);
  if (name.startsWith("sd.")) checkDiscovery(look);
  if (name in refs) checkRefs(look);
}

/** What was said of a file, or of a job in offsets from its chunk's base. */
type Kept = { readonly key: string; readonly told: readonly Told[] };

const keptJobs = new WeakMap<YamlNode, Kept>();

function readJob(reading: Reading, node: YamlNode, type: SchemaType, path: Path): void {
  const { base } = node.chunk;
  const before = keptJobs.get(node);
  if (before?.key === reading.key) {
    for (const told of before.told) reading.tell(shiftTold(told, base));
    return;
  }
  const told: Told[] = [];
  read({ ...reading, tell: (one) => told.push(one) }, node, type, path);
  for (const one of told) reading.tell(one);
  if (isAlone(node)) keptJobs.set(node, { key: reading.key, told: told.map((one) => shiftTold(one, -base)) });
}

/** Whether nothing outside of the node's text has a say in it. */
function isAlone(node: YamlNode): boolean {
  for (const chunk of chunksOf(node.chunk)) if (chunk.aliases.length > 0) return false;
  return node.kind === "mapping";
}

function shiftTold(told: Told, by: number): Told {
  return {
    ...told,
    range: shift(told.range, by),
    ...(told.line !== undefined && { line: told.line + by }),
    ...(told.fixes && {
      fixes: told.fixes.map((fix) => ({
        ...fix,
        edits: fix.edits.map((edit) => ({ ...edit, range: shift(edit.range, by) })),
      })),
    }),
  };
}

/** What a placeholder brings about is not worth a second finding: the check of placeholders tells what to do. */
function withoutPlaceholders(told: readonly Told[], placeholders: readonly Placeholder[]): readonly Told[] {
  const first = placeholders[0]?.range.start;
  if (first === undefined) return told;
  return told.filter(({ topic, range }) => {
    if (topic === "syntax") return range.start < first;
    return !placeholders.some((one) => one.range.start === range.start);
  });
}

/** A node that aliases bring in twice is told of once, and so is a key that is in the way of several. */
function unique(told: readonly Told[]): Told[] {
  const seen = new Set<string>();
  return told.filter(({ topic, range, message }) => {
    const key = `${range.start}:${topic === "conflict" ? topic : message}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** A key without its colon has a name that nobody means, and is not missing either. `starts`: of such keys. */
function withoutColonless(told: readonly Told[], starts: ReadonlySet<number>, text: string): readonly Told[] {
  if (starts.size === 0) return told;
  const isThere = ({ range, message }: Told): boolean =>
    [...starts].some((start) => {
      const name = /^\w+/.exec(text.slice(start, start + 100))?.[0];
      return message.includes(`Write \`${name}\``) && isBelow(text, range.start, start);
    });
  return told.filter((one) => {
    if (one.topic === "syntax") return true;
    return !starts.has(one.range.start) && !(/^(?:missing|relabel)$/.test(one.topic) && isThere(one));
  });
}

/** Whether a place belongs to the mapping that begins at `first`: no line in between stands further left. */
function isBelow(text: string, first: number, at: number): boolean {
  const column = first - (text.lastIndexOf("\n", first - 1) + 1);
  const lines = text.slice(first, at).split("\n").slice(1);
  return at >= first && lines.every((line) => /^[ \t]*(?:#.*)?\r?$/.test(line.slice(0, column)));
}

const refs: Readonly<Record<string, readonly string[]>> = {
  BasicAuth: ["username_ref", "password_ref"],
  Authorization: ["credentials_ref"],
  OAuth2: ["client_secret_ref", "client_certificate_key_ref"],
  TLSConfig: ["ca_ref", "cert_ref", "key_ref"],
};

function checkRefs({ section, tell }: Look): void {
  for (const key of refs[section.owner.name] ?? []) {
    if (!isFilled(section, key)) continue;
    const costs = "The file loads, and then cannot be applied.";
    const advice = "Prometheus has no secret manager: write the key that ends in `_file`.";
    tell(refusalOf("fails-later", keyPlace(section, key), "cannot use secret ref without manager", advice, { costs }));
  }
}

function checkScheme({ section, tell }: Look): void {
  const scheme = textOf(section, "scheme");
  if (/^(?:https?|)$/.test(scheme)) return;
  const range = valuePlace(section, "scheme");
  const to = scheme.toLowerCase();
  const fixes = /^https?$/.test(to) ? [{ title: `Write ${to}`, safe: true, edits: [{ range, text: to }] }] : [];
  const message = `Prometheus takes the scheme ${goQuote(scheme)} and then fails at every scrape. Write \`http\` or \`https\`.`;
  tell({ topic: "fails-later", range, message, fixes });
}
