// dkron/duration: durations that mean something else than they look like, and those that stop the agent later.
import { durationInWords, parseGoDuration } from "../../../catalog/config/goText.ts";
import type { Report } from "../../check.ts";
import type { Setting } from "../../dkronFile.ts";
import type { Fix } from "../../finding.ts";
import { dkronCheck, exits, keyRange, readable, replaceValue, settingsOf, shown, valueRange } from "./shared.ts";

export const dkronDuration = dkronCheck({
  id: "dkron/duration",
  level: "warning",
  title: "A duration without a unit, or one that the agent cannot use",
  *look({ file, version }): Iterable<Report> {
    for (const setting of settingsOf(file, "duration")) {
      const report = readable(file, setting.key.name) && ofNumber(setting, version);
      if (report) yield report;
    }
    const timeout = readable(file, "serf-reconnect-timeout");
    if (timeout && typeof timeout.result.value === "string") yield* ofText(timeout, timeout.result.value, version);
    yield* upsideDown(
      readable(file, "agent-run-retry-initial-interval"),
      readable(file, "agent-run-retry-max-interval"),
    );
  },
});

/** A bare number is nanoseconds, and a busy loop. */
function ofNumber(setting: Setting, version: string): Report | undefined {
  const { key, value, result, node } = setting;
  const size = result.value;
  if (typeof size !== "number") return undefined;
  if (value.kind !== "string") {
    const seconds = node.kind === "scalar" && /^\d+$/.test(node.value) ? `${node.value}s` : (key.default ?? "30s");
    const fixes = replaceValue(setting, seconds, `Write ${seconds}`, false);
    const message = `A number without a unit is nanoseconds: Dkron ${version} waits ${durationInWords(size)} here, which is no pause at all. Write \`${seconds}\`.`;
    return { range: valueRange(setting), message, fixes };
  }
  if (size > 0) return undefined;
  const message = `\`${key.name}\` of ${durationInWords(size)} is no pause at all. Write a time above zero, such as \`${key.default ?? "30s"}\`.`;
  return { range: valueRange(setting), message, fixes: [] };
}

function* ofText(setting: Setting, text: string, version: string): Iterable<Report> {
  const read = parseGoDuration(text);
  if (read.ok) return;
  yield {
    range: keyRange(setting),
    severity: "error",
    message: `${shown(text)} is no duration that Go knows: units are h, m, s and ms, and there are no days. ${exits(version, read.error)} Write \`24h\`, \`30s\` or the like.`,
    fixes: mended(setting, text),
  };
}

function mended(setting: Setting, text: string): Fix[] {
  const days = /^(\d+)\s*d(?:ays?)?$/.exec(text)?.[1];
  if (days) return replaceValue(setting, `${Number(days) * 24}h`, `Write ${Number(days) * 24}h`, true);
  const bare = /^\d+$/.test(text) && text !== "0";
  if (bare) return ["s", "h"].flatMap((unit) => replaceValue(setting, `${text}${unit}`, `Write ${text}${unit}`, false));
  const tight = text.replace(/\s+/g, "");
  return parseGoDuration(tight).ok ? replaceValue(setting, tight, `Write ${tight}`, true) : [];
}

function* upsideDown(initial: Setting | undefined, most: Setting | undefined): Iterable<Report> {
  const [first, last] = [initial?.result.value, most?.result.value];
  if (!initial || !most || typeof first !== "number" || typeof last !== "number" || first <= last) return;
  yield {
    range: valueRange(most),
    message: `The longest pause (${durationInWords(last)}) is shorter than the first one (${durationInWords(first)}), so pauses never grow. Write at least ${durationInWords(first)}.`,
    fixes: [],
  };
}
