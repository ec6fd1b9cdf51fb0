// What Prometheus 3.14 says of configurations, one line of its words a row, and where: «the place to blame». Rows without words it takes.
import { describe, expect, test } from "vitest";
import { findingsOf, isError } from "./check.ts";

const job = (...lines: string[]): string =>
  ["scrape_configs:", "  - job_name: a", ...lines.map((line) => `    ${line}`), ""].join("\n");
const kubernetes = (...lines: string[]): string =>
  job("kubernetes_sd_configs:", "  - role: pod", ...lines.map((line) => `    ${line}`));
const selector = (text: string): string => kubernetes("selectors:", `  - {role: pod, ${text}}`);
const remote = (...lines: string[]): string =>
  ["remote_write:", "  - url: http://a", ...lines.map((line) => `    ${line}`), ""].join("\n");
const scaleway = (text: string): string =>
  job(
    "scaleway_sd_configs:",
    "  - role: instance",
    "    project_id: 00000000-0000-0000-0000-000000000000",
    "    access_key: SCWABCDEFGHIJ0123456",
    "    secret_key: 00000000-0000-0000-0000-000000000000",
    `    ${text}`,
  );

const azure = (id: string): string => remote(`azuread: {managed_identity: {client_id: «"${id}"»}}`);
const wrongId = "the provided Azure Managed Identity client_id is invalid";

type Row = readonly [title: string, text: string, words?: string];

const nulls: readonly Row[] = [
  ["a null by its tag is the zero value", "global:\n  scrape_interval: !!null ''\n"],
  ["NULL is a section of zeros", job("oauth2: «NULL»"), "oauth2 client_id must be configured"],
  ["NULL in a list of discoveries", job("http_sd_configs:", "  - «NULL»"), "URL is missing"],
  ["NULL where nothing is needed", job("ec2_sd_configs:", "  «-» NULL"), "empty or null section in ec2_sd_configs"],
  ["a job that is NULL", "scrape_configs:\n  - «NULL»\n", "job_name is empty"],
  ["a rule that is NULL", job("relabel_configs:", "  - «NULL»"), "relabel action cannot be empty"],
  ["an action that is NULL", job("relabel_configs:", "  - action: «NULL»"), 'unknown relabel action ""'],
  ["a role that is NULL", job("kubernetes_sd_configs:", "  - role: «NULL»"), 'unknown Kubernetes SD role ""'],
  ["a size that is NULL", "global:\n  body_size_limit: NULL\n"],
  [
    "a section that is a null in quotes",
    "global: «'null'»\n",
    "line 1: cannot unmarshal !!str `null` into config.GlobalConfig",
  ],
  ["a job that is one", "scrape_configs:\n  - «'~'»\n", "line 2: cannot unmarshal !!str `~` into *config.ScrapeConfig"],
  ["settings of TLS that are one", job('tls_config: «"~"»'), "cannot unmarshal !!str `~` into config.TLSConfig"],
  ["a URL that is one", job("proxy_url: «'~'»"), "cannot unmarshal !!str `~` into config.URL"],
  [
    "a version of TLS that is one",
    job("tls_config: {min_version: «'null'»}"),
    "cannot unmarshal !!str `null` into config.TLSVersion",
  ],
  ["a switch that may be absent", job("extra_scrape_metrics: «'~'»"), "cannot unmarshal !!str `~` into *bool"],
  ["an action that is one is read by nobody", job("relabel_configs:", "  - {action: '~', target_label: a}")],
  ["a duration that is one is a text", "global:\n  scrape_interval: «'null'»\n", 'not a valid duration string: "null"'],
  [
    "a null with a tag is none",
    job("relabel_configs:", "  - {action: !!str «~», target_label: a}"),
    'unknown relabel action "~"',
  ],
  ["a label that is called null", "global:\n  external_labels: {«NULL»: x}\n", '"" is not a valid label name'],
  ["a key that is null", "global: {«~»: x}\n", "line 1: field  not found in type config.plain"],
  ["an Alertmanager that is null", "alerting:\n  alertmanagers:\n    «-» ~\n", "runtime error: invalid memory address"],
  ["a selector that is null", kubernetes("selectors:", "  «-» ~"), "pod role supports only pod, node selectors"],
  ["a cloud that is null", remote("azuread: {cloud: , sdk: {}}")],
  ["a client type that is null", "tracing: {endpoint: a, client_type: }\n"],
  ["a strategy that is empty", "otlp: {translation_strategy: ''}\n"],
];

