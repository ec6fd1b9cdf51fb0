// How a section talks HTTP: credentials, TLS, proxy, headers. Source: prometheus/common/config/http_config.go.

import { goQuote } from "../../../../catalog/prometheus/goQuote.ts";
import { canonicalHeader, isReservedHttpHeader } from "../../../../catalog/prometheus/headers.ts";
import { type Look, refuse } from "./look.ts";
import {
  boolOf,
  childOf,
  entryPlace,
  isFilled,
  isSet,
  keyPlace,
  lastPlace,
  mapEntries,
  type Section,
  startPlace,
  textOf,
  valuePlace,
} from "./section.ts";
import { anyOf, refusalOf } from "./told.ts";

/** The keys of `keys` that hold something. */
const filled = (section: Section, keys: readonly string[]): string[] => keys.filter((key) => isFilled(section, key));

/** Refuses all but one of some keys, at the last one. */
function atMostOne(look: Look, section: Section, keys: readonly string[], words: string, needed = keys): void {
  const found = filled(section, keys);
  if (found.length < 2 || !needed.some((key) => found.includes(key))) return;
  refuse(look, "conflict", lastPlace(section, found), words, `Keep one of ${anyOf(found)}.`);
}

export function checkTls({ section, tell }: Look): void {
  const look = { section, tell } as Look;
  atMostOne(look, section, ["ca", "ca_file", "ca_ref"], "at most one of ca, ca_file & ca_ref must be configured");
  atMostOne(
    look,
    section,
    ["cert", "cert_file", "cert_ref"],
    "at most one of cert, cert_file & cert_ref must be configured",
  );
  atMostOne(look, section, ["key", "key_file", "key_ref"], "at most one of key and key_file must be configured");
  const certificates = filled(section, ["cert", "cert_file", "cert_ref"]);
  const keys = filled(section, ["key", "key_file", "key_ref"]);
  const [certificate] = certificates;
  const [key] = keys;
  if (certificate && !key) {
    const words = "exactly one of key or key_file must be configured when a client certificate is configured";
    refuse(look, "conflict", keyPlace(section, certificate), words, "Add `key_file`.");
  }
  if (key && !certificate) {
    const words = "exactly one of cert or cert_file must be configured when a client key is configured";
    refuse(look, "conflict", keyPlace(section, key), words, "Add `cert_file`.");
  }
}

/**
 * What promtool refuses and a server takes, of the `tls_config` of a job and of its Kubernetes discoveries: a certificate
 * from a file with a key that is written out, or the reverse.
 */
export function checkTlsPair({ section: parent, tell }: Look): void {
  const section = childOf(parent, "tls_config", "TLSConfig");
  if (!section) return;
  const costs = "promtool refuses the file; a server loads it.";
  const check = (one: string, other: string): void => {
    const inline = filled(section, [other, `${other}_ref`]);
    if (!isFilled(section, `${one}_file`) || inline.length === 0 || isFilled(section, `${other}_file`)) return;
    const path = goQuote(textOf(section, `${one}_file`));
    const words = `client ${one} file ${path} specified without client ${other} file`;
    const range = lastPlace(section, [`${one}_file`, ...inline]);
    tell(refusalOf("conflict", range, words, `Write \`${other}_file\` too.`, { costs }));
  };
  check("cert", "key");
  check("key", "cert");
}

const bearer = ["bearer_token", "bearer_token_file"];

/**
 * The keys by which a section logs in, those of them that are written. A user of Consul is `basic_auth` to Prometheus,
 * and a bearer token is `authorization`.
 */
export function loginKeys(section: Section, ways: readonly string[]): string[] {
  return ways.flatMap((way) => {
    if (isSet(section, way)) return [way];
    if (way === "basic_auth")
      return section.owner.name === "sd.consul" ? filled(section, ["username", "password"]) : [];
    return way === "authorization" ? filled(section, bearer) : [];
  });
}

/** The checks of `HTTPClientConfig.Validate`, all of them rather than the first. */
export function checkHttpClient(look: Look): void {
  const { section } = look;
  const methods = loginKeys(section, ["basic_auth", "oauth2"]);
  const withBearer = filled(section, bearer);
  atMostOne(look, section, bearer, "at most one of bearer_token & bearer_token_file must be configured");
  if (withBearer.length > 0 && methods.length > 0) {
    const words = "at most one of basic_auth, oauth2, bearer_token & bearer_token_file must be configured";
    refuse(
      look,
      "conflict",
      lastPlace(section, [...withBearer, ...methods]),
      words,
      `Keep one of ${anyOf([...methods, ...withBearer])}.`,
    );
  }
  const basic = childOf(section, "basic_auth", "BasicAuth");
  if (basic) checkBasicAuth(look, basic);
  if (isSet(section, "authorization")) checkAuthorization(look, withBearer);
  const ways = ["basic_auth", "oauth2", "authorization"].map((way) =>
    way === "authorization" ? (isSet(section, way) ? [way] : []) : loginKeys(section, [way]),
  );
  if (ways.filter((keys) => keys.length > 0).length > 1) {
    const words = "at most one of basic_auth, oauth2 & authorization must be configured";
    refuse(look, "conflict", lastPlace(section, ways.flat()), words, `Keep one of ${anyOf(ways.flat())}.`);
  }
  const oauth = childOf(section, "oauth2", "OAuth2");
  if (oauth) checkLogin({ ...look, section: oauth });
  checkProxy(look);
  checkHeaders(look);
}

