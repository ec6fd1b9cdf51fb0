// What a JSON Schema can say beyond keys and types: keys that exclude or need each other, narrower values. One table a kind.
import type { SchemaObject } from "../schema.ts";
import { keysOfAction } from "./relabelling.ts";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** Keys of which a section may have one, by section. */
const exclusive: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  TLSConfig: [
    ["ca", "ca_file"],
    ["cert", "cert_file"],
    ["key", "key_file"],
  ],
  BasicAuth: [
    ["username", "username_file"],
    ["password", "password_file"],
  ],
  Authorization: [["credentials", "credentials_file"]],
  OAuth2: [["client_secret", "client_secret_file"]],
  RemoteWriteConfig: [
    ["basic_auth", "sigv4"],
    ["basic_auth", "azuread"],
    ["basic_auth", "google_iam"],
    ["authorization", "sigv4"],
    ["authorization", "azuread"],
    ["authorization", "google_iam"],
    ["oauth2", "sigv4"],
    ["oauth2", "azuread"],
    ["oauth2", "google_iam"],
    ["sigv4", "azuread"],
    ["sigv4", "google_iam"],
    ["azuread", "google_iam"],
  ],
  "sd.consul": [
    ["username", "basic_auth"],
    ["password", "basic_auth"],
    ["token", "authorization"],
    ["token", "oauth2"],
  ],
  "sd.marathon": [
    ["auth_token", "auth_token_file"],
    ["auth_token", "basic_auth"],
    ["auth_token_file", "basic_auth"],
    ["auth_token", "bearer_token"],
    ["auth_token", "bearer_token_file"],
    ["auth_token_file", "bearer_token"],
    ["auth_token", "authorization"],
    ["auth_token_file", "authorization"],
  ],
  "sd.kubernetes": [
    ["api_server", "kubeconfig_file"],
    ...["basic_auth", "authorization", "oauth2", "bearer_token", "tls_config"].map(
      (key) => ["kubeconfig_file", key] as const,
    ),
  ],
  "sd.outscale": [["secret_key", "secret_key_file"]],
  "sd.scaleway": [["secret_key", "secret_key_file"]],
  "sd.oci": [["key_passphrase", "key_passphrase_file"]],
};

const client: readonly (readonly [string, string])[] = [
  ["bearer_token", "bearer_token_file"],
  ["bearer_token", "basic_auth"],
  ["bearer_token_file", "basic_auth"],
  ["bearer_token", "authorization"],
  ["bearer_token_file", "authorization"],
  ["bearer_token", "oauth2"],
  ["bearer_token_file", "oauth2"],
  ["basic_auth", "authorization"],
  ["basic_auth", "oauth2"],
  ["authorization", "oauth2"],
];

/** A key, and those of which it needs one. */
const needs: Readonly<Record<string, readonly (readonly [string, readonly string[]])[]>> = {
  TLSConfig: [
    ["cert", ["key", "key_file", "key_ref"]],
    ["cert_file", ["key", "key_file", "key_ref"]],
    ["key", ["cert", "cert_file", "cert_ref"]],
    ["key_file", ["cert", "cert_file", "cert_ref"]],
  ],
  SigV4Config: [
    ["access_key", ["secret_key"]],
    ["secret_key", ["access_key"]],
    ["external_id", ["role_arn"]],
  ],
  OTLPConfig: [["ignore_resource_attributes", ["promote_all_resource_attributes"]]],
};

const proxy: readonly (readonly [string, readonly string[]])[] = [
  ["no_proxy", ["proxy_url", "proxy_from_environment"]],
  ["proxy_connect_header", ["proxy_url", "proxy_from_environment"]],
];

/** Keys of which one must be there. */
const oneOf: Readonly<Record<string, readonly string[]>> = {
  "sd.outscale": ["secret_key", "secret_key_file"],
  "sd.scaleway": ["secret_key", "secret_key_file"],
  AzureADConfig: ["managed_identity", "workload_identity", "oauth", "certificate", "sdk"],
};

function notNull(key: string): JsonObject {
  return { required: [key], properties: { [key]: { not: { type: "null" } } } };
}

