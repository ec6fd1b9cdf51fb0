// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are YAML, and placeholders a part of it.
// Configurations of which nothing is to be said: every key with values that do what they say, and files that look odd
// and are not.
import { type Case, member, server, worker } from "./loudCases.ts";

const web = "webhook-endpoint: https://hooks.example.com/x\nwebhook-payload: x\n";
const before = "pre-webhook-endpoint: https://hooks.example.com/x\npre-webhook-payload: x\n";
const mail = "mail-host: smtp.example.com\nmail-port: 25\n";
const dog = "dog-statsd-addr: localhost:8125\n";

/** Worker with another address to bind; server with another address to advertise. */
const bound = (address: string): string => `retry-join: [10.0.0.1]\nbind-addr: ${address}\nadvertise-addr: 10.0.0.5\n`;
const single = (bind: string, told: string): string =>
  `server: true\nbootstrap-expect: 1\nbind-addr: ${bind}\nadvertise-addr: ${told}\n`;
const told = (address: string): string => `server: true\nbootstrap-expect: 1\nadvertise-addr: ${address}\n`;

type Rows = readonly [key: string, around: (entry: string) => string, values: readonly string[]];

const booleans = ["true", "false", "True", "FALSE", "1", "0", '"true"', '"T"', '"0"', "", "~", "null"];

