// The walk over a small schema of its own: every event, where it stands, and what it stays silent on.
import { describe, expect, test } from "vitest";
import {
  type EnumTable,
  parseType,
  type Schema,
  type SchemaKey,
  schemaAt,
} from "../../../server/src/catalog/schema.ts";
import { type SchemaEvent, walkSchema } from "../../../server/src/language/schema/walk.ts";
import { parseYaml } from "../../../server/src/yaml/parse.ts";
import { endOf, type Placed, startOf } from "../../../server/src/yaml/tree.ts";

const enums: EnumTable = new Map([
  ["colour", { ignoreCase: false, values: [{ value: "red" }, { value: "blue", since: "2.0.0" }] }],
  ["loose", { ignoreCase: true, values: [{ value: "on" }] }],
]);

const key = (name: string, type: string, more: Partial<SchemaKey> = {}): [string, SchemaKey] => [
  name,
  { name, type: parseType(type, enums), ...more },
];

const schema: Schema = {
  root: "file",
  ignoreCase: false,
  objects: new Map([
    [
      "file",
      {
        name: "file",
        strict: true,
        keys: new Map([
          key("name", "string", { required: true }),
          key("colour", "enum colour"),
          key("loose", "enum loose"),
          key("rules", "list<object rule>"),
          key("labels", "map<label,string>"),
          key("new", "bool", { since: "2.0.0" }),
          key("old", "bool", { until: "0.9.0" }),
          key("free", "any"),
        ]),
      },
    ],
    ["rule", { name: "rule", strict: true, keys: new Map([key("expr", "string"), key("inner", "object file")]) }],
  ]),
};

/** Events as `kind path "text"`, without those that report what is well. */
function walked(text: string, version = "1.0.0"): string[] {
  const file = parseYaml(text);
  const root = file.documents[0]?.root;
  const events: SchemaEvent[] = [];
  if (root)
    walkSchema({ schema, version, file, report: (event) => events.push(event) }, root, {
      kind: "object",
      name: "file",
    });
  const written = (place: Placed): string => text.slice(startOf(place), endOf(place));
  return events
    .filter(({ kind }) => kind !== "scalar" && kind !== "object")
    .map((event) => {
      const place = "pair" in event ? event.pair.key : event.node;
      const what = event.kind === "missing-key" ? event.key.name : written(place);
      return `${event.kind} ${event.path.join(".")} ${JSON.stringify(what)}`;
    });
}

describe("the walk", () => {
  test.each([
    [
      "nothing where all is well",
      "name: a\ncolour: red\nloose: ON\nrules: [{expr: b}]\nlabels: {x: y}\nfree: [{}]",
      [],
    ],
    ["a missing key", "colour: red", ['missing-key  "name"']],
    ["an unknown key", "name: a\nnope: 1", ['unknown-key  "nope"']],
    ["an unknown key below", "name: a\nrules:\n  - nope: 1", ['unknown-key rules.0 "nope"']],
    ["a key twice", "name: a\nname: b", ['duplicate-key  "name"']],
    ["a key that is a list", "name: a\n? [x]\n: y", ['bad-key  "[x]"']],
    ["a key too new", "name: a\nnew: true", ['early-key  "new"']],
    ["a key too old", "name: a\nold: true", ['late-key  "old"']],
    ["a list for a text", "name: [a]", ['wrong-shape name "[a]"']],
    ["a text for a list", "name: a\nrules: b", ['wrong-shape rules "b"']],
    ["a text for a mapping in a list", "name: a\nrules: [b]", ['wrong-shape rules.0 "b"']],
    ["a list in a map", "name: a\nlabels: {x: [y]}", ['wrong-shape labels.x "[y]"']],
    ["nothing for a list", "name: a\nrules:", ['empty rules ""']],
    ["null for a text", "name: ~", ['empty name "~"']],
    ["no such value", "name: a\ncolour: green", ['wrong-enum colour "green"']],
    ["a value too new", "name: a\ncolour: blue", ['early-value colour "blue"']],
    [
      "inside an object of itself",
      "name: a\nrules: [{inner: {nope: 1}}]",
      ['unknown-key rules.0.inner "nope"', 'missing-key rules.0.inner "name"'],
    ],
    [
      "an alias is walked where it is used",
      "name: &n [x]\nrules: [{expr: *n}]",
      ['wrong-shape name "[x]"', 'wrong-shape rules.0.expr "[x]"'],
    ],
    ["a merge brings keys", "free: &x {name: a, nope: 1}\n<<: *x", ['unknown-key  "nope"']],
    ["an own key wins over a merged one", "free: &x {name: [a]}\n<<: *x\nname: b", []],
  ])("%s", (_title, text, expected) => {
    expect(walked(text)).toEqual(expected);
  });

  test("what a newer version knows", () => {
    expect(walked("name: a\nnew: true\ncolour: blue", "2.0.0")).toEqual([]);
  });
});

test("what stands at a path", () => {
  expect(schemaAt(schema, ["rules", 0, "inner", "colour"])?.key?.name).toBe("colour");
  expect(schemaAt(schema, ["labels", "any"])?.type).toEqual({ kind: "scalar", scalar: "string" });
  expect(schemaAt(schema, ["free", "x", 3])?.type.kind).toBe("any");
  expect(schemaAt(schema, ["name", 0])).toBeUndefined();
  expect(schemaAt(schema, ["nope"])).toBeUndefined();
});

test("types are read as the tables write them", () => {
  expect(parseType("map<string,list<object rule>>", enums)).toEqual({
    kind: "map",
    key: "string",
    of: { kind: "list", of: { kind: "object", name: "rule" } },
  });
  expect(() => parseType("enum none", enums)).toThrow(RangeError);
  expect(() => parseType("list<", enums)).toThrow(RangeError);
});