function checkBasicAuth(look: Look, basic: Section): void {
  const users = ["username", "username_file", "username_ref"];
  const passwords = ["password", "password_file", "password_ref"];
  atMostOne(look, basic, users, "at most one of basic_auth username, username_file & username_ref must be configured");
  atMostOne(
    look,
    basic,
    passwords,
    "at most one of basic_auth password, password_file & password_ref must be configured",
  );
}

function checkAuthorization(look: Look, withBearer: readonly string[]): void {
  const { section } = look;
  if (withBearer.length > 0) {
    const words = "authorization is not compatible with bearer_token & bearer_token_file";
    refuse(look, "conflict", lastPlace(section, [...withBearer, "authorization"]), words, "Keep `authorization`.");
  }
  const authorization = childOf(section, "authorization", "Authorization");
  if (!authorization) return;
  const credentials = ["credentials", "credentials_file", "credentials_ref"];
  const words = "at most one of authorization credentials & credentials_file must be configured";
  atMostOne(look, authorization, credentials, words);
  if (textOf(authorization, "type").trim().toLowerCase() === "basic") {
    const basic = 'authorization type cannot be set to "basic", use "basic_auth" instead';
    refuse(
      look,
      "value",
      valuePlace(authorization, "type"),
      basic,
      "Write `basic_auth` with `username` and `password`.",
    );
  }
}

const jwtGrant = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/** The proxy of `oauth2`; the rest is for the section around it to check. */
export function checkOAuth2(look: Look): void {
  checkProxy(look);
}

function checkLogin(look: Look): void {
  const { section } = look;
  if (!isFilled(section, "client_id"))
    refuse(look, "missing", startPlace(section), "oauth2 client_id must be configured", "Write `client_id`.");
  if (!isFilled(section, "token_url"))
    refuse(look, "missing", startPlace(section), "oauth2 token_url must be configured", "Write `token_url`.");
  if (textOf(section, "grant_type") === jwtGrant) {
    const keys = ["client_certificate_key", "client_certificate_key_file", "client_certificate_key_ref"];
    const words = `at most one of oauth2 client_certificate_key, client_certificate_key_file & client_certificate_key_ref must be configured using grant-type=${jwtGrant}`;
    atMostOne(look, section, keys, words);
    const algorithm = textOf(section, "signature_algorithm");
    if (!/^(?:RS256|RS384|RS512|)$/.test(algorithm)) {
      const refused = "valid signature algorithms are RS256, RS384 and RS512";
      refuse(look, "value", valuePlace(section, "signature_algorithm"), refused, "Write `RS256`.");
    }
  } else {
    const secrets = ["client_secret", "client_secret_file", "client_secret_ref"];
    const words =
      "at most one of oauth2 client_secret, client_secret_file & client_secret_ref must be configured using grant-type=client_credentials";
    atMostOne(look, section, secrets, words);
  }
}

/** `proxy_url: ""` is a URL too: what counts is that the key is there. */
function checkProxy(look: Look): void {
  const { section } = look;
  const fromEnvironment = boolOf(section, "proxy_from_environment");
  const hasUrl = isSet(section, "proxy_url");
  if (isFilled(section, "proxy_connect_header") && !fromEnvironment && !isFilled(section, "proxy_url")) {
    const words = "if proxy_connect_header is configured, proxy_url or proxy_from_environment must also be configured";
    refuse(look, "conflict", keyPlace(section, "proxy_connect_header"), words, "Add `proxy_url`, or remove this.");
  }
  if (fromEnvironment && isFilled(section, "proxy_url")) {
    const words = "if proxy_from_environment is configured, proxy_url must not be configured";
    refuse(
      look,
      "conflict",
      lastPlace(section, ["proxy_from_environment", "proxy_url"]),
      words,
      "Keep one of the two.",
    );
  }
  if (fromEnvironment && isFilled(section, "no_proxy")) {
    const words = "if proxy_from_environment is configured, no_proxy must not be configured";
    refuse(
      look,
      "conflict",
      lastPlace(section, ["proxy_from_environment", "no_proxy"]),
      words,
      "Set `NO_PROXY` in the environment.",
    );
  }
  if (isFilled(section, "no_proxy") && !hasUrl && !fromEnvironment) {
    const words = "if no_proxy is configured, proxy_url must also be configured";
    refuse(look, "conflict", keyPlace(section, "no_proxy"), words, "Add `proxy_url`, or remove this.");
  }
}

function checkHeaders(look: Look): void {
  for (const { name, entry } of mapEntries(look.section, "http_headers")) {
    if (!isReservedHttpHeader(name)) continue;
    const words = `setting header ${goQuote(canonicalHeader(name))} is not allowed`;
    refuse(look, "value", entryPlace(entry), words, "Prometheus sets it itself; remove it.");
  }
}

/** Whether a section sets any key of the HTTP client to something else than its default. */
export function hasCustomClient(section: Section): boolean {
  const written = ["basic_auth", "authorization", "oauth2", "http_headers", "proxy_url", "proxy_connect_header"];
  if (written.some((key) => isSet(section, key))) return true;
  if (["bearer_token", "bearer_token_file", "no_proxy"].some((key) => isFilled(section, key))) return true;
  const tls = childOf(section, "tls_config", "TLSConfig");
  if (
    tls &&
    [...tls.entries.keys()].some((key) => (key === "insecure_skip_verify" ? boolOf(tls, key) : isFilled(tls, key)))
  )
    return true;
  if (boolOf(section, "proxy_from_environment")) return true;
  return !boolOf(section, "follow_redirects") || !boolOf(section, "enable_http2");
}
