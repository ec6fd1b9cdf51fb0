// The list of data files, one import a file: a new family is one line here. Knows nothing about what they say.

import { data as endpoints } from "../../catalog/api/endpoints.yml";
import { data as agent } from "../../catalog/metrics/agent.yml";
import { data as datadog } from "../../catalog/metrics/datadog.yml";
import { data as foreign } from "../../catalog/metrics/foreign.yml";
import { data as go } from "../../catalog/metrics/go.yml";
import { data as grpc } from "../../catalog/metrics/grpc.yml";
import { data as job } from "../../catalog/metrics/job.yml";
import { data as leader } from "../../catalog/metrics/leader.yml";
import { data as memberlist } from "../../catalog/metrics/memberlist.yml";
import { data as promhttp } from "../../catalog/metrics/promhttp.yml";
import { data as raft } from "../../catalog/metrics/raft.yml";
import { data as raftBoltdb } from "../../catalog/metrics/raft-boltdb.yml";
import { data as runtime } from "../../catalog/metrics/runtime.yml";
import { data as scheduler } from "../../catalog/metrics/scheduler.yml";
import { data as serf } from "../../catalog/metrics/serf.yml";
import { data as shell } from "../../catalog/metrics/shell.yml";
import { data as versions } from "../../catalog/versions.yml";

/** As read from YAML, in the order in which families are shown. */
export const familyData: readonly unknown[] = [
  job,
  grpc,
  scheduler,
  leader,
  agent,
  serf,
  memberlist,
  raft,
  raftBoltdb,
  runtime,
  go,
  promhttp,
  shell,
  datadog,
  foreign,
];

export const versionData: unknown = versions;

export const endpointData: unknown = endpoints;
