// Checks of the templates in labels and annotations: loud and quiet cases, and what the fixes write.
import { describe } from "vitest";
import { templateFails } from "../../../server/src/language/rules/template/fails.ts";
import { templateGarbled } from "../../../server/src/language/rules/template/garbled.ts";
import { templateNoBraces } from "../../../server/src/language/rules/template/noBraces.ts";
import { templateQuery } from "../../../server/src/language/rules/template/query.ts";
import { templateSyntax } from "../../../server/src/language/rules/template/syntax.ts";
import { templateUnknownName } from "../../../server/src/language/rules/template/unknownName.ts";
import { checkTable, type Row } from "./table.ts";

/** An alert with one annotation, written as it stands. */
const annotation = (value: string): string => `alert: JobFails\nexpr: up == 0\nannotations:\n  summary: ${value}`;
const quoted = (template: string): string => annotation(`'${template.replaceAll("'", "''")}'`);
const quiet = (title: string, template: string, more: Partial<Row> = {}): Row => ({
  title,
  rule: quoted(template),
  ...more,
});

describe("template/syntax", () => {
  checkTable(templateSyntax, [
    {
      title: "an operator of another language",
      rule: quoted("{{ if $value «>» 5 }}a{{ end }}"),
      says: 'annotation "summary": template: __alert_JobFails:1: unexpected ">" in operand. Prometheus refuses',
    },
    {
      title: "what a % in the alert's name makes of the sentence is told beside it",
      rule: "alert: Over 90%\nexpr: up == 0\nannotations:\n  summary: '{{ if $value «>» 5 }}a{{ end }}'",
      says: 'template: __alert_Over 90%:1: unexpected ">" in operand (printed as `template: __alert_Over 90{',
    },
    { title: "equality", rule: quoted('{{ if $labels.a «=»= "b" }}a{{ end }}'), says: "eq $labels.x" },
    { title: "a call with parentheses", rule: quoted("{{ humanize«(»$value) }}"), says: "behind blanks" },
    { title: "brackets", rule: quoted('{{ «$labels[»"a"] }}'), says: 'index $labels "x"' },
    { title: "a name with a dash", rule: quoted("{{ $labels«.a-»b }}"), says: 'index $labels "a-b"' },
    { title: "a text in single quotes", rule: annotation("\"{{ eq $labels.a «'abc'» }}\""), says: "double quotes" },
    { title: "a block that is not closed", rule: quoted("«{{» if true }}a"), says: "{{ end }}" },
    {
      title: "in double quotes, behind an escape",
      rule: annotation('"\\u00e9 {{ if $value «>» 5 }}a{{ end }}"'),
      says: "unexpected",
    },
    {
      title: "in a literal block, on its third line",
      rule: annotation("|\n    one\n    two {{ if $value «>» 5 }}a{{ end }}\n    three"),
      says: "template: __alert_JobFails:2:",
    },
    {
      title: "in a folded block",
      rule: annotation(">-\n    one\n    two {{ if $value «>» 5 }}a{{ end }}"),
      says: "unexpected",
    },
    {
      title: "in a label",
      rule: "alert: JobFails\nexpr: up == 0\nlabels:\n  team: '{{ if $value «>» 5 }}a{{ end }}'",
      says: 'label "team": template: ',
    },
    {
      title: "all errors of a text",
      rule: quoted("{{ $value «>» 1 }} {{ $value «<» 2 }}"),
      says: ['unexpected ">"', 'unexpected "<"'],
    },
    {
      title: "a sound template of an alert with a % in its name",
      rule: "alert: Over 90%\nexpr: up == 0\nannotations:\n  summary: '{{ $value }}%'",
    },
    quiet("plain text", "Job fails"),
    quiet("closing braces alone", "Job }} fails"),
    quiet("a label and the value", "{{ $labels.job }} {{ $value }}"),
    quiet("comparison as Go has it", '{{ if and (gt $value 5.0) (ne $labels.a "b") }}a{{ else }}b{{ end }}'),
    quiet("trimming", "{{- $value -}}"),
    quiet("a comment", "{{/* why */}}x{{- /* why */ -}}"),
    quiet("a range with variables", '{{ range $i, $row := query "up" }}{{ $i }}{{ end }}'),
    quiet("a definition", '{{ define "x" }}{{ . }}{{ end }}{{ template "x" $value }}'),
    quiet("a trailing pipe", "{{ $value | }}"),
    { title: "recording rules have no templates", rule: "record: a:b\nexpr: up\nlabels:\n  team: '{{ if'" },
    { title: "names are no templates", rule: "alert: '{{ x'\nexpr: up == 0" },
    { title: "an unknown function is another check's", rule: quoted("{{ nosuch $value }}") },
  ]);
});

