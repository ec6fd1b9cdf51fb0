// The functions that Prometheus 3.14 gives to templates, as data for the checker, completion, hover and signature help. Knows no code of them.

/**
 * Types as a reader knows them. `any` takes everything and hands on what it holds; `value` takes everything as it is.
 * `row` is one result of a query (`.Labels`, `.Value`), `rows` a list of them.
 */
export type TypeName =
  | "any"
  | "value"
  | "string"
  | "number"
  | "bool"
  | "int"
  | "rows"
  | "row"
  | "map"
  | "time"
  | "duration"
  | "html";

export type Parameter = { readonly name: string; readonly type: TypeName };

export type FunctionInfo = {
  readonly name: string;
  /** Prometheus' own, or one that Go's templates bring. */
  readonly origin: "prometheus" | "go";
  readonly parameters: readonly Parameter[];
  /** Whether the last parameter may be given any number of times, also none. */
  readonly variadic: boolean;
  readonly result: TypeName;
  readonly doc: string;
  readonly example: string;
  /** First version of Prometheus that has it, where it is newer than 2.30. */
  readonly since?: string;
};

type Row = readonly [signature: string, doc: string, example: string, since?: string];

/** `name(parameter type, …) result`, `...` before the type of a repeated one. */
const prometheus: readonly Row[] = [
  [
    "query(expr string) rows",
    "Evaluates a PromQL expression at the time of the alert and gives its rows.",
    '{{ with query "up == 0" }}{{ len . }} targets down{{ end }}',
  ],
  [
    "first(rows rows) row",
    "Gives the first row of a query; fails if there is none.",
    '{{ query "sum(up)" | first | value }}',
  ],
  [
    "label(name string, row row) string",
    "Gives the value of a label of a row, empty if the row lacks it.",
    '{{ query "up" | first | label "instance" }}',
  ],
  ["value(row row) number", "Gives the number of a row.", '{{ query "sum(up)" | first | value }}'],
  ["strvalue(row row) string", "Gives the label `__value__` of a row.", '{{ query "up" | first | strvalue }}'],
  [
    "sortByLabel(name string, rows rows) rows",
    "Sorts rows by the value of a label.",
    '{{ range query "up" | sortByLabel "instance" }}{{ .Labels.instance }} {{ end }}',
  ],
  [
    "args(values ...any) map",
    "Packs several values into a map with the keys `arg0`, `arg1` and so on, to hand to a `template`.",
    '{{ template "link" (args $labels.job $value) }}',
  ],
  [
    "humanize(number any) string",
    "Writes a number with four digits and a metric prefix (k, M, G …, m, u, n …).",
    "{{ $value | humanize }}",
  ],
  [
    "humanize1024(number any) string",
    "Writes a number with four digits and a binary prefix (ki, Mi, Gi …), as for bytes.",
    "{{ $value | humanize1024 }}B",
  ],
  [
    "humanizeDuration(seconds any) string",
    "Writes seconds as days, hours, minutes and seconds.",
    "{{ $value | humanizeDuration }}",
  ],
  [
    "humanizePercentage(ratio any) string",
    "Writes a ratio as a percentage: it multiplies by 100.",
    "{{ $value | humanizePercentage }}",
  ],
  [
    "humanizeTimestamp(seconds any) string",
    "Writes a Unix time in seconds as date and time in UTC.",
    "{{ $value | humanizeTimestamp }}",
  ],
  [
    "toTime(seconds any) time",
    "Turns a Unix time in seconds into a time with methods such as `.Format`.",
    '{{ ($value | toTime).Format "15:04" }}',
    "2.38",
  ],
  [
    "toDuration(seconds any) duration",
    "Turns seconds into a duration with methods such as `.Minutes`.",
    "{{ $value | toDuration }}",
    "3.6",
  ],
  ["now() number", "Gives the time of evaluation as Unix seconds.", "{{ now | humanizeTimestamp }}", "3.6"],
  [
    "parseDuration(text string) number",
    "Reads a Prometheus duration such as `1h30m` as seconds.",
    '{{ parseDuration "1h30m" }}',
    "2.32",
  ],
  ["title(text string) string", "Turns the first letter of each word into a capital.", "{{ $labels.job | title }}"],
  ["toUpper(text string) string", "Turns letters into capitals.", "{{ $labels.job | toUpper }}"],
  ["toLower(text string) string", "Turns letters into small ones.", "{{ $labels.job | toLower }}"],
  [
    "match(pattern string, text string) bool",
    "Tells whether an RE2 pattern is found anywhere in a text.",
    '{{ if match "^db" $labels.instance }}database{{ end }}',
  ],
  [
    "reReplaceAll(pattern string, replacement string, text string) string",
    "Replaces what an RE2 pattern finds; `$1` or `$name` stands for a group.",
    '{{ reReplaceAll "(.*):.*" "$1" $labels.instance }}',
  ],
  ["stripPort(address string) string", "Drops the port of `host:port`.", "{{ $labels.instance | stripPort }}", "2.33"],
  [
    "stripDomain(address string) string",
    "Drops the domain of a host name, the port stays.",
    "{{ $labels.instance | stripDomain }}",
    "2.36",
  ],
  [
    "graphLink(expr string) string",
    "Gives the path of the page that draws an expression.",
    '{{ externalURL }}{{ graphLink "up" }}',
  ],
  [
    "tableLink(expr string) string",
    "Gives the path of the page that lists an expression's result.",
    '{{ externalURL }}{{ tableLink "up" }}',
  ],
  [
    "urlQueryEscape(text string) string",
    "Escapes a text for the query of a URL.",
    "{{ $labels.job | urlQueryEscape }}",
    "3.8",
  ],
  ["pathPrefix() string", "Gives the path of the server's external URL.", "{{ pathPrefix }}/alerts"],
  ["externalURL() string", "Gives the URL under which the server is reached from outside.", "{{ externalURL }}/alerts"],
  [
    "safeHtml(text string) html",
    "Marks a text as HTML that needs no escaping; without effect in alerts.",
    '{{ safeHtml "<b>" }}',
  ],
];

