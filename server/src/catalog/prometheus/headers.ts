// HTTP headers that Prometheus sets itself. Knows no section.

const reserved = new Set([
  "host",
  "content-encoding",
  "content-length",
  "content-type",
  "user-agent",
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "www-authenticate",
  "accept-encoding",
  "x-prometheus-remote-write-version",
  "x-prometheus-remote-read-version",
  "x-amz-date",
  "x-amz-security-token",
  "x-amz-content-sha256",
]);

/** Whether `headers` of tracing, remote_write and remote_read may not hold it. Source: reservedHeaders in config/config.go. */
export function isReservedHeader(name: string): boolean {
  return reserved.has(name.toLowerCase());
}

/** Whether `http_headers` may not hold it. Source: ReservedHeaders in prometheus/common/config/headers.go. */
export function isReservedHttpHeader(name: string): boolean {
  const lower = name.toLowerCase();
  return reserved.has(lower) || lower === "authorization" || lower === "x-prometheus-scrape-timeout-seconds";
}

/** `User-Agent` for `user-agent`, as Go writes header names; names with other characters stay. */
export function canonicalHeader(name: string): string {
  if (!/^[!#$%&'*+\-.^_`|~0-9a-zA-Z]+$/.test(name)) return name;
  return name
    .toLowerCase()
    .replace(/(^|-)([a-z])/g, (_all, dash: string, letter: string) => dash + letter.toUpperCase());
}