const ids: readonly Row[] = [
  ["an id", azure("01234567-89ab-cdef-ABCD-0123456789ab")],
  ["an id as a URN", azure("URN:uuid:01234567-89ab-cdef-abcd-0123456789ab")],
  ["an id in braces", azure("{01234567-89ab-cdef-abcd-0123456789ab}")],
  ["an id between any two characters", azure("(01234567-89ab-cdef-abcd-0123456789ab.")],
  ["an id without hyphens", azure("0123456789abcdefabcd0123456789ab")],
  ["an id that lacks a hyphen", azure("0123456789ab-cdef-abcd-0123456789ab"), wrongId],
  ["an id with one brace", azure("{01234567-89ab-cdef-abcd-0123456789ab"), wrongId],
  ["a URN in braces", azure("{urn:uuid:01234567-89ab-cdef-abcd-0123456789ab}"), wrongId],
];

const logins: readonly Row[] = [
  [
    "a user of Consul is basic_auth",
    job("consul_sd_configs:", "  - username: a", "    «authorization»: {credentials: b}"),
    "at most one of basic_auth, oauth2 & authorization must be configured",
  ],
  [
    "and so beside a bearer token",
    job("consul_sd_configs:", "  - username: a", "    «bearer_token»: b"),
    "at most one of basic_auth, oauth2, bearer_token & bearer_token_file must be configured",
  ],
  [
    "a bearer token is authorization",
    remote("bearer_token: a", "«sigv4»: {}"),
    "at most one of basic_auth, authorization, oauth2, sigv4, azuread or google_iam must be configured. Currently configured: [authorization sigv4]",
  ],
  [
    "a bearer token for an Alertmanager",
    "alerting:\n  alertmanagers:\n    - bearer_token: a\n      «sigv4»: {}\n",
    "at most one of basic_auth, authorization, oauth2, & sigv4 must be configured",
  ],
  ["an oauth2 that nobody checks", job("aws_sd_configs:", "  - role: ec2", "    oauth2: {}")],
  ["a written key of remote_write", remote("tls_config: {cert: a, key_file: b}")],
  [
    "a written key of a job",
    job("tls_config: {cert: a, «key_file»: b}"),
    'client key file "b" specified without client cert file',
  ],
  [
    "an empty proxy is a client of one's own",
    kubernetes('«proxy_url»: ""'),
    "to use custom HTTP client configuration please provide the 'api_server' URL explicitly",
  ],
  ["the default written out is not", kubernetes("tls_config: {insecure_skip_verify: false}")],
];

const values: readonly Row[] = [
  ["a port behind a port", job("proxy_url: «http://h:1:2/»"), 'parse "http://h:1:2/": invalid port ":1:2" after host'],
  ["a host in brackets", job("proxy_url: «'http://[::1]:80/'»".replace(/[«»]/g, ""))],
  ["no host in brackets", job("proxy_url: «'http://[1.2.3.4]/'»"), "invalid IP-literal"],
  ["a fragment is read last", job("proxy_url: «http://h/#%zz»"), 'parse "http://h/#%zz": invalid URL escape "%zz"'],
  [
    "each part of a size has its sign",
    "storage: {tsdb: {retention: {size: «-1.5GB»}}}\n",
    "'storage.tsdb.retention.size' must be greater than or equal to 0, got -1GiB-512MiB",
  ],
  ["not a number is a percentage", "storage: {tsdb: {retention: {percentage: .nan}}}\n"],
  [
    "a percentage in Go's words",
    "storage: {tsdb: {retention: {percentage: «1000000»}}}\n",
    "'storage.tsdb.retention.percentage' must be in the range [0, 100], got 1e+06",
  ],
  ["a zone", scaleway("zone: «paris»"), "scaleway-sdk-go: invalid default zone format 'paris', available zones are:"],
  ["a slash", scaleway("api_url: «http://a/»"), "scaleway-sdk-go: invalid API url 'http://a/' it should not have"],
  ["a tag of its own", "global:\n  sample_limit: «! 5»\n", "line 2: cannot unmarshal ! `5` into uint"],
  ["a role of another shape", kubernetes("selectors: [{role: «[]»}]"), "line 5: cannot unmarshal !!seq into string"],
  [
    "what a merge overrides",
    "global:\n  «<<»: {scrape_interval: 5}\n  scrape_interval: 5s\n".replace("«<<»", "<<").replace("5}", "«5»}"),
    'not a valid duration string: "5"',
  ],
  [
    "a key twice in a merge",
    "global:\n  <<: {sample_limit: 1, «sample_limit»: 2}\n",
    "line 2: field sample_limit already set in type config.plain",
  ],
];

const selectors: readonly Row[] = [
  ["labels that are fine", selector("label: 'a=b, !c, example.com/d in (e, f), g notin (), h>1, i!=j, k'")],
  [
    "no operator",
    selector("label: «a b»"),
    "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt",
  ],
  ["no name", selector("label: «'=a'»"), "found '=', expected: !, identifier, or 'end of string'"],
  ["a comma at the end", selector("label: «'a,'»"), "found '', expected: identifier after ','"],
  [
    "a name with a sign",
    selector("label: «-a»"),
    'unable to parse requirement: <nil>: Invalid value: "-a": name part must consist of',
  ],
  [
    "a value with a sign",
    selector("label: «a=-b»"),
    'unable to parse requirement: values[0][a]: Invalid value: "-b": a valid label must be',
  ],
  ["an open list", selector("label: «'a in (b'»"), "unable to parse requirement: found '', expected: ',' or ')'"],
  ["a field", selector("field: «a»"), "invalid selector: 'a'; can't understand 'a'"],
  ["a field with an escape", selector("field: «'a=\\b'»"), "invalid field selector: invalid escape sequence: \\b"],
];

