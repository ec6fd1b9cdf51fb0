// The context of a check in tests: the newest versions, no settings, nothing else in the workspace.
import { newestVersion } from "../../server/src/catalog/versions.ts";
import type { CheckContext } from "../../server/src/language/check.ts";
import { newestPrometheus } from "../../server/src/language/configuration.ts";
import { emptyWorkspace } from "../../server/src/language/workspace.ts";

/** A new object each time, so that nothing that was kept for another one holds; `given` says what is different. */
export function newContext(given: Partial<CheckContext> = {}): CheckContext {
  return {
    dkronVersion: newestVersion(),
    prometheusVersion: newestPrometheus,
    dialects: [],
    levels: {},
    workspace: emptyWorkspace,
    ...given,
  };
}
