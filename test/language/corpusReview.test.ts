// Real alert rules: no error, every finding reviewed (corpusReview.yml), and all that pint finds found or refuted.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { newestVersion } from "../../server/src/catalog/versions.ts";
import { openDocument } from "../../server/src/language/document.ts";
import { facts } from "../../server/src/language/facts.ts";
import { diagnostics } from "../../server/src/language/features/diagnostics.ts";
import { ruleGroups } from "../../server/src/language/ruleFile.ts";
import { workspaceOf } from "../../server/src/language/workspace.ts";
import { positionAt } from "../../server/src/lines.ts";
import { endOf, startOf } from "../../server/src/yaml/tree.ts";

type Reviewed = {
  readonly code: string;
  readonly severity: string;
  readonly right: string;
  readonly places: Readonly<Record<string, readonly number[]>>;
};
type Same = { readonly pint: string; readonly severity?: string; readonly here: readonly string[] };
type Wrong = { readonly at: string; readonly check: string; readonly why: string };
type Review = {
  readonly reviewed: readonly Reviewed[];
  readonly same: readonly Same[];
  readonly wrong: readonly Wrong[];
};

const review = load(readFileSync(join(import.meta.dirname, "corpusReview.yml"), "utf8")) as Review;
const shared = join(import.meta.dirname, "../../../shared");
const corpus = join(shared, "corpus/alert-rules");
const pintFindings = join(shared, "conformance/pint-on-corpus.txt");
const here = existsSync(corpus) && existsSync(pintFindings);
if (!here) console.log("the real rule files (../shared) are not here: the review of their findings is not tested");

/** A file with its findings by line, and the lines of its rules; checks that are off can be asked for. */
function checked(path: string, levels: Readonly<Record<string, "information">> = {}) {
  const document = openDocument(`file:///${basename(path)}`, "prometheus-rules", 1, readFileSync(path, "utf8"));
  const known = facts(document);
  const workspace = workspaceOf(known ? [known] : []);
  const context = { dkronVersion: newestVersion(), prometheusVersion: "3.14", dialects: [], levels, workspace };
  const line = (offset: number): number => positionAt(document.lineStarts, offset).line + 1;
  return {
    findings: diagnostics(document, context).map(({ code, severity, range }) => ({
      code,
      severity,
      line: line(range.start),
    })),
    rules: ruleGroups(document.yaml).flatMap(({ rules }) =>
      rules.map(({ node }) => ({ first: line(startOf(node)), last: line(endOf(node)) })),
    ),
  };
}

describe.skipIf(!here)("real alert rules", () => {
  const files = here ? readdirSync(corpus).sort() : [];

  test("all 55 are here", () => {
    expect(files).toHaveLength(55);
  });

  test.each(files)("%s: what is found is what was reviewed", (file) => {
    const found = checked(join(corpus, file)).findings.map(({ code, severity, line }) => `${line} ${severity} ${code}`);
    const wanted = review.reviewed.flatMap(({ code, severity, places }) =>
      (places[file] ?? []).map((line) => `${line} ${severity} ${code}`),
    );
    expect(found.sort()).toEqual(wanted.sort());
  });

  test("no error, and a reason for every group of findings", () => {
    for (const { severity, right } of review.reviewed) {
      expect(severity).not.toBe("error");
      expect(right).toMatch(/\.$/);
    }
  });
});

describe.skipIf(!here)("what pint finds", () => {
  type PintFinding = {
    readonly file: string;
    readonly line: number;
    readonly severity: string;
    readonly check: string;
  };

  const rows: PintFinding[] = (here ? readFileSync(pintFindings, "utf8") : "").split("\n").flatMap((line) => {
    const [, file, first, severity, check] = /^(\S+):(\d+)(?:-\d+)?\t(\w+)\t(\S+)\t/.exec(line) ?? [];
    return file && first && severity && check ? [{ file, line: Number(first), severity, check }] : [];
  });

  const byFile = new Map<string, ReturnType<typeof checked>>();
  const checkedOnce = (file: string): ReturnType<typeof checked> => {
    const before = byFile.get(file);
    if (before) return before;
    const folder = file.startsWith("alert-rules/") ? "corpus" : "conformance";
    const result = checked(join(shared, folder, file), { "regexp/smelly": "information" });
    byFile.set(file, result);
    return result;
  };

  /** Whether a finding of one of the checks stands in the same rule. */
  const isFound = ({ file, line, severity, check }: PintFinding): boolean => {
    const { findings, rules } = checkedOnce(file);
    const rule = rules.find(({ first, last }) => first <= line && line <= last);
    const same = review.same.find((row) => row.pint === check && (row.severity ?? severity) === severity);
    return findings.some(
      (finding) => rule && same?.here.includes(finding.code) && rule.first <= finding.line && finding.line <= rule.last,
    );
  };

  test("all 350 are read", () => {
    expect(rows).toHaveLength(350);
  });

  test("each is found here too, or refuted", () => {
    const missed = rows.filter((row) => !isFound(row)).map(({ file, line, check }) => `${file}:${line} ${check}`);
    expect(missed.sort()).toEqual(review.wrong.map(({ at, check }) => `${at} ${check}`).sort());
  });
});
