// Asks a Prometheus server (Prometheus, Thanos, Mimir, VictoriaMetrics) over `/api/v1` and gives what it says as plain data.
// Reads only. It knows no store; errors are the server's own words. Facts: Prometheus docs, "HTTP API".
import type { ServerAlertFrame } from "../frames.ts";
import { toSampleValue } from "../store/sampleValue.ts";
import type { Asker } from "./asker.ts";
import type { Endpoint } from "./endpoints.ts";
import type { Failure } from "./faults.ts";
import { asArray, asObject, asText, asTexts, asTime } from "./json.ts";

/** What a call gives; `warnings` are the server's, with the infos of Prometheus 3. */
export type Said<Data> = { readonly data: Data; readonly warnings: readonly string[] } | { readonly failure: Failure };

/** Times in ms; values as Prometheus has them, NaN and infinities included. */
export type PromSample = { readonly at: number; readonly value: number };

export type PromResult =
  | { readonly type: "scalar"; readonly sample: PromSample }
  | { readonly type: "string"; readonly at: number; readonly text: string }
  | { readonly type: "vector"; readonly series: readonly { readonly labels: Labels; readonly sample: PromSample }[] }
  | {
      readonly type: "matrix";
      readonly series: readonly { readonly labels: Labels; readonly samples: readonly PromSample[] }[];
    };

export type Labels = Readonly<Record<string, string>>;

export type PromRule = {
  readonly kind: "alerting" | "recording";
  readonly name: string;
  readonly query: string;
  readonly labels: Labels;
  readonly health: string;
  readonly lastError: string;
  /** Alerting rules only. */
  readonly state?: ServerAlertFrame["state"];
  readonly alerts: readonly ServerAlertFrame[];
};

export type PromGroup = { readonly name: string; readonly file: string; readonly rules: readonly PromRule[] };

type Query = readonly (readonly [string, string])[];

/** The instant value of an expression; `at` in ms, now if absent. */
export function query(asker: Asker, expression: string, at?: number): Promise<Said<PromResult>> {
  const time: Query = at === undefined ? [] : [["time", seconds(at)]];
  return call(asker, "query", [["query", expression], ...time], readResult);
}

/** The values of an expression over time; all in ms. */
export function queryRange(
  asker: Asker,
  expression: string,
  range: { readonly from: number; readonly to: number; readonly step: number },
): Promise<Said<PromResult>> {
  const parameters: Query = [
    ["query", expression],
    ["start", seconds(range.from)],
    ["end", seconds(range.to)],
    ["step", seconds(range.step)],
  ];
  return call(asker, "queryRange", parameters, readResult);
}

/** The label sets that match any of the selectors; there must be one. */
export function series(asker: Asker, selectors: readonly string[]): Promise<Said<readonly Labels[]>> {
  return call(asker, "series", matching(selectors), (data) => asArray(data).map(asTexts));
}

export function labels(asker: Asker, selectors: readonly string[] = []): Promise<Said<readonly string[]>> {
  return call(asker, "labels", matching(selectors), (data) => asArray(data).map(asText));
}

export function labelValues(
  asker: Asker,
  name: string,
  selectors: readonly string[] = [],
): Promise<Said<readonly string[]>> {
  return call(asker, "labelValues", matching(selectors), (data) => asArray(data).map(asText), name);
}

export function rules(asker: Asker): Promise<Said<readonly PromGroup[]>> {
  return call(asker, "rules", [], (data) => asArray(asObject(data).groups).map(readGroup));
}

export function alerts(asker: Asker): Promise<Said<readonly ServerAlertFrame[]>> {
  return call(asker, "alerts", [], (data) => asArray(asObject(data).alerts).map(readAlert));
}

/** The server's version. */
export function buildInfo(asker: Asker): Promise<Said<string>> {
  return call(asker, "buildInfo", [], (data) => asText(asObject(data).version));
}

const seconds = (milliseconds: number): string => String(milliseconds / 1000);

const matching = (selectors: readonly string[]): Query => selectors.map((selector) => ["match[]", selector] as const);

