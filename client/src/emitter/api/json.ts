// JSON as Dkron's API writes it: whole numbers beyond 2^53 stay exact. It knows no answer.

/** What an answer is made of; a bigint is written as a number. */
export type Json =
  | string
  | number
  | bigint
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

/** `pretty`: four spaces, as gin's IndentedJSON. A key whose value is undefined is left out. */
export function writeJson(value: Json, pretty = false): string {
  return pretty ? write(value, "\n") : write(value, "");
}

function write(value: Json, indent: string): string {
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "string") return writeText(value);
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const inner = indent === "" ? "" : `${indent}    `;
  if (isList(value))
    return enclose(
      "[",
      value.map((item) => write(item, inner)),
      "]",
      indent,
      inner,
    );
  const colon = indent === "" ? ":" : ": ";
  const pairs = Object.entries(value).flatMap(([key, item]) =>
    item === undefined ? [] : [`${writeText(key)}${colon}${write(item, inner)}`],
  );
  return enclose("{", pairs, "}", indent, inner);
}

function isList(value: readonly Json[] | { readonly [key: string]: Json | undefined }): value is readonly Json[] {
  return Array.isArray(value);
}

function enclose(open: string, items: readonly string[], close: string, indent: string, inner: string): string {
  return items.length === 0 ? open + close : `${open}${inner}${items.join(`,${inner}`)}${indent}${close}`;
}

/** Go's encoder escapes what could end a script in HTML. */
function writeText(text: string): string {
  return JSON.stringify(text).replace(/[<>&\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}
