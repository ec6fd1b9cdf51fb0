// The stand-in's StatsD and DogStatsD packets against those of real agents in the same session: the same lines but for
// values, the same batching, the same end of a packet.
import { describe, expect, test } from "vitest";
import type { AgentProfile } from "../../client/src/emitter/life/agent.ts";
import { createLife } from "../../client/src/emitter/life/life.ts";
import type { RecordedPacket } from "../../server/src/catalog/recordingFormat.ts";
import { liveSolo, packets, recordedVersions, start } from "./recordings.ts";

type Sink = "statsd" | "dogstatsd";

const globalTags = ["env:test", "team:ops"];

/** What the stand-in sends in the first seconds of the recorded session. */
function lived(version: string, sink: Sink, seconds: number): RecordedPacket[] {
  const sent: RecordedPacket[] = [];
  const session = liveSolo(version, {
    globalTags,
    targets: { [sink]: (payload: string) => void sent.push([(session.life.agenda.now - start) / 1000, payload]) },
  });
  session.until(seconds);
  return sent;
}

const linesOf = (list: readonly RecordedPacket[]): string[] =>
  list.flatMap(([, payload]) => payload.split("\n")).filter((line) => line !== "");

/** A line without its value: `key:#|type|#tags`. */
const formOf = (line: string): string => line.replace(/:-?[\d.]+\|/, ":#|");

const valueForms: Record<Sink, RegExp> = {
  statsd: /^[^:|]+:\d+\.\d{6}\|(c|g|ms|kv)$/,
  dogstatsd: /^[^:|]+:(\d+\|c|\d+(\.\d+)?\|g|\d+\.\d{6}\|ms)(\|#.+)?$/,
};

/** Lines whose presence is chance: see passesForAgent.test.ts. */
const byChance = /runtime\.gc_pause_ns|job_delete/;

const distinct = (lines: string[]): string[] =>
  [...new Set(lines.map(formOf))].filter((line) => !byChance.test(line)).sort();

describe.each(recordedVersions())("packets of a stand-in for %s", (version) => {
  describe.each<Sink>(["statsd", "dogstatsd"])("%s", (sink) => {
    const recorded = packets(version, sink);
    const sent = lived(version, sink, 80);

    test("has the lines of the agent, nothing more and nothing less", () => {
      expect(distinct(linesOf(sent))).toEqual(distinct(linesOf(recorded)));
    });

    test("writes values in the agent's form", () => {
      for (const line of [...linesOf(recorded), ...linesOf(sent)]) expect(line).toMatch(valueForms[sink]);
    });

    test("fills and ends packets as the agent does", () => {
      const limit = sink === "statsd" ? 1400 : 1432;
      const ends = (list: readonly RecordedPacket[]): boolean[] => [
        ...new Set(list.map(([, text]) => text.endsWith("\n"))),
      ];
      expect(ends(sent)).toEqual(ends(recorded));
      for (const [, payload] of [...recorded, ...sent]) expect(Buffer.byteLength(payload)).toBeLessThanOrEqual(limit);
    });

    test("puts together what the agent puts together", () => {
      const companions = (list: readonly RecordedPacket[]): Map<string, Set<string>> => {
        const found = new Map<string, Set<string>>();
        for (const [, payload] of list) {
          const keys = payload.split("\n").map((line) => line.split(":", 1)[0] ?? "");
          for (const key of keys) found.set(key, new Set([...(found.get(key) ?? []), ...keys]));
        }
        return found;
      };
      const theirs = companions(recorded);
      const ours = companions(sent);
      const together = "dkron.runtime.num_goroutines";
      const runtime = (list: Map<string, Set<string>>): string[] =>
        [...(list.get(together) ?? [])].filter((key) => key.startsWith("dkron.runtime") && !byChance.test(key)).sort();
      expect(runtime(ours)).toEqual(runtime(theirs));
    });
  });
});

describe("names of a node", () => {
  const gauges = (profile: Pick<AgentProfile, "host" | "nodeName">): Record<Sink, string> => {
    const sent: Record<Sink, string[]> = { statsd: [], dogstatsd: [] };
    const targets = {
      statsd: (payload: string) => void sent.statsd.push(payload),
      dogstatsd: (payload: string) => void sent.dogstatsd.push(payload),
    };
    const agent = { ...profile, address: "127.0.0.1", server: true, tags: {} };
    const life = createLife({ version: "4.1.2", start, agents: [agent], targets });
    life.cluster.start();
    life.advanceTo(start + 1500);
    return { statsd: sent.statsd.join(""), dogstatsd: sent.dogstatsd.join("") };
  };

  test("DogStatsD has no host where node and host have one name, StatsD always", () => {
    const sent = gauges({ host: "web-1", nodeName: "web-1" });
    expect(sent.statsd).toContain("dkron.web-1.runtime.num_goroutines:");
    expect(sent.dogstatsd).toContain("dkron.runtime.num_goroutines:");
  });

  test("with a node name of its own the host stays", () => {
    expect(gauges({ host: "web-1", nodeName: "third" }).dogstatsd).toContain("dkron.web-1.runtime.num_goroutines:");
  });

  test("a node called as a part of the key takes that part away", () => {
    expect(gauges({ host: "web-1", nodeName: "runtime" }).dogstatsd).toContain("dkron.web-1.num_goroutines:");
  });
});
