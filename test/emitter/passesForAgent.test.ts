// The stand-in's bodies against those that real agents of each version gave at the same moments of the same session:
// the same families, HELP, types, series, labels and order; nothing more, nothing less, but values.
import { describe, expect, test } from "vitest";
import type { Agent } from "../../client/src/emitter/life/agent.ts";
import { versionFacts } from "../../client/src/emitter/versionFacts.ts";
import { form, liveCluster, liveSolo, moments, type RecordedMoment, recordedVersions } from "./recordings.ts";

/**
 * Families whose presence in a minute is chance in the recordings too: whether there was a collection, whom push/pull
 * picked, which job failed, whose runs were under way when the leader died. Form and order are compared all the same.
 */
const byChance = [
  /^dkron_runtime_gc_pause_ns/,
  /memberlist_(tcp|pushPullNode|node_instances|size_local)/,
  /^dkron_job_executions_\w+\{job_name="flaky-import"\}/,
  /^dkron_grpc_(call_)?execution_done/,
];

const comparable = (name: string): boolean => !byChance.some((pattern) => pattern.test(name));

/** What a line is of: the family of a comment, the series otherwise. */
const subject = (line: string): string => (line.startsWith("#") ? (line.split(" ")[2] ?? "") : line);

async function compare(agent: Agent, moment: RecordedMoment): Promise<void> {
  const lived = form(await agent.scrape());
  const recorded = form(moment.text);
  const both = new Set(lived.filter((line) => recorded.includes(line)));
  const compared = (lines: string[]): string[] => lines.filter((line) => comparable(subject(line)) || both.has(line));
  expect(compared(lived), moment.file).toEqual(compared(recorded));
}

if (recordedVersions().length === 0) test.skip("the recordings of ../shared are not here");

describe.each(recordedVersions())("a stand-in for %s", (version) => {
  const facts = versionFacts(version);

  test("passes for a single server, from its first second to its second start", async () => {
    const { agent, until } = liveSolo(version);
    for (const moment of moments(version, "solo")) {
      until(moment.at_s);
      await compare(agent, moment);
      expect(facts.endpoint?.contentType).toBe(moment.content_type);
    }
  });

  test("passes for each server of a cluster, while the leader dies and comes back and the worker goes", async () => {
    const { life, until } = liveCluster(version);
    for (const moment of moments(version, "cluster")) {
      until(moment.at_s);
      const agent = life.cluster.servers.find(({ profile }) => profile.host === moment.server) as Agent;
      await compare(agent, moment);
    }
  });

  test("tells the same history for the same seed, another for another", async () => {
    const bodies = await Promise.all(
      [1, 1, 2].map(async (seed) => {
        const { agent, until } = liveSolo(version, { seed });
        until(60);
        return agent.scrape();
      }),
    );
    expect(bodies[1]).toBe(bodies[0]);
    expect(bodies[2]).not.toBe(bodies[0]);
  });
});
