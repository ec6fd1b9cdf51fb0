// Patterns of matchers: what is said of each, and the text behind the fix.
import { describe, expect, test } from "vitest";
import { regexpAnchors } from "../../../server/src/language/rules/regexp/anchors.ts";
import { regexpContradiction } from "../../../server/src/language/rules/regexp/contradiction.ts";
import { regexpEmpty } from "../../../server/src/language/rules/regexp/empty.ts";
import { regexpLiteral } from "../../../server/src/language/rules/regexp/literal.ts";
import { regexpMatchesAll } from "../../../server/src/language/rules/regexp/matchesAll.ts";
import { regexpMatchesNothing } from "../../../server/src/language/rules/regexp/matchesNothing.ts";
import { regexpNeedless } from "../../../server/src/language/rules/regexp/needless.ts";
import { shapeOf } from "../../../server/src/language/rules/regexp/sharedPattern.ts";
import { regexpSmelly } from "../../../server/src/language/rules/regexp/smelly.ts";
import { regexpMatches } from "../../../server/src/promql/types/regexps.ts";
import { checkTable } from "./table.ts";

describe("regexp/needless", () => {
  checkTable(regexpNeedless, [
    {
      title: "a plain text",
      expr: 'up{«job=~"dkron"»} == 0',
      says: 'selects what job="dkron" selects',
      fixed: 'up{job="dkron"} == 0',
    },
    { title: "not a plain text", expr: 'up{«job!~"dkron"»} == 0', fixed: 'up{job!="dkron"} == 0' },
    { title: "in anchors", expr: 'up{«job=~"^dkron$"»} == 0', fixed: 'up{job="dkron"} == 0' },
    { title: "in a group", expr: 'up{«job=~"(dkron)"»} == 0', fixed: 'up{job="dkron"} == 0' },
    { title: "an escaped dot", expr: 'up{«host=~"a\\\\.b"»} == 0', fixed: 'up{host="a.b"} == 0' },
    { title: "an escaped dot in back quotes", expr: "up{«host=~`a\\.b`»} == 0", fixed: "up{host=`a.b`} == 0" },
    { title: "single quotes stay", expr: "up{«job=~'dkron'»} == 0", fixed: "up{job='dkron'} == 0" },
    { title: "nothing", expr: 'up{job="x", «env=~""»} == 0', fixed: 'up{job="x", env=""} == 0' },
    { title: "something", expr: 'up{«job=~".+"»} == 0', fixed: 'up{job!=""} == 0' },
    { title: "not something", expr: 'up{job="x", «env!~".+"»} == 0', fixed: 'up{job="x", env=""} == 0' },
    { title: "twice the same", expr: 'up{«job=~"a|a"»} == 0', fixed: 'up{job="a"} == 0' },
    {
      title: "in quotes of YAML",
      rule: "alert: A\nexpr: 'up{«job=~\"dkron\"»} == 0'",
      fixed: "alert: A\nexpr: 'up{job=\"dkron\"} == 0'",
    },
    { title: "in a recording rule", rule: 'record: x\nexpr: sum(up{«job=~"dkron"»})' },
    { title: "alternatives", expr: 'up{job=~"a|b"} == 0' },
    { title: "alternatives in a group", expr: 'up{job=~"(a|b)"} == 0' },
    { title: "a dot", expr: 'up{job=~"a.b"} == 0' },
    { title: "a class", expr: 'up{job=~"[ab]"} == 0' },
    { title: "a class of letters", expr: 'up{job=~"\\\\d"} == 0' },
    { title: "a flag", expr: 'up{job=~"(?i)dkron"} == 0' },
    { title: "a part", expr: 'up{job=~"dkron.*"} == 0' },
    { title: "an optional letter", expr: 'up{job=~"dkrons?"} == 0' },
    { title: "a plain comparison", expr: 'up{job="dkron"} == 0' },
    { title: "all series", expr: 'count({__name__=~".+"}) > 1' },
    { title: "anything", expr: 'up{job="x", env=~".*"} == 0' },
    { title: "optional text", expr: 'up{job=~"a|"} == 0' },
    { title: "an optional group", expr: 'up{job=~"(a)?"} == 0' },
    { title: "a quoted run", expr: "up{job=~`\\Qa|b\\E`} == 0" },
    { title: "what Prometheus refuses", expr: 'up{job=~"a("} == 0' },
  ]);
});