/** Errors come as JSON with a status of 4xx or 5xx. */
async function call<Data>(
  asker: Asker,
  endpoint: Endpoint,
  parameters: Query,
  read: (data: unknown) => Data,
  segment?: string,
): Promise<Said<Data>> {
  const request = { endpoint, query: parameters, ...(segment === undefined ? {} : { segment }) };
  const answer = await asker.ask(request, { anyStatus: true });
  if ("failure" in answer) return { failure: answer.failure };
  const { status, data, error, errorType, warnings, infos } = asObject(answer.data);
  if (status === "success")
    return { data: read(data), warnings: [...asArray(warnings), ...asArray(infos)].map(asText) };
  if (status === "error") return { failure: serverFailure(asText(errorType), asText(error)) };
  return {
    failure: {
      reason: `${asker.peer.address} answers JSON, but not as a Prometheus server.`,
      advice: "Set the address below which `/api/v1/query` is: Mimir's is `…/prometheus`.",
    },
  };
}

/** The errors of Prometheus' API by their type. */
function serverFailure(type: string, error: string): Failure {
  const reason = `The server says (${type}): ${error}`;
  if (type === "bad_data") return { reason, advice: "Correct the expression or the parameter." };
  if (type === "timeout" || type === "canceled")
    return { reason, advice: "Ask for less: a shorter range, a longer step, a narrower selector." };
  if (type === "execution")
    return { reason, advice: "The expression parses but cannot be evaluated on what is stored." };
  if (type === "unavailable") return { reason, advice: "The server is starting: wait." };
  return { reason, advice: "Look at the server's log." };
}

function readResult(data: unknown): PromResult {
  const { resultType, result } = asObject(data);
  if (resultType === "scalar") return { type: "scalar", sample: readSample(result) };
  if (resultType === "string") return { type: "string", at: readSample(result).at, text: asText(asArray(result)[1]) };
  if (resultType === "matrix")
    return {
      type: "matrix",
      series: asArray(result).map((entry) => {
        const { metric, values } = asObject(entry);
        return { labels: asTexts(metric), samples: asArray(values).map(readSample) };
      }),
    };
  // a native histogram has no `value`; nothing of Dkron is one
  const floats = asArray(result).filter((entry) => "value" in asObject(entry));
  return {
    type: "vector",
    series: floats.map((entry) => {
      const { metric, value } = asObject(entry);
      return { labels: asTexts(metric), sample: readSample(value) };
    }),
  };
}

/** `[seconds, "value"]`. */
function readSample(pair: unknown): PromSample {
  const [at, value] = asArray(pair);
  return { at: Math.round(Number(at) * 1000), value: readValue(value) };
}

function readValue(value: unknown): number {
  const text = asText(value);
  if (text === "+Inf" || text === "Inf") return Number.POSITIVE_INFINITY;
  if (text === "-Inf") return Number.NEGATIVE_INFINITY;
  return text === "" ? Number.NaN : Number(text);
}

function readGroup(entry: unknown): PromGroup {
  const group = asObject(entry);
  return { name: asText(group.name), file: asText(group.file), rules: asArray(group.rules).map(readRule) };
}

function readRule(entry: unknown): PromRule {
  const rule = asObject(entry);
  const common = {
    name: asText(rule.name),
    query: asText(rule.query),
    labels: asTexts(rule.labels),
    health: asText(rule.health),
    lastError: asText(rule.lastError),
  };
  if (rule.type !== "alerting") return { kind: "recording", ...common, alerts: [] };
  const held = asArray(rule.alerts).map(readAlert);
  return { kind: "alerting", ...common, state: readState(rule.state), alerts: held };
}

function readAlert(entry: unknown): ServerAlertFrame {
  const alert = asObject(entry);
  const held = asTexts(alert.labels);
  return {
    name: held.alertname ?? "",
    state: readState(alert.state),
    labels: held,
    annotations: asTexts(alert.annotations),
    activeAt: asTime(alert.activeAt),
    value: toSampleValue(readValue(alert.value)),
  };
}

const readState = (state: unknown): ServerAlertFrame["state"] =>
  state === "inactive" || state === "pending" || state === "firing" ? state : "unknown";
