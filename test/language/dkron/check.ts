// Findings of a text as a dkron.yml of a version: what the tests of the dkron.yml checks share.
import { openDocument } from "../../../server/src/language/document.ts";
import { diagnostics } from "../../../server/src/language/features/diagnostics.ts";
import type { Finding } from "../../../server/src/language/finding.ts";
import { emptyWorkspace } from "../../../server/src/language/workspace.ts";

export const newest = "4.1.2";

export function findingsOf(text: string, version = newest, name = "dkron.yml"): readonly Finding[] {
  const document = openDocument(`file:///etc/dkron-test/${name}`, "", 0, text);
  const workspace = emptyWorkspace;
  return diagnostics(document, {
    dkronVersion: version,
    prometheusVersion: "3.14",
    dialects: [],
    levels: {},
    workspace,
  });
}
