// What an agent answers to each path of the HTTP API that only reads, and how it refuses the rest. It must not know sockets.
import { readOnlyEndpoints } from "../../../../server/src/catalog/endpoints.ts";
import type { Agent } from "../life/agent.ts";
import { neverTime } from "../life/goTime.ts";
import type { Job } from "../life/jobs.ts";
import type { Life } from "../life/life.ts";
import { executionForm, jobForm, listedExecutionForm, memberForm, serfForm, tagsOf } from "./forms.ts";
import { type Json, writeJson } from "./json.ts";

export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** Who is asked, and about what. */
export type Question = {
  readonly agent: Agent;
  readonly life: Life;
  readonly method: string;
  readonly url: URL;
};

/** Undefined: the agent leaves the request without an answer. */
type Read = (question: Question, name: string, id: string) => Answer | undefined;

/** By the path in the catalogue, which says since when there is one. */
const reads: Readonly<Record<string, Read>> = {
  "/health": health,
  "/v1": agentItself,
  "/v1/members": members,
  "/v1/leader": leader,
  "/v1/isleader": isLeader,
  "/v1/jobs": jobs,
  "/v1/jobs/:job": job,
  "/v1/jobs/:job/executions": executions,
  "/v1/jobs/:job/executions/:execution": execution,
  "/v1/busy": busy,
  "/v1/stats": stats,
  "/v1/pause": pause,
};

type Route = { readonly pattern: RegExp; readonly read: Read };

/** The reads of a version, each path with its parts to fill in. */
function routesOf(version: string): Route[] {
  return readOnlyEndpoints(version).flatMap(({ path }) => {
    const read = Object.hasOwn(reads, path) ? reads[path] : undefined;
    return read === undefined ? [] : [{ pattern: new RegExp(`^${path.replace(/:\w+/g, "([^/]+)")}/?$`), read }];
  });
}

const refusal =
  "This is the Dkron Metrics emitter, a stand-in that only answers reads: nothing was changed. Send writes to a real Dkron agent.";

const notFound: Answer = { status: 404, headers: {}, body: "" };

/**
 * The answer of one agent; a path that the version does not have is a 404, a write is refused with 405. Undefined: the
 * agent leaves the request without an answer.
 */
export function answer(question: Question): Answer | undefined {
  const { agent, life, method, url } = question;
  const whom = { "X-Whom": agent.profile.nodeName };
  const route = routesOf(life.facts.version).find(({ pattern }) => pattern.test(url.pathname));
  if (method !== "GET" && method !== "HEAD" && url.pathname.startsWith("/v1"))
    return {
      status: 405,
      headers: { ...whom, "Content-Type": "text/plain; charset=utf-8", Allow: "GET" },
      body: refusal,
    };
  if (route === undefined)
    return { status: 404, headers: { "Content-Type": "text/plain" }, body: "404 page not found" };
  const [, name = "", id = ""] = route.pattern.exec(url.pathname) ?? [];
  const found = route.read(question, decode(name), decode(id));
  const headers = url.pathname === "/health" ? {} : whom;
  return found && { ...found, headers: { ...found.headers, ...headers } };
}

/** A part of a path; one that is badly encoded names nothing. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function json({ url }: Question, value: Json, more: Partial<Answer> = {}): Answer {
  const body = writeJson(value, url.searchParams.has("pretty"));
  return {
    status: 200,
    body,
    ...more,
    headers: { "Content-Type": "application/json; charset=utf-8", ...more.headers },
  };
}

/** A list with the number of all that it was taken from. */
function list(question: Question, values: readonly Json[], total = values.length): Answer {
  const headers: Record<string, string> = question.life.facts.api.total ? { "X-Total-Count": String(total) } : {};
  return json(question, values, { headers });
}

function world({ life }: Question): { version: string; servers: number } {
  return { version: life.facts.version, servers: life.cluster.servers.length };
}

function health(question: Question): Answer {
  const { agent, life } = question;
  const { leaderInHealth } = life.facts.api;
  return json(question, {
    ...(leaderInHealth ? { leader: life.cluster.leader === agent } : {}),
    status: "healthy",
  });
}

function agentItself(question: Question): Answer {
  const { agent, life } = question;
  return json(question, {
    agent: { name: agent.profile.nodeName, version: life.facts.version },
    serf: serfForm(life.cluster),
    tags: tagsOf(agent.profile, world(question)),
  });
}

/** The id is made anew for each request, as in a real agent: nothing may rely on it. */
function members(question: Question): Answer {
  const { agent, life } = question;
  const forms = life.cluster.members.map((member) => ({
    ...memberForm(member, world(question)),
    id: uuid(() => agent.random.whole(0, 15)),
    ...(life.facts.api.statusText ? { statusText: member.status } : {}),
  }));
  return list(question, forms);
}