/** A key in surroundings where it has an effect, and values that it takes. */
const values: readonly Rows[] = [
  [
    "server",
    (entry) => `${entry}\nbootstrap-expect: 1\n`,
    ["true", "True", "TRUE", "1", '"true"', '"T"', '"1"', "!!bool true"],
  ],
  ["ui", server, booleans],
  ["enable-prometheus", server, booleans],
  ["disable-usage-stats", server, ["true", "false", '"f"', "1"]],
  ["devmode", server, ["true", "false"]],
  ["bootstrap", (entry) => `server: true\n${entry}\n`, ["true", '"true"']],
  [
    "bootstrap-expect",
    (entry) => `server: true\nretry-join: [10.0.0.1, 10.0.0.2]\n${entry}\n`,
    ["3", "5", '"3"', "0x3"],
  ],
  ["node-name", server, ["cron-1", '"my node"', '"1.10"', "Web-01.prod", "7", "1.5", "", "'true'"]],
  ["profile", server, ["lan", "wan", "local", '"lan"', ""]],
  ["data-dir", server, ["./data", "/data/dkron-1", "/var/lib/dkron", "dkron.data", "5", '"C:\\\\dkron"', "~/dkron"]],
  ["datacenter", server, ["dc1", "eu west", "2", "dc-1", "'1.0'"]],
  ["region", server, ["global", "eu-west", "us_1", '"1"']],
  [
    "log-level",
    server,
    ["debug", "INFO", "Warn", "warning", "error", "fatal", "panic", "trace", "info", "warn", '"Debug"', "PANIC"],
  ],
  ["raft-multiplier", server, ["1", "2", "5", "9", "10", '"5"', "0x0a"]],
  ["rpc-port", server, ["6868", "7000", '"7000"', "0x1b58"]],
  ["advertise-rpc-port", server, ["6868", "0"]],
  ["retry-max", worker, ["0", "3", '"3"']],
  ["retry-interval", worker, ["30s", "1m", "1m30s", "1.5h", "500ms", '"10s"', ".5m"]],
  ["reconcileinterval", server, ["60s", "1m"]],
  ["serf-reconnect-timeout", server, ["24h", "5s", '"1h30m"', "0"]],
  ["agent-run-max-retries", server, ["3", "0", '"5"']],
  ["agent-run-retry-initial-interval", server, ["1s", "500ms"]],
  ["agent-run-retry-max-interval", server, ["30s", "2m"]],
  ["encrypt", server, ['""', "${DKRON_KEY}", ""]],
  [
    "join",
    server,
    [
      "[10.0.0.1]",
      "10.0.0.1:8946",
      '["10.0.0.1:8946", cron-2]',
      "[]",
      '""',
      "a.example,b.example",
      '["[fd00::1]:8946"]',
    ],
  ],
  [
    "retry-join",
    (entry) => `${entry}\n`,
    [
      "[10.0.0.1]",
      "cron-1:8946",
      '["{{ GetPrivateIP }}"]',
      '["provider=aws tag_key=a tag_value=b"]',
      "'provider=k8s label_selector=\"app=dkron\"'",
      "\n  - cron-1\n  - cron-2",
      "\n- cron-1",
      "a,b",
    ],
  ],
  ["tag", server, ["[zone=a]", '["zone=a", "app=web"]', "zone=a", "zone=a app=web", "[]", '["q=a=b"]', '""']],
  [
    "tags",
    server,
    [
      "{zone: a}",
      "{zone: a, cores: 8, spot: true, cost: 1.50}",
      "\n  zone: a\n  App: web",
      "{}",
      "",
      "{zone: }",
      "{'a b': c}",
    ],
  ],
  ["mail-port", (entry) => server(`mail-host: smtp.example.com\n${entry}`), ["25", "587", '"465"', "65535"]],
  ["mail-host", (entry) => server(`mail-port: 25\n${entry}`), ["smtp.example.com", "127.0.0.1"]],
  ["mail-from", (entry) => server(mail + entry), ["dkron@example.com", '"Dkron <dkron@example.com>"']],
  [
    "mail-payload",
    (entry) => server(mail + entry),
    [
      "'{{.JobName}} {{ .Output }}'",
      "|\n  Job {{.JobName}}\n  {{if .Success}}good{{else}}bad{{end}}",
      ">-\n  one\n  two",
    ],
  ],
  ["mail-subject-prefix", (entry) => server(mail + entry), ['"[Dkron]"', "Dkron", '""']],
  ["mail-password", (entry) => server(`${mail}mail-username: a\n${entry}`), ["${MAIL_PASSWORD}", "'%MAIL_PASSWORD%'"]],
  [
    "webhook-payload",
    (entry) => server(`webhook-endpoint: https://x.example\n${entry}`),
    ['\'{"text": "{{.JobName}}"}\'', '|\n  {"job": "{{.JobName}}"}', "x"],
  ],
  [
    "webhook-endpoint",
    (entry) => server(`webhook-payload: x\n${entry}`),
    ["https://x.example/y?z=1", "http://127.0.0.1:9/x"],
  ],
  [
    "webhook-headers",
    (entry) => server(web + entry),
    ['["Content-Type:application/json"]', "[A:b, C:d]", "\n  - A:b", "[]", "A:b"],
  ],
  ["pre-webhook-headers", (entry) => server(before + entry), ['["Content-Type:application/json"]', '["A: b"]']],
  ["cronitor-endpoint", server, ["https://cronitor.link/p/key", "https://cronitor.link"]],
  [
    "bind-addr",
    (entry) => bound(entry.replace("bind-addr: ", "")),
    [
      '"{{ GetPrivateIP }}:8946"',
      '"{{ GetPrivateIP }}"',
      "'{{ GetInterfaceIP \"eth0\" }}:8946'",
      '"{{ GetInterfaceIP \\"eth0\\" }}"',
      '"0.0.0.0:8946"',
      "10.0.0.5",
      "10.0.0.5:9946",
      "cron-1:8946",
      '"[fd00::5]:8946"',
      '"[fd00::5]"',
      "127.0.0.1:8946",
      "localhost",
      '\'{{ GetAllInterfaces | include "network" "10.0.0.0/8" | attr "address" }}:8946\'',
      "10.0.0.5:http",
      "${BIND}:8946",
      "",
    ],
  ],
  [
    "advertise-addr",
    (entry) => told(entry.replace("advertise-addr: ", "")),
    [
      '"{{ GetPublicIP }}:8946"',
      "203.0.113.7",
      "203.0.113.7:8946",
      '"fd00::5"',
      '"[fd00::5]:8946"',
      "cron.example.com",
      '""',
      "${IP}",
    ],
  ],
  [
    "http-addr",
    server,
    [
      '":8080"',
      "localhost:8080",
      '"0.0.0.0:8080"',
      "'{{ GetInterfaceIP \"lo\" }}:8088'",
      '"[::1]:8080"',
      '":http"',
      '":0"',
      "127.0.0.1:8946",
      "",
      "${HTTP}",
    ],
  ],
  ["statsd-addr", server, ["localhost:8125", '":8125"', "statsd.example.com:8125", '"[::1]:8125"', '""', ""]],
  [
    "dog-statsd-addr",
    server,
    ["localhost:8125", "unix:///var/run/datadog/dsd.socket", '"10.0.0.9:8125"', '""', "${HOST}:8125"],
  ],
  [
    "dog-statsd-tags",
    (entry) => server(dog + entry),
    ['["env:prod", "team:ops"]', "[env:prod]", "\n  - env:prod", "env:prod,team:ops", "[]", '["a:b:c"]'],
  ],
  ["otel-endpoint", server, ["localhost:4317", "otel.example.com:4317", '""']],
];

