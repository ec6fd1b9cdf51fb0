// Checks of what templates show of the alert: labels that are not there, the value, its unit.
import { describe } from "vitest";
import { templateMissingLabel } from "../../../server/src/language/rules/template/missingLabel.ts";
import { templateRawNumber } from "../../../server/src/language/rules/template/rawNumber.ts";
import { templateRuleLabel } from "../../../server/src/language/rules/template/ruleLabel.ts";
import { templateUnit } from "../../../server/src/language/rules/template/unit.ts";
import { templateValueInLabel } from "../../../server/src/language/rules/template/valueInLabel.ts";
import { checkTable } from "./table.ts";

const alert = (expr: string, summary: string): string =>
  `alert: JobFails\nexpr: ${expr}\nlabels:\n  severity: page\nannotations:\n  summary: '${summary}'`;

describe("template/missing-label", () => {
  const sum = "sum by (job_name) (increase(dkron_job_executions_failed_total[1h])) > 3";
  checkTable(templateMissingLabel, [
    { title: "in by, as the fix has it", rule: alert("sum by (job, instance) (up) < 3", "{{ $labels.instance }}") },
    { title: "in the only by", rule: alert("sum by (instance) (up) < 3", "{{ $labels.instance }}") },
    { title: "on both sides", rule: alert("sum by (job) (up) / count by (job) (up) < 0.5", "{{ $labels.job }}") },
    { title: "in two aggregations", rule: alert("sum by (job) (sum by (job) (up)) < 3", "{{ $labels.job }}") },
    { title: "gone in an aggregation", rule: alert(sum, "{{ $labels.«instance» }}"), says: "by (job_name) keeps only" },
    { title: "by its long name", rule: alert(sum, "{{ .Labels.«instance» }}"), says: "no label instance" },
    { title: "by index", rule: alert(sum, '{{ index $labels "«instance»" }}'), says: "no label instance" },
    { title: "in a pipe", rule: alert(sum, "{{ $labels.«instance» | toUpper }}"), says: "no label instance" },
    { title: "in a branch", rule: alert(sum, "{{ if gt $value 1.0 }}{{ $labels.«instance» }}{{ end }}") },
    { title: "in an else", rule: alert(sum, "{{ if gt $value 1.0 }}{{ else }}{{ $labels.«instance» }}{{ end }}") },
    { title: "in a range", rule: alert(sum, '{{ range query "up" }}{{ $labels.«instance» }}{{ end }}') },
    { title: "in a with", rule: alert(sum, "{{ with $labels }}{{ .«instance» }}{{ end }}") },
    {
      title: "in a definition",
      rule: alert(sum, '{{ define "x" }}{{ .«instance» }}{{ end }}{{ template "x" $labels }}'),
    },
    {
      title: "of an alternative that never grows",
      rule: alert(
        'increase((max without (a) (b{job=~"c.+"}) or 0 * absent(b{job=~"c.+"}))[15m:1m]) > 3',
        "{{ $labels.job }}",
      ),
    },
    { title: "without by, none is left", rule: alert("sum(up) < 1", "{{ $labels.«job» }}"), says: "drops all labels" },
    { title: "dropped by name", rule: alert("sum without (a) (up) < 1", "{{ $labels.«a» }}"), says: "without (a)" },
    {
      title: "of absent()",
      rule: alert('absent(up{job="a"})', "{{ $labels.«instance» }}"),
      says: "Leave instance out",
    },
    {
      title: "of absent(), made a label of",
      rule: "alert: A\nexpr: absent(a{b=~'.+'})\nlabels:\n  b: '{{ $labels.«b» }}'\nannotations:\n  summary: '{{ $labels.«b» }}'",
    },
    {
      title: "made a label of that the result has",
      rule: "alert: A\nexpr: absent(a{b='c'})\nlabels:\n  b: '{{ $labels.b }}'\nannotations:\n  summary: '{{ $labels.b }}'",
    },
    {
      title: "made a label of, in place of the group's",
      file: "groups:\n  - name: g\n    labels:\n      b: ops\n    rules:\n      - alert: A\n        expr: absent(a{b=~'.+'})\n        labels:\n          b: '{{ $labels.«b» }}'\n",
      says: "no label b",
    },
    {
      title: "made a label of that the result has, in place of the group's",
      file: "groups:\n  - name: g\n    labels:\n      b: ops\n    rules:\n      - alert: A\n        expr: absent(a{b='c'})\n        labels:\n          b: '{{ $labels.b }}'\n",
    },
    {
      title: "a label of the group",
      file: "groups:\n  - name: g\n    labels:\n      b: ops\n    rules:\n      - alert: A\n        expr: sum(a) > 1\n        annotations:\n          summary: '{{ $labels.b }}'\n",
    },
    {
      title: "matched on all but it",
      rule: alert("a != ignoring (x) group_left () sum by (b) (c)", "{{ $labels.x }}"),
    },
    {
      title: "the name, behind rate",
      rule: alert("rate(a_total[5m]) > 1", "{{ $labels.«__name__» }}"),
      says: "as text",
    },
    {
      title: "a slip for one that is there",
      rule: alert("increase(dkron_job_executions_failed_total[1h]) > 3", "{{ $labels.«job_nam» }}"),
      says: "looks like a slip for job_name",
      fixed: alert("increase(dkron_job_executions_failed_total[1h]) > 3", "{{ $labels.job_name }}"),
    },
    {
      title: "a slip for one that is kept",
      rule: alert(sum, "{{ $labels.«jobname» }}"),
      fixed: alert(sum, "{{ $labels.job_name }}"),
    },
    {
      title: "another letter case of one that is kept",
      rule: alert("sum by (host) (a) > 1", "{{ $labels.«Host» }}"),
      says: "by (host) keeps only the labels that it names. An empty text is sent in its place. Write $labels.host instead",
      fixed: alert("sum by (host) (a) > 1", "{{ $labels.host }}"),
    },
    {
      title: "another letter case of one that the expression names",
      rule: alert("a > 3 and on (host) b > 4", "{{ .Labels.«Host» }}"),
      says: "upper and lower case are different labels",
      fixed: alert("a > 3 and on (host) b > 4", "{{ .Labels.host }}"),
    },
    {
      title: "another letter case of one that every target has",
      rule: alert("a > 3", "{{ $labels.«Instance» }}"),
    },
    { title: "upper case, of nothing that is known", rule: alert("a > 3", "{{ $labels.Zone }}") },
    { title: "upper case, as the expression has it", rule: alert("sum by (Job) (a) > 3", "{{ $labels.Job }}") },
    { title: "both cases", rule: alert('a{Job=~"b.+"} > 3', "{{ $labels.Job }} {{ $labels.job }}") },
    {
      title: "kept by the fix, in by",
      rule: alert(sum, "{{ $labels.«instance» }}"),
      fixed: alert(sum.replace("(job_name)", "(job_name, instance)"), "{{ $labels.instance }}"),
    },
    {
      title: "kept by the fix, which writes the by",
      rule: alert("sum(up) < 3", "{{ $labels.«instance» }}"),
      fixed: alert("sum by (instance) (up) < 3", "{{ $labels.instance }}"),
    },
    {
      title: "no fix where two sides must match",
      rule: alert("sum by (job) (up) / count by (job) (up) < 0.5", "{{ $labels.«instance» }}"),
      fixed: null,
    },
    {
      title: "no fix where the label was not there before",
      rule: alert("sum(sum by (job) (up)) < 3", "{{ $labels.«instance» }}"),
      fixed: null,
    },
    {
      title: "on one side of an or",
      rule: alert("up == 0 or absent(up)", "{{ $labels.«instance» }}"),
      says: "one side of the or",
    },
    {
      title: "in a label",
      rule: "alert: A\nexpr: sum(up) < 1\nlabels:\n  team: '{{ $labels.«team_of» }}'",
      says: 'label "team"',
    },
    {
      title: "through an alias, where the text stands",
      file: "groups:\n  - name: g\n    rules:\n      - alert: A\n        expr: up == 0\n        annotations:\n          summary: &text '{{ $labels.«instance» }}'\n      - alert: B\n        expr: sum(up) < 1\n        annotations:\n          summary: *text\n",
      says: "drops all labels",
    },
    {
      title: "through an alias, where it is there",
      file: "groups:\n  - name: g\n    rules:\n      - alert: A\n        expr: up == 0\n        annotations:\n          summary: &text '{{ $labels.instance }}'\n      - alert: B\n        expr: up == 1\n        annotations:\n          summary: *text\n",
    },
    { title: "one that is kept", rule: alert(sum, "{{ $labels.job_name }}") },
    { title: "one that a series may have", rule: alert("up == 0", "{{ $labels.anything }}") },
    {
      title: "one of a known metric that the scrape may add",
      rule: alert("dkron_agent_event_received > 1", "{{ $labels.zone }}"),
    },
    { title: "one that a matcher asks for", rule: alert('up{zone="a"} == 0', "{{ $labels.zone }}") },
    { title: "one that absent() copies", rule: alert('absent(up{job="a"})', "{{ $labels.job }}") },
    { title: "one that group_left brings", rule: alert("a * on (b) group_left (c) d > 1", "{{ $labels.c }}") },
    {
      title: "one that label_replace writes",
      rule: alert('label_replace(sum(up), "x", "1", "", "") > 1', "{{ $labels.x }}"),
    },
    { title: "one that count_values writes", rule: alert('count_values("version", up) > 1', "{{ $labels.version }}") },
    { title: "guarded by if", rule: alert(sum, "{{ if $labels.instance }}{{ $labels.instance }}{{ end }}") },
    { title: "guarded by with", rule: alert(sum, "{{ with $labels.instance }}{{ . }}{{ end }}") },
    { title: "guarded by or", rule: alert(sum, '{{ or $labels.instance "all" }}') },
    { title: "of the server", rule: alert(sum, "{{ $externalLabels.instance }}") },
    { title: "of a row of a query", rule: alert(sum, '{{ range query "up" }}{{ .Labels.instance }}{{ end }}') },
    { title: "a label of the rule is another check's", rule: alert(sum, "{{ $labels.severity }}") },
    { title: "an expression that cannot be read", rule: alert("sum(", "{{ $labels.instance }}") },
    { title: "in plain text", rule: alert(sum, "$labels.instance") },
    { title: "all labels at once", rule: alert("sum(up) < 1", "{{ $labels }}") },
    { title: "over all labels", rule: alert("sum(up) < 1", "{{ range $k, $v := $labels }}{{ $k }}{{ end }}") },
    { title: "a short name that is like another", rule: alert("sum by (ab) (up) < 1", "{{ $labels.ab }}") },
  ]);
});

