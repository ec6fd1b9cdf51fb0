// Prometheus' own evaluation scripts, read in place: every case without native histograms must come out right.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { runScript } from "./runScript.ts";
import { readScript } from "./script.ts";

const folder = resolve(import.meta.dirname, "../../../../shared/conformance/promqltest");
const hasScripts = existsSync(folder);
if (!hasScripts) console.log("../shared is absent: Prometheus' evaluation scripts are not run here");

describe.runIf(hasScripts)("evaluation scripts of Prometheus", () => {
  const files = hasScripts ? readdirSync(folder).filter((name) => name.endsWith(".test")) : [];
  test.each(files)("%s", (file) => {
    const verdicts = runScript(readScript(readFileSync(resolve(folder, file), "utf8")));
    const outside = verdicts.filter(({ outOfScope }) => outOfScope !== undefined);
    const reasons = new Map<string, number>();
    for (const { outOfScope = "" } of outside) reasons.set(outOfScope, (reasons.get(outOfScope) ?? 0) + 1);
    const apart = [...reasons].map(([reason, count]) => `${count} ${reason}`).join(", ");
    console.log(`${file}: ${verdicts.length - outside.length} float cases; apart: ${apart === "" ? "none" : apart}`);
    const wrong = verdicts.flatMap((verdict) =>
      verdict.wrong === undefined
        ? []
        : [`${file}:${verdict.evaluation.line} ${verdict.evaluation.expr} ${verdict.wrong}`],
    );
    expect(wrong).toEqual([]);
    expect(verdicts.length).toBeGreaterThan(outside.length);
  });
});
