// What the HTTP API counts, as series over time: an agent says only how things are now, and a view wants to see how they went.
// Their names are ours and begin with `api_`, so that nobody takes them for metrics of an agent. Knows no HTTP.
import type { ClusterFrame } from "../frames.ts";
import type { Intake, SeriesTraits } from "../store/intake.ts";

type Spec = Pick<SeriesTraits, "type" | "role" | "cumulative" | "help">;

const counter = (help: string): Spec => ({ type: "counter", role: "total", cumulative: true, help });
const gauge = (help: string): Spec => ({ type: "gauge", role: "value", cumulative: false, help });

const specs = {
  api_job_success_count: counter("Executions of the job that succeeded, from /v1/jobs: each node and attempt counts."),
  api_job_error_count: counter("Executions of the job that failed, from /v1/jobs: each node and attempt counts."),
  api_members: gauge("Members of the cluster by status, from /v1/members."),
  api_servers_alive: gauge("Servers that are alive, from /v1/members."),
  api_servers: gauge("Servers that have not left, from /v1/members: their number decides how many make a quorum."),
  api_has_leader: gauge("1 while a server is named as leader and says so itself, else 0."),
  api_running_executions: gauge("Executions that run now, from /v1/busy."),
} as const;

/** Puts one column, at the frame's time. */
export function storeCluster(intake: Intake, frame: ClusterFrame): void {
  const put = (name: keyof typeof specs, value: number, label?: readonly [string, string]): void => {
    const traits = (): SeriesTraits => ({ ...specs[name], family: name, expires: false });
    const handle = intake.handle({ name, labels: label ? [label] : [] }, traits);
    if (handle >= 0) intake.put(handle, value);
  };
  const { members, jobs } = frame;
  const servers = members.filter(({ server, status }) => server && status !== "left");
  intake.open(frame.at);
  for (const status of ["alive", "failed", "leaving", "left"] as const)
    put("api_members", members.filter((member) => member.status === status).length, ["status", status]);
  put("api_servers_alive", servers.filter(({ status }) => status === "alive").length);
  put("api_servers", servers.length);
  put("api_has_leader", frame.leader === null ? 0 : 1);
  put("api_running_executions", frame.busy.length);
  for (const { name, successes, errors } of jobs) {
    put("api_job_success_count", successes, ["job_name", name]);
    put("api_job_error_count", errors, ["job_name", name]);
  }
  intake.close("complete");
}

/** A moment without an answer. */
export function storeSilence(intake: Intake, at: number): void {
  intake.open(at);
  intake.close("gap");
}
