// Findings of a text as a prometheus.yml: what the tests of the prometheus.yml checks share.
import { type Document, openDocument } from "../../../server/src/language/document.ts";
import { diagnostics } from "../../../server/src/language/features/diagnostics.ts";
import type { Finding, Severity } from "../../../server/src/language/finding.ts";
import { emptyWorkspace, type Workspace } from "../../../server/src/language/workspace.ts";
import { parseYaml } from "../../../server/src/yaml/parse.ts";

type Options = {
  readonly version?: string;
  readonly levels?: Readonly<Record<string, Severity | "off">>;
  readonly workspace?: Workspace;
};

/** A text that is a prometheus.yml whatever it holds. */
export function prometheusDocument(text: string): Document {
  const document = openDocument("file:///etc/prometheus/prometheus.yml", "prometheus-config", 0, text);
  return { ...document, kind: "prometheus-config", yaml: parseYaml(text) };
}

export function findingsOf(text: string, options: Options = {}): readonly Finding[] {
  return diagnostics(prometheusDocument(text), {
    dkronVersion: "4.1.2",
    prometheusVersion: options.version ?? "3.14",
    dialects: [],
    levels: options.levels ?? {},
    workspace: options.workspace ?? emptyWorkspace,
  });
}

export const isError = ({ severity }: Finding): boolean => severity === "error";
