// kubernetes_sd_configs: which API server, and selectors that fit the role. Source: discovery/kubernetes/kubernetes.go.
import { labelSelectorFault } from "../../../../catalog/prometheus/labelSelector.ts";
import { hasCustomClient } from "./httpClient.ts";
import { type Look, missing, refuse } from "./look.ts";
import {
  boolOf,
  childOf,
  dashPlace,
  isFilled,
  isNothing,
  isSet,
  itemsOf,
  keyPlace,
  lastPlace,
  nodeAt,
  type Section,
  sectionOf,
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
  if (isNothing(nodeAt(section, "role"))) {
    const at = section.entries.has("role") ? valuePlace(section, "role") : startPlace(section);
    const words = "role missing (one of: pod, service, endpoints, endpointslice, node, ingress)";
    missing(look, words, "Write `role`.", at);
  }
  checkServer(look);
  checkSelectors(look);
}

function checkServer(look: Look): void {
  const { section } = look;
  const hasServer = isSet(section, "api_server");
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
    if (key === "api_server" ? !isSet(section, key) : !isFilled(section, key)) continue;
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
  for (const { item, value } of itemsOf(section, "selectors")) {
    const selector = sectionOf(section.file, "sd.kubernetes.Selector", value);
    if (!selector && allowed && isNothing(value)) {
      const words = `${role} role supports only ${allowed.join(", ")} selectors`;
      refuse(look, "discovery", dashPlace(section.file, item), words, "Write a selector, or remove the dash.");
    }
    if (!selector) continue;
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
  for (const part of text.match(/(?:\\.|[^,\\])+\\?/gs)?.sort() ?? []) {
    const [, value] = /^.*?(?:!=|==|=)(.*)$/s.exec(part) ?? [];
    const words = value === undefined ? `invalid selector: '${text}'; can't understand '${part}'` : escapeFault(value);
    if (words === undefined) continue;
    refuse(look, "discovery", valuePlace(selector, "field"), words, "Write `name=value`.");
    return;
  }
}

/** In a value only `\\`, `\,` and `\=` may be escaped, and a bare `,` or `=` may not stand. */
function escapeFault(value: string): string | undefined {
  const at = value.search(/(?<!\\)(?:\\\\)*(?:\\(?![\\,=])|[,=])/);
  if (at === -1) return undefined;
  const bad = value.slice(at).replace(/^(?:\\\\)+/, "");
  if (bad.startsWith("\\")) return `invalid field selector: invalid escape sequence: ${bad.slice(0, 2)}`;
  return `invalid field selector: unescaped character in value: ${bad.charCodeAt(0)}`;
}

function checkLabelSelector(look: Look, selector: Section): void {
  const words = labelSelectorFault(textOf(selector, "label"));
  if (words === undefined) return;
  refuse(look, "discovery", valuePlace(selector, "label"), words, "Write `name=value`, `name in (a, b)` or `!name`.");
}
