// Findings as GitLab's Code Quality report: https://docs.gitlab.com/ci/testing/code_quality/.
import type { Severity } from "../../language/finding.ts";
import { type Format, href, region, withSlashes } from "./checked.ts";
import { fingerprint } from "./fingerprint.ts";

const grade: Record<Severity, string> = { error: "critical", warning: "major", information: "minor", hint: "info" };

export const gitlab: Format = (checked) => {
  const seen = new Map<string, number>();
  const issues = checked.flatMap(({ file, document, findings }) =>
    findings.map((finding) => {
      const print = fingerprint(file, document, finding);
      const count = seen.get(print) ?? 0;
      seen.set(print, count + 1);
      const { startLine, endLine } = region(document, finding.range);
      return {
        type: "issue",
        description: finding.message,
        check_name: finding.code,
        // GitLab drops all but one issue with the same fingerprint.
        fingerprint: count === 0 ? print : `${print}-${count}`,
        severity: grade[finding.severity],
        categories: ["Bug Risk"],
        content: { body: href(finding.code) },
        location: { path: withSlashes(file), lines: { begin: startLine, end: endLine } },
      };
    }),
  );
  return `${JSON.stringify(issues, null, 2)}\n`;
};
