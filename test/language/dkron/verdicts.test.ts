// Every recorded configuration against what real agents did with it: an error if and only if the file makes them exit.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findingsOf } from "./check.ts";

type Verdict = { outcome: "exits" | "runs"; log: string[]; http_port?: number | null; leader_within_4s?: boolean };
type Case = { id: string; file: string; text: string; verdicts: Record<string, Verdict> };

const path = join(import.meta.dirname, "../../../../shared/recordings/config-verdicts.json");
const cases: Case[] = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : [];
if (cases.length === 0) console.log("skipped: ../shared/recordings/config-verdicts.json is not there");

/** Agents that exit for another reason than what the file says. */
const exceptions: Record<string, string> = {
  "bind-default": "the host has no private address",
  "bind-any": "the host has no private address",
  "bind-iface-missing": "the host has no such interface",
  "hcl 3.2.7": "the host has no private address",
  "empty-file": "the host has no private address",
  "missing-file": "there is no file",
  "env-tags-json": "a variable of the environment",
  "flag-unknown": "a flag",
};

/** Servers whose leader only comes later. */
const onlySlower = new Set(["raft-10", "raft-str"]);

const words = (text: string): string => text.replace(/\s+/g, " ");

describe.skipIf(cases.length === 0)("recorded configurations", () => {
  const rows = cases.flatMap(({ id, file, text, verdicts }) =>
    Object.entries(verdicts).map(([version, verdict]) => ({ id, file, text, version, verdict })),
  );

  test.each(rows)("$id with $version", ({ id, file, text, version, verdict }) => {
    const findings = findingsOf(text, version, file);
    const errors = findings.filter(({ severity }) => severity === "error");
    const exception = exceptions[id] ?? exceptions[`${id} ${version}`];
    if (exception) {
      expect(errors, exception).toEqual([]);
      return;
    }
    expect(errors.length > 0, JSON.stringify(findings, null, 1)).toBe(verdict.outcome === "exits");
    if (verdict.outcome === "exits") {
      const last = verdict.log.at(-1) ?? "";
      const said = words(errors.map(({ message }) => message).join("\n"));
      for (const part of last.replace(/^(?:Error|fatal|error): /, "").split(" | ")) expect(said).toContain(words(part));
    }
    const lame = /^server:/m.test(text) && (verdict.http_port === null || verdict.leader_within_4s === false);
    if (lame && !onlySlower.has(id)) expect(findings.map(({ severity }) => severity)).toContain("warning");
  });

  test("all of them were looked at", () => {
    console.log(`${rows.length} verdicts, ${Object.keys(exceptions).length} configurations excepted by name`);
    expect(rows.length).toBeGreaterThanOrEqual(424);
  });
});
