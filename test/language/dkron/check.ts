// Findings of a text as a dkron.yml of a version: what the tests of the dkron.yml checks share.
import type { CheckContext } from "../../../server/src/language/check.ts";
import { openDocument } from "../../../server/src/language/document.ts";
import { diagnostics } from "../../../server/src/language/features/diagnostics.ts";
import type { Finding } from "../../../server/src/language/finding.ts";
import { newContext } from "../context.ts";

export const newest = "4.1.2";

export const uriOf = (name: string): string => `file:///etc/dkron-test/${name}`;

export const contextOf = (dkronVersion: string): CheckContext => newContext({ dkronVersion });

export function findingsOf(text: string, version = newest, name = "dkron.yml"): readonly Finding[] {
  return diagnostics(openDocument(uriOf(name), "", 0, text), contextOf(version));
}
