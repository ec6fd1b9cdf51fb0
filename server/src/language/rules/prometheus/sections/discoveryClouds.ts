// Discoveries of clouds that want credentials: OCI, Outscale, OVHcloud, Scaleway, STACKIT, Triton, Uyuni. One function each.
import { goQuote } from "../../../../catalog/prometheus/goQuote.ts";
import { goUrlError } from "../../../../catalog/prometheus/goUrl.ts";
import { durationWords, readDuration } from "../../../../catalog/prometheus/values.ts";
import { rangeOf } from "../../../../yaml/tree.ts";
import { scalarText } from "../../../scalarText.ts";
import { type Look, missing, refuse } from "./look.ts";
import {
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

/** Refuses a key that is empty; false where it did. */
export type Need = (look: Look, key: string, words: string) => boolean;

const checks: Readonly<Record<string, (look: Look, need: Need) => void>> = {
  "sd.oci": checkOci,
  "sd.outscale": (look, need) => {
    need(look, "region", "outscale SD configuration requires a region");
    need(look, "access_key", "outscale SD configuration requires access_key");
    oneSecret(look);
  },
  "sd.ovhcloud": checkOvh,
  "sd.scaleway": checkScaleway,
  "sd.stackit": checkStackit,
  "sd.triton": checkTriton,
  "sd.uyuni": checkUyuni,
};

export function checkCloud(look: Look, need: Need): void {
  checks[look.section.owner.name]?.(look, need);
}

function oneSecret(look: Look): void {
  const { section } = look;
  const found = ["secret_key", "secret_key_file"].filter((key) => isFilled(section, key));
  if (found.length === 0)
    missing(look, "one of secret_key & secret_key_file must be configured", "Write `secret_key_file`.");
  if (found.length === 2) {
    const words = "at most one of secret_key & secret_key_file must be configured";
    refuse(look, "conflict", lastPlace(section, found), words, "Keep `secret_key_file`.");
  }
}

function checkOci(look: Look, need: Need): void {
  const { section } = look;
  need(look, "region", "oci_sd: region is required");
  const auth = textOf(section, "auth");
  const owned = ["tenancy", "user", "fingerprint", "key_file"];
  const passphrases = ["key_passphrase", "key_passphrase_file"];
  if (auth === "api_key") {
    for (const key of owned) need(look, key, `oci_sd: api_key auth requires ${key}`);
    if (passphrases.every((key) => isFilled(section, key))) {
      const words = "oci_sd: at most one of key_passphrase and key_passphrase_file must be configured";
      refuse(look, "conflict", lastPlace(section, passphrases), words, "Keep `key_passphrase_file`.");
    }
  } else if (auth === "instance_principal") {
    const extra = [...owned, ...passphrases].filter((key) => isFilled(section, key));
    const words =
      "oci_sd: instance_principal auth must not have tenancy, user, fingerprint, key_file, key_passphrase, or key_passphrase_file set";
    if (extra.length > 0) refuse(look, "conflict", lastPlace(section, extra), words, "Remove them.");
  } else if (!isSet(section, "auth")) {
    const words = `oci_sd: unknown auth method ${goQuote(auth)}, expected "api_key" or "instance_principal"`;
    refuse(look, "discovery", valuePlace(section, "auth"), words, "Write `api_key`.");
  }
  for (const [index, { value }] of itemsOf(section, "compartments").entries())
    if (value.kind !== "scalar" || scalarText(value).trim() === "")
      refuse(look, "discovery", rangeOf(value), `oci_sd: compartments[${index}] must not be empty`, "Write its OCID.");
  positiveInterval(look, (interval) => `oci_sd: refresh_interval must be positive, got ${interval}`);
}

function positiveInterval(look: Look, words: (interval: string) => string): void {
  const { section } = look;
  const read = readDuration(isSet(section, "refresh_interval") ? textOf(section, "refresh_interval") : "0");
  if (!section.entries.has("refresh_interval") || read.error !== undefined || read.value > 0) return;
  refuse(look, "discovery", valuePlace(section, "refresh_interval"), words(durationWords(0)), "Write `1m`.");
}

function checkOvh(look: Look, need: Need): void {
  need(look, "endpoint", "endpoint can not be empty");
  need(look, "application_key", "application key can not be empty");
  need(look, "application_secret", "application secret can not be empty");
  need(look, "consumer_key", "consumer key can not be empty");
  if (isSet(look.section, "service")) return;
  const at = look.section.entries.has("service") ? valuePlace(look.section, "service") : startPlace(look.section);
  missing(look, "unknown service: ", "Write `service`: `vps` or `dedicated_server`.", at);
}

const uuid = /^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$/;

function checkScaleway(look: Look, need: Need): void {
  const { section } = look;
  if (isNothing(nodeAt(section, "role"))) {
    const at = section.entries.has("role") ? valuePlace(section, "role") : startPlace(section);
    missing(look, "role missing (one of: instance, baremetal)", "Write `role`.", at);
  }
  need(look, "project_id", "project_id is mandatory");
  oneSecret(look);
  need(look, "access_key", "access_key is mandatory");
  const form = (key: string, pattern: RegExp, kind: string, wanted: string): void => {
    const text = textOf(section, key);
    if (text === "" || pattern.test(text)) return;
    const words = `scaleway-sdk-go: invalid ${kind} format '${text}', expected ${wanted} format`;
    refuse(look, "discovery", valuePlace(section, key), words, "Copy it from the console.");
  };
  form("access_key", /^SCW[A-Z0-9]{17}$/, "access key", "SCWXXXXXXXXXXXXXXXXX");
  if (isFilled(section, "secret_key"))
    form("secret_key", uuid, "secret key", "a UUID: xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx");
  checkScalewayZone(look);
  form("project_id", uuid, "project ID", "a UUID: xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx");
}

const zones = "fr-par-1, fr-par-2, fr-par-3, nl-ams-1, nl-ams-2, nl-ams-3, pl-waw-1, pl-waw-2, pl-waw-3";

function checkScalewayZone(look: Look): void {
  const { section } = look;
  const zone = textOf(section, "zone");
  const say = (key: string, words: string, advice: string): void =>
    refuse(look, "discovery", valuePlace(section, key), `scaleway-sdk-go: ${words}`, advice);
  if (zone === "") say("zone", "default zone cannot be empty", "Write `fr-par-1`, or remove the key.");
  else if (!/^[a-z]{2}-[a-z]{3,7}-[0-9]{1,2}$/.test(zone))
    say("zone", `invalid default zone format '${zone}', available zones are: ${zones}`, "Write one of these.");
  const url = textOf(section, "api_url");
  if (url === "" || goUrlError(url) !== undefined) say("api_url", `invalid API url '${url}'`, "Write a URL.");
  else if (url.endsWith("/"))
    say("api_url", `invalid API url '${url}' it should not have a trailing slash`, "Write it without the slash.");
}

function checkStackit(look: Look): void {
  const { section } = look;
  const endpoint = textOf(section, "endpoint");
  if (endpoint === "" && textOf(section, "region") === "") {
    const at = section.entries.has("region") ? valuePlace(section, "region") : startPlace(section);
    missing(look, "stackit_sd: endpoint and region missing", "Write `region`.", at);
  }
  const error = endpoint === "" ? undefined : goUrlError(endpoint);
  if (error === undefined) return;
  const words = `stackit_sd: invalid endpoint ${goQuote(endpoint)}: ${error}`;
  refuse(look, "discovery", valuePlace(section, "endpoint"), words, "Write a URL.");
}

function checkTriton(look: Look, need: Need): void {
  const { section } = look;
  if (textOf(section, "role") === "" && isNull(nodeAt(section, "role"))) {
    const words = "triton SD configuration requires role to be 'container' or 'cn'";
    refuse(look, "discovery", valuePlace(section, "role"), words, "Write `container`.");
  }
  need(look, "account", "triton SD configuration requires an account");
  need(look, "dns_suffix", "triton SD configuration requires a dns_suffix");
  need(look, "endpoint", "triton SD configuration requires an endpoint");
  positiveInterval(look, () => "triton SD configuration requires RefreshInterval to be a positive integer");
}

function checkUyuni(look: Look, need: Need): void {
  const { section } = look;
  if (need(look, "server", "Uyuni SD configuration requires server host")) {
    const error = goUrlError(textOf(section, "server"));
    const words = `Uyuni Server URL is not valid: ${error}`;
    if (error !== undefined) refuse(look, "discovery", valuePlace(section, "server"), words, "Write a URL.");
  }
  need(look, "username", "Uyuni SD configuration requires a username");
  need(look, "password", "Uyuni SD configuration requires a password");
}
