// remote_write and remote_read: address, headers, queue and the ways to log in. Source: config/config.go, storage/remote/azuread, sigv4.
import { goQuote } from "../../../../catalog/prometheus/goQuote.ts";
import { parseGoUrl } from "../../../../catalog/prometheus/goUrl.ts";
import { isReservedHeader } from "../../../../catalog/prometheus/headers.ts";
import { readDuration } from "../../../../catalog/prometheus/values.ts";
import { checkHttpClient, loginKeys } from "./httpClient.ts";
import { type Look, refuse } from "./look.ts";
import { checkRules } from "./relabel.ts";
import {
  childOf,
  entryPlace,
  isFilled,
  isNull,
  isSet,
  keyPlace,
  lastPlace,
  mapEntries,
  nodeAt,
  numberOf,
  type Section,
  startPlace,
  textOf,
  valuePlace,
} from "./section.ts";
import { anyOf } from "./told.ts";

export function checkRemoteWrite(look: Look): void {
  const { section, globals } = look;
  checkUrl(look, "remote_write");
  checkRules(look, "write_relabel_configs", globals.scheme, "empty or null relabeling rule in remote write config");
  checkHeaders(look);
  checkQueue(look);
  if (section.entries.has("protobuf_message") && !isSet(section, "protobuf_message"))
    refuse(look, "value", valuePlace(section, "protobuf_message"), unknownMessage(""), "Remove the key.");
  checkHttpClient(look);
  checkLogins(look);
}

export function checkRemoteRead(look: Look): void {
  checkUrl(look, "remote_read");
  checkHeaders(look);
  checkHttpClient(look);
}

export function unknownMessage(text: string): string {
  return `invalid protobuf_message value: unknown type for remote write protobuf message ${text}, supported: prometheus.WriteRequest, io.prometheus.write.v2.Request`;
}

/** `url: ""` is taken. */
function checkUrl(look: Look, name: string): void {
  const { section } = look;
  if (isSet(section, "url")) checkWeb(look);
  else refuse(look, "missing", startPlace(section), `url for ${name} is empty`, "Write `url`.");
}

/** Other schemes are taken, and no request gets through. */
function checkWeb({ section, tell }: Look): void {
  const text = textOf(section, "url");
  const parsed = parseGoUrl(text);
  if (text === "" || "reason" in parsed || /^https?$/.test(parsed.url.scheme)) return;
  const range = valuePlace(section, "url");
  const message = `Prometheus takes the URL and then fails at every request: unsupported protocol scheme ${goQuote(parsed.url.scheme)}. Write \`http://\` or \`https://\` in front.`;
  const isAddress = /^[\w.-]+(?::\d+)?(?:\/[\w./-]*)?$/.test(text);
  const to = `http://${text}`;
  tell({
    topic: "fails-later",
    range,
    message,
    fixes: isAddress ? [{ title: `Write ${to}`, safe: false, edits: [{ range, text: to }] }] : [],
  });
}

const authorization =
  "authorization header must be changed via the basic_auth, authorization, oauth2, sigv4, azuread or google_iam parameter";

function checkHeaders(look: Look): void {
  for (const { name, entry } of mapEntries(look.section, "headers")) {
    if (name.toLowerCase() === "authorization")
      refuse(look, "value", entryPlace(entry), authorization, "Write one of these keys.");
    else if (isReservedHeader(name))
      refuse(look, "value", entryPlace(entry), `${name} is a reserved header. It must not be changed`, "Remove it.");
  }
}

function checkQueue(look: Look): void {
  const { section } = look;
  const positive = ["max_shards", "min_shards", "max_samples_per_send", "capacity"];
  if (section.entries.has("queue_config") && isNull(nodeAt(section, "queue_config"))) {
    const words = "remote write queue max_shards must be positive";
    refuse(look, "value", keyPlace(section, "queue_config"), words, "An empty section sets all to 0: remove the key.");
    return;
  }
  const queue = childOf(section, "queue_config", "QueueConfig");
  if (!queue) return;
  let fine = true;
  for (const key of positive) {
    const value = numberOf(queue, key);
    if (value === undefined || Math.trunc(value) > 0) continue;
    fine = false;
    refuse(look, "value", valuePlace(queue, key), `remote write queue ${key} must be positive`, "Write 1 or more.");
  }
  if (fine && (numberOf(queue, "min_shards") ?? 0) > (numberOf(queue, "max_shards") ?? Number.POSITIVE_INFINITY)) {
    const words = "remote write queue min_shards must not be greater than max_shards";
    refuse(look, "value", lastPlace(queue, ["min_shards", "max_shards"]), words, "Write a smaller `min_shards`.");
  }
  checkBackoff(look, queue);
}

function checkBackoff(look: Look, queue: Section): void {
  const [least, most] = ["min_backoff", "max_backoff"].map((key) =>
    readDuration(queue.entries.has(key) && !isSet(queue, key) ? "0" : textOf(queue, key)),
  );
  if (least?.error !== undefined || most?.error !== undefined || !least || !most || most.value >= least.value) return;
  const words = "remote write queue max_backoff must not be less than min_backoff";
  refuse(look, "value", lastPlace(queue, ["min_backoff", "max_backoff"]), words, "Write a larger `max_backoff`.");
}

