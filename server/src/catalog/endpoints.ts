// The paths of an agent's HTTP API, and which of them a view may call. Knows no client.
import { endpointData } from "./data.ts";
import type { Endpoint } from "./types.ts";
import { compareVersions, resolveVersion } from "./versions.ts";

/** All endpoints, those that change the cluster too. */
export function allEndpoints(): readonly Endpoint[] {
  return (endpointData as { endpoints: readonly Endpoint[] }).endpoints;
}

/** Endpoints that a version has and that change nothing. */
export function readOnlyEndpoints(version: string): readonly Endpoint[] {
  const judged = resolveVersion(version);
  return allEndpoints().filter((endpoint) => endpoint.readonly && compareVersions(endpoint.since, judged) <= 0);
}

/**
 * Whether a view may send this request: a GET of a known path that changes nothing. `path` may have a query;
 * job and execution names stand where the catalogue says `:job` and `:execution`.
 */
export function isReadOnlyRequest(method: string, path: string): boolean {
  const parts = segments(path.split("?", 1)[0] ?? "");
  return allEndpoints().some(
    (endpoint) => endpoint.readonly && endpoint.method === method && matches(segments(endpoint.path), parts),
  );
}

const segments = (path: string): string[] => path.replace(/\/+$/, "").split("/");

function matches(pattern: readonly string[], parts: readonly string[]): boolean {
  return (
    pattern.length === parts.length &&
    pattern.every((part, index) => (part.startsWith(":") ? parts[index] !== "" : part === parts[index]))
  );
}
