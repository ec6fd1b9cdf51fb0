// The list of what may be asked for is guarded: only reads, only from one place, and what really goes over the wire is on it.
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { isReadOnlyRequest } from "../../server/src/catalog/endpoints.ts";
import { endpoints, requestUrl } from "../../server/src/live/sources/endpoints.ts";
import { linkTo, scrapeOf, serve } from "./loopback.ts";

const room = resolve(import.meta.dirname, "../../server/src/live");
const files = readdirSync(room, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));

describe("endpoints", () => {
  test("the list is this one", () => {
    expect(Object.values(endpoints)).toEqual([
      "/metrics",
      "/health",
      "/v1/",
      "/v1/members",
      "/v1/leader",
      "/v1/isleader",
      "/v1/jobs",
      "/v1/jobs/:job/executions",
      "/v1/busy",
      "/v1/stats",
      "/api/v1/query",
      "/api/v1/query_range",
      "/api/v1/series",
      "/api/v1/labels",
      "/api/v1/label/:name/values",
      "/api/v1/rules",
      "/api/v1/alerts",
      "/api/v1/status/buildinfo",
    ]);
  });

  test("each of an agent's is one that the catalogue calls read-only", () => {
    for (const path of Object.values(endpoints).filter((candidate) => !candidate.startsWith("/api/")))
      expect({ path, readOnly: isReadOnlyRequest("GET", path) }).toEqual({ path, readOnly: true });
  });

  test("requests are made in http.ts only, with GET, and no other file names a path to ask for", () => {
    for (const file of files) {
      const code = readFileSync(join(room, file), "utf8").replace(/\/\/.*|\/\*[\s\S]*?\*\//g, "");
      expect({ file, requests: /from "node:https?"/.test(code) }).toEqual({
        file,
        requests: file === "sources/http.ts",
      });
      expect({ file, method: /method: "(?!GET")/.test(code) }).toEqual({ file, method: false });
      expect({ file, names: /"\/(v1|api|metrics|health)/.test(code) }).toEqual({
        file,
        names: file === "sources/endpoints.ts",
      });
      expect({
        file,
        fetches: /\bfetch\(|node:net"|node:child_process/.test(code.replace(/import \{ isIPv6 \}.*/, "")),
      }).toEqual({ file, fetches: false });
    }
  });

  test("what all sources send is GET, without a body, to a path of the list", async () => {
    const seen = new Set<string>();
    const patterns = Object.values(endpoints).map((path) => new RegExp(`^${path.replace(/:[a-z]+/, "[^/]+")}$`));
    const url = await serve((request, response) => {
      const path = (request.url ?? "").split("?", 1)[0] ?? "";
      expect(request.method).toBe("GET");
      expect(request.headers["content-length"] ?? request.headers["transfer-encoding"]).toBeUndefined();
      expect(patterns.some((pattern) => pattern.test(path))).toBe(true);
      seen.add(path);
      response.writeHead(200, { "Content-Type": path === "/metrics" ? "text/plain" : "application/json" });
      response.end(
        path === "/metrics"
          ? "a 1\n"
          : path === "/v1/"
            ? '{"agent":{"name":"a","version":"4.1.2"}}'
            : '{"status":"success","data":{"alerts":[]}}',
      );
    });
    const http = { url, timeout: 2000, maxBytes: 1e6, allowSelfSigned: false, interval: 20 };
    const link = linkTo([
      scrapeOf(url, { everyServer: true }),
      { kind: "api", id: "api", ...http },
      { kind: "prometheus", id: "prometheus", queries: ["up"], ...http },
    ]);
    await expect.poll(() => seen.size, { timeout: 5000 }).toBeGreaterThanOrEqual(11);
    await link.executions("api", "a/b?c");
    expect([...seen]).toContain("/v1/jobs/a%2Fb%3Fc/executions");
  });

  test("the URL: a path before it, `/metrics` behind it, no credentials in it", () => {
    const urlOf = (base: string): string => requestUrl(new URL(base), { endpoint: "metrics" }).href;
    expect(urlOf("http://h:8080")).toBe("http://h:8080/metrics");
    expect(urlOf("http://h:8080/metrics")).toBe("http://h:8080/metrics");
    expect(urlOf("http://user:password@h/dkron/")).toBe("http://h/dkron/metrics");
    const query = requestUrl(new URL("http://h/prometheus"), {
      endpoint: "query",
      query: [["query", 'a{b="c&d"} + 1']],
    });
    expect(query.searchParams.get("query")).toBe('a{b="c&d"} + 1');
    expect(query.pathname).toBe("/prometheus/api/v1/query");
  });
});
