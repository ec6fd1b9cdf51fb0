// dkron/statsd-tag: DogStatsD tags that are no name:value.
import type { Report } from "../../check.ts";
import { listOf } from "../../dkronFile.ts";
import { dkronCheck, quoted, readable, valueRange } from "./shared.ts";
import { itemRange } from "./sharedTags.ts";

export const dkronStatsdTag = dkronCheck({
  id: "dkron/statsd-tag",
  level: "information",
  title: "A DogStatsD tag that is no name:value",
  *look({ file }): Iterable<Report> {
    const setting = readable(file, "dog-statsd-tags");
    for (const [index, text] of (listOf(file, "dog-statsd-tags") ?? []).entries()) {
      if (!setting || /^[^:\s]+:./.test(text.trim())) continue;
      const range = itemRange(setting, index);
      const better = /^[\w.-]+=.+$/.test(text) ? quoted(text.replace("=", ":")) : undefined;
      yield {
        range: range ?? valueRange(setting),
        message: `\`${text}\` is sent as a tag without a value. Write \`name:value\`, such as \`"env:prod"\`.`,
        fixes: range && better ? [{ title: `Write ${better}`, safe: false, edits: [{ range, text: better }] }] : [],
      };
    }
  },
});
