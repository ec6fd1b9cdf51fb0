// Rule files as promtool 3.14 judges them: what it refuses has an error at that place, what it takes has none.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openDocument } from "../../server/src/language/document.ts";
import { facts } from "../../server/src/language/facts.ts";
import { diagnostics } from "../../server/src/language/features/diagnostics.ts";
import { workspaceOf } from "../../server/src/language/workspace.ts";
import { positionAt } from "../../server/src/lines.ts";
import { newContext } from "./context.ts";

type Verdict = { file: string; command: string; exit: number; output: string };

const shared = join(import.meta.dirname, "../../../shared");
const list = join(shared, "conformance/promtool-verdicts.json");

if (!existsSync(list))
  console.log("promtool's verdicts (../shared) are not here: rule files are not held against them");

function errorsOf(file: string) {
  const text = readFileSync(join(shared, file), "utf8");
  const document = openDocument(`file:///${file}`, "prometheus-rules", 1, text);
  const known = facts(document);
  const context = newContext({ workspace: workspaceOf(known ? [known] : []) });
  return diagnostics(document, context)
    .filter(({ severity }) => severity === "error")
    .map(({ range, code, message }) => ({
      line: positionAt(document.lineStarts, range.start).line + 1,
      code,
      message,
    }));
}

describe.skipIf(!existsSync(list))("promtool's verdicts", () => {
  const verdicts = existsSync(list) ? (JSON.parse(readFileSync(list, "utf8")) as Verdict[]) : [];
  const rows = verdicts.filter(({ command }) => command === "promtool check rules --lint=none");

  test.each(rows.filter(({ exit }) => exit === 0))("takes $file", ({ file }) => {
    expect(errorsOf(file)).toEqual([]);
  });

  test.each(rows.filter(({ exit }) => exit !== 0))("refuses $file", ({ file, output }) => {
    const errors = errorsOf(file);
    expect(errors).not.toEqual([]);
    // Of fields that don't go together Prometheus names the rule's line; the field itself is the better place.
    const line = /line (\d+): field/.exec(output)?.[1];
    const words = /(?:line \d+: |", )([^\n]+)$/.exec(output)?.[1];
    if (line !== undefined) expect(errors.map((error) => error.line)).toContain(Number(line));
    if (words)
      expect(errors.some(({ message }) => words.includes(message.split(". Prometheus refuses")[0] ?? ""))).toBe(true);
  });
});
