// Findings as a Checkstyle report, which most CI servers read.
import type { Severity } from "../../language/finding.ts";
import { type Format, region, withSlashes, xml } from "./checked.ts";

const grade: Record<Severity, string> = { error: "error", warning: "warning", information: "info", hint: "info" };

export const checkstyle: Format = (checked) => {
  const files = checked.map(({ file, document, findings }) => {
    const errors = findings.map(({ range, severity, message, code }) => {
      const { startLine, startColumn } = region(document, range);
      const place = `line="${startLine}" column="${startColumn}" severity="${grade[severity]}"`;
      return `    <error ${place} message="${xml(message)}" source="dkron-metrics.${xml(code)}"/>\n`;
    });
    return `  <file name="${xml(withSlashes(file))}">\n${errors.join("")}  </file>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3">\n${files.join("")}</checkstyle>\n`;
};
