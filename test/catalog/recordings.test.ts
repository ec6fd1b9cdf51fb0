// The catalogue against what real agents sent: every series known and exported, every row that is always there in the body,
// no row that is not exported in any. Prints recall and precision by version; below 100 % it fails.
import { afterAll, describe, expect, test } from "vitest";
import { isExported } from "../../server/src/catalog/availability.ts";
import { type ClassifiedSeries, classifySeries } from "../../server/src/catalog/classify.ts";
import { allRows, rowOf } from "../../server/src/catalog/metrics.ts";
import { sanitizePrometheus } from "../../server/src/catalog/names.ts";
import type { MetricRow, Sink } from "../../server/src/catalog/types.ts";
import { readBody } from "../../server/src/cli/series/body.ts";
import { captureLines, readCapture, sinkOf } from "../../server/src/cli/series/capture.ts";
import { type Moment, type Recording, recordings, sharedIsHere, sharedText } from "./shared.ts";

type Role = {
  readonly sink: Sink;
  readonly server: boolean;
  readonly leader: boolean;
  readonly nodes: number;
  /** Seconds since the agent began to answer, or seconds that were captured. */
  readonly age: number;
  readonly port: string;
};

/** Seconds that an agent needs from its first answer until what it writes every second is there. */
const warmUp = 1.2;

const tally = new Map<string, { series: number; known: number; expected: number; present: number }>();

function count(version: string): { series: number; known: number; expected: number; present: number } {
  const found = tally.get(version) ?? { series: 0, known: 0, expected: 0, present: 0 };
  tally.set(version, found);
  return found;
}

/** Seconds since the process that answered began: the recordings count from the first start of the scenario. */
function ageOf(recording: Recording, moment: Moment): number {
  const restart = recording.moments.find(({ file }) => file.startsWith("09-restart"));
  if (restart && moment.at_s >= restart.at_s) return moment.at_s - restart.at_s;
  const back = recording.moments.find(({ file, server }) => file.startsWith("03-back") && server === moment.server);
  const killed = recording.moments.some(({ file, server }) => file.startsWith("02-") && server === moment.server);
  // the killed server has no body in the second moment; it is back for about 12 s in the third
  if (recording.scenario === "cluster" && back && !killed && moment.at_s >= back.at_s)
    return moment.at_s - back.at_s + 11;
  return moment.at_s;
}

/** The leader is who has the reconcile loop's timer, which every version exports. */
function roleOf(recording: Recording, moment: Moment, body: string): Role {
  return {
    sink: "prometheus",
    server: true,
    leader: body.includes("\ndkron_dkron_leader_barrier_count "),
    nodes: recording.scenario === "solo" ? 1 : 3,
    age: ageOf(recording, moment),
    port: moment.file.includes("9422") ? ":9422" : "",
  };
}

/** The whole minute or more of an agent's packets: the leader is who wrote the reconcile loop's timer in it. */
function roleOfCapture(recording: Recording, file: string, sink: Sink, text: string): Role {
  return {
    sink,
    server: !file.includes("worker"),
    leader: text.includes("dkron.dkron.leader.barrier"),
    nodes: recording.scenario === "solo" ? 1 : 3,
    age: 55,
    port: "",
  };
}

/** Whether the catalogue promises this row in a body or capture of this role. */
function isPromised(row: MetricRow, version: string, role: Role): boolean {
  if (row.presence !== "always" || !row.sinks.includes(role.sink) || !isExported(row, version)) return false;
  if (role.port !== "" && row.family !== "go" && row.family !== "promhttp") return false;
  if ((row.endpoint ?? role.port) !== role.port) return false;
  if (row.emitter !== "agent" && !role.server) return false;
  if (row.emitter === (role.leader ? "follower" : "leader")) return false;
  const needs = row.needs ?? [];
  if ((needs.includes("nodes") || needs.includes("servers")) && role.nodes < 2) return false;
  if (needs.includes("encrypt")) return false;
  return role.age >= (row.every === 0 ? 0 : Math.max(warmUp, (row.every ?? 0) * 1.2));
}

function wrongSeries(
  classified: readonly ClassifiedSeries[],
  declared: ReadonlyMap<string, string | undefined>,
  version: string,
): string[] {
  return classified.flatMap((one) => {
    const row = one.row === null ? undefined : rowOf(one.row);
    const type = declared.get(one.series);
    const fits = one.status === "known" && row !== undefined && (type === undefined || type === one.type);
    count(version).series++;
    if (fits) count(version).known++;
    return fits ? [] : [`${one.series}: ${one.status}, ${one.row ?? "no row"}, ${one.type} where ${type} is declared`];
  });
}

