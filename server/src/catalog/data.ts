// The list of data files, one import a file: a new family is one line here. Knows nothing about what they say.

import { data as job } from "../../catalog/metrics/job.yml";
import { data as runtime } from "../../catalog/metrics/runtime.yml";
import { data as scheduler } from "../../catalog/metrics/scheduler.yml";
import { data as versions } from "../../catalog/versions.yml";

/** As read from YAML, in the order in which families are shown. `test/catalog/data.test.ts` holds them against the schema. */
export const familyData: readonly unknown[] = [job, scheduler, runtime];

export const versionData: unknown = versions;
