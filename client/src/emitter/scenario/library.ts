// The scenarios that come with the product: server/catalog/scenarios, one file each. It must not know how one is played.
import { data as agentGone } from "../../../../server/catalog/scenarios/agent-gone.yml";
import { data as failureBurst } from "../../../../server/catalog/scenarios/failure-burst.yml";
import { data as gcPressure } from "../../../../server/catalog/scenarios/gc-pressure.yml";
import { data as lostLeader } from "../../../../server/catalog/scenarios/lost-leader.yml";
import { data as memoryLeak } from "../../../../server/catalog/scenarios/memory-leak.yml";
import { data as missedSchedule } from "../../../../server/catalog/scenarios/missed-schedule.yml";
import { data as nodeFlapping } from "../../../../server/catalog/scenarios/node-flapping.yml";
import { data as restart } from "../../../../server/catalog/scenarios/restart.yml";
import { data as scrapeGaps } from "../../../../server/catalog/scenarios/scrape-gaps.yml";
import { data as slowJobs } from "../../../../server/catalog/scenarios/slow-jobs.yml";
import { data as steady } from "../../../../server/catalog/scenarios/steady.yml";
import { scenarioOf } from "../../../../server/src/catalog/scenario/check.ts";
import type { Scenario } from "../../../../server/src/catalog/scenario/scenario.ts";
import { EmitterError } from "../addresses.ts";

const files: readonly unknown[] = [
  steady,
  failureBurst,
  slowJobs,
  missedSchedule,
  lostLeader,
  nodeFlapping,
  gcPressure,
  memoryLeak,
  restart,
  agentGone,
  scrapeGaps,
];

let read: readonly Scenario[] | undefined;

/** In the order in which they are offered. */
export function scenarios(): readonly Scenario[] {
  read ??= files.map((file) => scenarioOf(file));
  return read;
}

/** By name, whatever its case, `failure-burst` as well as `failure burst`. Throws EmitterError, with the names there are. */
export function findScenario(name: string): Scenario {
  const plain = (text: string): string =>
    text
      .toLowerCase()
      .replace(/[\s_-]+/g, " ")
      .trim();
  const found = scenarios().find((scenario) => plain(scenario.name) === plain(name));
  if (found !== undefined) return found;
  const names = scenarios().map((scenario) => scenario.name);
  throw new EmitterError(
    "bad-scenario",
    `There is no scenario "${name}": write one of ${names.join(", ")}, or a file's path.`,
  );
}
