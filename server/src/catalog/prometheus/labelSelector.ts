// What Kubernetes says of a label selector. Source: pkg/labels/selector.go and pkg/api/validate/content of k8s.io/apimachinery. Knows no key.
import { goQuote } from "./goQuote.ts";

/** `end` is the end of the text; a word is a name, a value or an operator that is spelled out. */
type Token = { readonly kind: "word" | "symbol" | "end" | "bad"; readonly text: string };

const symbols = new Set([")", ",", "!", "==", "=", ">", "<", "!=", "("]);

/** A NUL ends the text, as it does in Go's lexer. */
function tokensOf(selector: string): Token[] {
  const text = selector.split("\0")[0] ?? "";
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    const rest = text.slice(at);
    const [blank] = /^[ \t\r\n]+/.exec(rest) ?? [];
    const [word] = /^[^ \t\r\n=!(),<>]+/.exec(rest) ?? [];
    if (blank !== undefined) at += blank.length;
    else if (word !== undefined) {
      tokens.push({ kind: "word", text: word });
      at += word.length;
    } else {
      const pair = rest.slice(0, 2);
      const symbol = symbols.has(pair) ? pair : rest.charAt(0);
      tokens.push({ kind: symbols.has(symbol) ? "symbol" : "bad", text: symbol });
      at += symbol.length;
    }
  }
  return [...tokens, { kind: "end", text: "" }];
}

class SelectorFault extends Error {}

const fault = (words: string): never => {
  throw new SelectorFault(words);
};

/** Reads one token after the other; the last one stays. */
type Reader = { readonly peek: () => Token; readonly next: () => Token };

function readerOf(tokens: readonly Token[]): Reader {
  let at = 0;
  const peek = (): Token => tokens[Math.min(at, tokens.length - 1)] as Token;
  const next = (): Token => {
    const token = peek();
    at++;
    return token;
  };
  return { peek, next };
}

/** Kubernetes' words about a selector that it refuses; undefined where it takes it. */
export function labelSelectorFault(selector: string): string | undefined {
  try {
    readSelector(readerOf(tokensOf(selector)));
    return undefined;
  } catch (thrown) {
    if (thrown instanceof SelectorFault) return thrown.message;
    throw thrown;
  }
}

const is = ({ kind, text }: Token, symbol: string): boolean => kind === "symbol" && text === symbol;
const startsRequirement = (token: Token): boolean => token.kind === "word" || is(token, "!");

function readSelector(reader: Reader): void {
  for (;;) {
    const token = reader.peek();
    if (token.kind === "end") return;
    if (!startsRequirement(token)) fault(`found '${token.text}', expected: !, identifier, or 'end of string'`);
    try {
      readRequirement(reader);
    } catch (thrown) {
      throw thrown instanceof SelectorFault
        ? new SelectorFault(`unable to parse requirement: ${thrown.message}`)
        : thrown;
    }
    const after = reader.next();
    if (after.kind === "end") return;
    if (!is(after, ",")) fault(`found '${after.text}', expected: ',' or 'end of string'`);
    if (!startsRequirement(reader.peek())) fault(`found '${reader.peek().text}', expected: identifier after ','`);
  }
}

function readRequirement(reader: Reader): void {
  let key = reader.next();
  const negated = is(key, "!");
  if (negated) key = reader.next();
  if (key.kind !== "word") fault(`found '${key.text}', expected: identifier`);
  const faults = keyFaults(key.text);
  if (faults.length > 0) fault(`<nil>: Invalid value: ${goQuote(key.text)}: ${faults.join("; ")}`);
  const next = reader.peek();
  if (negated || next.kind === "end" || is(next, ",")) return;
  const operator = reader.next();
  if (!/^(?:in|notin|=|==|!=|<|>)$/.test(operator.text))
    fault(`found '${operator.text}', expected: in, notin, =, ==, !=, gt, lt`);
  const values = operator.kind === "word" ? readValues(reader) : [readValue(reader)];
  const refused = [...(/^[<>]$/.test(operator.text) ? numberFaults(values) : []), ...valueFaults(key.text, values)];
  if (refused.length > 0) fault(refused.length === 1 ? (refused[0] ?? "") : `[${refused.join(", ")}]`);
}

