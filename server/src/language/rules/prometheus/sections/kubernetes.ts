// kubernetes_sd_configs: which API server, and selectors that fit the role. Source: discovery/kubernetes/kubernetes.go.

import { hasCustomClient } from "./httpClient.ts";
import { type Look, missing, refuse } from "./look.ts";
import {
  boolOf,
  childOf,
  childrenOf,
  isFilled,
  isSet,
  keyPlace,
  lastPlace,
  type Section,
  startPlace,
  textOf,
  valuePlace,
} from "./section.ts";

const selectable: Readonly<Record<string, readonly string[]>> = {
  pod: ["pod", "node"],
  service: ["service"],
  endpoints: ["pod", "service", "endpoints"],
  endpointslice: ["pod", "service", "endpointslice"],
  node: ["node"],
  ingress: ["ingress"],
};

export function checkKubernetes(look: Look): void {
  const { section } = look;
  if (!isSet(section, "role")) {
    const at = section.entries.has("role") ? valuePlace(section, "role") : startPlace(section);
    const words = "role missing (one of: pod, service, endpoints, endpointslice, node, ingress)";
    missing(look, words, "Write `role`.", at);
  }
  checkServer(look);
  checkSelectors(look);
}

function checkServer(look: Look): void {
  const { section } = look;
  const hasServer = isFilled(section, "api_server");
  const hasFile = isFilled(section, "kubeconfig_file");
  const custom = hasCustomClient(section);
  if (hasFile && hasServer) {
    const words = "cannot use 'kubeconfig_file' and 'api_server' simultaneously";
    refuse(look, "conflict", lastPlace(section, ["kubeconfig_file", "api_server"]), words, "Keep one of the two.");
  }
  if (hasFile && custom) {
    const words = "cannot use a custom HTTP client configuration together with 'kubeconfig_file'";
    refuse(look, "conflict", keyPlace(section, "kubeconfig_file"), words, "Keep one of the two.");
  }
  if (!hasServer && !hasFile && custom) {
    const words = "to use custom HTTP client configuration please provide the 'api_server' URL explicitly";
    refuse(look, "conflict", customPlace(section), words, "Write `api_server`.");
  }
  const namespaces = childOf(section, "namespaces", "sd.kubernetes.Namespaces");
  if (!namespaces || !boolOf(namespaces, "own_namespace")) return;
  for (const key of ["api_server", "kubeconfig_file"]) {
    if (!isFilled(section, key)) continue;
    const words = `cannot use '${key}' and 'namespaces.own_namespace' simultaneously`;
    const inside = keyPlace(namespaces, "own_namespace");
    refuse(
      look,
      "conflict",
      later(keyPlace(section, key), inside),
      words,
      "Name the namespaces in `namespaces.names`.",
    );
  }
}

const later = (a: { start: number; end: number }, b: { start: number; end: number }) => (a.start > b.start ? a : b);

/** The first key of the HTTP client. */
function customPlace(section: Section) {
  const client = [
    "basic_auth",
    "authorization",
    "oauth2",
    "bearer_token",
    "bearer_token_file",
    "tls_config",
    "http_headers",
    "proxy_url",
    "no_proxy",
    "proxy_from_environment",
    "proxy_connect_header",
    "follow_redirects",
    "enable_http2",
  ];
  const written = client.filter((key) => section.entries.has(key)).map((key) => keyPlace(section, key));
  return written.sort((a, b) => a.start - b.start)[0] ?? startPlace(section);
}

function checkSelectors(look: Look): void {
  const { section } = look;
  const role = textOf(section, "role");
  const allowed = selectable[role];
  const seen = new Set<string>();
  for (const selector of childrenOf(section, "selectors", "sd.kubernetes.Selector")) {
    const own = textOf(selector, "role");
    const at = selector.entries.has("role") ? keyPlace(selector, "role") : startPlace(selector);
    if (seen.has(own)) refuse(look, "discovery", at, `duplicated selector role: ${own}`, "Join the two.");
    seen.add(own);
    if (allowed && !allowed.includes(own)) {
      const words = `${role} role supports only ${allowed.join(", ")} selectors`;
      refuse(look, "discovery", at, words, `Write ${allowed.map((name) => `\`${name}\``).join(" or ")}.`);
    }
    checkFieldSelector(look, selector);
    checkLabelSelector(look, selector);
  }
}

/** `a=b`, `a==b`, `a!=b`, several with commas. Source: fields.ParseSelector of apimachinery. */
function checkFieldSelector(look: Look, selector: Section): void {
  const text = textOf(selector, "field");
  for (const part of text.split(/(?<!\\),/)) {
    if (part === "" || /^(?:[^\\=!]|\\.)+?(?:!=|==|=)/.test(part) || /=/.test(part)) continue;
    const words = `invalid selector: '${text}'; can't understand '${part}'`;
    refuse(look, "discovery", valuePlace(selector, "field"), words, "Write `name=value`.");
  }
}

/** One requirement of a label selector: `a`, `!a`, `a=b`, `a!=b`, `a in (b, c)`, `a notin (b)`, `a > 1`. */
const requirement =
  /^\s*(?:!?\s*[\w./-]+|[\w./-]+\s*(?:==|=|!=)\s*[\w.-]*|[\w./-]+\s+(?:in|notin)\s*\([^()]*\)|[\w./-]+\s*[<>]\s*\d+)\s*$/;

function checkLabelSelector(look: Look, selector: Section): void {
  const text = textOf(selector, "label");
  if (text.trim() === "") return;
  const bad = text.split(/,(?![^(]*\))/).find((part) => !requirement.test(part));
  if (bad === undefined) return;
  const words = `unable to parse requirement: ${JSON.stringify(bad.trim())} is not a label selector`;
  refuse(look, "discovery", valuePlace(selector, "label"), words, "Write `name=value`, `name in (a, b)` or `!name`.");
}
