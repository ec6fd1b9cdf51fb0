// Findings as GitHub workflow commands, which GitHub shows beside the changed lines.
import type { Severity } from "../../language/finding.ts";
import { type Format, region, withSlashes } from "./checked.ts";

const command: Record<Severity, string> = { error: "error", warning: "warning", information: "notice", hint: "notice" };

export const github: Format = (checked) =>
  checked
    .flatMap(({ file, document, findings }) =>
      findings.map(({ severity, range, code, message }) => {
        const { startLine, endLine, startColumn, endColumn } = region(document, range);
        const properties: [string, string | number][] = [
          ["file", withSlashes(file)],
          ["line", startLine],
          ["endLine", endLine],
          // Columns of a range over several lines are refused.
          ...(startLine === endLine
            ? ([
                ["col", startColumn],
                ["endColumn", endColumn],
              ] as [string, number][])
            : []),
          ["title", code],
        ];
        const list = properties.map(([name, value]) => `${name}=${escapedProperty(String(value))}`).join(",");
        return `::${command[severity]} ${list}::${escapedData(message)}\n`;
      }),
    )
    .join("");

const escapedData = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

const escapedProperty = (text: string): string => escapedData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