describe("template/rule-label", () => {
  checkTable(templateRuleLabel, [
    {
      title: "a label of the rule",
      rule: alert("up == 0", "{{ $labels.«severity» }}: down"),
      says: "Unless the series have a label severity of their own, which the rule's then hides from the receiver, an empty",
      fixed: alert("up == 0", "page: down"),
    },
    {
      title: "where the result surely lacks it",
      rule: alert("sum(up) == 0", "{{ $labels.«severity» }}"),
      says: 'An empty text is sent in its place. Write "page"',
    },
    {
      title: "in the middle of something",
      rule: alert("up == 0", "{{ $labels.«severity» | toUpper }}"),
      says: "Write",
      fixed: null,
    },
    {
      title: "a label of the group",
      file: "groups:\n  - name: g\n    labels:\n      team: ops\n    rules:\n      - alert: A\n        expr: up == 0\n        annotations:\n          summary: '{{ $labels.«team» }}'\n",
      says: "team is a label of the group",
      fixed:
        "groups:\n  - name: g\n    labels:\n      team: ops\n    rules:\n      - alert: A\n        expr: up == 0\n        annotations:\n          summary: 'ops'\n",
    },
    {
      title: "in another label",
      rule: "alert: A\nexpr: up == 0\nlabels:\n  severity: page\n  key: '{{ $labels.«severity» }}-1'",
      says: 'label "key"',
    },
    { title: "one that the result has", rule: alert('up{severity="a"} == 0', "{{ $labels.severity }}") },
    {
      title: "one that every target has",
      rule: "alert: A\nexpr: up == 0\nlabels:\n  job: other\nannotations:\n  summary: '{{ $labels.job }}'",
    },
    {
      title: "one made from the result's label of that name",
      rule: "alert: A\nexpr: a == 0\nlabels:\n  pod: 'x-{{ $labels.pod }}'\nannotations:\n  summary: '{{ $labels.pod }}'",
    },
    { title: "no label", rule: alert("up == 0", "{{ $value }}") },
    { title: "guarded", rule: alert("up == 0", "{{ if $labels.severity }}{{ $labels.severity }}{{ end }}") },
    { title: "another label", rule: alert("up == 0", "{{ $labels.instance }}") },
    { title: "of the server", rule: alert("up == 0", "{{ $externalLabels.severity }}") },
  ]);
});

