// What Prometheus says of expressions, read in place from the material beside the project. Knows no parser.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

const conformance = resolve(import.meta.dirname, "../../../shared/conformance");
const corpus = resolve(import.meta.dirname, "../../../shared/corpus/alert-rules");

export const hasMaterial = existsSync(conformance);
if (!hasMaterial) console.log("../shared is absent: what Prometheus answers is not compared here");

export type OracleError = { message: string; start: number; end: number; start16?: number; end16?: number };
export type OracleTree = [kind: string, start: number, end: number, children: OracleTree[]];
export type OracleCase = {
  expr: string;
  from: string;
  ok: boolean;
  errors: OracleError[];
  type?: string;
  string?: string;
  pretty?: string;
  tree?: OracleTree;
};

export function oracle(file: "default" | "experimental"): OracleCase[] {
  const rows = readFileSync(resolve(conformance, `promql-oracle/cases-${file}.jsonl`), "utf8")
    .trim()
    .split("\n");
  return rows.map((row) => JSON.parse(row) as OracleCase);
}

export type ParserCase = {
  input: string;
  utf8: boolean;
  fail: boolean;
  errors: { start: number; end: number; msg?: string }[];
};

/** Cases of Prometheus' own parser test; inputs that are no UTF-8 are given as the bytes they stand for. */
export function parserCases(): ParserCase[] {
  return JSON.parse(readFileSync(resolve(conformance, "promql-parse.json"), "utf8")) as ParserCase[];
}

/** Expressions of the evaluation scripts that are meant to work. */
export function scriptExpressions(): { file: string; expr: string }[] {
  const folder = resolve(conformance, "promqltest");
  const found: { file: string; expr: string }[] = [];
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".test"))) {
    const lines = readFileSync(resolve(folder, file), "utf8").split("\n");
    lines.forEach((line, index) => {
      const header =
        /^\s*eval(_\w+)?\s+(?:instant(?:\s+at\s+\S+)?|range\s+from\s+\S+\s+to\s+\S+\s+step\s+\S+)\s+(.*)$/.exec(line);
      if (!header?.[2] || header[1] === "_fail") return;
      if (/^\s*expect\s+fail/.test(lines[index + 1] ?? "")) return;
      found.push({ file, expr: header[2] });
    });
  }
  return found;
}

/** Texts of the real alert rules. */
export function corpusFiles(): { file: string; text: string }[] {
  const files = readdirSync(corpus, { recursive: true, encoding: "utf8" }).filter((name) => /\.ya?ml$/.test(name));
  return files.map((file) => ({ file, text: readFileSync(resolve(corpus, file), "utf8") }));
}