function notBoth([one, other]: readonly [string, string]): JsonObject {
  return { not: { allOf: [notNull(one), notNull(other)] } };
}

function needsOne([key, others]: readonly [string, readonly string[]]): JsonObject {
  return implies(notNull(key), { anyOf: others.map(notNull) });
}

/** What holds for every section that speaks HTTP, written once and referred to. */
export const clientRules: JsonObject = {
  allOf: [...client.map(notBoth), ...proxy.map(needsOne)],
};

/** `properties` keeps what it says of other keys for itself: each rule stands in an `allOf`. */
export function constraints(owner: SchemaObject): JsonObject {
  const some = oneOf[owner.name];
  const rules: Json[] = [
    ...(owner.keys.has("bearer_token") && owner.name !== "sd.aws" ? [{ $ref: "#/definitions/httpClientRules" }] : []),
    ...(exclusive[owner.name] ?? []).map(notBoth),
    ...(needs[owner.name] ?? []).map(needsOne),
    ...(some ? [{ anyOf: some.map(notNull) }] : []),
    ...(special[owner.name]?.() ?? []),
  ];
  return rules.length === 0 ? {} : { anyOf: [{ type: "null" }, { allOf: rules }] };
}

/** An implication as JSON Schema can say it without a `then`, which JavaScript takes for a promise. */
function implies(condition: JsonObject, consequence: JsonObject): JsonObject {
  return { anyOf: [{ not: condition }, consequence] };
}

const has = (key: string, value: JsonObject): JsonObject => ({ required: [key], properties: { [key]: value } });

const special: Readonly<Record<string, () => Json[]>> = {
  RelabelConfig: relabelRules,
  ScrapeConfig: addressRules,
  AlertmanagerConfig: addressRules,
  OTLPConfig: () => [
    {
      not: {
        allOf: [
          has("promote_all_resource_attributes", { enum: [true] }),
          has("promote_resource_attributes", { minItems: 1 }),
        ],
      },
    },
  ],
  "sd.azure": () => [{ anyOf: [notOAuth, { required: ["tenant_id", "client_id", "client_secret"] }] }],
  "sd.dns": () => [implies(has("type", anyCase(["A", "AAAA", "MX", "NS"])), has("port", { not: { enum: [0, null] } }))],
  "sd.kubernetes": () => [
    { not: { allOf: [notNull("api_server"), has("namespaces", has("own_namespace", { enum: [true] }))] } },
    ...["pod", "service", "endpoints", "endpointslice", "node", "ingress"].map((role) =>
      implies(has("role", { enum: [role] }), {
        properties: { selectors: { items: { properties: { role: { enum: [...(selectable[role] ?? [role])] } } } } },
      }),
    ),
  ],
  "sd.oci": () => [
    {
      anyOf: [
        has("auth", { enum: ["instance_principal"] }),
        { required: ["tenancy", "user", "fingerprint", "key_file"] },
      ],
    },
    implies(has("auth", { enum: ["instance_principal"] }), {
      not: { anyOf: ["tenancy", "user", "fingerprint", "key_file"].map(notNull) },
    }),
  ],
};

const notOAuth = has("authentication_method", { enum: ["ManagedIdentity", "SDK", "WorkloadIdentity"] });

const selectable: Readonly<Record<string, readonly string[]>> = {
  pod: ["pod", "node"],
  endpoints: ["pod", "service", "endpoints"],
  endpointslice: ["pod", "service", "endpointslice"],
};

/** Without relabelling a target is no URL. */
function addressRules(): Json[] {
  const plain = { properties: { targets: { items: { not: { type: "string", pattern: "/" } } } } };
  return [
    {
      anyOf: [
        has("relabel_configs", { type: "array", minItems: 1 }),
        { properties: { static_configs: { items: plain } } },
      ],
    },
  ];
}