describe("regexp/literal", () => {
  checkTable(regexpLiteral, [
    {
      title: "a wildcard",
      expr: 'up{«job="dkron.*"»} == 0',
      says: "only a label with just this text is found",
      fixed: 'up{job=~"dkron.*"} == 0',
    },
    {
      title: "not a wildcard",
      expr: 'up{«job!=".+-test"»} == 0',
      says: "only a label with just this text is left out",
      fixed: 'up{job!~".+-test"} == 0',
    },
    {
      title: "alternatives",
      expr: 'x{«severity="critical|warning"»} > 1',
      fixed: 'x{severity=~"critical|warning"} > 1',
    },
    { title: "alternatives in a group", expr: 'x{«env="(prod|test)-eu"»} > 1', fixed: 'x{env=~"(prod|test)-eu"} > 1' },
    { title: "a class", expr: 'x{«code="5[0-9][0-9]"»} > 1', fixed: 'x{code=~"5[0-9][0-9]"} > 1' },
    { title: "codes of a kind", expr: 'x{«code="5.."»} > 1', fixed: 'x{code=~"5.."} > 1' },
    { title: "an anchor", expr: 'x{«job="^dkron"»} > 1', fixed: 'x{job=~"^dkron"} > 1' },
    { title: "a name", expr: '{«__name__="dkron_job.*"»} > 1', fixed: '{__name__=~"dkron_job.*"} > 1' },
    { title: "in a recording rule", rule: 'record: a:b\nexpr: sum(x{«job="a.*"»})' },
    { title: "a pattern", expr: 'up{job=~"dkron.*"} == 0' },
    { title: "a plain text", expr: 'up{job="dkron", instance="10.0.0.1:8080"} == 0' },
    { title: "a version", expr: 'x{«version="1.2.*"»} > 1' },
    { title: "a bound", expr: 'x{le="+Inf"} > 1' },
    { title: "a star alone", expr: 'x{host="*.example.org"} > 1' },
    { title: "a bar among blanks", expr: 'x{title="a | b"} > 1' },
    { title: "brackets", expr: 'x{device="sda[1]"} > 1' },
    { title: "a price", expr: 'x{text="5$ off"} > 1' },
    { title: "a route that is a pattern", expr: 'x{path="/api/.*"} > 1' },
    { title: "a rule's own text", expr: 'x{regex="a|b"} > 1' },
    { title: "no pattern that RE2 takes", expr: 'x{job="a.*("} > 1' },
    { title: "what the catalogue knows", expr: 'dkron_serf_queue_Event{quantile="0.5|0.9"} > 1' },
  ]);
});

describe("regexp/anchors", () => {
  checkTable(regexpAnchors, [
    { title: "both", expr: 'up{«job=~"^a.*$"»} == 0', says: "anchors every pattern", fixed: 'up{job=~"a.*"} == 0' },
    { title: "the start", expr: 'up{«job!~"^a.+"»} == 0', fixed: 'up{job!~"a.+"} == 0' },
    { title: "the end", expr: 'up{«job=~"a.+$"»} == 0', fixed: 'up{job=~"a.+"} == 0' },
    { title: "of each alternative", expr: 'up{«job=~"^a$|^b$"»} == 0', fixed: 'up{job=~"a|b"} == 0' },
    { title: "round a group", expr: 'up{«job=~"^(a|b)$"»} == 0', fixed: 'up{job=~"(a|b)"} == 0' },
    { title: "beside none at all", expr: 'up{«job=~"^$|^a.+"»} == 0', fixed: 'up{job=~"^$|a.+"} == 0' },
    { title: "of none at all", expr: 'up{job=~"^$|a.+"} == 0' },
    { title: "none", expr: 'up{job=~"a.*"} == 0' },
    { title: "an escaped one", expr: 'up{job=~"a.*\\\\$"} == 0' },
    { title: "in a class", expr: 'up{job=~"[^a]+"} == 0' },
    { title: "inside of a group", expr: 'up{job=~"(^a|b)c"} == 0' },
    { title: "a plain text is needless", expr: 'up{job=~"^a$"} == 0' },
    { title: "a wildcard is another check's", expr: 'up{job=~"^.*$", x="y"} == 0' },
  ]);
});

describe("regexp/matches-all", () => {
  checkTable(regexpMatchesAll, [
    {
      title: "alone beside another",
      expr: 'up{job="x", «env=~".*"»} == 0',
      says: "as well",
      fixed: 'up{job="x"} == 0',
    },
    { title: "the only one", expr: 'up{«env=~".*"»} == 0', fixed: "up == 0" },
    { title: "with a label that must be there", expr: 'up{«env=~".*"»} == 0', by: "!=", fixed: 'up{env!=""} == 0' },
    { title: "in anchors and a group", expr: 'up{«env=~"^(.*)$"», job="x"} == 0', fixed: 'up{job="x"} == 0' },
    { title: "among alternatives", expr: 'up{«env=~"a|.*"»} == 0', fixed: "up == 0" },
    { title: "something", expr: 'up{env=~".+"} == 0' },
    { title: "a part", expr: 'up{env=~"a.*"} == 0' },
    { title: "an escaped dot", expr: 'up{env=~"\\\\.*"} == 0' },
    { title: "refused", expr: 'up{env!~".*"} == 0' },
    { title: "inside of a text", expr: 'up{env=~"(.*)-x"} == 0' },
  ]);
});

