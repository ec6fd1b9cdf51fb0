import { describe, expect, test } from "vitest";
import {
  availability,
  availabilityRuns,
  versionsExporting,
  versionsText,
} from "../../server/src/catalog/availability.ts";
import { isReadOnlyRequest, readOnlyEndpoints } from "../../server/src/catalog/endpoints.ts";
import { allRows, rowOf } from "../../server/src/catalog/metrics.ts";
import type { MetricRow } from "../../server/src/catalog/types.ts";
import {
  compareVersions,
  isVersion,
  knownVersions,
  newestVersion,
  resolveVersion,
} from "../../server/src/catalog/versions.ts";

function row(id: string): MetricRow {
  const found = rowOf(id);
  if (!found) throw new Error(`no row ${id}`);
  return found;
}

const marks = { exported: "✓", compiledInNotExported: "✗", absent: "–" };

describe("what a version exports", () => {
  // both ends of each run of versions that treat the families alike
  const versions = [
    "0.9.3",
    "1.2.5",
    "2.0.0",
    "2.2.2",
    "3.0.0",
    "3.2.7",
    "4.0.0",
    "4.0.5",
    "4.0.6",
    "4.0.9",
    "4.1.0",
    "4.1.2",
  ];
  test.each([
    ["runtime.alloc_bytes", "✓✓✓✓✓✓✓✓✓✓✓✓"],
    ["agent.event_received.member-failed", "✓✓✓✓✓✓✓✓✓✓✓✓"],
    ["agent.event_received.query: run:job", "✓✓✓✓––––––––"],
    ["dkron.leader.barrier", "––✓✓✓✓✓✓✓✓✓✓"],
    ["grpc.execution_done", "–✓✓✓✓✓✗✗✗✗✓✓"],
    ["rpc.execution_done", "✓–––––––––––"],
    ["grpc_client.agent_run", "––––✓✓✗✗✗✗✓✓"],
    ["grpc_agent.agent_run", "–––––✓✗✗✗✗✓✓"],
    ["scheduler.start", "✓✓✓✓✓✓✗✗✗✗✓✓"],
    ["scheduler.job_add", "–––––✓✗✗✗✗✓✓"],
    ["job.executions_failed_total", "–––––––––✗––"],
    ["dkron_job_executions_failed_total", "––––––––––✓✓"],
    ["serf.member.failed", "✓✓✓✓✓✓✗✗✓✓✗✗"],
    ["memberlist.gossip", "✓✓✓✓✓✓✗✗✓✓✗✗"],
    ["memberlist.node.instances", "–––––✓✗✗✓✓✗✗"],
    ["raft.apply", "––✓✓✓✓✗✗✓✓✗✗"],
    ["raft.candidate.preElectSelf", "––––––✗✗✓✓✗✗"],
    ["raft.boltdb.storeLogs", "–––––✓✗✗✗✗✗✗"],
    ["raft.boltdb.writeCapacity", "––––––✗✗✗✗✗✗"],
    ["raft.verify_leader", "––✗✗✗✗✗✗✗✗✗✗"],
    ["dkron_job_cpu_usage", "–––––✓✗✗––––"],
    ["dkron_job_mem_usage_kb", "––––––––––––"],
    ["go_goroutines", "––––✓✓✓✓✓✓✓✓"],
    ["promhttp_metric_handler_requests_total", "––––✓✓✓✓✓✓––"],
    ["datadog.dogstatsd.client.packets_sent", "–––✓✓✓✓✓✓✓✓✓"],
    ["datadog.dogstatsd.client.metrics", "–––✓✓✓✗✗✗✗✗✓"],
    ["dkron_failed_jobs_total", "––––––––––––"],
  ])("%s", (id, wanted) => {
    expect(versions.map((version) => marks[availability(row(id), version).state]).join("")).toBe(wanted);
  });

  test("a pre-release belongs to the span before, until its number is reached", () => {
    expect(availability(row("raft.apply"), "4.0.0-rc3").state).toBe("exported");
    expect(availability(row("raft.apply"), "4.0.9-rc1").state).toBe("exported");
    expect(availability(row("raft.apply"), "v4.0.5").state).toBe("compiledInNotExported");
  });

  test("a version that is newer than all known ones is judged as the newest", () => {
    for (const one of allRows()) expect(availability(one, "9.0.0")).toEqual(availability(one, newestVersion()));
  });

  test("the reason names the module that was not set up, or when the row came and went", () => {
    expect(availability(row("raft.apply"), "4.1.2").reason).toBe(
      "raft reports to armon/go-metrics, while the agent sets up hashicorp/go-metrics",
    );
    expect(availability(row("scheduler.start"), "4.0.9").reason).toMatch(
      /^the gRPC and scheduler files report to armon/,
    );
    expect(availability(row("dkron_job_executions_failed_total"), "4.0.9").reason).toBe("it came with 4.1.0");
    expect(availability(row("grpc.call_get_job"), "4.1.2").reason).toBe("it was removed after 1.2.5");
    expect(availability(row("serf.snapshot.compact"), "4.0.9").reason).toBe("Dkron gives serf no snapshot file");
    expect(availability(row("dkron_api_up"), "4.1.2").reason).toMatch(/genhoi/);
    for (const one of allRows())
      for (const version of knownVersions()) {
        const { state, reason } = availability(one, version);
        expect(reason === "", `${one.id} in ${version}`).toBe(state === "exported");
        expect(reason).not.toMatch(/undefined|\.$/);
      }
  });

  test("runs of versions cover all, and say where they end", () => {
    expect(availability(row("raft.apply"), "4.0.7")).toMatchObject({ since: "4.0.6", until: "4.0.9" });
    expect(versionsText(versionsExporting(row("raft.apply")))).toBe("2.0.0 to 3.2.7, 4.0.6 to 4.0.9");
    expect(versionsText(versionsExporting(row("grpc.set_job")))).toBe("2.0.0 to 3.2.7, 4.1.0 and later");
    expect(versionsText(versionsExporting(row("dkron_job_mem_usage_bytes")))).toBe("3.2.7");
    for (const one of allRows()) {
      const runs = availabilityRuns(one);
      expect(runs.at(-1)?.until, one.id).toBeUndefined();
      for (const version of knownVersions()) {
        const run = runs.findLast((candidate) => compareVersions(candidate.since, version) <= 0);
        expect(run?.state, `${one.id} in ${version}`).toBe(availability(one, version).state);
        if (run?.until !== undefined)
          expect(compareVersions(version, run.until), `${one.id}, ${version}`).toBeLessThanOrEqual(0);
      }
    }
  });
});

