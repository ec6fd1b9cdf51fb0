// The stand-in's HTTP API against the recorded answers of real agents: status, headers, keys and types in their order.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { answer } from "../../client/src/emitter/api/answers.ts";
import { writeJson } from "../../client/src/emitter/api/json.ts";
import type { Agent } from "../../client/src/emitter/life/agent.ts";
import type { Life } from "../../client/src/emitter/life/life.ts";
import type { RecordedAnswer } from "../../server/src/catalog/recordingFormat.ts";
import { answers, liveCluster, liveSolo, recordedVersions } from "./recordings.ts";

function ask(life: Life, agent: Agent, request: string) {
  const [method = "GET", path = "/"] = request.split(" ");
  return answer({ life, agent, method, url: new URL(`http://agent${path}`) });
}

/** Keys and types in order; a list by the shapes that its items have, in any order. `output` is left out where a run has written nothing yet. */
function shape(value: unknown): unknown {
  if (Array.isArray(value)) return [...new Set(value.map((item) => JSON.stringify(shape(item))))].sort();
  if (typeof value !== "object" || value === null) return value === null ? "null" : typeof value;
  const entries = Object.entries(value).filter(([key]) => key !== "output");
  const isTime = (key: string): boolean => key === "next" || key.startsWith("last_");
  return entries.map(([key, item]) => [key, isTime(key) ? "time" : shape(item)]);
}

/** An empty list has any shape: whether something runs at that very moment is chance. */
function sameShape(ours: unknown, theirs: unknown, where: string): void {
  if (Array.isArray(ours) && Array.isArray(theirs) && (ours.length === 0 || theirs.length === 0)) return;
  expect(shape(ours), where).toEqual(shape(theirs));
}

function compare(life: Life, agent: Agent, recorded: RecordedAnswer): void {
  const ours = ask(life, agent, recorded.request);
  const where = `${recorded.name} ${recorded.request}`;
  if (ours === undefined) throw new Error(`no answer: ${where}`);
  expect(ours.status, where).toBe(recorded.status);
  const headers = (from: Readonly<Record<string, string>>): [string, string][] =>
    Object.entries(from)
      .filter(([name]) => name !== "X-Total-Count")
      .sort();
  expect(headers(ours.headers), where).toEqual(headers(recorded.headers));
  expect("X-Total-Count" in ours.headers, where).toBe("X-Total-Count" in recorded.headers);
  const text = recorded.answer ?? "";
  if (!(recorded.headers["Content-Type"] ?? "").includes("json")) expect(ours.body, where).toBe(text);
  else sameShape(JSON.parse(ours.body), JSON.parse(text), where);
}

describe.each(recordedVersions())("API of a stand-in for %s", (version) => {
  test("answers reads of a single server as recorded", () => {
    const { life, agent, until } = liveSolo(version);
    let compared = 0;
    for (const recorded of answers(version, "solo")) {
      until(recorded.at_s);
      if (!recorded.request.startsWith("GET") || recorded.name.startsWith("empty")) continue;
      compare(life, agent, recorded);
      compared++;
    }
    expect(compared).toBeGreaterThan(30);
  });

  test("does not answer `busy` while a server is dead and nobody knows it", () => {
    const { life, until } = liveCluster(version);
    const unanswered = answers(version, "cluster").find(({ status }) => status === 0) as RecordedAnswer;
    until(unanswered.at_s - 5);
    const agent = life.cluster.servers.find(({ profile }) => profile.host === unanswered.server) as Agent;
    expect(ask(life, agent, unanswered.request)).toBeUndefined();
    until(unanswered.at_s + 5);
    expect(ask(life, agent, unanswered.request)?.status).toBe(200);
  });

  test("answers reads of a cluster as recorded, the lost leader included", () => {
    const { life, until } = liveCluster(version);
    for (const recorded of answers(version, "cluster")) {
      until(recorded.at_s);
      // Before the election members are still joining, and while a server is dead `busy` may not answer at all.
      if (!recorded.request.startsWith("GET") || recorded.name.startsWith("no-leader") || recorded.status === 0)
        continue;
      const agent = life.cluster.servers.find(({ profile }) => profile.host === recorded.server);
      if (agent?.up) compare(life, agent, recorded);
    }
  });
});

describe("reads", () => {
  let session: ReturnType<typeof liveSolo> | undefined;
  const get = (path: string) => {
    if (session === undefined) throw new Error("no session");
    const found = ask(session.life, session.agent, `GET ${path}`);
    if (found === undefined) throw new Error(`no answer: ${path}`);
    return found;
  };
  const names = (path: string): string[] => (JSON.parse(get(path).body) as { name: string }[]).map(({ name }) => name);

  const [version] = recordedVersions();
  beforeAll(() => {
    if (version === undefined) return;
    session = liveSolo("4.1.2");
    session.until(60);
  });
  afterAll(() => {
    session = undefined;
  });

  test.runIf(version)("sorts, slices and filters jobs", () => {
    expect(names("/v1/jobs?_sort=name&_order=DESC&_start=0&_end=2")).toEqual(["sync-files", "report"]);
    expect(get("/v1/jobs?_end=2").headers["X-Total-Count"]).toBe("7");
    expect(names("/v1/jobs?q=FLAKY")).toEqual(["flaky-import"]);
    expect(names("/v1/jobs?disabled=true")).toEqual(["cleanup"]);
    expect(names("/v1/jobs?status=failed")).toContain("report");
    expect(names("/v1/jobs?metadata[team]=core")).toEqual(["nightly"]);
  });

  test.runIf(version)("keeps nanosecond groups exact, and indents on request", () => {
    expect(get("/v1/jobs/report/executions").body).toMatch(/"group":17\d{17},/);
    expect(get("/v1/jobs/report?pretty=1").body).toContain('{\n    "id": "report",\n');
  });

  test.runIf(version)("has executions that end after they began, and not in the future", () => {
    for (const name of names("/v1/jobs")) {
      const list = JSON.parse(get(`/v1/jobs/${name}/executions`).body) as { started_at: string; finished_at: string }[];
      for (const { started_at, finished_at } of list) {
        if (finished_at.startsWith("0001")) continue;
        expect(Date.parse(finished_at)).toBeGreaterThanOrEqual(Date.parse(started_at));
        expect(Date.parse(finished_at)).toBeLessThanOrEqual((session?.life.agenda.now ?? 0) + 1);
      }
    }
  });

  test.runIf(version)("cuts output, and answers one execution", () => {
    const [first] = JSON.parse(get("/v1/jobs/report/executions?output_size_limit=4").body) as Record<string, string>[];
    expect(first).toMatchObject({ output_truncated: true });
    expect(first?.output).toHaveLength(4);
    expect(get(`/v1/jobs/report/executions/${first?.id}`).status).toBe(200);
    expect(get("/v1/jobs/report/executions/none").status).toBe(404);
  });

  test.runIf(version)("refuses writes with a sentence", () => {
    if (session === undefined) return;
    const refused = ask(session.life, session.agent, "POST /v1/leave");
    expect(refused?.status).toBe(405);
    expect(refused?.body).toMatch(/nothing was changed/);
    expect(session.agent.up).toBe(true);
  });

  test.runIf(version)("survives a badly encoded path", () => {
    expect(get("/v1/jobs/%zz").status).toBe(404);
  });
});

test("JSON as Go's encoder writes it", () => {
  expect(writeJson({ a: 1795361340000839120n, b: "<&>", c: undefined, d: [], e: {} })).toBe(
    '{"a":1795361340000839120,"b":"\\u003c\\u0026\\u003e","d":[],"e":{}}',
  );
});
