// The stand-in for every known version, judged by the catalogue: what it says an agent always has is there, on the agents
// that it names, and nothing that it says the version does not export.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Agent } from "../../client/src/emitter/life/agent.ts";
import { createLife } from "../../client/src/emitter/life/life.ts";
import { behaviourIds, happenings } from "../../client/src/emitter/telemetry/behaviour.ts";
import { versionFacts } from "../../client/src/emitter/versionFacts.ts";
import { isExported } from "../../server/src/catalog/availability.ts";
import { identify } from "../../server/src/catalog/identify.ts";
import { allRows, rowOf } from "../../server/src/catalog/metrics.ts";
import { hasHost, prometheusName } from "../../server/src/catalog/names.ts";
import type { MetricRow } from "../../server/src/catalog/types.ts";
import { compareVersions, knownVersions, sinkFacts } from "../../server/src/catalog/versions.ts";

test("every metric of the behaviour is one of the catalogue", () => {
  expect(behaviourIds().filter((id) => rowOf(id) === undefined)).toEqual([]);
});

test("every happening of the behaviour is one that happens, and every one that happens is in it", () => {
  const folder = join(import.meta.dirname, "../../client/src/emitter/life");
  const source = readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), "utf8"))
    .join("\n");
  expect(happenings().filter((name) => !source.includes(`"${name}"`))).toEqual([]);
  const told = [...source.matchAll(/(?:happen\(|#tellOthers\(agent, |#query\()"(\w+)"/g)].map(([, name]) => name ?? "");
  expect(told.filter((name) => !happenings().includes(name))).toEqual([]);
});

test("every metric that go-metrics does not make has a HELP of its own", () => {
  const native = allRows().filter((row) => row.naming === "native" && row.sinks.includes("prometheus"));
  const made = native.filter((row) => behaviourIds().includes(row.id));
  const mute = made.filter((row) => versionFacts(row.until ?? "4.1.2").native(row.key).help === row.key);
  expect(mute.map((row) => row.id)).toEqual([]);
});

/** Whether an agent of the role reports the row at any minute: the shell plugin has an endpoint of its own. */
function isAlwaysOn(row: MetricRow, role: "leader" | "follower"): boolean {
  const who = ["agent", "server", role].includes(row.emitter);
  const what = row.presence === "always" && row.family !== "shell" && row.sinks.includes("prometheus");
  return who && what && !(row.needs ?? []).includes("encrypt");
}

const versions = knownVersions().filter((version) => compareVersions(version, sinkFacts().prometheus.since) >= 0);

describe.each(versions)("a cluster of %s", (version) => {
  const start = Date.UTC(2026, 10, 22, 12);
  const life = createLife({ version, start, servers: 3, workers: 1 });
  life.cluster.start();
  life.advanceTo(start + 65_000);
  const leader = life.cluster.leader as Agent;
  const follower = life.cluster.servers.find((server) => server !== leader) as Agent;

  test.each([
    ["leader", leader],
    ["follower", follower],
  ] as const)("its %s has what the catalogue says is always there", async (role, agent) => {
    await agent.scrape();
    const { host } = agent.profile;
    const expected = allRows().filter(
      (row) => isExported(row, version) && isAlwaysOn(row, role) && !row.key.includes("<"),
    );
    const names = expected.map((row) => prometheusName(row, hasHost(row) ? { host } : {}));
    expect(names.filter((name) => !agent.families.includes(name))).toEqual([]);
  });

  test("nobody has what the version does not export", async () => {
    for (const agent of life.cluster.servers) {
      await agent.scrape();
      const wrong = agent.families.filter((name) => {
        const row = identify(name, "prometheus", { family: name, host: agent.profile.host })?.row;
        return row === undefined || !isExported(row, version);
      });
      expect(wrong).toEqual([]);
    }
  });
});
