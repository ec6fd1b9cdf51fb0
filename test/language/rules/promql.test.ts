// promql/syntax: Prometheus' own words at the exact characters, in every YAML style, all errors at once.
import { describe } from "vitest";
import { promqlSyntax } from "../../../server/src/language/rules/promql/syntax.ts";
import { checkTable } from "./table.ts";

const file = (expr: string): string => `groups:\n  - name: g\n    rules:\n      - alert: A\n        expr: ${expr}\n`;

describe("promql/syntax", () => {
  checkTable(promqlSyntax, [
    {
      title: "a function on the wrong type",
      file: file("rate(«up»)"),
      says: 'expected type range vector in call to function "rate", got instant vector',
    },
    { title: "an unknown function", file: file("«rat»(up[5m])"), says: 'unknown function with name "rat"' },
    { title: "a regular expression that is not RE2", file: file('up{«a=~"(?=x)"»}'), says: "error parsing regexp" },
    {
      title: "in a literal block",
      file: file("|\n          sum(up)\n            by (job) «by» (x)"),
      says: "unexpected",
    },
    { title: "in a folded block", file: file(">-\n          rate(\n            «up»\n          )") },
    { title: "in double quotes with escapes", file: file('"rate(«up{a=\\"b\\"}»)"') },
    { title: "in single quotes", file: file("'rate(«up{a=''b''}»)'".replaceAll("''", '"')) },
    {
      title: "a function of a newer Prometheus",
      file: file("«first_over_time»(up[5m])"),
      prometheusVersion: "3.6",
      says: "needs Prometheus",
    },
    { title: "a plain expression", file: file("up == 0") },
    { title: "a literal block", file: file("|\n          sum by (job) (\n            rate(x[5m])\n          ) > 1") },
    { title: "a number", file: file("1") },
    { title: "an empty expression is another check's", file: file('""') },
    { title: "a comment inside", file: file("|\n          up # all of them\n          == 0") },
    { title: "UTF-8 names", file: file('\'{"grüße", "l.x"="y"} > 1\'') },
    { title: "keywords as names", file: file("sum(offset) by (on)") },
    { title: "a duration expression", file: file("rate(x[5m * 2])") },
  ]);
});
