// Completion in dkron.yml: what is proposed at the mark `|`, and what the text is after it was taken.
import { describe, expect, test } from "vitest";
import { configKeys } from "../../../server/src/catalog/config/keys.ts";
import { applyEdits } from "../../../server/src/edits.ts";
import type { Completion } from "../../../server/src/language/answers.ts";
import { openDocument } from "../../../server/src/language/document.ts";
import { completion } from "../../../server/src/language/features/completion.ts";
import { newContext } from "../context.ts";
import { newest } from "./check.ts";

function proposals(marked: string, version = newest): { text: string; items: readonly Completion[] } {
  const offset = marked.indexOf("|");
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const document = openDocument("file:///etc/dkron/dkron.yml", "", 0, text);
  const context = newContext({ dkronVersion: version });
  return { text, items: completion(document, offset, context) };
}

/** Takes the proposal with that label; the snippet's last stop is the mark again. */
function taken(marked: string, label: string): string {
  const { text, items } = proposals(marked);
  const item = items.find((candidate) => candidate.label === label);
  if (!item) throw new Error(`no ${label} among ${items.map((candidate) => candidate.label).join(", ")}`);
  return applyEdits(text, [{ ...item.edit, text: item.edit.text.replace("$0", "|") }]);
}

const labels = (marked: string, version?: string): string[] =>
  proposals(marked, version).items.map(({ label }) => label);

describe("keys", () => {
  test("all that are not hidden, in the order of the data", () => {
    const shown = configKeys()
      .filter(({ hidden }) => !hidden)
      .map(({ name }) => name);
    expect(labels("|")).toEqual(shown);
    expect(shown.length).toBe(46);
  });

  test("not those that are there, in whatever case", () => {
    expect(labels("server: true\nUI: false\n|")).not.toContain("server");
    expect(labels("server: true\nUI: false\n|")).not.toContain("ui");
  });

  test("those of a newer version say so and come last", () => {
    const item = proposals("|", "3.2.7").items.find(({ label }) => label === "otel-endpoint");
    expect(item?.detail).toBe("needs Dkron 4.0.6");
    expect(item?.sort?.startsWith("1")).toBe(true);
  });

  test.each([
    ["ser|", "server", "server: |"],
    ["server: true\nenable|", "enable-prometheus", "server: true\nenable-prometheus: |"],
    ["ser|: true", "server", "server: true"],
    ["retry|", "retry-join", "retry-join:\n  - |"],
    ["ta|", "tags", "tags:\n  |"],
    ["{server: true, re|}", "retry-join", "{server: true, retry-join: [|]}"],
    ["{ta|}", "tags", "{tags: {|}}"],
    ['"ser|', "server", '"server": |'],
    ["server: true\r\nht|\r\nui: false\r\n", "http-addr", "server: true\r\nhttp-addr: |\r\nui: false\r\n"],
    ["# first\n\n|\nui: true", "server", "# first\n\nserver: |\nui: true"],
  ])("%j takes %s", (before, label, after) => {
    expect(taken(before, label)).toBe(after);
  });

  test.each(["# |", "mail-payload: >-\n  te|xt", 'node-name: "a|"'])("nothing in %j", (marked) => {
    expect(labels(marked).filter((label) => label === "server")).toEqual([]);
  });
});

describe("values", () => {
  test.each([
    ["server: |", ["true", "false"]],
    ["ui: |", ["false", "true"]],
    ["profile: |", ["lan", "wan", "local"]],
    ["profile: l|\nui: true", ["lan", "wan", "local"]],
    ["log-level: |", ["debug", "info", "warn", "error", "fatal", "panic"]],
    ["retry-interval: |", ["5s", "10s", "30s", "1m", "5m"]],
    ["http-addr: |", [":8080", "127.0.0.1:8080", "{{ GetPrivateIP }}:8080", '{{ GetInterfaceIP "eth0" }}:8080']],
    ["tags:\n  |", ["zone", "app", "env"]],
    ["tags: {zone: a, |}", ["app", "env"]],
    ["dog-statsd-tags:\n  - |", ["env:prod", "team:ops"]],
    ["data-dir: |", ["/var/lib/dkron", "dkron.data"]],
  ])("%j: %j", (marked, expected) => {
    expect(labels(marked)).toEqual(expected);
  });

  test.each([
    ["server:|", "true", "server: true"],
    ["server: t|", "true", "server: true"],
    ['log-level: "|"', "debug", 'log-level: "debug"'],
    ["log-level: 'in|'", "info", "log-level: 'info'"],
    ["bind-addr: |", "{{ GetPrivateIP }}:8946", 'bind-addr: "{{ GetPrivateIP }}:8946"'],
    ["bind-addr: |", '{{ GetInterfaceIP "eth0" }}:8946', "bind-addr: '{{ GetInterfaceIP \"eth0\" }}:8946'"],
    ['bind-addr: "{{ Get|"', "{{ GetPublicIP }}:8946", 'bind-addr: "{{ GetPublicIP }}:8946"'],
    ["statsd-addr: |\nui: true", "localhost:8125", "statsd-addr: localhost:8125\nui: true"],
    ["join: |", '["10.0.0.1:8946", "10.0.0.2:8946"]', 'join: ["10.0.0.1:8946", "10.0.0.2:8946"]'],
    ["join: [a, |]", "10.0.0.1:8946", "join: [a, 10.0.0.1:8946]"],
    ["join:\n  |", "- 10.0.0.1:8946", "join:\n  - 10.0.0.1:8946"],
    [
      "retry-join:\n- |",
      "provider=aws region=eu-west-1 tag_key=dkron tag_value=server",
      "retry-join:\n- provider=aws region=eu-west-1 tag_key=dkron tag_value=server",
    ],
    ["tags: {|}", "zone", "tags: {zone: }"],
    ["{log-level: |}", "warn", "{log-level: warn}"],
  ])("%j takes %s", (before, label, after) => {
    expect(taken(before, label)).toBe(after);
  });

  test("inside quotes the filter begins with the quote", () => {
    expect(proposals('profile: "l|"').items.map(({ filter }) => filter)).toEqual(['"lan"', '"wan"', '"local"']);
  });

  test("every discovery provider", () => {
    const names = labels("retry-join: [|]").map((label) => /^provider=(\w+)/.exec(label)?.[1]);
    expect(new Set(names.filter(Boolean)).size).toBe(15);
  });
});