function checkLogins(look: Look): void {
  const { section } = look;
  const ways = ["basic_auth", "authorization", "oauth2", "sigv4", "azuread", "google_iam"];
  const found = ways.filter((way) => loginKeys(section, [way]).length > 0);
  if (found.length < 2) return;
  const keys = loginKeys(section, ways);
  const words = `at most one of basic_auth, authorization, oauth2, sigv4, azuread or google_iam must be configured. Currently configured: [${found.join(" ")}]`;
  refuse(look, "conflict", lastPlace(section, keys), words, `Keep one of ${anyOf(keys)}.`);
}

export function checkSigv4(look: Look): void {
  const { section } = look;
  const keys = ["access_key", "secret_key"].filter((key) => isFilled(section, key));
  const [only] = keys;
  if (only !== undefined && keys.length === 1) {
    const words = "must provide a AWS SigV4 Access key and Secret Key if credentials are specified in the SigV4 config";
    refuse(look, "missing", keyPlace(section, only), words, "Write the other one too.");
  }
  if (isFilled(section, "external_id") && !isFilled(section, "role_arn"))
    refuse(
      look,
      "missing",
      keyPlace(section, "external_id"),
      "external_id can only be used with role_arn",
      "Write `role_arn`.",
    );
}

/** In the words of azuread.go: the section's key, its name in messages, the keys it needs and the one that is a UUID. */
const azureMethods = [
  {
    key: "managed_identity",
    type: "AzureADManagedIdentity",
    name: "Managed Identity",
    needs: [],
    uuids: ["client_id"],
  },
  {
    key: "workload_identity",
    type: "AzureADWorkloadIdentity",
    name: "Workload Identity",
    needs: ["client_id", "tenant_id"],
    uuids: ["client_id", "tenant_id"],
  },
  {
    key: "oauth",
    type: "AzureADOAuth",
    name: "OAuth",
    needs: ["client_id", "client_secret", "tenant_id"],
    uuids: ["client_id"],
  },
  {
    key: "certificate",
    type: "AzureADCertificate",
    name: "Certificate",
    needs: ["client_id", "tenant_id", "certificate_path"],
    uuids: ["client_id"],
  },
  { key: "sdk", type: "AzureADSDK", name: "SDK", needs: [], uuids: [] },
] as const;

/** What Go's package for UUIDs reads: plain, as a URN, between any two characters, or without hyphens. */
const uuid =
  /^(?:(?:urn:uuid:)?[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|\p{ASCII}[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\p{ASCII}|[\da-f]{32})$/iu;

/** `section` is the one of remote_write. */
export function checkAzure(look: Look): void {
  const azure = childOf(look.section, "azuread", "AzureADConfig");
  if (!azure) return;
  const found = azureMethods.filter(({ key }) => isSet(azure, key));
  if (found.length === 0) {
    const words =
      "must provide an Azure Managed Identity, Azure Workload Identity, Azure OAuth, Azure Certificate or Azure SDK in the Azure AD config";
    const { start } = keyPlace(look.section, "azuread");
    const { end } = startPlace(azure);
    refuse(
      look,
      "missing",
      { start, end: Math.max(end, keyPlace(look.section, "azuread").end) },
      words,
      "Write `managed_identity`.",
    );
  }
  if (found.length > 1) {
    const words = "cannot provide multiple authentication methods in the Azure AD config";
    refuse(
      look,
      "conflict",
      lastPlace(
        azure,
        found.map(({ key }) => key),
      ),
      words,
      "Keep one of them.",
    );
  }
  for (const method of found) checkAzureMethod(look, azure, method);
  const scope = textOf(azure, "scope");
  if (!/^[\w \t\n\f\r:/.-]*$/.test(scope))
    refuse(
      look,
      "value",
      valuePlace(azure, "scope"),
      "the provided scope contains invalid characters",
      "Write the scope's URL.",
    );
}

function checkAzureMethod(
  look: Look,
  azure: Section,
  { key, type, name, needs, uuids }: (typeof azureMethods)[number],
): void {
  const section = childOf(azure, key, type);
  for (const needed of needs) {
    if (section && isFilled(section, needed)) continue;
    const at = section?.entries.has(needed) ? valuePlace(section, needed) : keyPlace(azure, key);
    refuse(
      look,
      "missing",
      at,
      `must provide an Azure ${name} ${needed} in the Azure AD config`,
      `Write \`${needed}\`.`,
    );
  }
  for (const id of uuids) {
    const text = section ? textOf(section, id) : "";
    if (!section || text === "" || uuid.test(text)) continue;
    const words = `the provided Azure ${name} ${id} is invalid`;
    refuse(look, "value", valuePlace(section, id), words, "Write a UUID.");
  }
}
