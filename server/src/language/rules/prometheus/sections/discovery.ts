// Service discoveries: what each needs. One row or function a discovery; source: `UnmarshalYAML` of discovery/<name>/.
import { goQuote } from "../../../../catalog/prometheus/goQuote.ts";
import { goUrlError, parseGoUrl } from "../../../../catalog/prometheus/goUrl.ts";
import { rangeOf } from "../../../../yaml/tree.ts";
import { scalarText } from "../../../scalarText.ts";
import { checkCloud } from "./discoveryClouds.ts";
import { checkHttpClient } from "./httpClient.ts";
import { checkKubernetes } from "./kubernetes.ts";
import { crash, type Look, missing, refuse, type SectionCheck } from "./look.ts";
import {
  childrenOf,
  dashPlace,
  isFilled,
  isNothing,
  isNull,
  isSet,
  itemsOf,
  lastPlace,
  nodeAt,
  startPlace,
  textOf,
  valuePlace,
} from "./section.ts";
import { refusalOf } from "./told.ts";

/** A key that must not be empty; at the value if the key is written. */
export function need(look: Look, key: string, words: string, blank = false): boolean {
  const { section } = look;
  const value = nodeAt(section, key);
  const filled = blank && value?.kind === "scalar" ? textOf(section, key).trim() !== "" : isFilled(section, key);
  if (filled) return true;
  const at = section.entries.has(key) ? valuePlace(section, key) : startPlace(section);
  missing(look, words, `Write \`${key}\`.`, at);
  return false;
}

/** `role`, where null and absent are told apart from unknown ones, which the walk reports. */
export function needRole(look: Look, words: string): void {
  const { section } = look;
  const isWritten = section.entries.has("role");
  if (isWritten ? !isNothing(nodeAt(section, "role")) : textOf(section, "role") !== "") return;
  const at = section.entries.has("role") ? valuePlace(section, "role") : startPlace(section);
  missing(look, words, "Write `role`.", at);
}

const checks: Readonly<Record<string, SectionCheck>> = {
  "sd.aws": (look) => {
    if (isNothing(nodeAt(look.section, "role"))) missing(look, 'unknown AWS SD role ""', "Write `role`.", roleAt(look));
  },
  "sd.azure": checkAzure,
  "sd.consul": checkConsul,
  "sd.digitalocean": (look) => needRole(look, "role missing (one of: droplets, databases)"),
  "sd.dns": checkDns,
  "sd.docker": (look) => {
    if (need(look, "host", "host missing")) needUrl(look, "host");
  },
  "sd.dockerswarm": (look) => {
    if (need(look, "host", "host missing")) needUrl(look, "host");
    if (!isFilled(look.section, "role"))
      missing(look, "role missing (one of: tasks, services, nodes)", "Write `role`.", roleAt(look));
  },
  "sd.ec2": checkFilters,
  "sd.eureka": checkEureka,
  "sd.file": checkFiles,
  "sd.gce": (look) => {
    need(look, "project", "GCE SD configuration requires a project");
    need(look, "zone", "GCE SD configuration requires a zone");
  },
  "sd.hetzner": (look) => needRole(look, "role missing (one of: robot, hcloud)"),
  "sd.http": checkWebUrl,
  "sd.ionos": (look) => need(look, "datacenter_id", "datacenter id can't be empty"),
  "sd.kubernetes": checkKubernetes,
  "sd.kuma": checkKuma,
  "sd.marathon": checkMarathon,
  "sd.nerve": checkZookeeper("nerve"),
  "sd.nomad": (look) => need(look, "server", "nomad SD configuration requires a server address", true),
  "sd.openstack": checkOpenstack,
  "sd.puppetdb": (look) => {
    checkWebUrl(look);
    need(look, "query", "query missing");
  },
  "sd.serverset": checkZookeeper("serverset"),
};

/** Discoveries whose HTTP client is not checked, or that have none. */
const withoutClient = /^sd\.(?:aws|dns|file|gce|nerve|openstack|ovhcloud|serverset|triton)$/;

