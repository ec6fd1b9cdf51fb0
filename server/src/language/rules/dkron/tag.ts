// dkron/tag: entries of `tag` that are no key=value, texts that are split where nobody expects it, and two sets of tags.
import { tagsFailed } from "../../../catalog/config/agentWords.ts";
import type { Report } from "../../check.ts";
import type { Setting } from "../../dkronFile.ts";
import type { Fix } from "../../finding.ts";
import {
  dkronCheck,
  exits,
  keyRange,
  type Look,
  quoted,
  readable,
  removePair,
  replaceValue,
  valueRange,
} from "./shared.ts";
import { isDropped, tagTexts } from "./sharedTags.ts";

export const dkronTag = dkronCheck({
  id: "dkron/tag",
  level: "warning",
  title: "Tags that the agent reads otherwise than they are written",
  *look(look): Iterable<Report> {
    const setting = readable(look.file, "tag");
    if (setting && isDropped(setting, look.version))
      yield dropped(setting, "`tag` must be a list of texts", '`["role=web", "zone=a"]`');
    else if (setting) yield* ofTag(setting, look);
    const tags = readable(look.file, "tags");
    if (tags?.value.kind === "list" || tags?.value.kind === "time")
      yield dropped(tags, "`tags` must be a mapping", "`name: text` for each tag");
  },
});

function* ofTag(setting: Setting, { file, version, text }: Look): Iterable<Report> {
  const texts = tagTexts(setting, version);
  const bad = texts.find((entry) => !/^[^=]+=/.test(entry));
  if (bad !== undefined) {
    yield {
      range: keyRange(setting),
      severity: "error",
      message: `Each tag must be \`key=value\`, and \`${bad}\` is not. ${exits(version, tagsFailed(`invalid tag: '${bad}'`, version))} Write a list, such as \`["role=web", "zone=a"]\`.`,
      fixes: fixesOf(setting, texts),
    };
    return;
  }
  const [only] = texts;
  if (setting.value.kind === "string" && only?.includes(","))
    yield {
      range: valueRange(setting),
      message: `A text is split at spaces and not at commas, so this is one tag, \`${only}\`. Write a list, such as \`["role=web", "zone=a"]\`.`,
      fixes: listOfPairs(setting, setting.value.value.split(/[,\s]+/)),
    };
  const tags = file.settings.get("tags");
  if (texts.length > 0 && tags)
    yield {
      range: keyRange(tags),
      message: "`tags` is not looked at while `tag` has entries. Keep one of the two.",
      fixes: removePair(file, tags.pair, text, "Remove tags", false),
      tag: "unnecessary",
    };
}

function dropped(setting: Setting, why: string, instead: string): Report {
  const message = `${why}: of this the agent makes no tag at all. Write ${instead}.`;
  return { range: valueRange(setting), message, fixes: fixesOf(setting, []) };
}

/** `role:web` and `- role: web` where `role=web` is wanted. */
function fixesOf({ key, value, ...setting }: Setting, texts: readonly string[]): Fix[] {
  if (key.name !== "tag") return [];
  const mapped = value.kind === "list" ? value.items : [];
  const pairs = mapped.map((item) => {
    const [only, more] = item.kind === "map" ? [...item.entries] : [];
    return only && !more && only[1].kind === "string" ? `${only[0]}=${only[1].value}` : undefined;
  });
  const entries = mapped.length > 0 ? mapped.map((_, index) => pairs[index] ?? texts[index] ?? "") : texts;
  return listOfPairs(
    { key, value, ...setting },
    entries.map((entry) => entry.replace(/^([\w-]+):/, "$1=")),
  );
}

function listOfPairs(setting: Setting, pairs: readonly string[]): Fix[] {
  if (pairs.length === 0 || !pairs.every((pair) => /^[^=]+=/.test(pair))) return [];
  return replaceValue(setting, `[${pairs.map(quoted).join(", ")}]`, "Write a list", true);
}
