// Findings as a JUnit report: a suite a file, a failed case a finding, and a passed one for a file without any.
import { type Checked, type Format, region, withSlashes, xml } from "./checked.ts";

export const junit: Format = (checked) => {
  const failures = checked.reduce((sum, { findings }) => sum + findings.length, 0);
  const suites = checked.map(suite).join("");
  const head = `<testsuites name="dkron-metrics" tests="${checked.reduce((sum, { findings }) => sum + Math.max(1, findings.length), 0)}" failures="${failures}" errors="0">`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${head}\n${suites}</testsuites>\n`;
};

function suite({ file, document, findings }: Checked): string {
  const name = xml(withSlashes(file));
  const cases = findings.map((finding) => {
    const { startLine, startColumn } = region(document, finding.range);
    const title = xml(`${finding.code} at ${startLine}:${startColumn}`);
    const failure = `<failure type="${finding.severity}" message="${xml(finding.message)}">${xml(`${withSlashes(file)}:${startLine}:${startColumn}`)}</failure>`;
    return `    <testcase classname="${name}" name="${title}" time="0">\n      ${failure}\n    </testcase>\n`;
  });
  const all = cases.length > 0 ? cases : [`    <testcase classname="${name}" name="check" time="0"/>\n`];
  const counts = `tests="${all.length}" failures="${findings.length}" errors="0" skipped="0" time="0"`;
  return `  <testsuite name="${name}" ${counts}>\n${all.join("")}  </testsuite>\n`;
}