const go: readonly Row[] = [
  [
    "and(first value, more ...value) value",
    "Gives the first empty argument, or the last one; what follows isn't evaluated.",
    "{{ if and $labels.job $value }}both{{ end }}",
  ],
  [
    "or(first value, more ...value) value",
    "Gives the first argument that isn't empty, or the last one.",
    '{{ or $labels.team "nobody" }}',
  ],
  [
    "not(value value) bool",
    "Tells whether a value is empty: false, 0, or without content.",
    "{{ if not $labels.job }}no job{{ end }}",
  ],
  [
    "eq(first value, more ...value) bool",
    "Tells whether the first argument equals one of the others; integers and floats don't mix.",
    '{{ if eq $labels.job "a" "b" }}a or b{{ end }}',
  ],
  [
    "ne(first value, second value) bool",
    "Tells whether two values differ.",
    '{{ if ne $labels.job "a" }}not a{{ end }}',
  ],
  [
    "lt(first value, second value) bool",
    "Tells whether the first is less than the second; compare `$value` with a float such as `1.0`.",
    "{{ if lt $value 1.0 }}low{{ end }}",
  ],
  [
    "le(first value, second value) bool",
    "Tells whether the first is less than or equal to the second.",
    "{{ if le $value 1.0 }}low{{ end }}",
  ],
  [
    "gt(first value, second value) bool",
    "Tells whether the first is greater than the second.",
    "{{ if gt $value 1.0 }}high{{ end }}",
  ],
  [
    "ge(first value, second value) bool",
    "Tells whether the first is greater than or equal to the second.",
    "{{ if ge $value 1.0 }}high{{ end }}",
  ],
  [
    "len(value value) int",
    "Gives the number of bytes of a text or of entries of a list or map.",
    '{{ query "up" | len }}',
  ],
  [
    "index(value value, keys ...value) value",
    "Gives an entry of a map by key or of a list by number from 0.",
    '{{ index $labels "label-with-dash" }}',
  ],
  [
    "slice(value value, bounds ...value) value",
    "Gives a part of a text or list between two bounds, counted in bytes or entries.",
    "{{ slice $labels.commit 0 7 }}",
  ],
  [
    "print(values ...any) string",
    "Writes values one behind the other, with a blank between two that are no texts.",
    "{{ print $labels.job $value }}",
  ],
  [
    "println(values ...any) string",
    "Writes values with blanks between and a line break behind.",
    "{{ println $labels.job $value }}",
  ],
  [
    "printf(format string, values ...any) string",
    "Writes values in a format such as `%.2f`.",
    '{{ printf "%.2f" $value }}',
  ],
  ["html(values ...any) string", "Writes values escaped for HTML.", "{{ $labels.job | html }}"],
  ["js(values ...any) string", "Writes values escaped for JavaScript strings.", "{{ $labels.job | js }}"],
  ["urlquery(values ...any) string", "Writes values escaped for the query of a URL.", "{{ $labels.job | urlquery }}"],
  ["call(function value, values ...value) value", "Calls a function held by a value; no value here is one.", ""],
];

function infoOf(origin: FunctionInfo["origin"], [signature, doc, example, since]: Row): FunctionInfo {
  const [, name = "", list = "", result = ""] = /^(\w+)\((.*)\) (\w+)$/.exec(signature) ?? [];
  const parts = list === "" ? [] : list.split(", ").map((part) => part.split(" "));
  const parameters = parts.map(([parameter = "", type = ""]) => ({
    name: parameter,
    type: type.replace("...", "") as TypeName,
  }));
  const info = { name, origin, parameters, variadic: list.includes("..."), result: result as TypeName, doc, example };
  return since === undefined ? info : { ...info, since };
}

export const functions: readonly FunctionInfo[] = [
  ...prometheus.map((row) => infoOf("prometheus", row)),
  ...go.map((row) => infoOf("go", row)),
];

/** By name. */
export const functionTable: ReadonlyMap<string, FunctionInfo> = new Map(functions.map((info) => [info.name, info]));

/** How a function is called, for hover and signature help: `label name row`, `printf format values...`. */
export function signatureOf(info: FunctionInfo): { label: string; parameters: readonly string[] } {
  const parameters = info.parameters.map(({ name, type }, i) => {
    const repeated = info.variadic && i === info.parameters.length - 1 ? "..." : "";
    return `${name}${repeated}: ${type}`;
  });
  return { label: [info.name, ...parameters].join(" "), parameters };
}