export function checkDiscovery(look: Look): void {
  const { name } = look.section.owner;
  checks[name]?.(look);
  checkCloud(look, need);
  if (!withoutClient.test(name)) checkHttpClient(look);
}

const roleAt = ({ section }: Look) => (section.entries.has("role") ? valuePlace(section, "role") : startPlace(section));

function needUrl(look: Look, key: string): void {
  const error = goUrlError(textOf(look.section, key));
  if (error !== undefined) refuse(look, "discovery", valuePlace(look.section, key), error, "Write a URL.");
}

function checkAzure(look: Look): void {
  const { section } = look;
  need(look, "subscription_id", "azure SD configuration requires a subscription_id");
  if (textOf(section, "authentication_method") !== "OAuth") {
    if (!isFilled(section, "authentication_method")) {
      const words =
        'unknown authentication_type "". Supported types are "OAuth", "ManagedIdentity", "SDK" or "WorkloadIdentity"';
      refuse(look, "discovery", valuePlace(section, "authentication_method"), words, "Write one of these.");
    }
    return;
  }
  for (const key of ["tenant_id", "client_id", "client_secret"])
    need(look, key, `azure SD configuration requires a ${key}`);
}

function checkConsul(look: Look): void {
  const { section } = look;
  need(look, "server", "consul SD configuration requires a server address", true);
  const user = ["username", "password"].filter((key) => isFilled(section, key));
  if (user.length > 0 && isSet(section, "basic_auth")) {
    const words = "at most one of consul SD configuration username and password and basic auth can be configured";
    refuse(look, "conflict", lastPlace(section, [...user, "basic_auth"]), words, "Keep `basic_auth`.");
  }
  const others = ["authorization", "oauth2"].filter((key) => isSet(section, key));
  if (isFilled(section, "token") && others.length > 0) {
    const words = "at most one of consul SD token, authorization, or oauth2 can be configured";
    refuse(look, "conflict", lastPlace(section, ["token", ...others]), words, "Keep one of them.");
  }
}

function checkDns(look: Look): void {
  const { section } = look;
  need(look, "names", "DNS-SD config must contain at least one SRV record name");
  const type = textOf(section, "type").toUpperCase();
  const port = Number(textOf(section, "port") || 0);
  if (type === "") {
    const words = `invalid DNS-SD records type ${textOf(section, "type")}`;
    refuse(look, "discovery", valuePlace(section, "type"), words, "Write `SRV`, `A`, `AAAA`, `MX` or `NS`.");
  } else if (/^(?:A|AAAA|MX|NS)$/.test(type) && port === 0) {
    const words = "a port is required in DNS-SD configs for all record types except SRV";
    const at = section.entries.has("port") ? valuePlace(section, "port") : startPlace(section);
    const isDkron = itemsOf(section, "names").some(({ value }) => /dkron/i.test(scalarText(value)));
    missing(look, words, isDkron ? "Write `port`; Dkron's is 8080." : "Write `port`.", at);
  }
}

function checkFilters(look: Look): void {
  for (const { item, value } of itemsOf(look.section, "filters")) {
    if (!isNothing(value)) continue;
    const at = dashPlace(look.section.file, item);
    look.tell(refusalOf("missing", at, crash, "Write a filter, or remove the dash."));
  }
  for (const filter of childrenOf(look.section, "filters", "sd.aws.Filter")) {
    if (isFilled(filter, "values")) continue;
    const words = "EC2 SD configuration filter values cannot be empty";
    missing({ ...look, section: filter }, words, "Write `values`.");
  }
}

function checkEureka(look: Look): void {
  if (!need(look, "server", "eureka_sd: empty or null eureka server")) return;
  const { section } = look;
  const parsed = parseGoUrl(textOf(section, "server"));
  const error = goUrlError(textOf(section, "server"));
  if (error !== undefined) refuse(look, "discovery", valuePlace(section, "server"), error, "Write a URL.");
  else if ("url" in parsed && (parsed.url.scheme === "" || parsed.url.host === ""))
    refuse(
      look,
      "discovery",
      valuePlace(section, "server"),
      "eureka_sd: invalid eureka server URL",
      "Write it with `http://` and a host.",
    );
}

