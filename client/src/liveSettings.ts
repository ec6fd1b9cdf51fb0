// The user's settings for live metrics as the link wants them. Knows no connection.

import * as vscode from "vscode";
import type { LinkSettings, SourceSettings } from "../../server/src/live/frames.ts";

const limits = { history: 3_600_000, maxSeries: 50_000, maxBytes: 512_000_000 };

/** Whether a change of configuration may change the link. */
export function concernsLink(event: vscode.ConfigurationChangeEvent): boolean {
  return event.affectsConfiguration("dkronMetrics.agent") || event.affectsConfiguration("dkronMetrics.live");
}

export function agentUrl(): string {
  return vscode.workspace.getConfiguration("dkronMetrics").get("agent.url", "http://127.0.0.1:8080");
}

export function linkSettings(): LinkSettings {
  const settings = vscode.workspace.getConfiguration("dkronMetrics");
  const interval = settings.get("live.intervalSeconds", 1) * 1000;
  const http = (url: string) => ({
    url,
    timeout: Math.max(2_000, Math.min(10_000, interval * 5)),
    maxBytes: 64_000_000,
    allowSelfSigned: settings.get("agent.allowSelfSignedTls", false),
  });
  const sources: SourceSettings[] = [
    {
      kind: "scrape",
      id: "agent",
      interval,
      everyServer: settings.get("agent.discoverServers", false),
      job: "dkron",
      ...http(agentUrl()),
    },
    { kind: "api", id: "api", interval: Math.max(2_000, interval), ...http(agentUrl()) },
  ];
  const statsd = listenAddress(settings.get("live.statsdAddress", ""));
  if (statsd) sources.push({ kind: "statsd", id: "statsd", interval, signedGauges: "value", ...statsd });
  const dogstatsdAddress = settings.get("live.dogstatsdAddress", "");
  const dogstatsd = listenAddress(dogstatsdAddress);
  if (dogstatsdAddress.startsWith("unix://"))
    sources.push({
      kind: "dogstatsd",
      id: "dogstatsd",
      interval,
      // Where the socket cannot be listened on: what a forwarder sends.
      host: "127.0.0.1",
      port: 0,
      socket: dogstatsdAddress.slice(7),
    });
  else if (dogstatsd) sources.push({ kind: "dogstatsd", id: "dogstatsd", interval, ...dogstatsd });
  const prometheus = settings.get("live.prometheusUrl", "");
  if (prometheus)
    sources.push({
      kind: "prometheus",
      id: "prometheus",
      interval: Math.max(5_000, interval),
      queries: [],
      ...http(prometheus),
    });
  return { sources, ...limits };
}

/** `host:port`, an IPv6 host in brackets; `undefined` for anything else. */
function listenAddress(address: string): { host: string; port: number } | undefined {
  const match = /^(\[[^\]]+\]|[^:]+):(\d{1,5})$/.exec(address.trim());
  return match ? { host: (match[1] ?? "").replace(/^\[|\]$/g, ""), port: Number(match[2]) } : undefined;
}
