// Numbers of alerts in texts that name another unit, told by the form of the expression alone.
import { describe } from "vitest";
import { templateUnit } from "../../../server/src/language/rules/template/unit.ts";
import { checkTable } from "./table.ts";

const alert = (expr: string, template: string): string =>
  `alert: A\nexpr: ${expr}\nannotations:\n  summary: '${template}'`;

const idle = '100 - (avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[5m])) * 100) > 80';
const stale = "backup_last_success_timestamp < time() - 86400";

describe("template/unit: a share of each second", () => {
  checkTable(templateUnit, [
    {
      title: "times a hundred, as a ratio",
      rule: alert("rate(container_cpu_usage_seconds_total[5m]) * 100 > 80", "{{ $value | «humanizePercentage» }}"),
      says: "in percent",
      fixed: alert("rate(container_cpu_usage_seconds_total[5m]) * 100 > 80", "{{ $value | humanize }}%"),
    },
    { title: "what is left of a hundred", rule: alert(idle, "{{ $value | «humanizePercentage» }}") },
    {
      title: "the most of several, where something else is so",
      rule: alert("max by (job) (a / b * 100) > 80 and on (job) c", "{{ $value | «humanizePercentage» }}"),
    },
    { title: "with its sign", rule: alert(idle, "{{ $value | humanize }}%") },
    {
      title: "as a ratio",
      rule: alert("avg(rate(node_cpu_seconds_total[5m])) > 0.8", "{{ $value | humanizePercentage }}"),
    },
    {
      title: "a rate of something else, times a hundred",
      rule: alert("rate(a_total[5m]) * 100 > 80", "{{ $value | humanizePercentage }}"),
    },
  ]);
});

describe("template/unit: a moment as a length of time", () => {
  checkTable(templateUnit, [
    {
      title: "the time of the last success",
      rule: alert(stale, "{{ $value | «humanizeDuration» }} ago"),
      says: "a moment, in seconds since 1970. The text would name more than fifty years. Write humanizeTimestamp",
      fixed: alert(stale, "{{ $value | humanizeTimestamp }} ago"),
    },
    {
      title: "of the latest of several",
      rule: alert("max(max_over_time(a_timestamp_seconds[1h])) < time() - 60", "{{ $value | «humanizeDuration» }}"),
    },
    {
      title: "how long ago it was",
      rule: alert("time() - a_timestamp_seconds > 60", "{{ $value | humanizeDuration }} ago"),
    },
    { title: "as a moment", rule: alert(stale, "{{ $value | humanizeTimestamp }}") },
    {
      title: "a time that something takes",
      rule: alert("response_time_seconds > 2", "{{ $value | humanizeDuration }}"),
    },
    {
      title: "when a process started",
      rule: alert("app_process_start_time_seconds > 1e9", "{{ $value | «humanizeDuration» }}"),
    },
    {
      title: "how long a start takes",
      rule: alert("app_start_time_seconds > 30", "{{ $value | humanizeDuration }}"),
    },
  ]);
});

describe("template/unit: the pace", () => {
  const rate = "sum by (job) (rate(errors_total[1h])) > 50";
  const increase = "increase(errors_total[5m]) > 50";
  checkTable(templateUnit, [
    {
      title: "a rate by the hour",
      rule: alert(rate, "{{ $value }} failed calls «per hour»"),
      says: "rate() is by the second, whatever its range is",
      fixed: alert(rate, "{{ $value }} failed calls per second"),
    },
    { title: "a rate by some minutes", rule: alert(rate, "{{ $value }} «per 5 minutes»") },
    { title: "a rate by the minute", rule: alert(rate, "{{ $value | humanize }} errors«/min»"), says: 'Write "/s"' },
    {
      title: "an increase by the second",
      rule: alert(increase, "{{ $value }} «per second»"),
      says: "how many there were in its range",
      fixed: null,
    },
    { title: "a rate by the second", rule: alert(rate, "{{ $value }} calls per second, over 5 per minute") },
    { title: "a rate that is multiplied", rule: alert("rate(a_total[5m]) * 60 > 5", "{{ $value }} per minute") },
    { title: "an increase by the minute", rule: alert(increase, "{{ $value }} errors per minute") },
    { title: "another sentence", rule: alert(rate, "{{ $value }}. At most 50 per hour; see /min") },
    { title: "a quotient of rates", rule: alert("rate(a[5m]) / rate(b[5m]) > 5", "{{ $value }} per hour") },
  ]);
});