const everyValue: Case[] = values.flatMap(([key, around, list]) =>
  list.map((value): Case => [`${key}: ${JSON.stringify(value)}`, around(`${key}: ${value}`)]),
);

const older: Case[] = [
  ["yes while it was a boolean", "server: yes\nbootstrap-expect: 1\nui: off\n", "3.1.11"],
  ["loopback with a port, 4.0.5", "server: true\nbootstrap-expect: 1\nbind-addr: 127.0.0.1:8946\n", "4.0.5"],
  ["loopback in brackets, 3.2.7", 'server: true\nbootstrap-expect: 1\nbind-addr: "[::1]"\n', "3.2.7"],
  ["another port, 4.0.8", "server: true\nbootstrap-expect: 1\nbind-addr: 10.0.0.5:9946\n", "4.0.8"],
  ["a dotted tag, 3.2.7", server("tags:\n  my.key: v"), "3.2.7"],
  ["a dotted tag beside its first part, 3.2.7", server("tags:\n  my: w\n  my.key: v"), "3.2.7"],
  ["a tag whose key is a float, 3.2.7", server("tags: {1.50: a}"), "3.2.7"],
  ["tags whose keys are a number and true", server("tags: {0x10: a, True: b}")],
  ["an IPv4 address in brackets, to which a port is added", told('"[10.0.0.5]"')],
  ["a date, which 3.1.11 reads as a text", server("data-dir: 2024-01-01"), "3.1.11"],
  ["a tag of YAML 1.1 that fits", server("ui: !!bool yes"), "3.1.11"],
  ["webhook-url as a number while it was read", server("webhook-url: 5\nwebhook-payload: x"), "3.1.11"],
  ["a tag that is a date, 3.1.11", server("tags: {built: 2024-01-01}"), "3.1.11"],
  ["webhook-url while it was read", server("webhook-url: https://x\nwebhook-payload: x"), "3.1.11"],
  ["a type that this version does not look at", server("ui: true"), "3.1.0"],
  ["hcl while it was read", "server = true\n", "3.2.7", "dkron.hcl"],
  ["metrics, 3.0.0", server("enable-prometheus: true"), "3.0.0"],
];

const files: Case[] = [
  ["nothing", ""],
  ["only comments", "# server: yes\n\n# ui: no\n"],
  ["keys under comments", server("# data_dir: /x\n# mail-subject-prefix: [Dkron]")],
  ["a byte order mark", `\ufeff${server("")}`],
  ["Windows line ends", server("ui: true").replaceAll("\n", "\r\n")],
  ["no line end", server("ui: true").trimEnd()],
  ["---", `---\n${server("")}`],
  ["--- and ...", `---\n${server("")}...\n`],
  ["documents without content", `---\n${server("")}...\n---\n# nothing\n---\n`],
  ["an empty second document", server("---")],
  ["flow style", '{server: true, bootstrap-expect: 1, http-addr: ":8080"}\n'],
  ["JSON in it", '{"server": true, "bootstrap-expect": 1, "tags": {"zone": "a"}}\n'],
  ["upper case", "SERVER: true\nBootstrap-Expect: 1\nENABLE-PROMETHEUS: true\n"],
  ["quoted keys", "\"server\": true\n'bootstrap-expect': 1\n"],
  ["an anchor's holder", server("common: &c {zone: a}\ntags: *c")],
  ["a merge", server("common: &c {zone: a}\ntags:\n  <<: *c\n  app: web")],
  ["a merge of all", "x: &x\n  server: true\n  bootstrap-expect: 1\n<<: *x\nui: false\n"],
  ["an alias", server("node-name: &n cron-1\nregion: *n")],
  ["notes", server("x-owner: ops\n.hidden: {a: b}\n_comment: text")],
  ["defaults spelt out", worker("retry-interval: 30s\nretry-max: 0\nserver: false\nui: true\nmail-port: 0")],
  ["a worker", worker("")],
  ["a worker with StatsD", worker("statsd-addr: localhost:8125\ndog-statsd-addr: localhost:8126")],
  ["a worker with what servers need, off", worker('enable-prometheus: false\nmail-host: ""')],
  ["a server of three", member("enable-prometheus: true")],
  ["a server that joins", "server: true\nretry-join: [10.0.0.1]\n"],
  ["a server for trying", "server: true\ndevmode: true\nbind-addr: 127.0.0.1:8946\n"],
  ["all three sinks", server("enable-prometheus: true\nstatsd-addr: localhost:8125\ndog-statsd-addr: localhost:8126")],
  [
    "the metrics page, StatsD",
    server('# Add this\nstatsd-addr: "localhost:8125"\n# Or for datadog statsd\ndog-statsd-addr: "localhost:8126"'),
  ],
  ["a name with a space, and DogStatsD", server('node-name: "my node"\ndog-statsd-addr: localhost:8125')],
  ["the host's own tags elsewhere", worker("tags: {expect: x, bootstrap: y}")],
  ["mail with a login", server("mail-host: x\nmail-port: 25\nmail-username: a\nmail-password: ${PASSWORD}")],
  ["all keys two columns in", server("ui: true").replace(/^(?=.)/gm, "  ")],
  ["a comment left of the keys", `  server: true\n# note\n  bootstrap-expect: 1\n`],
  ["a list in lines", server("join:\n  - 10.0.0.1 # one\n\n  # two\n  - 10.0.0.2")],
  ["JSON", '{"server": true, "bootstrap-expect": 1}', "4.1.2", "dkron.json"],
  ["JSON with tabs", '{\n\t"server": true,\n\t"bootstrap-expect":\n\t\t1\n}\n', "4.1.2", "dkron.json"],
  [
    "JSON with a key in two mappings",
    '{"server": true, "bootstrap-expect": 1, "tags": {"ui": "1"}, "ui": true}',
    "4.1.2",
    "dkron.json",
  ],
  ["JSON with escapes", '{"retry-join": ["10.0.0.1"], "datacenter": "eu\\/\\u0061"}', "4.1.2", "dkron.json"],
  ["a job in JSON, with a key twice", '{"name": "a", "schedule": "@daily", "name": "b"}', "4.1.2", "dkron.json"],
  ["a job in JSON", '{"name": "backup", "schedule": "@daily", "tags": {"zone": "a"}}', "4.1.2", "dkron.json"],
  ["a template's own name", server("ui: true"), "4.1.2", "dkron.yml.j2"],
  ["yaml", server("ui: true"), "4.1.2", "dkron.yaml"],
];

