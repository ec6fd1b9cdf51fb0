// The JSON Schema of dkron.yml: current, valid for every key and example of the catalogue, and judged by yaml-language-server.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { getLanguageService } from "yaml-language-server";
import { dkronJsonSchema } from "../../../server/src/catalog/config/jsonSchema.ts";
import { configKeys } from "../../../server/src/catalog/config/keys.ts";

const schema = dkronJsonSchema();

test("server/docs/dkron.schema.json is current: npm run schema", () => {
  const written = readFileSync(join(import.meta.dirname, "../../../server/docs/dkron.schema.json"), "utf8");
  expect(JSON.parse(written)).toEqual(schema);
});

const ajv = new Ajv({ strict: false });
const validate = ajv.compile(schema);
const examples = configKeys().flatMap(({ name, examples = [], default: fallback }) =>
  [...examples, ...(fallback === undefined ? [] : [fallback])].map((example) => `${name}: ${example}`),
);

test.each(examples.filter((line) => !/: \{\{/.test(line)))("the catalogue's own example is valid: %s", (line) => {
  expect(validate(load(line)), JSON.stringify(validate.errors)).toBe(true);
});

const service = getLanguageService({
  schemaRequestService: async (uri) => {
    throw new Error(`asked for ${uri}`);
  },
  telemetry: {
    send: () => undefined,
    sendTrack: () => Promise.resolve(),
    sendError: (name: string, error: unknown) => {
      throw new Error(name, { cause: error });
    },
  },
  workspaceContext: { resolveRelativePath: (relative) => relative },
} as Parameters<typeof getLanguageService>[0]);
service.configure({
  validate: true,
  schemas: [{ uri: "https://example.org/dkron.schema.json", fileMatch: ["*"], schema }],
});

let version = 0;

/** A version of its own for each text: the service remembers documents by name and version. */
async function problems(text: string): Promise<string[]> {
  const document = TextDocument.create("file:///dkron.yml", "yaml", ++version, text);
  return (await service.doValidation(document, false)).map(({ message }) => message);
}

const good = [
  "server: true\nbootstrap-expect: 1\nenable-prometheus: true",
  'server: "true"\nui: F',
  "server: 1",
  "retry-join: [10.0.0.1, 10.0.0.2]\nretry-interval: 1m30s\nretry-max: 3",
  "retry-join: 10.0.0.1",
  "tags: {zone: a, cores: 8, spot: true}\nlog-level: DEBUG",
  'bind-addr: "{{ GetPrivateIP }}:8946"\nadvertise-addr:',
  "profile: wan\nserf-reconnect-timeout: 5s\nreconcileinterval: 60s",
  "raft-multiplier: 10\nmail-port: 587\nrpc-port: 6868",
  "x-common: &c {a: b}\ntags: *c",
  "statsd-addr: localhost:8125\ndog-statsd-addr: unix:///dsd.socket\ndog-statsd-tags: [env:prod]",
  "agent-run-max-retries: 0\nagent-run-retry-initial-interval: 500ms",
];

const bad = [
  "enable-promethues: true",
  "data_dir: /x",
  "dkron:\n  server: true",
  "server: yes",
  "ui: [true]",
  "profile: LAN",
  "log-level: verbose",
  "raft-multiplier: 0",
  "raft-multiplier: 11",
  "mail-port: 70000",
  "retry-interval: 30",
  "serf-reconnect-timeout: 1d",
  "mail-subject-prefix: [Dkron]",
  "tags: role=web",
  "tags: {my.key: v}",
  "tags: {a: {b: c}}",
  "webhook-headers:\n  - Content-Type: x",
  "bootstrap-expect: one",
  "node-name: [a]",
  "join: {a: b}",
];

describe("yaml-language-server with it", () => {
  test.each(good)("takes %j", async (text) => {
    expect(await problems(text)).toEqual([]);
  });
  test.each(bad)("refuses %j", async (text) => {
    expect(await problems(text)).not.toEqual([]);
  });
  test("says that webhook-url is no more", async () => {
    expect((await problems("webhook-url: https://x")).join()).toContain("webhook-endpoint");
  });
});
