// Which kind a file is: by language, name and content; and that files of other tools are left alone.
import { describe, expect, test } from "vitest";
import { type Kind, kindOf } from "../../server/src/language/kind.ts";

type Row = { title: string; language?: string; path: string; text: string; kind: Kind };

const rules = "groups:\n  - name: a\n    rules: []\n";

const rows: Row[] = [
  { title: "dkron.yml by name", path: "/srv/dkron.yml", text: "server: true\n", kind: "dkron-config" },
  { title: "dkron.yaml, still empty", path: "/srv/dkron.yaml", text: "", kind: "dkron-config" },
  { title: "anything under /etc/dkron", path: "/etc/dkron/agent.yml", text: "server: true\n", kind: "dkron-config" },
  {
    title: "dkron.yml that is a list is still one, badly written",
    path: "/a/dkron.yml",
    text: "- a\n",
    kind: "dkron-config",
  },
  {
    title: "a Kubernetes manifest called dkron.yml",
    path: "/k8s/dkron.yml",
    text: "apiVersion: apps/v1\nkind: Deployment\n",
    kind: "other",
  },
  {
    title: "by a key that only Dkron has",
    path: "/x/agent.yml",
    language: "yaml",
    text: "statsd-addr: a:1\n",
    kind: "dkron-config",
  },
  {
    title: "`server` alone proves nothing",
    path: "/x/app.yml",
    language: "yaml",
    text: "server: true\ntags: {}\n",
    kind: "other",
  },
  {
    title: "prometheus.yml by name",
    path: "/p/prometheus.yml",
    text: "global:\n  scrape_interval: 5s\n",
    kind: "prometheus-config",
  },
  { title: "prometheus.yml, half typed", path: "/p/prometheus.yml", text: "scrape_c", kind: "prometheus-config" },
  {
    title: "prometheus.yml with a slip in its only key",
    path: "/p/prometheus.yml",
    text: "scrape_config:\n",
    kind: "prometheus-config",
  },
  {
    title: "an Ansible play called prometheus.yml",
    path: "/a/prometheus.yml",
    text: "- hosts: all\n  tasks: []\n",
    kind: "other",
  },
  {
    title: "an Ansible play with a document start",
    path: "/a/prometheus.yml",
    text: "---\n- hosts: all\n",
    kind: "other",
  },
  {
    title: "Ansible, whatever the editor calls it",
    language: "prometheus-config",
    path: "/a/prometheus.yml",
    text: "- name: x\n",
    kind: "other",
  },
  { title: "a list of Prometheus' keys", path: "/p/prometheus.yml", text: "- global: {}\n", kind: "prometheus-config" },
  { title: "a key that is no word", path: "/p/prometheus.yml", text: "1: 2\n", kind: "prometheus-config" },
  {
    title: "Helm values called prometheus.yml",
    path: "/h/prometheus.yml",
    text: "alertmanager:\n  enabled: true\nserver:\n  image: x\n",
    kind: "other",
  },
  {
    title: "a Helm template called prometheus.yml",
    path: "/h/prometheus.yml",
    text: "{{- if .Values.x }}\nglobal:\n",
    kind: "other",
  },
  {
    title: "an operator's resource called prometheus.yml",
    path: "/k/prometheus.yml",
    text: "apiVersion: monitoring.coreos.com/v1\nkind: Prometheus\n",
    kind: "other",
  },
  {
    title: "a Flux release called prometheus.yaml",
    path: "/k/prometheus.yaml",
    text: "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\n",
    kind: "other",
  },
  {
    title: "by content: scrape_configs",
    language: "yaml",
    path: "/x/any.yml",
    text: "scrape_configs: []\n",
    kind: "prometheus-config",
  },
  { title: "rules by name", path: "/r/dkron.rules.yml", text: "", kind: "prometheus-rules" },
  { title: "rules by another name", path: "/r/dkron-alerts.yaml", text: rules, kind: "prometheus-rules" },
  { title: "rules by content", language: "yaml", path: "/r/anything.yml", text: rules, kind: "prometheus-rules" },
  {
    title: "rules by content, Windows line ends",
    language: "yaml",
    path: "/r/any.yml",
    text: rules.replaceAll("\n", "\r\n"),
    kind: "prometheus-rules",
  },
  {
    title: "`groups` of something else",
    language: "yaml",
    path: "/r/users.yml",
    text: "groups:\n  - admins\n",
    kind: "other",
  },
  {
    title: "a PrometheusRule",
    language: "yaml",
    path: "/k/x.yml",
    text: "apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nspec:\n  groups: []\n",
    kind: "prometheus-rules",
  },
  { title: "Falco rules called rules.yml", path: "/f/rules.yml", text: "- rule: x\n  condition: y\n", kind: "other" },
  { title: "rule tests by name", path: "/r/dkron_rules_test.yml", text: "", kind: "prometheus-rules-test" },
  {
    title: "rule tests by content",
    language: "yaml",
    path: "/r/t.yml",
    text: "rule_files: [a]\ntests: []\n",
    kind: "prometheus-rules-test",
  },
  {
    title: "rule tests are not rules",
    path: "/r/dkron.rules.test.yml",
    text: "rule_files: [a]\ntests: []\n",
    kind: "prometheus-rules-test",
  },
  { title: "our own settings", path: "/w/.dkron-metrics.yml", text: "", kind: "checker-config" },
  { title: "an expression by itself", path: "/w/x.promql", text: "- 1", kind: "promql" },
  {
    title: "a byte order mark before the first key",
    language: "yaml",
    path: "/x.yml",
    text: "\ufeffscrape_configs: []\n",
    kind: "prometheus-config",
  },
  {
    title: "`groups` with rules of something else",
    language: "yaml",
    path: "/x/allow-groups.yaml",
    text: "action: ALLOW\ngroups:\n  - rules:\n      - matches:\n          - namespaces:\n              - exact: a\nname: x\n",
    kind: "other",
  },
  {
    title: "`groups` of people with names",
    language: "yaml",
    path: "/x/team.yaml",
    text: "groups:\n  - name: ops\n    members: [a, b]\n",
    kind: "other",
  },
  {
    title: "a rule of a file without a name",
    language: "yaml",
    path: "/x.yml",
    text: "groups:\n  - rules:\n      - alert: A\n",
    kind: "prometheus-rules",
  },
  {
    title: "a PrometheusRule that Helm renders",
    path: "/h/templates/loki-alerts.yaml",
    text: "{{- with .Values.rules }}\napiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nspec:\n  groups: []\n{{- end }}\n",
    kind: "other",
  },
  {
    title: "rules that Helm renders in places",
    path: "/h/templates/dkron.rules.yml",
    text: "groups:\n  - name: {{ .Release.Name }}\n    rules:\n      - alert: A\n        expr: up == 0\n",
    kind: "other",
  },
  {
    title: "rules whose templates Helm is to leave alone",
    path: "/h/templates/alerts.yaml",
    text: "groups:\n  - name: a\n    rules:\n      - alert: A\n        expr: up == 0\n        annotations:\n          summary: '{{`{{`}} $value {{`}}`}}'\n",
    kind: "other",
  },
  {
    title: "rules that Jinja renders",
    path: "/a/alerts.yml",
    text: "groups:\n  {% for g in groups %}\n  - name: a\n  {% endfor %}\n",
    kind: "other",
  },
  {
    title: "rules with templates of their own",
    path: "/r/alerts.yml",
    text: 'groups:\n  - name: a\n    rules:\n      - alert: A\n        expr: up == 0\n        annotations:\n          summary: "{{ $labels.instance }} {{ template \\"x\\" . }} {{ .Value }}"\n',
    kind: "prometheus-rules",
  },
  {
    title: "Loki's rules",
    path: "/l/alerts.yml",
    text: 'groups:\n  - name: a\n    rules:\n      - alert: A\n        expr: \'sum(rate({app="x"} |= "error" [5m])) > 1\'\n',
    kind: "other",
  },
  {
    title: "Loki's rules with a parser",
    language: "yaml",
    path: "/l/x.yml",
    text: "groups:\n  - name: a\n    rules:\n      - record: a\n        expr: 'sum by (code) (rate({app=\"x\"} | json [5m]))'\n",
    kind: "other",
  },
  {
    title: "Promtail, which scrapes files",
    language: "yaml",
    path: "/l/promtail.yaml",
    text: "server: {}\npositions: {filename: /tmp/p}\nclients: [{url: http://loki}]\nscrape_configs: []\n",
    kind: "other",
  },
  {
    title: "a Compose file called dkron.yml",
    path: "/c/dkron.yml",
    text: 'version: "3"\nservices:\n  dkron:\n    image: dkron/dkron\n    command: agent --server\n',
    kind: "other",
  },
  {
    title: "an Ansible play called dkron.yml",
    path: "/a/dkron.yml",
    text: "- hosts: cron\n  roles:\n    - dkron\n",
    kind: "other",
  },
  {
    title: "Ansible tasks called dkron.yml",
    path: "/a/tasks/dkron.yml",
    text: "- name: install\n  package: {name: dkron}\n- name: start\n  service: {name: dkron}\n",
    kind: "other",
  },
  {
    title: "variables of a role called dkron.yml",
    path: "/a/group_vars/dkron.yml",
    text: "dkron_version: 4.1.2\ndkron_server: true\n",
    kind: "other",
  },
  {
    title: "a workflow called dkron.yml",
    path: "/w/.github/workflows/dkron.yml",
    text: "on: push\njobs:\n  test:\n    runs-on: x\n",
    kind: "other",
  },
  {
    title: "values of a chart called dkron.yaml",
    path: "/h/dkron.yaml",
    text: "replicaCount: 3\nimage: {tag: 4.1.2}\nresources: {}\n",
    kind: "other",
  },
  {
    title: "underscores in every key are a mistake, and no other file",
    path: "/srv/dkron.yml",
    text: "data_dir: x\nlisten_address: y\n",
    kind: "dkron-config",
  },
  {
    title: "a dkron.yml with one key of something else",
    path: "/srv/dkron.yml",
    text: "server: true\nservices: x\n",
    kind: "dkron-config",
  },
  { title: "quoted keys", language: "yaml", path: "/x.yml", text: '"scrape_configs": []\n', kind: "prometheus-config" },
  {
    title: "a Prometheus that only sends on, by content",
    language: "yaml",
    path: "/p/agent.yml",
    text: "global: {}\nremote_write: []\n",
    kind: "prometheus-config",
  },
  {
    title: "another collector that sends on",
    language: "yaml",
    path: "/p/agent.yml",
    text: "receivers: {}\nremote_write: []\n",
    kind: "other",
  },
  {
    title: "docker compose",
    language: "yaml",
    path: "/docker-compose.yml",
    text: "services:\n  dkron:\n    image: dkron/dkron\n",
    kind: "other",
  },
  {
    title: "a workflow",
    language: "yaml",
    path: "/.github/workflows/ci.yml",
    text: "on: push\njobs: {}\n",
    kind: "other",
  },
];

describe("kindOf", () => {
  test.each(rows)("$title", ({ language = "", path, text, kind }) => {
    expect(kindOf(language, path, text)).toBe(kind);
  });

  test("a large text is told by its head, quickly", () => {
    expect(kindOf("yaml", "/x.yml", `${"a: b\n".repeat(1_000_000)}`)).toBe("other");
  });
});
