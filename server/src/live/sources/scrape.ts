// Reads `/metrics` of one agent at an interval, as Prometheus would, and finds the other servers. It must not know views or editors.
import type { ExpositionError, Format } from "../exposition/entries.ts";
import { SteadyReader, type SteadyReading } from "../exposition/steadyReader.ts";
import { surveyBody } from "../exposition/survey.ts";
import { isTakenAt, refusalOf, storedLabels, type TargetLabels } from "../exposition/verdict.ts";
import type { Notice, SourceSettings } from "../frames.ts";
import { takeTurns } from "../turns.ts";
import { makeDescriber } from "./describeSeries.ts";
import { connectionFailure, contentTypeFailure, type Failure, noMetricsFailure, statusFailure } from "./faults.ts";
import { type HttpAnswer, HttpClient, isFault } from "./http.ts";
import { parseJson } from "./json.ts";
import { PolledSource } from "./polledSource.ts";
import type { SourceWorld } from "./source.ts";

type ScrapeSettings = Extract<SourceSettings, { kind: "scrape" }>;

/** How often the members are asked for, in scrapes. */
const discoveryEvery = 10;

/** Notes on lines that could not be read, at most. */
const mostLineNotices = 20;

export class ScrapeSource extends PolledSource {
  readonly kind = "scrape";
  readonly #settings: ScrapeSettings;
  readonly #client: HttpClient;
  readonly #base: URL;
  readonly #target: TargetLabels;
  readonly #reader: SteadyReader;
  #describe = makeDescriber(() => this.version);
  #generation: number;
  #agentName: string | undefined;
  #untilDiscovery = 0;
  #startHandle = -1;
  #startTime: number | undefined;

