// dkron/header: webhook headers that make the agent panic, or lose the end of their value.
import type { Report } from "../../check.ts";
import { listOf } from "../../dkronFile.ts";
import { dkronCheck, readable, valueRange } from "./shared.ts";
import { itemRange } from "./sharedTags.ts";

export const dkronHeader = dkronCheck({
  id: "dkron/header",
  level: "warning",
  title: "A webhook header that is cut or makes the agent panic",
  *look({ file }): Iterable<Report> {
    for (const key of ["webhook-headers", "pre-webhook-headers"]) {
      const setting = readable(file, key);
      if (!setting) continue;
      for (const [index, text] of (listOf(file, key) ?? []).entries()) {
        const message = complaint(text);
        if (message) yield { range: itemRange(setting, index) ?? valueRange(setting), message, fixes: [] };
      }
    }
  },
});

/** The agent takes the first two of the parts between colons. Source: callWebhook in dkron/notifier.go. */
function complaint(text: string): string | undefined {
  const [name = "", value, ...rest] = text.split(":");
  if (value === undefined)
    return `The header \`${text}\` has no colon: the agent panics with \`index out of range [1]\` when it sends a notification. Write \`Name:value\`.`;
  if (rest.length > 0)
    return `A header is cut at its second colon: the agent sends \`${name}: ${value.trim()}\` and loses \`:${rest.join(":")}\`. Write a value without a colon, or add the header in a proxy.`;
  return undefined;
}