describe("template/unknown-name", () => {
  checkTable(templateUnknownName, [
    {
      title: "a function with another spelling",
      rule: quoted("{{ «humanise» $value }}"),
      says: 'function "humanise" not defined',
      fixed: quoted("{{ humanize $value }}"),
    },
    {
      title: "a slip in a function",
      rule: quoted("{{ $value | «humanizePercent» }}"),
      fixed: quoted("{{ $value | humanizePercentage }}"),
    },
    {
      title: "a function of another language",
      rule: quoted("{{ «upper» $labels.job }}"),
      fixed: quoted("{{ toUpper $labels.job }}"),
    },
    { title: "a function like none", rule: quoted("{{ «frobnicate» $value }}"), says: "reference", fixed: null },
    {
      title: "a slip in a variable",
      rule: quoted("{{ «$label».job }}"),
      says: 'undefined variable "$label"',
      fixed: quoted("{{ $labels.job }}"),
    },
    { title: "a variable like none", rule: quoted("{{ «$threshold» }}"), says: "Known here", fixed: null },
    {
      title: "the value inside a definition",
      rule: quoted('{{ define "x" }}{{ «$value» }}{{ end }}'),
      says: "Inside a define only",
      fixed: null,
    },
    {
      title: "a function that this Prometheus has not yet",
      rule: quoted("{{ «now» | humanizeTimestamp }}"),
      says: "now needs Prometheus 3.6",
      prometheusVersion: "3.5",
    },
    {
      title: "one deep inside",
      rule: quoted('{{ if $labels.a }}{{ range query "up" }}{{ (.Value | «toTime»).Year }}{{ end }}{{ end }}'),
      says: "toTime needs Prometheus 2.38",
      prometheusVersion: "2.37",
    },
    quiet("all functions at once", '{{ $labels.a | title | toUpper | reReplaceAll "a" "b" | safeHtml }}'),
    quiet("a variable of its own", "{{ $x := $value }}{{ $x }}"),
    quiet("variables of a range", '{{ range $i, $row := query "up" }}{{ $i }}{{ $row.Value }}{{ end }}'),
    quiet(
      "the preset variables",
      "{{ $externalURL }}{{ $externalLabels.zone }}{{ $labels.a }}{{ $value }}{{ $.Value }}",
    ),
    quiet("a function that has come by now", "{{ now }}", { prometheusVersion: "3.6" }),
    quiet("Go's own functions", '{{ printf "%s" (len "a" | print) | html | urlquery }}'),
    quiet("a name in a text", '{{ "humanise" }} humanise $label'),
    quiet("a name in a comment", "{{/* humanise $label */}}"),
    { title: "not in recording rules", rule: "record: a:b\nexpr: up\nlabels:\n  team: '{{ nosuch }}'" },
    { title: "not in an expression", rule: 'alert: A\nexpr: up{a="{{ nosuch }}"} == 0' },
  ]);
});

describe("template/fails", () => {
  checkTable(templateFails, [
    {
      title: "the value against a whole number",
      rule: quoted("{{ if «gt» $value 5 }}a{{ end }}"),
      says: "incompatible types for comparison: float64 and int",
      fixed: quoted("{{ if gt $value 5.0 }}a{{ end }}"),
    },
    {
      title: "a negative one",
      rule: quoted("{{ if «lt» $value -1 }}a{{ end }}"),
      fixed: quoted("{{ if lt $value -1.0 }}a{{ end }}"),
    },
    { title: "a field that is not there", rule: quoted("{{ «.Foo» }}"), says: "There are: Labels", fixed: null },
    {
      title: "a field with another capital",
      rule: quoted("{{ «.labels».job }}"),
      says: "Write Labels instead",
      fixed: quoted("{{ .Labels.job }}"),
    },
    { title: "a field of a text", rule: quoted("{{ $labels.a«.b» }}"), says: "can't evaluate field b in type string" },
    { title: "a number where a text belongs", rule: quoted("{{ toUpper «$value» }}"), says: "got float64" },
    { title: "too few arguments", rule: quoted("{{ «humanize» }}"), says: "want 1 got 0" },
    { title: "a pattern that is none", rule: quoted('{{ match «"("» $labels.a }}'), says: "missing closing )" },
    { title: "rows in place of one", rule: quoted('{{ value («query "up"») }}'), says: "Take one row" },
    {
      title: "a template that is not defined",
      rule: quoted('{{ define "link" }}{{ end }}{{ template «"lnk"» }}'),
      says: "not defined",
      fixed: quoted('{{ define "link" }}{{ end }}{{ template "link" }}'),
    },
    { title: "a blank before the field", rule: quoted("{{ «$labels» .job }}"), says: "non-function $labels" },
    { title: "in a branch", rule: quoted("{{ if false }}{{ «.Foo» }}{{ end }}"), says: ".", fixed: null },
    quiet("the value against a float", "{{ if gt $value 5.0 }}a{{ end }}"),
    quiet("the value made a text first", '{{ toUpper (printf "%.0f" $value) }}'),
    quiet("an absent label", "{{ .Labels.anything }}"),
    quiet("one row", '{{ query "up" | first | value }}'),
    quiet("rows in a range", '{{ range query "up" }}{{ .Labels.a }}{{ .Value }}{{ end }}'),
    quiet("methods of a time", '{{ ($value | toTime).Format "15:04" }}'),
    quiet("a label as a number", "{{ humanize $labels.bytes }}"),
    quiet("a template that is defined behind", '{{ template "x" }}{{ define "x" }}a{{ end }}'),
    quiet("arguments of a template", '{{ define "x" }}{{ .arg0 }}{{ end }}{{ template "x" (args 1) }}'),
    quiet("whole numbers among themselves", '{{ if gt (len (query "up")) 5 }}a{{ end }}'),
    quiet("a template that does not parse is another check's", "{{ .Foo }} {{ if"),
    quiet("a pattern that is one", '{{ match "^a(b|c)$" $labels.a }}'),
  ]);
});