describe("regexp/matches-nothing", () => {
  checkTable(regexpMatchesNothing, [
    { title: "not anything", expr: 'up{«env!~".*"»} == 0', says: "finds nothing" },
    { title: "among alternatives", expr: 'up{«env!~"a|.*"»} == 0' },
    { title: "not something", expr: 'up{job="x", env!~".+"} == 0' },
    { title: "not a part", expr: 'up{env!~"a.*"} == 0' },
    { title: "anything", expr: 'up{env=~".*"} == 0' },
  ]);
});

describe("regexp/empty", () => {
  checkTable(regexpEmpty, [
    {
      title: "at both ends",
      expr: 'up{«env=~"|a|b|"»} == 0',
      says: "takes series without env",
      fixed: 'up{env=~"a|b"} == 0',
    },
    {
      title: "in the middle",
      expr: 'up{job="x", «env!~"a||b.+"»} == 0',
      says: "leaves out",
      fixed: 'up{job="x", env!~"a|b.+"} == 0',
    },
    { title: "or none, at the end", expr: 'up{env=~"a|b|"} == 0' },
    { title: "or none, at the start", expr: 'up{env=~"|a"} == 0' },
    { title: "or none, in anchors", expr: 'up{env=~"a|^$|b"} == 0' },
    { title: "none", expr: 'up{env=~"a|b"} == 0' },
    { title: "nothing but empty", expr: 'up{job="x", env=~""} == 0' },
    { title: "inside of a text", expr: 'up{env=~"a(|-b)"} == 0' },
    { title: "an escaped bar", expr: 'up{env=~"a\\\\|"} == 0' },
    { title: "a bar in a class", expr: 'up{env=~"a[|]"} == 0' },
  ]);
});

describe("regexp/contradiction", () => {
  checkTable(regexpContradiction, [
    { title: "two values", expr: 'up{job="a", «job="b"»} == 0', says: 'No value is both job="a" and job="b"' },
    { title: "a value and not it", expr: 'up{job="a", «job!="a"»} == 0' },
    { title: "a value and a pattern", expr: 'up{job="a", «job=~"b.*"»} == 0' },
    { title: "a value and a pattern that refuses it", expr: 'up{job=~"a|b", «job!~"a|b|c"»} == 0' },
    { title: "two lists", expr: 'up{job=~"a|b", «job=~"c|d"»} == 0' },
    { title: "a pattern and not it", expr: 'up{job=~"a.+", «job!~"a.+"»} == 0' },
    { title: "something and nothing", expr: 'up{job!="", «job=""»} == 0' },
    { title: "in a recording rule", rule: 'record: x\nexpr: sum(up{job="a", «job="b"»})' },
    { title: "a pattern and an exception", expr: 'up{job=~"a.+", job!="ab"} == 0' },
    { title: "two exceptions", expr: 'up{job!="a", job!="b"} == 0' },
    { title: "lists that meet", expr: 'up{job=~"a|b", job=~"b|c"} == 0' },
    { title: "two patterns", expr: 'up{job=~"a.*", job=~".*b"} == 0' },
    { title: "the same twice", expr: 'up{job="a", job="a"} == 0' },
    { title: "other labels", expr: 'up{job="a", env="b"} == 0' },
    { title: "other selectors", expr: 'up{job="a"} + ignoring (job) up{job="b"} == 0' },
    { title: "a value that fits", expr: 'up{job="ab", job=~"a.*"} == 0' },
  ]);
});

describe("regexp/smelly", () => {
  checkTable(regexpSmelly, [
    { title: "a piece", expr: 'up{«job=~".*dkron.*"»} == 0', says: "a piece inside of a value" },
    { title: "two wildcards", expr: 'up{«job=~"a-.+-b-.*"»} == 0' },
    { title: "a start", expr: 'up{job=~"dkron.*"} == 0' },
    { title: "an end", expr: 'up{job=~".*dkron"} == 0' },
    { title: "an end and a start", expr: 'up{job=~".*a|b.*"} == 0' },
  ]);
});

describe("shapes", () => {
  test("the listed values are those that match, and no others", () => {
    const patterns = [
      "a|b",
      "(a|b)",
      "^a$|b",
      "a\\.b",
      "((a))",
      "",
      "a|",
      "[a]",
      "(?:a|b)",
      "a$|^b",
      "\\^a",
      "(a|b)|c",
    ];
    const candidates = ["", "a", "b", "c", "a.b", "axb", "^a", "ab"];
    for (const pattern of patterns) {
      const { values, matchesAll } = shapeOf(pattern);
      const matching = candidates.filter((value) => regexpMatches(pattern, value));
      if (values) expect([...values].sort()).toEqual(matching);
      expect(matchesAll).toBe(false);
    }
  });
});
