// dkron/syntax: text that is not YAML, on account of which the agent ignores the file.
import { fileIgnored } from "../../../catalog/config/agentWords.ts";
import { endingOf, isYaml } from "../../../catalog/config/fileTypes.ts";
import { documentErrors, errorsOf, type YamlProblem } from "../../../yaml/errors.ts";
import type { FileCheck, Report } from "../../check.ts";
import { dkronFile, engineOf } from "../../dkronFile.ts";
import { ignoredRest } from "../../endOfReading.ts";
import type { Fix } from "../../finding.ts";

export const dkronSyntax: FileCheck = {
  id: "dkron/syntax",
  level: "error",
  title: "Text that is not YAML, so that the agent ignores the file",
  kinds: ["dkron-config"],
  *check({ yaml, text, uri }, { dkronVersion }): Iterable<Report> {
    const { templated, end } = dkronFile(yaml, dkronVersion);
    if (!isYaml(endingOf(uri)) || templated) return;
    const [first] = yaml.documents;
    for (const problem of first ? documentErrors(yaml, first, engineOf(dkronVersion)) : errorsOf(yaml)) {
      const { message, range } = problem;
      if (range.start >= end) continue;
      const effect = fileIgnored(dkronVersion, `While parsing config: yaml: ${readerWords(problem, text)}`);
      const fixes = [...quoteTemplate(range.start, text), ...quotePayload(range.start, text)];
      yield { range, message: `${sentence(message)} ${effect}`, fixes };
    }
    if (end < text.length) yield ignoredRest("The agent", text, end);
  },
};

/** What Go's reader says, without its line, which often is another one; three dots where that depends on more. */
function readerWords({ code, range }: YamlProblem, text: string): string {
  switch (code) {
    case "quote":
      return "found unexpected end of stream";
    case "tab":
    case "start":
      return "found character that cannot start any token";
    case "alias":
      return `unknown anchor '${text.slice(range.start + 1, range.end)}' referenced`;
    case "marker":
      return "did not find expected node content";
    case "flow":
      return `did not find expected ',' or '${text.charAt(range.start) === "{" ? "}" : "]"}'`;
    default:
      return "…";
  }
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** `key: {{ GetPrivateIP }}:8946` on the line of an error. */
function quoteTemplate(at: number, text: string): Fix[] {
  return quoteRest(at, text, /^(\s*(?:-|[\w-]+:)\s+)(\{\{[^#\n]*?)\s*$/);
}

/** `webhook-payload: ""{…}""`, as an example of Dkron's has it. */
function quotePayload(at: number, text: string): Fix[] {
  const line = lineOf(at, text);
  const match = /^(\s*[\w-]+:\s+)""(.+)""\s*$/.exec(line.text);
  if (!match) return [];
  const start = line.start + (match[1] ?? "").length;
  const end = line.start + line.text.trimEnd().length;
  const body = match[2] ?? "";
  return [
    {
      title: "Put it in single quotes",
      safe: true,
      edits: [{ range: { start, end }, text: `'${body.replaceAll("'", "''")}'` }],
    },
  ];
}

function quoteRest(at: number, text: string, pattern: RegExp): Fix[] {
  const line = lineOf(at, text);
  const match = pattern.exec(line.text);
  if (!match) return [];
  const [, before = "", value = ""] = match;
  const start = line.start + before.length;
  return [
    {
      title: "Quote it",
      safe: true,
      edits: [{ range: { start, end: start + value.length }, text: value.includes('"') ? `'${value}'` : `"${value}"` }],
    },
  ];
}

function lineOf(at: number, text: string): { start: number; text: string } {
  const start = text.lastIndexOf("\n", at - 1) + 1;
  const end = text.indexOf("\n", start);
  return { start, text: text.slice(start, end === -1 ? text.length : end).replace(/\r$/, "") };
}
