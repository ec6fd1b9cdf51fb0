// Findings as SARIF 2.1.0 (OASIS, sarif-v2.1.0-os), for code scanning.
import type { Document } from "../../language/document.ts";
import type { Finding, Fix, Severity } from "../../language/finding.ts";
import { allChecks } from "../../language/rules/index.ts";
import { type Checked, type Format, href, region, withSlashes } from "./checked.ts";
import { fingerprint } from "./fingerprint.ts";

const level: Record<Severity, string> = { error: "error", warning: "warning", information: "note", hint: "note" };

export const sarif: Format = (checked) => {
  const codes = [...new Set(checked.flatMap(({ findings }) => findings.map(({ code }) => code)))].sort();
  const run = {
    tool: {
      driver: {
        name: "dkron-metrics",
        informationUri: "https://github.com/dkron-metrics/dkron-metrics",
        rules: codes.map(rule),
      },
    },
    columnKind: "utf16CodeUnits",
    results: checked.flatMap((one) => one.findings.map((finding) => result(one, finding, codes.indexOf(finding.code)))),
  };
  const log = { $schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] };
  return `${JSON.stringify(log, null, 2)}\n`;
};

function rule(code: string) {
  const check = allChecks.find(({ id }) => id === code);
  const asked = check?.level === "off" ? "hint" : (check?.level ?? "warning");
  return {
    id: code,
    shortDescription: { text: check?.title ?? code },
    helpUri: href(code),
    defaultConfiguration: { level: level[asked] },
  };
}

function result({ file, document }: Checked, finding: Finding, ruleIndex: number) {
  const artifactLocation = { uri: uriOf(file) };
  return {
    ruleId: finding.code,
    ruleIndex,
    level: level[finding.severity],
    message: { text: finding.message },
    locations: [{ physicalLocation: { artifactLocation, region: region(document, finding.range) } }],
    partialFingerprints: { "lineAndCode/v1": fingerprint(file, document, finding) },
    ...(finding.fixes.length > 0 && { fixes: finding.fixes.map((fix) => change(document, fix, artifactLocation)) }),
  };
}

function change(document: Document, { title, edits }: Fix, artifactLocation: { uri: string }) {
  const replacements = edits.map((edit) => ({
    deletedRegion: region(document, edit.range),
    insertedContent: { text: edit.text },
  }));
  return { description: { text: title }, artifactChanges: [{ artifactLocation, replacements }] };
}

/** A relative reference, as RFC 3986 writes it. */
function uriOf(file: string): string {
  return withSlashes(file).split("/").map(encodeURIComponent).join("/");
}