function readValue(reader: Reader): string {
  const token = reader.peek();
  if (token.kind === "end" || is(token, ",")) return "";
  reader.next();
  if (token.kind !== "word") fault(`found '${token.text}', expected: identifier`);
  return token.text;
}

function readValues(reader: Reader): string[] {
  const open = reader.next();
  if (!is(open, "(")) fault(`found '${open.text}' expected: '('`);
  const first = reader.peek();
  if (is(first, ")")) {
    reader.next();
    return [""];
  }
  if (first.kind !== "word" && !is(first, ",")) fault(`found '${first.text}', expected: ',', ')' or identifier`);
  const values = new Set<string>();
  for (;;) {
    const token = reader.next();
    const next = reader.peek();
    if (token.kind === "word") {
      values.add(token.text);
      if (!is(next, ",") && !is(next, ")")) fault(`found '${next.text}', expected: ',' or ')'`);
    } else if (is(token, ",")) {
      if (values.size === 0 || is(next, ",") || is(next, ")")) values.add("");
    } else fault(`found '${token.text}', expected: ',', or identifier`);
    if (!is(next, ")")) continue;
    reader.next();
    return [...values].sort();
  }
}

const numberFaults = (values: readonly string[]): string[] =>
  values
    .filter((value) => !/^[+-]?\d+$/.test(value))
    .map(
      (value) => `values[0]: Invalid value: ${goQuote(value)}: for 'Gt', 'Lt' operators, the value must be an integer`,
    );

const nameForm = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
const nameWords =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
const examples = (first: string, second: string, third: string, form: string): string =>
  `(e.g. '${first}',  or '${second}',  or '${third}', regex used for validation is '${form}')`;
const nameFault = `${nameWords} ${examples("MyName", "my.name", "123-abc", nameForm)}`;
const isName = (text: string): boolean => new RegExp(`^${nameForm}$`).test(text);
const size = (text: string): number => new TextEncoder().encode(text).length;

const prefixForm = "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";

function keyFaults(key: string): string[] {
  const parts = key.split("/");
  if (parts.length > 2)
    return [`a valid label key ${nameFault} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
  const name = parts.at(-1) ?? "";
  const prefix = parts.length === 2 ? (parts[0] ?? "") : undefined;
  const found = prefix === undefined ? [] : prefixFaults(prefix);
  if (name === "") found.push("name part must be non-empty");
  else if (size(name) > 63) found.push("name part must be no more than 63 bytes");
  if (!isName(name)) found.push(`name part ${nameFault}`);
  return found;
}

function prefixFaults(prefix: string): string[] {
  if (prefix === "") return ["prefix part must be non-empty"];
  const found = size(prefix) > 253 ? ["prefix part must be no more than 253 bytes"] : [];
  if (new RegExp(`^${prefixForm}$`).test(prefix)) return found;
  const words =
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character";
  return [...found, `prefix part ${words} (e.g. 'example.com', regex used for validation is '${prefixForm}')`];
}

function valueFaults(key: string, values: readonly string[]): string[] {
  const words = `a valid label must be an empty string or consist of ${nameWords.slice("must consist of ".length)}`;
  return values.flatMap((value, index) => {
    const found = size(value) > 63 ? ["must be no more than 63 bytes"] : [];
    if (value !== "" && !isName(value))
      found.push(`${words} ${examples("MyValue", "my_value", "12345", `(${nameForm})?`)}`);
    if (found.length === 0) return [];
    return [`values[${index}][${key}]: Invalid value: ${goQuote(value)}: ${found.join("; ")}`];
  });
}