function uuid(digit: () => number): string {
  return "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx".replaceAll("x", () => digit().toString(16));
}

/** While there is no leader: 500 with `null` (dkron/api.go, leaderHandler). A dead leader stays named until the next one. */
function leader(question: Question): Answer {
  const named = question.life.cluster.namedLeader;
  const member = question.life.cluster.members.find(({ agent }) => agent === named);
  return member === undefined
    ? json(question, null, { status: 500 })
    : json(question, memberForm(member, world(question)));
}

function isLeader(question: Question): Answer {
  const leads = question.life.cluster.leader === question.agent;
  return json(question, leads ? "I am a leader" : "I am a follower", { status: leads ? 200 : 404 });
}

function jobs(question: Question): Answer {
  const { life, url } = question;
  const query = url.searchParams;
  const search = (query.get("q") ?? "").toLowerCase();
  const metadata = [...query].flatMap(([key, value]) => {
    const name = /^metadata\[(.+)\]$/.exec(key)?.[1];
    return name === undefined ? [] : [{ name, value }];
  });
  const all = life.store
    .all()
    .filter(
      ({ profile, status, disabled }) =>
        `${profile.name}\n${profile.displayname ?? profile.name}`.toLowerCase().includes(search) &&
        (!query.has("status") || (status === "" ? "untriggered" : status) === query.get("status")) &&
        (!query.has("disabled") || String(disabled) === query.get("disabled")) &&
        metadata.every(({ name, value }) => profile.metadata?.[name] === value),
    );
  const sorted = sortJobs(all, query.get("_sort") ?? "id", query.get("_order") ?? "ASC");
  const start = Number(query.get("_start") ?? 0);
  const end = Number(query.get("_end") ?? sorted.length);
  const forms = sorted.slice(start, end).map((found) => jobForm(found, life.facts.api));
  return list(question, forms, sorted.length);
}

type SortKey = (job: Job) => string | number | bigint;

const sortKeys: Readonly<Record<string, SortKey>> = {
  id: ({ profile }) => profile.name,
  name: ({ profile }) => profile.name,
  displayname: ({ profile }) => profile.displayname ?? profile.name,
  schedule: ({ profile }) => profile.schedule,
  success_count: ({ successCount }) => successCount,
  error_count: ({ errorCount }) => errorCount,
  last_success: ({ lastSuccess }) => lastSuccess ?? 0n,
  last_error: ({ lastError }) => lastError ?? 0n,
  next: ({ next }) => next ?? 0,
};

function sortJobs(jobs: readonly Job[], by: string, order: string): Job[] {
  const key = sortKeys[by] ?? (({ profile }: Job) => profile.name);
  const direction = order.toUpperCase() === "DESC" ? -1 : 1;
  return [...jobs].sort((a, b) => (key(a) < key(b) ? -direction : key(a) > key(b) ? direction : 0));
}

function job(question: Question, name: string): Answer | undefined {
  const found = question.life.store.get(name);
  return found === undefined ? notFound : json(question, jobForm(found, question.life.facts.api));
}

function executions(question: Question, name: string): Answer | undefined {
  const found = question.life.store.get(name);
  if (found === undefined) return notFound;
  const query = question.url.searchParams;
  const direction = query.get("_order")?.toUpperCase() === "ASC" ? 1 : -1;
  const sorted = [...found.executions].sort((a, b) => (a.started < b.started ? -direction : direction));
  const limit = query.has("output_size_limit") ? Number(query.get("output_size_limit")) : undefined;
  return list(
    question,
    sorted.map((each) => listedExecutionForm(each, limit)),
  );
}

function execution(question: Question, name: string, id: string): Answer | undefined {
  const found = question.life.store.get(name)?.executions.find((each) => `${each.started}-${each.node}` === id);
  return found === undefined ? notFound : json(question, executionForm(found));
}

/** Asks every server for its active executions; one that is dead, but not yet known to be, is waited for. */
function busy(question: Question): Answer | undefined {
  const { cluster, runs } = question.life;
  if (cluster.members.some(({ agent, status }) => agent.profile.server && !agent.up && status === "alive"))
    return undefined;
  for (const server of cluster.servers) server.happen("activeExecutionsAsked");
  return list(question, runs.active.map(executionForm));
}

function stats(question: Question): Answer {
  const { life, url } = question;
  const days = Math.min(365, Math.max(1, Number(url.searchParams.get("days") ?? 30) || 30));
  const counts = life.store.days(life.agenda.now, days);
  return json(question, {
    stats: counts.map(({ date, success, failed }) => ({
      date: `${date}${neverTime.slice(10)}`,
      success_count: success,
      failed_count: failed,
    })),
  });
}

function pause(question: Question): Answer {
  return json(question, { paused: false });
}