describe("template/garbled", () => {
  checkTable(templateGarbled, [
    { title: "a whole-number verb", rule: quoted('{{ printf «"%d"» $value }}'), says: "%!d(float64=" },
    { title: "a text verb for the value", rule: quoted('{{ printf «"%s"» $value }}'), says: "%.0f" },
    { title: "a number verb for a label", rule: quoted('{{ printf «"%.2f"» $labels.a }}'), says: "use %s" },
    { title: "a verb too many", rule: quoted('{{ printf «"%s %s"» $labels.a }}'), says: "a value for each verb" },
    { title: "a bare percent sign", rule: quoted('{{ printf «"%.0f%"» $value }}'), says: "%%" },
    quiet("a float verb", '{{ printf "%.1f" $value }}'),
    quiet("any verb", '{{ printf "%v and %v" $value $labels.a }}'),
    quiet("a percent sign", '{{ printf "%.0f%%" $value }}'),
    quiet("a whole number", '{{ printf "%d" (len (query "up")) }}'),
    quiet("a format that is put together", "{{ $f := $labels.format }}{{ printf $f $value }}"),
    quiet("percent signs outside", "100% {{ $value }}%d"),
  ]);
});

describe("template/query", () => {
  checkTable(templateQuery, [
    {
      title: "a bracket that is not closed",
      rule: quoted('{{ query "«s»um(u«p»" | first | value }}'),
      says: "Prometheus loads the file",
    },
    { title: "a function that is none", rule: quoted('{{ query "«raet»(up[5m])" }}'), says: "unknown function" },
    { title: "a wrong type", rule: quoted('{{ query "rate(«up»)" }}'), says: "expected type range vector" },
    {
      title: "behind an escape, in double quotes",
      rule: annotation('"{{ query `«raet»(up{a=\\"b\\"}[5m])` }}"'),
      says: "unknown function",
    },
    { title: "a range vector", rule: quoted('{{ query «"up[5m]"» }}'), says: "this is a range vector" },
    { title: "a text", rule: quoted('{{ query «`"a"`» }}'), says: "this is a string" },
    quiet("an instant vector", '{{ query "up" | first | value }}'),
    quiet("a number", '{{ query "1 + 1" | first | value }}'),
    quiet("a rate", '{{ range query "rate(up[5m]) > 1" }}{{ .Value }}{{ end }}'),
    quiet("one that is put together", '{{ query (printf "up{a=%q" $labels.a) }}'),
    quiet("no query", '{{ "sum(up" }}'),
    quiet("a template that does not parse", '{{ query "sum(up" }}{{ if'),
  ]);
});

describe("template/no-braces", () => {
  checkTable(templateNoBraces, [
    {
      title: "a label in a text",
      rule: quoted("Instance «$labels.instance» is down"),
      says: 'annotation "summary": $labels.instance stands outside of {{ }}',
      fixed: quoted("Instance {{ $labels.instance }} is down"),
    },
    {
      title: "the value, beside an action",
      rule: quoted("{{ $labels.job }}: «$value»%"),
      fixed: quoted("{{ $labels.job }}: {{ $value }}%"),
    },
    {
      title: "in single braces",
      rule: quoted("at «{ $value }»"),
      fixed: quoted("at {{ $value }}"),
    },
    {
      title: "in a label, at the start of a plain text",
      rule: "alert: A\nexpr: up == 0\nlabels:\n  team: «$labels.team»",
      says: 'label "team"',
      fixed: null,
    },
    quiet("in braces", "{{ $labels.instance }} {{- $value -}} {{ with $x := $labels.job }}{{ $x }}{{ end }}"),
    quiet("another word", `costs $values and $label, $labels and $5, $${"{value}"}`),
    quiet("a price", `$${"{{ $value }}"}`),
    quiet("a template that does not parse", "{{ $labels.instance } of $value"),
    { title: "a recording rule", rule: "record: a\nexpr: sum(up)\nlabels:\n  x: $labels.y" },
  ]);
});
