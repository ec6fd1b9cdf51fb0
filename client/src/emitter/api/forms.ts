// The objects of Dkron's HTTP API as JSON: members, jobs, executions, with their keys in the order of a real agent's.
// It must not know paths or headers.

import type { AgentProfile } from "../life/agent.ts";
import type { Cluster } from "../life/cluster.ts";
import { neverTime, rfc3339 } from "../life/goTime.ts";
import type { Execution, Job } from "../life/jobs.ts";
import type { Member, MemberStatus } from "../life/peers.ts";
import type { ApiFacts } from "../versionFacts.ts";
import type { Json } from "./json.ts";

type JsonObject = { readonly [key: string]: Json | undefined };

/** serf.MemberStatus. */
const statusNumbers: Readonly<Record<MemberStatus, number>> = { alive: 1, leaving: 2, left: 3, failed: 4 };

export type MemberWorld = { readonly version: string; readonly servers: number };

export function tagsOf({ address, server, tags }: AgentProfile, { version, servers }: MemberWorld): JsonObject {
  const all: Record<string, string> = {
    ...tags,
    dc: "dc1",
    port: "6868",
    region: "global",
    role: "dkron",
    rpc_addr: `${address}:6868`,
    version,
  };
  if (server) Object.assign(all, { server: "true", expect: String(servers) });
  return Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function memberForm({ agent: { profile }, status }: Member, world: MemberWorld): JsonObject {
  return {
    Name: profile.nodeName,
    Addr: profile.address,
    Port: 8946,
    Tags: tagsOf(profile, world),
    Status: statusNumbers[status],
    ProtocolMin: 1,
    ProtocolMax: 5,
    ProtocolCur: 2,
    DelegateMin: 2,
    DelegateMax: 5,
    DelegateCur: 4,
  };
}

/** serf's own figures: every value is text. */
export function serfForm(cluster: Cluster): JsonObject {
  return {
    coordinate_resets: "0",
    encrypted: "false",
    event_queue: "0",
    event_time: "1",
    failed: String(cluster.count("failed")),
    health_score: "0",
    intent_queue: "0",
    left: String(cluster.count("left")),
    member_time: String(cluster.memberTime),
    members: String(cluster.members.length),
    query_queue: "0",
    query_time: "1",
  };
}

export function jobForm(job: Job, { startsAt }: ApiFacts): JsonObject {
  const { profile } = job;
  return {
    id: profile.name,
    name: profile.name,
    displayname: profile.displayname ?? profile.name,
    timezone: profile.timezone ?? "",
    schedule: profile.schedule,
    owner: profile.owner ?? "ops",
    owner_email: "ops@example.com",
    success_count: job.successCount,
    error_count: job.errorCount,
    last_success: job.lastSuccess === undefined ? null : rfc3339(job.lastSuccess),
    last_error: job.lastError === undefined ? null : rfc3339(job.lastError),
    disabled: job.disabled,
    tags: profile.tags ?? null,
    metadata: profile.metadata ?? null,
    retries: profile.retries ?? 0,
    dependent_jobs: job.children.length > 0 ? job.children : null,
    parent_job: profile.parent ?? "",
    processors: {},
    concurrency: profile.concurrency ?? "allow",
    executor: "shell",
    executor_config: { command: profile.command ?? `run ${profile.name}`, shell: "true" },
    status: job.status,
    next: job.next === undefined ? neverTime : rfc3339(BigInt(job.next) * 1_000_000n),
    ephemeral: false,
    ...(startsAt ? { starts_at: null } : {}),
    expires_at: null,
  };
}

export function executionForm(execution: Execution): JsonObject {
  return {
    id: `${execution.started}-${execution.node}`,
    job_name: execution.job,
    started_at: rfc3339(execution.started),
    finished_at: execution.finished === undefined ? neverTime : rfc3339(execution.finished),
    success: execution.success,
    output: execution.output === "" ? undefined : execution.output,
    node_name: execution.node,
    group: execution.group,
    attempt: execution.attempt,
  };
}

/** An execution in its job's list: with what the size limit cut off (0: everything; absent: no limit). */
export function listedExecutionForm(execution: Execution, limit: number | undefined): JsonObject {
  const form = executionForm(execution);
  const cut = limit !== undefined && execution.output.length > limit;
  const output = cut ? execution.output.slice(execution.output.length - limit) : execution.output;
  return { ...form, output: output === "" ? undefined : output, output_truncated: cut };
}
