// What the answers of Dkron's HTTP API mean: members, jobs, executions, in the shapes of a view. Takes JSON that it does not trust;
// knows no HTTP. Facts: Dkron's api.go, job.go and execution.go at 4.1.2.
import type { DayFrame, ExecutionFrame, JobFrame, MemberFrame, MemberStatus } from "../frames.ts";
import { asArray, asNumber, asObject, asText, asTexts, asTime } from "./json.ts";

/** serf's numbers. */
const memberStatuses: readonly MemberStatus[] = ["none", "alive", "leaving", "left", "failed"];

/** How late a run must be to be called overdue, ms: clocks differ and schedules have a second's grain. */
const grace = 60_000;

/** `id` of the answer is another one each time: members are told apart by name. */
export function readMembers(answer: unknown, leader: string | null): MemberFrame[] {
  return asArray(answer).map((entry) => {
    const member = asObject(entry);
    const tags = asTexts(member.Tags);
    const name = asText(member.Name);
    return {
      name,
      address: asText(member.Addr),
      port: asNumber(member.Port),
      status: memberStatuses[asNumber(member.Status)] ?? "none",
      server: tags.server === "true",
      leader: name !== "" && name === leader,
      ...(tags.version === undefined ? {} : { version: tags.version }),
      tags,
    };
  });
}

/** `next` of zero means that nothing is planned: a child job runs after its parent. `ahead`: of the agent's clock, ms. */
export function readJobs(answer: unknown, busy: readonly ExecutionFrame[], now: number, ahead = 0): JobFrame[] {
  return asArray(answer).map((entry) => {
    const job = asObject(entry);
    const name = asText(job.name);
    const successes = asNumber(job.success_count);
    const errors = asNumber(job.error_count);
    const disabled = job.disabled === true;
    const next = asTime(job.next, ahead);
    const late = next === null || disabled ? 0 : now - next;
    const parent = asText(job.parent_job);
    return {
      name,
      displayName: asText(job.displayname),
      schedule: asText(job.schedule),
      timezone: asText(job.timezone),
      disabled,
      status: asText(job.status),
      successes,
      errors,
      successRate: successes + errors === 0 ? null : successes / (successes + errors),
      lastSuccess: asTime(job.last_success, ahead),
      lastError: asTime(job.last_error, ahead),
      next,
      overdueBy: late > grace ? late : null,
      running: busy.filter((execution) => execution.job === name).length,
      parent: parent === "" ? null : parent,
      children: asArray(job.dependent_jobs).map(asText),
      executor: asText(job.executor),
      concurrency: asText(job.concurrency),
      owner: asText(job.owner),
    };
  });
}

/** Running ones have a `finished_at` of year 1 or of 1970. */
export function readExecutions(answer: unknown, ahead = 0): ExecutionFrame[] {
  return asArray(answer).flatMap((entry) => {
    const execution = asObject(entry);
    const startedAt = asTime(execution.started_at, ahead);
    if (startedAt === null) return [];
    return [
      {
        id: asText(execution.id),
        job: asText(execution.job_name),
        node: asText(execution.node_name),
        startedAt,
        finishedAt: asTime(execution.finished_at, ahead),
        success: execution.success === true,
        attempt: asNumber(execution.attempt),
        group: asText(execution.group),
      },
    ];
  });
}

/** Of `/v1/busy`: what is still running. Old agents (3.2.7) also list some that have finished. */
export function readBusy(answer: unknown, ahead = 0): ExecutionFrame[] {
  return readExecutions(answer, ahead).filter((execution) => execution.finishedAt === null);
}

export function readDays(answer: unknown): DayFrame[] {
  return asArray(asObject(answer).stats).map((entry) => {
    const day = asObject(entry);
    return {
      date: asText(day.date).slice(0, 10),
      successes: asNumber(day.success_count),
      failures: asNumber(day.failed_count),
    };
  });
}

export function readAgent(answer: unknown): {
  agent: { name: string; version: string } | null;
  serf: Record<string, string>;
} {
  const { agent, serf } = asObject(answer);
  const { name, version } = asObject(agent);
  return { agent: typeof name === "string" ? { name, version: asText(version) } : null, serf: asTexts(serf) };
}

export function readHealth(answer: unknown): { healthy: boolean; issues: readonly string[] } {
  const { status, issues } = asObject(answer);
  return { healthy: status === "healthy", issues: asArray(issues).map(asText) };
}

/** The member that `/v1/leader` names; it is to be believed only if its RPC address is there. */
export function readLeader(answer: unknown): { name: string; address: string } | undefined {
  const member = asObject(answer);
  const tags = asTexts(member.Tags);
  const name = asText(member.Name);
  return name !== "" && (tags.rpc_addr ?? "") !== "" ? { name, address: asText(member.Addr) } : undefined;
}
