// Every path that the link may ask for, all of them read with GET and nothing else. A test guards this list; no other file names a path.

/** `:name` stands for one escaped path segment. */
export const endpoints = {
  metrics: "/metrics",
  health: "/health",
  agent: "/v1/",
  members: "/v1/members",
  leader: "/v1/leader",
  isLeader: "/v1/isleader",
  jobs: "/v1/jobs",
  executions: "/v1/jobs/:job/executions",
  busy: "/v1/busy",
  stats: "/v1/stats",
  query: "/api/v1/query",
  queryRange: "/api/v1/query_range",
  series: "/api/v1/series",
  labels: "/api/v1/labels",
  labelValues: "/api/v1/label/:name/values",
  rules: "/api/v1/rules",
  alerts: "/api/v1/alerts",
  buildInfo: "/api/v1/status/buildinfo",
} as const;

export type Endpoint = keyof typeof endpoints;

export type EndpointRequest = {
  readonly endpoint: Endpoint;
  /** For the `:name` of the path. */
  readonly segment?: string;
  readonly query?: readonly (readonly [string, string])[];
};

/**
 * The URL of a request. The base may have a path, as behind a proxy; one that ends in `/metrics` is the scrape URL itself.
 */
export function requestUrl(base: URL, { endpoint, segment, query = [] }: EndpointRequest): URL {
  const url = new URL(base);
  const prefix = base.pathname.replace(/\/+$/, "").replace(/\/metrics$/, "");
  url.pathname = prefix + endpoints[endpoint].replace(/:[a-z]+/, encodeURIComponent(segment ?? ""));
  url.search = new URLSearchParams(query.map(([name, value]): [string, string] => [name, value])).toString();
  url.hash = "";
  url.username = "";
  url.password = "";
  return url;
}