describe("template/value-in-label", () => {
  const two = "alert: A\nexpr: a > 1\nlabels:\n  severity: page\n";
  checkTable(templateValueInLabel, [
    {
      title: "the value, moved to the annotations that are there",
      rule: `${two}  now: '{{ «$value» }}'\nannotations:\n  summary: x`,
      says: "each new value ends this alert",
      fixed: `${two}annotations:\n  summary: x\n  now: '{{ $value }}'`,
    },
    {
      title: "the value, moved to annotations of its own",
      rule: `${two}  now: "{{ «$value» }}"\nfor: 5m`,
      fixed: `${two}for: 5m\nannotations:\n  now: "{{ $value }}"`,
    },
    {
      title: "the only label goes with the whole field",
      rule: "alert: A\nexpr: a > 1\nlabels:\n  now: '{{ «$value» }}'\nannotations:\n  summary: x",
      fixed: "alert: A\nexpr: a > 1\nannotations:\n  summary: x\n  now: '{{ $value }}'",
    },
    {
      title: "formatted",
      rule: `${two}  now: '{{ «$value» | humanize }} of 5'\nannotations:\n  summary: x`,
      fixed: `${two}annotations:\n  summary: x\n  now: '{{ $value | humanize }} of 5'`,
    },
    { title: "by its long name", rule: `${two}  now: '{{ printf "%.0f" «.Value» }}'`, says: "annotation" },
    {
      title: "an annotation of that name is there",
      rule: `${two}  now: '{{ «$value» }}'\nannotations:\n  now: x`,
      fixed: null,
    },
    { title: "in a mapping on one line", rule: "alert: A\nexpr: a > 1\nlabels: {now: '{{ «$value» }}'}", fixed: null },
    { title: "in an annotation", rule: alert("a > 1", "{{ $value }}") },
    {
      title: "deciding a label",
      rule: `alert: A\nexpr: a > 1\nlabels:\n  severity: '{{ if gt $value 9.0 }}page{{ else }}ticket{{ end }}'`,
    },
    { title: "a label from a label", rule: `${two}  now: '{{ $labels.now }}'` },
    { title: "a label from a query", rule: `${two}  now: '{{ query "up" | first | label "job" }}'` },
    { title: "plain text", rule: `${two}  now: $value` },
    { title: "of a recording rule", rule: "record: a:b\nexpr: a\nlabels:\n  now: '{{ $value }}'" },
    { title: "one that does not parse", rule: `${two}  now: '{{ $value'` },
  ]);
});

