// The catalogue's tree: which metrics are shown for a version and a search, and how each is written for a sink.
import { describe, expect, test } from "vitest";
import { entries, subtitle, title, versionOf, writtenFor } from "../../client/src/catalogue.ts";
import { allFamilies, rowOf } from "../../server/src/catalog/metrics.ts";

const rowsOf = (version: string, filter: string) => entries(version, filter).flatMap(({ rows }) => rows);

describe("entries", () => {
  test("without a search are all families and rows", () => {
    const all = allFamilies();
    expect(entries("4.1.2", "").map(({ family }) => family.family)).toEqual(all.map(({ family }) => family));
    expect(rowsOf("4.1.2", "")).toHaveLength(all.reduce((sum, { rows }) => sum + rows.length, 0));
  });

  test.each<[filter: string, titles: readonly string[]]>([
    ["executions failed", ["dkron_job_executions_failed_total"]],
    ["FAILED executions", ["dkron_job_executions_failed_total"]],
    ["no such metric at all", []],
  ])("of the search %j", (filter, titles) => {
    const found = new Set(rowsOf("4.1.2", filter).map(({ row }) => title(row)));
    expect([...found]).toEqual(titles);
  });

  test("are marked for the version", () => {
    const marks = (version: string) =>
      rowsOf(version, "raft peers").map((row) => [row.exported, subtitle(row, version)]);
    expect(marks("4.0.9")[0]).toEqual([true, "gauge in servers"]);
    expect(marks("4.1.2")[0]).toEqual([false, "gauge in servers · not in 4.1.2"]);
  });
});

test.each([
  ["raft.peers", "prometheus", '{__name__=~"dkron_.+_raft_peers"}'],
  ["raft.peers", "statsd", "dkron.<host>.raft.peers"],
  ["raft.peers", "dogstatsd", "dkron.raft.peers"],
  ["dkron_job_executions_failed_total", "prometheus", "dkron_job_executions_failed_total"],
  ["dkron_job_executions_failed_total", "statsd", undefined],
] as const)("%s on %s", (id, sink, written) => {
  const row = rowOf(id);
  expect(row && writtenFor(row, sink)).toBe(written);
});

test.each([
  ["latest", "4.1.2"],
  ["auto", "4.1.2"],
  ["v4.0.9", "4.0.9"],
])("the setting %s means %s", (setting, version) => {
  expect(versionOf(setting)).toBe(version);
});