describe("version numbers", () => {
  test("compare as numbers", () => {
    const sorted = [
      "0.9.3",
      "0.10.4",
      "3.1.9",
      "3.1.11",
      "3.2.0",
      "4.0.0-beta1",
      "4.0.0-rc2",
      "4.0.0-rc10",
      "4.0.0",
      "4.0.10",
      "4.1",
    ];
    expect([...sorted].reverse().sort(compareVersions)).toEqual(sorted);
    expect(compareVersions("v4.1.2", "4.1.2")).toBe(0);
    expect(compareVersions("4.1", "4.1.0")).toBe(0);
  });

  test.each([
    ["4.1.2", true],
    ["v3.2.7", true],
    ["4.1", true],
    ["4.0.9-rc1", true],
    ["auto", false],
    ["4", false],
    ["", false],
    ["latest", false],
  ])("%s is a version: %s", (text, wanted) => expect(isVersion(text)).toBe(wanted));

  test.each([
    ["auto", "4.1.2"],
    [undefined, "4.1.2"],
    ["v4.0.5", "4.0.5"],
    ["4.0.5+build.7", "4.0.5"],
    ["5.0.0", "4.1.2"],
    ["nonsense", "4.1.2"],
  ])("%s is judged as %s", (text, wanted) => expect(resolveVersion(text)).toBe(wanted));
});

describe("the HTTP API", () => {
  test.each([
    ["GET", "/v1/jobs?q=a", true],
    ["GET", "/v1/jobs/backup-db/executions", true],
    ["GET", "/v1/", true],
    ["GET", "/metrics", true],
    ["GET", "/v1/jobs/", true],
    ["POST", "/v1/leave", false],
    ["POST", "/v1/jobs/a/toggle", false],
    ["DELETE", "/v1/jobs/a/executions", false],
    ["POST", "/v1/jobs", false],
    ["GET", "/v1/leave", false],
    ["GET", "/v1/jobs//executions", false],
    ["HEAD", "/v1/jobs", false],
  ])("%s %s may be called by a view: %s", (method, path, wanted) =>
    expect(isReadOnlyRequest(method, path)).toBe(wanted),
  );

  test("an older version has fewer endpoints", () => {
    expect(readOnlyEndpoints("4.1.2").map(({ path }) => path)).toContain("/v1/stats");
    expect(readOnlyEndpoints("4.0.9").map(({ path }) => path)).not.toContain("/v1/stats");
    expect(readOnlyEndpoints("4.1.2").every(({ method }) => method === "GET")).toBe(true);
  });
});