const rendered: Case[] = [
  ["Helm: a value", "server: {{ .Values.server }}\nui: no\n"],
  ["Helm: a value in quotes", 'node-name: "{{ .Release.Name }}"\nui: no\n'],
  ["Helm: a condition", "{{- if .Values.server }}\nserver: yes\n{{- end }}\n"],
  ["Helm: an include", 'tags: {{ include "dkron.tags" . }}\n'],
  ["Helm: toYaml", "tags:\n{{ toYaml .Values.tags | indent 2 }}\n"],
  ["Jinja: a variable", "node-name: {{ inventory_hostname }}\nui: no\n"],
  ["Jinja: a filter", 'retry-join: {{ groups["cron"] | to_json }}\nfoo: {{ bar | default("x") }}\n'],
  ["Jinja: a block", "{% if dkron_server %}\nserver: yes\n{% endif %}\n"],
  ["envsubst: a bool", "server: ${DKRON_SERVER}\nbootstrap-expect: ${EXPECT}\n"],
  ["envsubst: a number", server("rpc-port: $RPC_PORT")],
  ["envsubst: a duration", worker("retry-interval: ${INTERVAL}")],
  ["envsubst: a level", server("log-level: ${LEVEL}")],
  ["envsubst: a profile", server("profile: ${PROFILE}")],
  ["envsubst: a list", 'retry-join: ["${A}", "${B}"]\n'],
  [
    "a placeholder of sed",
    server("node-name: @NODE_NAME@").replace("node-name: @NODE_NAME@", 'node-name: "@NODE_NAME@"'),
  ],
  ["a placeholder in angles", server("profile: <profile>")],
];