/** `[^*]*(\*[^/]*)?` and one of the endings; all capitals count too. */
const targetFile = /^[^*]*(?:\*[^/]*)?\.(?:json|yml|yaml|JSON|YML|YAML)$/;

function checkFiles(look: Look): void {
  if (!need(look, "files", "file service discovery config must contain at least one path name")) return;
  for (const { value } of itemsOf(look.section, "files")) {
    const path = scalarText(value);
    if (value.kind !== "scalar" || targetFile.test(path)) continue;
    const words = `path name ${goQuote(path)} is not valid for file discovery`;
    const advice = "Write a path that ends in `.json`, `.yml` or `.yaml`, with `*` in its last part only.";
    refuse(look, "discovery", rangeOf(value), words, advice);
  }
}

function checkWebUrl(look: Look): void {
  const { section } = look;
  if (!need(look, "url", "URL is missing")) return;
  const parsed = parseGoUrl(textOf(section, "url"));
  if ("reason" in parsed) {
    needUrl(look, "url");
    return;
  }
  const { scheme, host } = parsed.url;
  const at = valuePlace(section, "url");
  if (scheme !== "http" && scheme !== "https")
    refuse(look, "discovery", at, "URL scheme must be 'http' or 'https'", "Write `http://` or `https://` in front.");
  else if (host === "") refuse(look, "discovery", at, "host is missing in URL", "Write the host.");
}

function checkKuma(look: Look): void {
  const { section } = look;
  if (!need(look, "server", "kuma SD server must not be empty: ")) return;
  const parsed = parseGoUrl(textOf(section, "server"));
  const at = valuePlace(section, "server");
  if ("reason" in parsed) {
    needUrl(look, "server");
    return;
  }
  if (parsed.url.scheme !== "" && parsed.url.host !== "") return;
  const words = `kuma SD server must not be empty and have a scheme: ${textOf(section, "server")}`;
  refuse(look, "discovery", at, words, "Write `http://` or `https://` and the host.");
}

function checkMarathon(look: Look): void {
  const { section } = look;
  need(look, "servers", "marathon_sd: must contain at least one Marathon server");
  const tokens = ["auth_token", "auth_token_file"].filter((key) => isFilled(section, key));
  const conflict = (others: readonly string[], words: string): void => {
    const found = others.filter((key) => (/^bearer/.test(key) ? isFilled(section, key) : isSet(section, key)));
    if (tokens.length + found.length < 2 || tokens.length === 0 || (others.length > 0 && found.length === 0)) return;
    refuse(look, "conflict", lastPlace(section, [...tokens, ...found]), `marathon_sd: ${words}`, "Keep one of them.");
  };
  conflict([], "at most one of auth_token & auth_token_file must be configured");
  conflict(["basic_auth"], "at most one of basic_auth, auth_token & auth_token_file must be configured");
  const bearer = "at most one of bearer_token, bearer_token_file, auth_token & auth_token_file must be configured";
  conflict(["bearer_token", "bearer_token_file"], bearer);
  conflict(["authorization"], "at most one of auth_token, auth_token_file & authorization must be configured");
}

function checkZookeeper(kind: string): SectionCheck {
  return (look) => {
    const { section } = look;
    need(look, "servers", `${kind} SD config must contain at least one Zookeeper server`);
    if (!need(look, "paths", `${kind} SD config must contain at least one path`)) return;
    for (const { value } of itemsOf(section, "paths")) {
      const path = scalarText(value);
      if (path.startsWith("/")) continue;
      const words = `${kind} SD config paths must begin with '/': ${path}`;
      refuse(look, "discovery", rangeOf(value), words, `Write \`/${path}\`.`);
    }
  };
}

function checkOpenstack(look: Look): void {
  const { section } = look;
  needRole(look, "role missing (one of: instance, hypervisor, loadbalancer)");
  if (textOf(section, "availability") === "" && isNull(nodeAt(section, "availability"))) {
    const words = "unknown availability , must be one of admin, internal or public";
    refuse(look, "discovery", valuePlace(section, "availability"), words, "Write `public`.");
  }
  need(look, "region", "openstack SD configuration requires a region");
}