function expectPromised(classified: readonly ClassifiedSeries[], version: string, role: Role): void {
  const present = new Set(classified.map(({ row }) => row));
  // in a StatsD path the older name of a peer's metric is the same as the one with the label
  const unseen = (row: MetricRow): boolean => role.sink === "statsd" && row.key.endsWith("<peer>");
  const promised = allRows().filter((row) => isPromised(row, version, role) && !unseen(row));
  const missing = promised.filter((row) => !present.has(row.id)).map((row) => row.id);
  count(version).expected += promised.length;
  count(version).present += promised.length - missing.length;
  expect(missing).toEqual([]);
}

const here = sharedIsHere("recordings of real agents");
if (!here) test.skip("the recordings of ../shared are not here");

describe.skipIf(!here)("recorded agents", () => {
  for (const recording of recordings()) {
    const { version, scenario, folder, files, moments } = recording;
    const hostOf = (server: string): string => sanitizePrometheus(scenario === "solo" ? "Web-01.prod" : server);

    describe(`${version} ${scenario}`, () => {
      test.each(moments.map((moment) => [moment.file, moment] as const))("%s", (file, moment) => {
        const body = sharedText(`${folder}/${file}`);
        expect(sinkOf(body)).toBe("prometheus");
        const { series, refused } = readBody(body);
        expect(refused).toBe(0);
        const classified = series.map((seen) => classifySeries(seen, "prometheus", version));
        const declared = new Map(series.map((seen) => [seen.series, seen.type]));
        expect(wrongSeries(classified, declared, version)).toEqual([]);

        for (const { host } of classified) if (host !== null) expect(host).toBe(hostOf(moment.server));
        for (const [index, { row, labels }] of classified.entries()) {
          const written = Object.keys(series[index]?.labels ?? {}).filter((label) => label !== "quantile");
          expect(
            rowOf(row ?? "")?.labels.map((label) => label.name),
            row ?? "",
          ).toEqual(written);
          for (const label of rowOf(row ?? "")?.labels ?? [])
            if (label.values) expect(label.values).toContain(labels[label.name]);
        }

        expectPromised(classified, version, roleOf(recording, moment, body));
      });

      const captures = files.filter((file) => /^(dog)?statsd.*\.jsonl$/.test(file));
      test.each(captures.map((file) => [file]))("%s", (file) => {
        const sink: Sink = file.startsWith("dog") ? "dogstatsd" : "statsd";
        const text = sharedText(`${folder}/${file}`);
        expect(sinkOf(text)).toBe(sink);
        const { series, refused } = readCapture(text);
        expect(refused).toBe(0);
        const classified = series.map((seen) => classifySeries(seen, sink, version));
        expect(wrongSeries(classified, new Map(), version)).toEqual([]);

        const host = scenario === "solo" ? "Web-01.prod" : (/statsd-(.*)\.jsonl$/.exec(file)?.[1] ?? "");
        const node = host === "cron-3" ? "third" : host;
        for (const { row: id, host: found, labels, series } of classified) {
          const row = rowOf(id ?? "");
          const inName =
            row?.instrument === "gauge" && row.naming === "go-metrics" && (sink === "statsd" || node !== host);
          expect(found, series).toBe(inName ? host : null);
          for (const label of row?.caller === "datadog-go" ? [] : (row?.labels ?? []))
            expect(labels[label.name], series).toBeTruthy();
        }
        const role = roleOfCapture(recording, file, sink, text);
        expectPromised(classified, version, role);
      });
    });
  }

  test("lines of a capture are read raw as well as packed in JSON", () => {
    const text = sharedText("recordings/4.1.2/solo/statsd.jsonl");
    expect(readCapture(captureLines(text).join("\n"))).toEqual(readCapture(text));
  });

  afterAll(() => {
    for (const [version, { series, known, expected, present }] of tally) {
      const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(2)} %`;
      console.log(
        `${version}: precision ${percent(known, series)} (${known} of ${series} series known, right and exported), ` +
          `recall ${percent(present, expected)} (${present} of ${expected} promised rows present)`,
      );
    }
  });
});