/** What each action needs and takes. */
function relabelRules(): Json[] {
  const targeted = ["replace", "hashmod", "lowercase", "uppercase", "keepequal", "dropequal"];
  const strict = ["keepequal", "dropequal", "labeldrop", "labelkeep"];
  const fixed = ["lowercase", "uppercase", "keepequal", "dropequal", "labeldrop", "labelkeep"];
  const when = (action: string, consequence: JsonObject): JsonObject =>
    implies(has("action", anyCase([action])), consequence);
  const without = (action: string): JsonObject => {
    const extra = ["source_labels", "regex", "modulus", "target_label"].filter(
      (key) => !keysOfAction(action).includes(key),
    );
    return { not: { anyOf: extra.map((key) => (key === "regex" ? { required: [key] } : notNull(key))) } };
  };
  const target = has("target_label", { type: ["string", "number", "boolean"], minLength: 1 });
  return [
    { anyOf: [{ required: ["action"] }, target] },
    ...targeted.map((action) => when(action, target)),
    when("hashmod", has("modulus", { not: { enum: [0, null] } })),
    ...strict.map((action) =>
      when(action, { allOf: [without(action), { properties: { separator: { enum: [";"] } } }] }),
    ),
    ...fixed.map((action) => when(action, { properties: { replacement: { enum: ["$1"] } } })),
    when("labelmap", { properties: { replacement: { type: "string", minLength: 1 } } }),
  ];
}

const reserved =
  "host|content-encoding|content-length|content-type|user-agent|connection|keep-alive|proxy-authenticate|proxy-authorization|www-authenticate|accept-encoding|x-prometheus-remote-write-version|x-prometheus-remote-read-version|x-amz-date|x-amz-security-token|x-amz-content-sha256|authorization";

const headerNames: JsonObject = { propertyNames: { not: anyCase(reserved.split("|")) } };

const webUrl: JsonObject = { type: "string", pattern: "^https?://[^\\s/][^\\s]*$" };
const labelNames: JsonObject = { propertyNames: { minLength: 1 } };
const protocols: JsonObject = { minItems: 1, uniqueItems: true };
const paths: JsonObject = { items: { type: "string", pattern: "^/" } };
const anyUrl: JsonObject = {
  not: {
    type: "string",
    pattern: "^:|^[^/]*[\\s].*://|[\\x00-\\x1f]|%(?![0-9a-fA-F]{2})|^[0-9][^/]*:|^[a-zA-Z]+://[^/]* ",
  },
};

/** Narrower values of a key, by section and key or by key alone. */
const values: Readonly<Record<string, JsonObject>> = {
  headers: headerNames,
  http_headers: headerNames,
  labels: labelNames,
  external_labels: labelNames,
  required_matchers: labelNames,
  scrape_protocols: protocols,
  proxy_url: anyUrl,
  "sd.http.url": webUrl,
  "sd.puppetdb.url": webUrl,
  "sd.kuma.server": { type: "string", pattern: "^[a-z][a-z0-9+.-]*://." },
  "sd.eureka.server": { type: "string", pattern: "^[a-z][a-z0-9+.-]*://." },
  "sd.nerve.paths": paths,
  "sd.serverset.paths": paths,
  "sd.openstack.availability": { not: { type: "null" } },
  "sd.scaleway.access_key": { type: "string", pattern: "^SCW[A-Z0-9]{17}$" },
  "TSDBRetentionConfig.percentage": { minimum: 0, maximum: 100 },
  "OTLPConfig.promote_resource_attributes": { uniqueItems: true, items: { type: "string", pattern: "\\S" } },
  "OTLPConfig.ignore_resource_attributes": { uniqueItems: true, items: { type: "string", pattern: "\\S" } },
};

export function narrowed(section: string, key: string): JsonObject {
  return values[`${section}.${key}`] ?? values[key] ?? {};
}

/** A text in any case, as a pattern: JSON Schema knows no other way. */
export function anyCase(names: readonly string[]): JsonObject {
  const either = (letter: string): string =>
    letter.toLowerCase() === letter.toUpperCase() ? letter : `[${letter.toLowerCase()}${letter.toUpperCase()}]`;
  return { type: "string", pattern: `^(${names.map((name) => [...name].map(either).join("")).join("|")})$` };
}