  constructor(settings: ScrapeSettings, world: SourceWorld) {
    const base = new URL(settings.url);
    super(settings, { title: base.host, address: base.origin }, world);
    this.#settings = settings;
    this.#base = base;
    this.#target = { job: settings.job, instance: instanceOf(this.#base) };
    this.#client = new HttpClient({ ...settings, base: this.#base, accept: "text/plain", heard: world.heard });
    this.#generation = world.intake.generation;
    this.#reader = new SteadyReader((series, family, facts) => {
      const { labels } = storedLabels(series.labels, this.#target);
      const refusal = refusalOf(labels);
      if (refusal !== undefined) return refusal;
      const name = labels.find(([label]) => label === "__name__")?.[1] ?? "";
      const rest = labels.filter(([label]) => label !== "__name__");
      const traits = () => this.#describe(name, rest, family, facts);
      const handle = world.intake.handle({ name, labels: rest }, traits);
      if (name === "process_start_time_seconds") this.#startHandle = handle;
      return handle;
    });
  }

  protected hangUp(): void {
    this.#client.close();
  }

  protected async run(): Promise<Failure | undefined> {
    const at = this.world.clock.now();
    const credentials = await this.world.credentials(this.#base.origin);
    const answer = await this.#client.get({ endpoint: "metrics" }, credentials);
    if (isFault(answer) && answer.fault === "closed") return undefined;
    this.notices = [];
    const failure = isFault(answer) ? connectionFailure(answer, this.#peer()) : await this.#take(answer, at);
    if (failure) {
      this.countFailure();
      this.#storeGap(at);
      return failure;
    }
    if (this.version === undefined || this.#settings.everyServer) await this.#lookAround();
    return undefined;
  }

  #peer() {
    return { kind: "agent", address: this.#base.host, timeout: this.#settings.timeout } as const;
  }

  /** Stores what came, or says why it is not metrics. */
  async #take(answer: HttpAnswer, at: number): Promise<Failure | undefined> {
    if (answer.status === 404) return noMetricsFailure(this.#base.host, await this.#askAgent());
    if (answer.status !== 200) return statusFailure(answer.status, this.#peer(), answer.body);
    const contentType = String(answer.headers["content-type"] ?? "");
    const format = formatOf(contentType);
    if (format === undefined) return contentTypeFailure(this.#base.host, contentType);
    if (this.world.intake.generation !== this.#generation) {
      this.#generation = this.world.intake.generation;
      this.#reader.forget();
      this.#describe = makeDescriber(() => this.version);
    }
    const reading = await this.#reader.readGently(answer.body, format, takeTurns());
    this.counters = {
      ...this.counters,
      received: this.counters.received + 1,
      bytes: this.counters.bytes + answer.body.length,
      lastDuration: answer.duration,
      lastBytes: answer.body.length,
      samples: reading.count,
      series: reading.count,
    };
    if (reading.error) return this.#refuse(reading.error, answer.body, format);
    this.#store(reading, at, answer.duration);
    return undefined;
  }

  #store(reading: SteadyReading, at: number, duration: number): void {
    const { intake } = this.world;
    const { count, handles, values, timestamps } = reading;
    let untimely = 0;
    for (const [index, own] of timestamps ?? [])
      if (!isTakenAt(own, at)) {
        untimely++;
        handles[index] = -1;
      }
    intake.open(at);
    const twice = intake.putAll(handles, values, count);
    const start = this.#startHandle < 0 ? -1 : handles.subarray(0, count).indexOf(this.#startHandle);
    if (start >= 0) this.#watchStart(values[start] as number, at);
    this.#putReport("up", 1);
    this.#putReport("scrape_duration_seconds", duration / 1000);
    this.#putReport("scrape_samples_scraped", count);
    intake.close("complete");
    this.notices = [
      ...(twice > 0
        ? [notice("twice", "warning", `${twice} series stand in the body twice; the first value of each is kept.`)]
        : []),
      ...(untimely > 0
        ? [
            notice(
              "untimely",
              "warning",
              `${untimely} samples bring a time of their own that Prometheus refuses: over an hour old, or ten minutes ahead.`,
            ),
          ]
        : []),
      ...(timestamps
        ? [
            notice(
              "times",
              "info",
              `${timestamps.size} samples bring their own time; here they stand at the time of the scrape.`,
            ),
          ]
        : []),
    ];
  }

  /** A scrape without an answer: everything is stale and `up` is 0, as in Prometheus. */
  #storeGap(at: number): void {
    this.world.intake.open(at);
    this.#putReport("up", 0);
    this.world.intake.close("gap");
  }

  /** Values that Prometheus adds to each scrape; the body's own of that name come first. */
  #putReport(name: string, value: number): void {
    const { intake } = this.world;
    const labels = [
      ["instance", this.#target.instance],
      ["job", this.#target.job],
    ] as const;
    const handle = intake.handle({ name, labels }, () => ({
      type: "gauge",
      role: "value",
      cumulative: false,
      family: name,
      help: reportHelp[name] ?? "",
      expires: false,
    }));
    if (handle >= 0) intake.put(handle, value);
  }

  #watchStart(value: number, at: number): void {
    if (this.#startTime !== undefined && value !== this.#startTime) {
      this.world.on.event({ kind: "restart", at, source: this.id, message: "The agent was started again." });
      this.version = undefined;
    }
    this.#startTime = value;
  }

  /** Says which lines are bad, and what stands around them. */
  async #refuse(error: ExpositionError, body: Buffer, format: Format): Promise<Failure> {
    const { series, errors, badLines } = await surveyBody(body, format, mostLineNotices, takeTurns());
    const more = badLines - errors.length;
    this.notices = [
      notice(
        "stored",
        "error",
        `Prometheus would store none of this scrape: ${series} series can be read around the bad lines.`,
      ),
      ...errors.map(({ line, message }, index) => ({ ...notice(`line${index}`, "error", message), line })),
      ...(more > 0 ? [notice("more", "info", `${more} more lines cannot be read.`)] : []),
    ];
    return {
      reason: `Line ${error.line} of the answer cannot be read: ${error.message}`,
      advice:
        "One bad line costs Prometheus the whole scrape: find out who writes it, or whether something else than an agent answers here.",
    };
  }

  /** The agent's name and version, and where it is asked for, the other servers. */
  async #lookAround(): Promise<void> {
    const agent = this.version === undefined || this.#agentName === undefined ? await this.#askAgent() : undefined;
    if (agent) {
      this.version = agent.version;
      this.#agentName = agent.name;
    }
    if (!this.#settings.everyServer || this.#untilDiscovery-- > 0) return;
    this.#untilDiscovery = discoveryEvery;
    const credentials = await this.world.credentials(this.#base.origin);
    const answer = await this.#client.get({ endpoint: "members" }, credentials);
    if (isFault(answer) || answer.status !== 200) return;
    const urls = otherServers(parseJson(answer.body), this.#agentName, this.#base);
    if (urls) this.world.on.servers(urls);
  }

  async #askAgent(): Promise<{ name: string; version: string } | undefined> {
    const credentials = await this.world.credentials(this.#base.origin);
    const answer = await this.#client.get({ endpoint: "agent" }, credentials);
    if (isFault(answer) || answer.status !== 200) return undefined;
    const agent = (parseJson(answer.body) as { agent?: { name?: unknown; version?: unknown } } | undefined)?.agent;
    return typeof agent?.name === "string" && typeof agent.version === "string"
      ? { name: agent.name, version: agent.version }
      : undefined;
  }
}

const reportHelp: Readonly<Record<string, string>> = {
  up: "1 if the last scrape was read and taken, 0 if not. Added to each scrape.",
  scrape_duration_seconds: "How long the last scrape took. Added to each scrape.",
  scrape_samples_scraped: "Samples in the last scrape. Added to each scrape.",
};

const notice = (id: string, severity: Notice["severity"], message: string): Notice => ({ id, severity, message });

/** `host:port`, with the port that the scheme implies. */
function instanceOf(url: URL): string {
  if (url.port !== "") return url.host;
  return `${url.host}:${url.protocol === "https:" ? 443 : 80}`;
}

/** Undefined: nothing that Prometheus takes without `fallback_scrape_protocol`. */
function formatOf(contentType: string): Format | undefined {
  const type = (contentType.split(";", 1)[0] ?? "").trim().toLowerCase();
  if (type === "application/openmetrics-text") return "openmetrics";
  return type === "text/plain" ? "text" : undefined;
}

/**
 * Scrape URLs of the living servers but the one that was asked. Members tell the address of their gossip, not of their HTTP: the port is
 * taken to be the same on all.
 */
function otherServers(members: unknown, self: string | undefined, base: URL): string[] | undefined {
  if (!Array.isArray(members)) return undefined;
  return members.flatMap(
    (member: { Name?: unknown; Addr?: unknown; Status?: unknown; Tags?: { server?: unknown } }) => {
      const { Name: name, Addr: address, Status: status, Tags: tags } = member ?? {};
      if (typeof address !== "string" || name === self || status === 3 || tags?.server !== "true") return [];
      const url = new URL(base);
      url.hostname = address.includes(":") ? `[${address}]` : address;
      return [url.href];
    },
  );
}
