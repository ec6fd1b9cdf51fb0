// The user's settings as the server needs them: read leniently, so that any client, or none, works. Knows no file.
import type { Severity } from "../language/finding.ts";

export type Settings = {
  /** `latest`, `auto` or a version. */
  readonly agentVersion: string;
  /** `latest` or a version. */
  readonly prometheusVersion: string;
  /** Level of a check by its id. */
  readonly rules: Readonly<Record<string, Severity | "off">>;
  readonly dialects: readonly string[];
  /** Whether hints beside expressions, and lines above recording rules, are wanted. */
  readonly inlayHints: boolean;
  readonly codeLens: boolean;
};

export const defaultSettings: Settings = {
  agentVersion: "latest",
  prometheusVersion: "latest",
  rules: {},
  dialects: [],
  inlayHints: true,
  codeLens: true,
};

const levels = new Set(["error", "warning", "information", "hint", "off"]);

/** Settings from whatever the client sent as section `dkronMetrics`; what is absent or malformed keeps its default. */
export function readSettings(section: unknown): Settings {
  const given = record(section);
  return {
    agentVersion: text(given.agentVersion) ?? defaultSettings.agentVersion,
    prometheusVersion: text(given.prometheusVersion) ?? defaultSettings.prometheusVersion,
    rules: Object.fromEntries(
      Object.entries(record(given.rules)).filter((entry): entry is [string, Severity | "off"] =>
        levels.has(String(entry[1])),
      ),
    ),
    dialects: strings(record(given.ruleFiles).dialects),
    inlayHints: record(given.inlayHints).enabled !== false,
    codeLens: record(given.codeLens).enabled !== false,
  };
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