describe("template/unit", () => {
  const ms = 'dkron_raft_commitTime{quantile="0.99"} > 500';
  const seconds = "go_gc_duration_seconds > 1";
  const bytes = "process_resident_memory_bytes > 1e9";
  const share = "a / b > 0.9";
  const percent = "a / b * 100 > 90";
  checkTable(templateUnit, [
    {
      title: "milliseconds as a duration",
      rule: alert(ms, "{{ $value | «humanizeDuration» }}"),
      says: "this one is in ms",
      fixed: alert(ms, "{{ $value | humanize }}ms"),
    },
    {
      title: "milliseconds as a call",
      rule: alert(ms, "{{ «humanizeDuration» $value }}."),
      fixed: alert(ms, "{{ humanize $value }}ms."),
    },
    { title: "bytes as a duration", rule: alert(bytes, "{{ $value | «humanizeDuration» }}"), says: "in bytes" },
    { title: "bytes as a percentage", rule: alert(bytes, "{{ $value | «humanizePercentage» }}"), says: "a ratio" },
    {
      title: "a percentage times a hundred once more",
      rule: alert(percent, "{{ $value | «humanizePercentage» }}"),
      says: "in percent",
      fixed: alert(percent, "{{ $value | humanize }}%"),
    },
    {
      title: "what is left of a hundred",
      rule: alert("100 - (avg(rate(a[5m])) / b * 100) > 90", "{{ $value | «humanizePercentage» }}"),
    },
    { title: "seconds as a moment", rule: alert(seconds, "{{ $value | «humanizeTimestamp» }}"), says: "a moment" },
    {
      title: "the sign twice",
      rule: alert("foo / bar < 0.2", "{{ $value | humanizePercentage }}«%» left"),
      says: "humanizePercentage writes the unit itself",
      fixed: alert("foo / bar < 0.2", "{{ $value | humanizePercentage }} left"),
    },
    {
      title: "seconds twice, of who knows what",
      rule: alert("foo > 5", "took {{ $value | humanizeDuration }}« seconds»"),
      fixed: alert("foo > 5", "took {{ $value | humanizeDuration }}"),
    },
    { title: "the sign once", rule: alert("foo / bar < 0.2", "{{ $value | humanizePercentage }} of 100%") },
    { title: "a duration and a word", rule: alert("foo > 5", "{{ $value | humanizeDuration }} since then") },
    { title: "a number and its sign", rule: alert("foo > 5", "{{ $value | humanize }}%") },
    {
      title: "requests per second as a share",
      rule: alert('rate(http_requests_total{status=~"5.."}[5m]) > 0.05', "{{ $value | «humanizePercentage» }}"),
      says: "takes its number for a ratio, and this one is in requests per second",
      fixed: alert('rate(http_requests_total{status=~"5.."}[5m]) > 0.05', "{{ $value | humanize }} requests/s"),
    },
    {
      title: "errors per second with a percent sign",
      rule: alert("sum by (job) (rate(app_errors_total[5m])) > 5", "{{ $value }}«%»"),
      says: 'the text says "%", and the value is in errors per second',
      fixed: alert("sum by (job) (rate(app_errors_total[5m])) > 5", "{{ $value }} errors/s"),
    },
    {
      title: "errors over requests as a share",
      rule: alert(
        "rate(app_errors_total[5m]) / rate(app_requests_total[5m]) > 0.05",
        "{{ $value | humanizePercentage }}",
      ),
    },
    {
      title: "a share of the seconds",
      rule: alert("rate(app_busy_seconds_total[5m]) > 0.5", "{{ $value | humanizePercentage }}"),
    },
    {
      title: "a rate of who knows what",
      rule: alert("rate(app_total[5m]) > 0.5", "{{ $value | humanizePercentage }}"),
    },
    {
      title: "errors per second",
      rule: alert("rate(app_errors_total[5m]) > 5", "{{ $value | humanize }} a second, 5% of all"),
    },
    {
      title: "how long until a moment",
      rule: alert("(a_expiration_timestamp_seconds - time()) < 14 * 24 * 3600", "{{ $value | «humanizeTimestamp» }}"),
      says: "this one is a length of time, in s. The text would name a day in 1970. Write humanizeDuration",
      fixed: alert("(a_expiration_timestamp_seconds - time()) < 14 * 24 * 3600", "{{ $value | humanizeDuration }}"),
    },
    {
      title: "how long since the last one",
      rule: alert("time() - max by (job) (a_timestamp) > 60", "{{ $value | «humanizeTimestamp» }}"),
    },
    { title: "a moment before now", rule: alert("a_timestamp < time() - 60", "{{ $value | humanizeTimestamp }}") },
    { title: "an hour ago", rule: alert("time() - 3600 > a_timestamp", "{{ $value | humanizeTimestamp }}") },
    {
      title: "seconds in powers of 1024",
      rule: alert(seconds, "{{ $value | «humanize1024» }}"),
      fixed: alert(seconds, "{{ $value | humanizeDuration }}"),
    },
    {
      title: "milliseconds called seconds",
      rule: alert(ms, "{{ $value }}«s»"),
      says: 'the text says "s", and the value is in ms',
      fixed: alert(ms, "{{ $value }}ms"),
    },
    {
      title: "of a query",
      rule: alert("up == 0", `{{ query "process_resident_memory_bytes" | first | value | «humanizeDuration» }}`),
      says: "in bytes",
    },
    { title: "milliseconds with their unit", rule: alert(ms, "{{ $value }}ms") },
    { title: "milliseconds, humanized", rule: alert(ms, "{{ $value | humanize }}") },
    { title: "seconds as a duration", rule: alert(seconds, "{{ $value | humanizeDuration }}") },
    {
      title: "milliseconds made seconds",
      rule: alert('dkron_raft_commitTime{quantile="0.99"} / 1000 > 1', "{{ $value | humanizeDuration }}"),
    },
    { title: "bytes in powers of 1024", rule: alert(bytes, "{{ $value | humanize1024 }}B") },
    { title: "a share as a percentage", rule: alert(share, "{{ $value | humanizePercentage }}") },
    { title: "a percentage with its sign", rule: alert(percent, "{{ $value }}%") },
    {
      title: "an age as a duration",
      rule: alert("time() - process_start_time_seconds < 60", "{{ $value | humanizeDuration }}"),
    },
    {
      title: "a moment as a moment",
      rule: alert("process_start_time_seconds > 1", "{{ $value | humanizeTimestamp }}"),
    },
    { title: "an unknown unit", rule: alert("foo > 1", "{{ $value | humanizeDuration }} {{ $value }}ms") },
    { title: "a unit that begins a word", rule: alert(ms, "{{ $value }} servers") },
    { title: "a formatted text first", rule: alert(ms, '{{ printf "%.0f" $value }} ms') },
    { title: "compared, not shown", rule: alert(ms, "{{ if gt $value 5.0 }}%{{ end }}") },
    { title: "an expression that cannot be read", rule: alert("sum(", "{{ $value | humanizeDuration }}") },
  ]);
});

