// What a .dkron-metrics.yml says, and what files below its folder are checked against because of it. Lenient: its checks judge.
import { isVersion, newestVersion } from "../catalog/versions.ts";
import { newestVersion as newestLanguage } from "../promql/syntax/versions.ts";
import { resolveAlias } from "../yaml/alias.ts";
import { keyOf, valueAt, valuesOf, type YamlNode } from "../yaml/tree.ts";
import type { CheckContext } from "./check.ts";
import { levels } from "./configurationSchema.ts";
import type { Document } from "./document.ts";
import type { Severity } from "./finding.ts";

/** What is absent, or cannot be read, is `undefined` or empty: then the user's settings or options count. */
export type Configuration = {
  readonly agentVersion: string | undefined;
  readonly prometheusVersion: string | undefined;
  readonly dialects: readonly string[] | undefined;
  /** Globs, from the folder of the file on. */
  readonly ignore: readonly string[];
  readonly rules: Readonly<Record<string, Severity | "off">>;
};

/** The newest Prometheus that is known, major and minor. */
export const newestPrometheus = newestLanguage;

export function readConfiguration({ yaml }: Document): Configuration {
  const root = resolveAlias(yaml, yaml.documents[0]?.root);
  const text = (node: YamlNode | undefined): string | undefined => {
    const target = resolveAlias(yaml, node);
    return target?.kind === "scalar" ? target.value : undefined;
  };
  const version = (name: string): string | undefined => {
    const written = text(valueAt(root, name));
    return written !== undefined && isVersion(written) ? written : undefined;
  };
  const list = (name: string): string[] | undefined => {
    const node = resolveAlias(yaml, valueAt(root, name));
    return node?.kind === "sequence" ? valuesOf(node).flatMap((item) => text(item) ?? []) : undefined;
  };
  return {
    agentVersion: version("agent-version") ?? newest(text(valueAt(root, "agent-version")), newestVersion()),
    prometheusVersion:
      version("prometheus-version") ?? newest(text(valueAt(root, "prometheus-version")), newestPrometheus),
    dialects: list("dialects"),
    ignore: list("ignore") ?? [],
    rules: rulesIn(resolveAlias(yaml, valueAt(root, "rules")), text),
  };
}

const newest = (written: string | undefined, version: string): string | undefined =>
  written === "latest" ? version : undefined;

const known = new Set(levels.map(({ value }) => value));

function rulesIn(node: YamlNode | undefined, text: (node: YamlNode) => string | undefined): Configuration["rules"] {
  if (node?.kind !== "mapping") return {};
  const entries = node.pairs.flatMap((pair): [string, Severity | "off"][] => {
    const level = text(pair.value);
    const id = keyOf(pair);
    return id !== undefined && level !== undefined && known.has(level) ? [[id, level as Severity | "off"]] : [];
  });
  return Object.fromEntries(entries);
}

/** The context with what the configuration says in place of what it had; it wins over settings. */
export function configured(context: CheckContext, configuration: Configuration): CheckContext {
  return {
    ...context,
    dkronVersion: configuration.agentVersion ?? context.dkronVersion,
    prometheusVersion: configuration.prometheusVersion ?? context.prometheusVersion,
    dialects: configuration.dialects ?? context.dialects,
    levels: { ...context.levels, ...configuration.rules },
  };
}