/** What Go's readers take, however odd it looks. */
const odd: Case[] = [
  ["a leader that binds to what is told, in another form", single('"[fd00:0::5]:8946"', '"fd00::5"')],
  ["a leader that binds to what is told, IPv4 as IPv6", single('"[::ffff:10.0.0.5]:8946"', "10.0.0.5")],
  ["a leader under a name", single("cron-1:8946", "10.0.0.5")],
  ["a leader whose address the host knows", single('"{{ GetPrivateIP }}:8946"', "10.0.0.5")],
  ["a leader of a later version that binds to all", single('"0.0.0.0:8946"', "10.0.0.5"), "4.2.0"],
  ["a worker that binds to all", bound('"0.0.0.0:8946"')],
  [
    "joining an IPv6 address",
    worker('join: ["fd00::1", "[fd00::2]", "[fd00::3]:8946"]').replace(/^retry-join.*\n/, ""),
  ],
  ["joining by a node's name", 'retry-join: ["cron-1/10.0.0.1:8946", "cron-2/10.0.0.2"]\n'],
  ["a value that goes on left of the first key", ' server: true\n bootstrap-expect: 1\n tags: {zone: "a\\\nb"}\n'],
  ["tabs between brackets", server('tags: {\tzone:\ta\t,\tapp: "x\ty" }')],
  ["an apostrophe behind a backslash", server('datacenter: "it\\\'s"')],
  ["a file of nothing but null", "null\n"],
  ["a file of nothing but ~", "# nothing\n~\n"],
  ["YAML 1.1 by name", `%YAML 1.1\n---\n${server("ui: true")}`],
  ["a handle for tags", `%TAG ! tag:example.com,2000:\n---\n${server("ui: true")}`],
  ["a text that is said to be one", server("node-name: !!str 7")],
  ["base64 in YAML", server("node-name: !!binary Y3Jvbi0x")],
  ["escapes that Go knows", server('datacenter: "\\u00e9\\U0001F600\\x41\\t\\N"')],
  ["one interface of many", bound("'{{ GetPrivateInterfaces | limit 1 | attr \"address\" }}:8946'")],
  ["interfaces joined", bound('\'{{ GetAllInterfaces | include "name" "eth0" | join "address" " " }}\'')],
  ["a port by template", bound("'10.0.0.5:{{ \"8946\" }}'")],
  ["a port with leading zeros", server('http-addr: ":08080"')],
  ["in memory on another port", 'server: true\nbootstrap-expect: 1\ndevmode: true\nbind-addr: "127.0.0.1:9946"\n'],
  ["nothing in the tags of an old version", server("tags: {a: ~}"), "3.2.7"],
];

/** Files as people keep them. */
const real: Case[] = [
  [
    "the installed file with its comments",
    "# Dkron example configuration file\n# backend: etcd\n# advertise-addr: eth0\nserver: true\nbootstrap-expect: 1\nlog-level: debug\ntags:\n  rack: east\n",
  ],
  [
    "three servers behind a balancer",
    member(
      'enable-prometheus: true\nhttp-addr: "127.0.0.1:8080"\nnode-name: cron-1\ndata-dir: /var/lib/dkron\nraft-multiplier: 2',
    ),
  ],
  [
    "a worker of a group",
    worker('node-name: worker-7\ntags:\n  app: billing\n  size: "2"\nstatsd-addr: 127.0.0.1:8125\nlog-level: warn'),
  ],
  [
    "discovery on AWS, folded",
    "retry-join:\n  - >-\n    provider=aws region=eu-west-1\n    tag_key=dkron tag_value=server\n",
  ],
  [
    "discovery in Kubernetes",
    `server: true\nbootstrap-expect: 3\nretry-join:\n  - 'provider=k8s namespace=jobs label_selector="app=dkron"'\nserf-reconnect-timeout: 5s\n`,
  ],
  [
    "mail and a hook with Go templates",
    server(
      mail +
        web +
        'mail-from: cron@example.com\nmail-subject-prefix: "[cron]"\nmail-payload: |\n  Job {{.JobName}} on {{.ReportingNode}}\n  {{ if .Success }}ok{{ else }}failed{{ end }}',
    ),
  ],
  [
    "Slack by hook, JSON in single quotes",
    server(
      'webhook-endpoint: https://hooks.slack.com/services/T/B/x\nwebhook-payload: \'{"text": "{{.Report}}", "channel": "#cron"}\'\nwebhook-headers:\n  - Content-Type:application/json',
    ),
  ],
  ["Windows line ends and a byte order mark", `\ufeff${server("log-level: info").replaceAll("\n", "\r\n")}`],
  ["keys in quotes", "\"server\": true\n'bootstrap-expect': 1\n"],
  ["one line in braces", "{server: true, bootstrap-expect: 1, tags: {zone: a}, join: []}\n"],
  ["a development agent", "server: true\ndevmode: true\nbind-addr: 127.0.0.1\nlog-level: debug\n"],
  ["a bootstrap by hand", "server: true\nbootstrap: true\nnode-name: first\n"],
];

export const quietCases: readonly Case[] = [...real, ...odd, ...everyValue, ...older, ...files, ...rendered];
