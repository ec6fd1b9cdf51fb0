// What a cursor, marked by `|`, could write: kind and path of the slot in texts that are whole, half-typed or broken.
import { describe, expect, test } from "vitest";
import { type Slot, slotAt } from "../../server/src/yaml/slot.ts";

/** `kind path style <written> @column keys…` with the flags that are set. */
function describeSlot(slot: Slot, text: string): string {
  const { kind, path, style, range, keys, column } = slot;
  const flags = (["flow", "dash", "colon", "bare"] as const).filter((flag) => slot[flag]);
  const written = text.slice(range.start, range.end);
  const parts = [
    kind,
    path.join("/") || ".",
    style ?? "-",
    `<${written}>`,
    `@${column}`,
    keys.join(","),
    flags.join(" "),
  ];
  return parts.filter((part) => part !== "").join(" ");
}

function checkSlot(marked: string, expected: string): void {
  const offset = marked.indexOf("¦");
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  expect(describeSlot(slotAt(text, offset), text)).toBe(expected);
}

const rules = "groups:\n  - name: g\n    rules:\n      - alert: A\n        expr: up\n";

describe("slot", () => {
  const cases: [title: string, marked: string, expected: string][] = [
    ["an empty file", "¦", "key . - <> @0"],
    ["a half-typed key at the root", "enab¦", "key . plain <enab> @0"],
    ["a key before its colon", "sta¦tsd-addr: x\nui: true\n", "key . plain <statsd-addr> @0 ui colon"],
    ["a value not yet there", "statsd-addr: ¦\n", "value statsd-addr - <> @0"],
    ["a plain value", "statsd-addr: 127¦.0 # c\n", "value statsd-addr plain <127.0> @0"],
    ["a quoted value", "statsd-addr: '12¦7'\n", "value statsd-addr single <'127'> @0"],
    ["a quote that is not closed", 'a: "12¦7\nb: c\n', 'value a double <"127> @0'],
    ["a comment", "a: b # c¦\n", "comment . - <> @0"],
    ["a comment alone", "a:\n  # ¦\n  b: c\n", "comment a - <> @2"],
    ["a hash in quotes", "a: '# ¦'\n", "value a single <'# '> @0"],
    ["a blank line at the root", "a: b\n¦\nc: d\n", "key . - <> @0 a,c"],
    ["behind a dash", "join:\n  - ¦\n", "item join/0 - <> @4 dash"],
    ["the second item", "join:\n  - a\n  - b¦\n", "item join/1 plain <b> @4 dash"],
    ["dashes at the key's column", "join:\n- a\n- b¦\n", "item join/1 plain <b> @2 dash"],
    ["a new rule", `${rules}      - ¦\n`, "item groups/0/rules/1 - <> @8 dash"],
    ["a key of a rule", `${rules}        f¦\n`, "key groups/0/rules/0 plain <f> @8 alert,expr"],
    ["a blank line in a rule", `${rules}        ¦\n`, "key groups/0/rules/0 - <> @8 alert,expr"],
    ["a blank line in a rule, a column off", `${rules}         ¦\n`, "key groups/0/rules/0 - <> @8 alert,expr"],
    ["a blank line in a group", `${rules}    ¦\n`, "key groups/0 - <> @4 name,rules"],
    ["below a bare key", `${rules}        labels:\n          ¦\n`, "key groups/0/rules/0/labels - <> @10 bare"],
    [
      "a label among others",
      `${rules}        labels:\n          a: b\n          ¦\n          c: d\n`,
      "key groups/0/rules/0/labels - <> @10 a,c",
    ],
    ["an expr", `${rules}      - alert: B\n        expr: rate(dk¦\n`, "value groups/0/rules/1/expr plain <rate(dk> @8"],
    ["a literal expr", "expr: |\n  sum(\n    dk¦\nfor: 1m\n", "value expr literal <dk> @4"],
    ["a blank line in a literal", "expr: |\n  sum(\n¦\n  )\nfor: 1m\n", "value expr literal <> @0"],
    ["a folded expr that looks like a key", "expr: >-\n  a: ¦\n", "value expr folded <a: > @2"],
    ["an item's literal", "- |\n  x¦\n", "item 0 literal <x> @2"],
    ["a plain value over two lines", "a: b\n  c¦\n", "value a plain <c> @2"],
    ["a quoted value over two lines", 'a: "b\n  c¦"\n', 'value a double <c"> @2'],
    ["flow item", "join: [a, b¦]\n", "item join/1 plain <b> @0 flow"],
    ["flow item not yet there", "join: [¦]\n", "item join/0 - <> @0 flow"],
    ["flow key", "labels: {a: b, c¦\n", "key labels plain <c> @0 a flow"],
    ["flow key before others", "labels: {¦, c: d}\n", "key labels - <> @0 c flow"],
    ["flow value", "labels: {a: 'b¦'}\n", "value labels/a single <'b'> @0 flow"],
    ["flow over lines", "targets: [\n  'a',\n  b¦\n]\n", "item targets/1 plain <b> @2 flow"],
    ["the second document", "a: b\n---\nc¦\n", "key . plain <c> @0"],
    ["CRLF", "a:\r\n  b: c\r\n  d¦\r\n", "key a plain <d> @2 b"],
    ["behind an anchor", "a: &x ¦\n", "value a - <> @0"],
    ["broken text above", "a: [\nb: 'x\ngroups:\n  - na¦\n", "item groups/0 plain <na> @4 dash"],
  ];
  for (const [title, marked, expected] of cases) test(title, () => checkSlot(marked, expected));
});