const targets: readonly Row[] = [
  [
    "a group's address is not its targets'",
    job("static_configs: [{targets: [«~»], labels: {__address__: b}}]"),
    "instance 0 in group 0: no address",
  ],
  [
    "a flag in words",
    job("static_configs: [{targets: [a], labels: {__convert_classic_histograms_to_nhcb__: «maybe»}}]"),
    'instance 0 in group 0: error parsing convert classic histograms to nhcb: strconv.ParseBool: parsing "maybe": invalid syntax',
  ],
  [
    "a value that is no text",
    job("static_configs: [{targets: [a], labels: {a: !!binary «/w==»}}]"),
    'instance 0 in group 0: invalid label value for "a": "\\xff"',
  ],
  [
    "an Alertmanager with a path, relabelled",
    "alerting:\n  alertmanagers:\n    - static_configs: [{targets: [«a/b»]}]\n      relabel_configs: [{target_label: x}]\n",
    '"a/b" is not a valid hostname',
  ],
];

const ends: readonly Row[] = [
  ["a file that goes on behind its braces", "{global: {}}\n{global: {}}\n"],
  ["a file that goes on further left", " global: {}\nscrape_config: []\n"],
  ["an end before the start", "# a\n«...»\nglobal: {}\n", "did not find expected node content"],
  ["nothing but an end", "«...»\n", "did not find expected node content"],
  ["nothing but a tab", "«\t»\n", "A tab cannot indent YAML"],
  ["a remark behind a tab", "# a\n«\t»# b\n", "A tab cannot indent YAML"],
  [
    "a document behind directives that is indented",
    "%TAG ! tag:a,2000:\n «---»\nglobal: {}\n",
    "beginning of its line",
  ],
  ["a document behind directives", "%TAG ! tag:a,2000:\n# a\n---\nglobal: {}\n"],
  ["a first line that is indented", " global:\n  scrape_interval: 1m\n"],
  [
    "a first line that is indented deeper than the next",
    "  global:\n  «scrape_interval»: 1m\n",
    "field scrape_interval not found",
  ],
  [
    "a pattern that is none",
    "rule_files: [«'a/[b'»]\n",
    'error retrieving rule files for "a/[b": syntax error in pattern',
  ],
  ["a pattern of scrape config files that is none", "scrape_config_files: [«'[]a].yml'»]\n", "syntax error in pattern"],
  ["patterns", "rule_files: ['[ab]?[^c-e].yml', 'C:\\[a.yml']\n"],
  ["a directive in its midst", "global: {}\n%YAML 1.1\nnope: 1\n"],
  ["a question in a flow", job("static_configs: [{targets: [a«?»b]}]"), "do not take `?`"],
  ["a colon in front in a flow", job("static_configs: [{targets: [«:80»]}]"), "Between brackets a `:`"],
  ["a tight colon in a flow", remote("azuread: {sdk«:»{}}"), "A blank is missing behind this"],
  ["an empty text by its tag", "global:\n  sample_limit: «!»\n", "line 2: cannot unmarshal ! `` into uint"],
  ["an unknown key twice", "nope: 1\n«nope»: 2\n", "line 2: field nope not found in type config.plain"],
];

const agent = { levels: { "prometheus/agent-mode": "error" } } as const;

describe("what Prometheus refuses", () => {
  test.each<Row>([...nulls, ...ids, ...logins, ...values, ...selectors, ...targets, ...ends])(
    "%s",
    (_, marked = "", words) => {
      const text = marked.replace(/[«»]/g, "");
      const found = findingsOf(text).filter(
        (finding) =>
          isError(finding) || finding.code === "prometheus/target" || finding.message.includes("promtool refuses"),
      );
      const place = { start: marked.indexOf("«"), end: marked.indexOf("»") - 1 };
      if (words === undefined) expect(found.map(({ message }) => message)).toEqual([]);
      else
        expect(found.map(({ message, range }) => ({ message, range }))).toContainEqual({
          message: expect.stringContaining(words),
          range: place,
        });
    },
  );

  test("an alerting section without contents is no fault of an agent", () => {
    expect(findingsOf("alerting: {alertmanagers: }\n", agent)).toEqual([]);
    expect(findingsOf("alerting: {alertmanagers: [{}]}\n", agent)).toHaveLength(1);
  });
});
