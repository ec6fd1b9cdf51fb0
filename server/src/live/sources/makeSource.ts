// The one place where a kind of source meets its maker. It knows all sources and nothing of what they do.
import type { SourceSettings } from "../frames.ts";
import { ApiSource } from "./api.ts";
import { ListenerSource } from "./listener.ts";
import { PrometheusSource } from "./prometheus.ts";
import { ScrapeSource } from "./scrape.ts";
import type { Source, SourceWorld } from "./source.ts";

export function makeSource(settings: SourceSettings, world: SourceWorld): Source {
  switch (settings.kind) {
    case "scrape":
      return new ScrapeSource(settings, world);
    case "api":
      return new ApiSource(settings, world);
    case "prometheus":
      return new PrometheusSource(settings, world);
    case "statsd":
    case "dogstatsd":
      return new ListenerSource(settings, world);
  }
}
