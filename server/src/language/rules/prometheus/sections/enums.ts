// What Prometheus says of a value that an enumeration does not have. Knows no text but the value.
import { goQuote } from "../../../../catalog/prometheus/goQuote.ts";
import { unknownMessage } from "./remote.ts";

const words: Readonly<Record<string, (text: string) => string>> = {
  relabelAction: (text) => `unknown relabel action ${goQuote(text)}`,
  validationScheme: (text) => `unrecognized ValidationScheme: ${goQuote(text)}`,
  tlsVersion: (text) => `unknown TLS version: ${text}`,
  protobufMessage: unknownMessage,
  azureCloud: () => "must provide a cloud in the Azure AD config",
  translationStrategy: (text) => `unsupported OTLP translation strategy ${goQuote(text)}`,
  alertmanagerApi: (text) => `expected Alertmanager api version to be one of [v2] but got ${text}`,
  tracingClient: (text) => `expected tracing client type to be to be http or grpc, but got ${text}`,
  tracingCompression: (text) => `invalid compression type ${text} provided, valid options: gzip`,
  chunkEncoding: (text) =>
    `'storage.tsdb.chunk_encoding.floats' must be 'xor' or 'xor2', or the field must be omitted entirely, got ${goQuote(text)}`,
  awsRole: (text) => `unknown AWS SD role ${goQuote(text)}`,
  azureAuth: (text) =>
    `unknown authentication_type ${goQuote(text)}. Supported types are "OAuth", "ManagedIdentity", "SDK" or "WorkloadIdentity"`,
  digitaloceanRole: (text) => `unknown DigitalOcean SD role ${goQuote(text)}`,
  dnsType: (text) => `invalid DNS-SD records type ${text}`,
  dockerswarmRole: (text) => `invalid role ${text}, expected tasks, services, or nodes`,
  hetznerRole: (text) => `unknown role ${goQuote(text)}`,
  kubernetesRole: (text) => `unknown Kubernetes SD role ${goQuote(text)}`,
  ociAuth: (text) => `oci_sd: unknown auth method ${goQuote(text)}, expected "api_key" or "instance_principal"`,
  openstackRole: (text) => `unknown OpenStack SD role ${goQuote(text)}`,
  openstackAvailability: (text) => `unknown availability ${text}, must be one of admin, internal or public`,
  ovhService: (text) => `unknown service: ${text}`,
  scalewayRole: (text) => `unknown role ${goQuote(text)}`,
  tritonRole: () => "triton SD configuration requires role to be 'container' or 'cn'",
};

/** Enums for which an empty text is as good as none, or which their section judges. */
const emptyIsFine = new Set([
  "validationScheme",
  "tracingCompression",
  "azureAuth",
  "dockerswarmRole",
  "dnsType",
  "tracingClient",
  "azureCloud",
  "chunkEncoding",
  "translationStrategy",
]);

/** The refusal of a value, or of the empty one that a type has read itself; undefined where Prometheus takes it, or where its section has its own words. */
export function enumRefusal(name: string, text: string, isRead = false): string | undefined {
  return text === "" && !isRead && emptyIsFine.has(name) ? undefined : words[name]?.(text);
}