describe("template/raw-number", () => {
  const rate = "rate(a_total[5m]) > 1";
  checkTable(templateRawNumber, [
    {
      title: "a rate",
      rule: alert(rate, "{{ «$value» }} a second"),
      says: "rate()",
      fixed: alert(rate, "{{ $value | humanize }} a second"),
    },
    { title: "a sum of rates", rule: alert("sum(rate(a_total[5m])) > 1", "{{ «$value» }}"), says: "rate()" },
    {
      title: "a share of rates",
      rule: alert("sum(rate(a_total[5m])) / sum(rate(b_total[5m])) > 0.1", "{{ «$value» }}"),
    },
    {
      title: "a share of a processor",
      rule: alert("rate(process_cpu_seconds_total[5m]) > 0.5", "{{ «$value» }}"),
      fixed: alert("rate(process_cpu_seconds_total[5m]) > 0.5", "{{ $value | humanizePercentage }}"),
    },
    { title: "by its long name", rule: alert(rate, "{{ «.Value» }}"), fixed: alert(rate, "{{ .Value | humanize }}") },
    { title: "an increase", rule: alert("increase(a_total[1h]) > 3", "{{ «$value» }}"), says: "increase()" },
    { title: "a division", rule: alert("a / b * 100 > 90", "{{ «$value» }}%"), says: "a division" },
    { title: "an average", rule: alert("avg by (job) (a) > 1", "{{ «$value» }}"), says: "avg()" },
    {
      title: "a quantile",
      rule: alert("histogram_quantile(0.9, sum by (le) (rate(a_bucket[5m]))) > 1", "{{ «$value» }}s"),
      says: "histogram_quantile()",
    },
    { title: "a number for programs", rule: "alert: A\nexpr: rate(a[5m]) > 1\nannotations:\n  value: '{{ $value }}'" },
    {
      title: "a number for readers under that name",
      rule: "alert: A\nexpr: rate(a[5m]) > 1\nannotations:\n  value: 'now {{ «$value» }}'",
    },
    { title: "rounded in the same text", rule: alert(rate, "{{ $value | humanize }} a second (VALUE = {{ $value }})") },
    { title: "how many quantiles", rule: alert("count(quantile_over_time(0.9, a[5m]) > 1) > 3", "{{ $value }}") },
    { title: "a mean of a while", rule: alert("avg_over_time(a[5m]) > 1", "{{ «$value» }}"), says: "avg_over_time()" },
    { title: "a limit on the left", rule: alert("1 < rate(a_total[5m])", "{{ «$value» }}"), says: "rate()" },
    {
      title: "a share called percent is another check's",
      rule: alert("process_open_fds / process_max_fds > 0.9", "{{ $value }}%"),
    },
    { title: "nothing at all", rule: alert("increase(a_total[1h]) == 0", "{{ $value }}") },
    { title: "nothing at all, on the left", rule: alert("0 == rate(a_total[1h])", "{{ $value }}") },
    { title: "megabytes", rule: alert("a_bytes / 1024 / 1024 > 100", "{{ $value }}") },
    { title: "a whole sum", rule: alert("sum(a) - sum(b) > 1", "{{ $value }}") },
    { title: "a rounded share", rule: alert("round(a / b * 100) > 90", "{{ $value }}%") },
    { title: "a share, humanized", rule: alert("a / b > 0.9", "{{ $value | humanizePercentage }}") },
    { title: "how many are above the mean", rule: alert("count(a > avg(a)) > 3", "{{ $value }}") },
    { title: "a rate, humanized", rule: alert(rate, "{{ $value | humanize }}") },
    { title: "a rate with two digits", rule: alert(rate, '{{ printf "%.2f" $value }}') },
    { title: "a rounded rate", rule: alert("round(rate(a_total[5m])) > 1", "{{ $value }}") },
    { title: "a number of rates", rule: alert("count(rate(a_total[5m])) > 1", "{{ $value }}") },
    { title: "a gauge", rule: alert("up == 0", "{{ $value }}") },
    { title: "a rate that only decides", rule: alert("up == 0 and rate(a_total[5m]) > 1", "{{ $value }}") },
    { title: "a rate compared in the text", rule: alert(rate, "{{ if gt $value 5.0 }}a{{ end }}") },
  ]);
});
